"""What the checker says of small documents written here."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from extract.findings import Severity
from normalize.model import Document, Table
from schemas.check import check_document
from schemas.model import Schema

Make = Callable[..., Table]
MakeDocument = Callable[..., Document]

PLAN = [
    ("program", {"uraian": "Program Satu", "pagu_indikatif": "300", "prakiraan_pagu": "330"}),
    ("kegiatan", {"uraian": "Kegiatan A", "pagu_indikatif": "300", "prakiraan_pagu": "330"}),
    ("sub_kegiatan", {"uraian": "Sub Kegiatan A1", "pagu_indikatif": "100", "prakiraan_pagu": "110"}),
    ("sub_kegiatan", {"uraian": "Sub Kegiatan A2", "pagu_indikatif": "200", "prakiraan_pagu": "220"}),
    ("total", {"uraian": "TOTAL", "pagu_indikatif": "300", "prakiraan_pagu": "330"}),
]


def codes(document: Document, schemas: dict[str, Schema], **options: str) -> list[str]:
    return [finding.code for finding in check_document(document, schemas, **options).findings]


def test_a_plan_that_adds_up_has_no_finding(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    result = check_document(make_document(make_table("iii_1", PLAN)), schemas)
    assert result.findings == ()
    assert result.count("iii_1: pagu_indikatif, induk = jumlah rincian").held == 2
    assert result.count("iii_1: pagu_indikatif, total").held == 1


def test_a_wrong_child_breaks_its_parent_and_points_there(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    rows = [*PLAN[:3], ("sub_kegiatan", {"uraian": "Sub Kegiatan A2", "pagu_indikatif": "210"}), PLAN[4]]
    (found,) = [
        finding
        for finding in check_document(make_document(make_table("iii_1", rows)), schemas).findings
        if finding.column == "pagu_indikatif"
    ]
    assert (found.code, found.severity, found.row) == ("RJ-CEK-002", Severity.ERROR, 2)
    assert "tertulis 300" in found.message
    assert "310" in found.message


FLAT = [("program", "600"), ("kegiatan", "300"), ("kegiatan", "100"), ("kegiatan", "200"), ("kegiatan", "300")]


@pytest.mark.parametrize(
    ("last", "kode", "broken"), [("300", "", []), ("310", "", ["RJ-CEK-002"]), ("300", "2.09", ["RJ-CEK-002"])]
)
def test_kegiatan_among_rows_of_one_level_are_told_by_the_sums_below_them(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument, last: str, kode: str, broken: list[str]
) -> None:
    rows = [
        (level, {"uraian": f"Baris {number}", "kode": kode, "pagu_indikatif": amount})
        for number, (level, amount) in enumerate([*FLAT, ("kegiatan", last)])
    ]
    document = make_document(make_table("iii_1", rows))
    assert [code for code in codes(document, schemas) if code.startswith("RJ-CEK-002")] == broken


def test_one_rupiah_a_child_is_rounding(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    rows = [
        ("kegiatan", {"uraian": "Kegiatan A", "pagu_indikatif": "302"}),
        ("sub_kegiatan", {"uraian": "Sub Kegiatan A1", "pagu_indikatif": "100"}),
        ("sub_kegiatan", {"uraian": "Sub Kegiatan A2", "pagu_indikatif": "200"}),
    ]
    count = check_document(make_document(make_table("iii_1", rows)), schemas).counts[0]
    assert (count.rounded, count.broken) == (1, 0)
    rows[0][1]["pagu_indikatif"] = "303"
    count = check_document(make_document(make_table("iii_1", rows)), schemas).counts[0]
    assert (count.rounded, count.broken) == (0, 1)


def test_a_row_counted_twice_below_a_parent_is_named_as_the_cause(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    rows = [
        ("kelompok", {"uraian": "BIDANG INDUSTRI", "target_renja_rp": "300"}),
        ("program", {"uraian": "Program Lama", "target_renja_rp": "70"}),
        ("program", {"uraian": "Program Baru", "target_renja_rp": "300"}),
    ]
    (found,) = check_document(make_document(make_table("ii_1", rows)), schemas).findings
    assert "cocok bila baris 2 (halaman 1) tidak dihitung" in found.message


def test_a_group_row_stands_above_urusan_in_the_sipd_print(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    rows = [
        ("kelompok", {"uraian": "DINAS", "pagu_indikatif": "5"}),
        ("urusan", {"uraian": "URUSAN PILIHAN", "pagu_indikatif": "5"}),
        ("kelompok", {"uraian": "UPTD", "pagu_indikatif": "7"}),
        ("urusan", {"uraian": "URUSAN PILIHAN", "pagu_indikatif": "7"}),
        ("total", {"uraian": "JUMLAH", "pagu_indikatif": "12"}),
    ]
    result = check_document(make_document(make_table("lampiran", rows)), schemas)
    assert result.findings == ()
    assert result.count("lampiran: pagu_indikatif, total").held == 1


def test_an_amount_printed_in_the_indicator_row_counts_for_its_sub_kegiatan(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    rows = [
        ("kegiatan", {"uraian": "Kegiatan", "pagu_indikatif": "9"}),
        ("sub_kegiatan", {"uraian": "Sub"}),
        ("indikator", {"indikator": "Jumlah", "pagu_indikatif": "9"}),
    ]
    result = check_document(make_document(make_table("lampiran", rows)), schemas)
    assert result.count("lampiran: pagu_indikatif, induk = jumlah rincian").held == 1


@pytest.mark.parametrize(
    ("other_parent", "expected"), [("100", [("RJ-CEK-017", 3)]), ("-", [])], ids=["a_lapse", "by_design"]
)
def test_a_blank_parent_is_a_warning_unless_parents_are_blank_by_design(
    schemas: dict[str, Schema],
    make_table: Make,
    make_document: MakeDocument,
    other_parent: str,
    expected: list[tuple[str, int]],
) -> None:
    rows = [
        ("kegiatan", {"uraian": "Kegiatan A", "pagu_indikatif": other_parent}),
        ("sub_kegiatan", {"uraian": "Sub Kegiatan A1", "pagu_indikatif": "100"}),
        ("kegiatan", {"uraian": "Kegiatan B", "pagu_indikatif": "-"}),
        ("sub_kegiatan", {"uraian": "Sub Kegiatan B1", "pagu_indikatif": "100"}),
    ]
    found = check_document(make_document(make_table("iii_1", rows)), schemas).findings
    assert [(entry.code, entry.row) for entry in found] == expected


def test_an_unreadable_figure_makes_its_sum_untestable_not_broken(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    table = make_table("iii_1", PLAN)
    cut = table.records[2]
    value = replace(cut.get("pagu_indikatif"), raw="10,", number=None)
    broken = replace(cut, values={**cut.values, "pagu_indikatif": value})
    records = (*table.records[:2], broken, *table.records[3:])
    result = check_document(make_document(replace(table, records=records)), schemas)
    assert result.count("iii_1: pagu_indikatif, induk = jumlah rincian").untestable == 1
    assert result.findings == ()


def test_quarters_that_do_not_add_up_are_an_error_in_rupiah_and_information_in_k(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    row = {f"triwulan_{n}_rp": "10" for n in range(1, 5)} | {f"triwulan_{n}_k": "39 orang" for n in range(1, 5)}
    row |= {"realisasi_renja_rp": "50", "realisasi_renja_k": "39 orang"}
    result = check_document(make_document(make_table("ii_1", [("sub_kegiatan", row)])), schemas)
    assert [(finding.code, finding.severity) for finding in result.findings] == [
        ("RJ-CEK-001", Severity.ERROR),
        ("RJ-CEK-014", Severity.INFO),
    ]


@pytest.mark.parametrize(
    ("printed", "broken"), [("63.38", 0), ("63.4", 0), ("63", 0), ("0", 0), ("63.41", 1), ("6338", 1)]
)
def test_a_percentage_may_be_rounded_to_its_printed_decimals_but_not_wrong(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument, printed: str, broken: int
) -> None:
    row = {"target_renstra_rp": "151338700", "realisasi_renstra_akhir_rp": "95914500", "tingkat_capaian_rp": printed}
    result = check_document(make_document(make_table("ii_1", [("sub_kegiatan", row)])), schemas)
    assert sum(count.broken for count in result.counts) == broken


def test_a_formula_of_the_numbering_row_governs_a_column_no_schema_knows(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    table = make_table("ii_1", [("program", {"target_renja_rp": "200", "realisasi_renja_rp": "50"})])
    renja, realised = table.columns
    extra = replace(realised, key="x_tingkat_rp", declared=False, numbering="13 = 12/7x100")
    value = replace(table.records[0].get("target_renja_rp"), number=table.records[0].get("target_renja_rp").number)
    record = replace(table.records[0], values={**table.records[0].values, "x_tingkat_rp": value})
    columns = (replace(renja, numbering="7"), replace(realised, numbering="12 = 8+9+10+11"), extra)
    result = check_document(make_document(replace(table, columns=columns, records=(record,))), schemas)
    assert result.count("ii_1: x_tingkat_rp = realisasi_renja_rp / target_renja_rp").broken == 1


def test_two_tables_agree_row_by_row_or_the_row_is_named(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    other = [
        (level, {"uraian": cells["uraian"].upper(), "dana_indikatif": cells["pagu_indikatif"]}) for level, cells in PLAN
    ]
    assert codes(make_document(make_table("iii_1", PLAN), make_table("iv_1", other)), schemas) == []
    other[3][1]["dana_indikatif"] = "190"
    found = check_document(make_document(make_table("iii_1", PLAN), make_table("iv_1", other)), schemas).findings
    assert [(f.code, f.table, f.row) for f in found] == [("RJ-CEK-002", "iv_1", 2), ("RJ-CEK-004", "iii_1", 4)]


def test_a_row_missing_from_the_other_table_explains_the_gap_of_the_totals(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    sipd = [
        ("program", {"uraian": "PROGRAM SATU", "pagu_indikatif": "100"}),
        ("kegiatan", {"uraian": "A", "pagu_indikatif": "100"}),
        ("sub_kegiatan", {"uraian": "A1", "pagu_indikatif": "100"}),
        ("total", {"uraian": "JUMLAH", "pagu_indikatif": "100"}),
    ]
    found = check_document(make_document(make_table("iii_1", PLAN), make_table("lampiran", sipd)), schemas).findings
    assert [(f.code, f.row) for f in found] == [("RJ-CEK-006", 4), ("RJ-CEK-005", 5)]
    assert "1 baris yang hanya ada di tabel iii_1 berjumlah 200" in found[1].message


def test_a_program_printed_for_agency_and_uptd_is_added_not_overwritten(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    sipd = [
        ("kelompok", {"uraian": "DINAS", "pagu_indikatif": "100"}),
        ("bidang_urusan", {"uraian": "URUSAN X", "pagu_indikatif": "100"}),
        ("program", {"uraian": "PROGRAM SATU", "pagu_indikatif": "100"}),
        ("kelompok", {"uraian": "UPTD", "pagu_indikatif": "200"}),
        ("bidang_urusan", {"uraian": "URUSAN X", "pagu_indikatif": "200"}),
        ("program", {"uraian": "PROGRAM SATU", "pagu_indikatif": "200"}),
        ("total", {"uraian": "JUMLAH", "pagu_indikatif": "300"}),
    ]
    plan = [("program", {"uraian": "Program Satu", "pagu_indikatif": "300"}), PLAN[4]]
    result = check_document(make_document(make_table("iii_1", plan), make_table("lampiran", sipd)), schemas)
    assert result.findings == ()
    assert result.count("iii_1 = lampiran: pagu_indikatif, baris").held == 1


def test_subtotals_between_the_rows_add_up_what_they_close(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    rows = [
        ("bidang_urusan", {"uraian": "URUSAN X", "pagu_indikatif": "300"}),
        ("program", {"uraian": "Program Satu", "pagu_indikatif": "100"}),
        ("total", {"uraian": "Jumlah Program Satu", "pagu_indikatif": "100"}),
        ("program", {"uraian": "Program Dua", "pagu_indikatif": "200"}),
        ("total", {"uraian": "Jumlah Program Dua", "pagu_indikatif": "200"}),
        ("total", {"uraian": "TOTAL", "pagu_indikatif": "300"}),
    ]
    result = check_document(make_document(make_table("iii_1", rows)), schemas)
    assert result.findings == ()
    assert result.count("iii_1: pagu_indikatif, total").held == 3
    assert result.count("iii_1: pagu_indikatif, induk = jumlah rincian").held == 1


def test_a_form_without_amounts_on_upper_rows_contradicts_nothing(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    other = [
        ("program", {"uraian": "Program Satu"}),
        ("kegiatan", {"uraian": "Kegiatan A"}),
        ("sub_kegiatan", {"uraian": "Sub Kegiatan A1", "dana_indikatif": "100"}),
        ("sub_kegiatan", {"uraian": "Sub Kegiatan A2"}),
    ]
    found = check_document(make_document(make_table("iii_1", PLAN), make_table("iv_1", other)), schemas).findings
    assert [(f.code, f.row) for f in found if f.code != "RJ-CEK-017"] == [("RJ-CEK-004", 4)]


def test_a_block_printed_again_as_a_table_of_its_own_is_told(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    rows = [
        ("urusan", {"uraian": "URUSAN", "pagu_indikatif": "5"}),
        ("program", {"uraian": "P", "pagu_indikatif": "5"}),
    ]
    again = make_table("lampiran", rows, ordinal=2)
    assert codes(make_document(make_table("lampiran", rows), again), schemas) == ["RJ-CEK-016"]


def test_targets_that_differ_between_tables_are_a_warning(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    plan = [("sub_kegiatan", {"uraian": "Sub Kegiatan A", "target_capaian": "8 laporan", "pagu_indikatif": "5"})]
    other = [("sub_kegiatan", {"uraian": "Sub Kegiatan A", "keluaran_target": "1 laporan", "dana_indikatif": "5"})]
    assert codes(make_document(make_table("iii_1", plan), make_table("iv_1", other)), schemas) == ["RJ-CEK-007"]
    other[0][1]["keluaran_target"] = "8 lap"
    assert codes(make_document(make_table("iii_1", plan), make_table("iv_1", other)), schemas) == []


def test_funds_split_in_a_text_add_up_to_pagu_and_target(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    text = "- DAU Diarahkan : Rp. 914.290.172,- (164 orang)\n- Insentif fiskal : Rp. 435.000.000,- (80 orang)"
    row = {"uraian": "Sub Kegiatan A", "target_capaian": "248 orang", "pagu_indikatif": "1349290172"}
    row["sumber_dana"] = text
    result = check_document(make_document(make_table("iii_1", [("sub_kegiatan", row)])), schemas)
    assert [finding.code for finding in result.findings] == ["RJ-CEK-010"]
    row["pagu_indikatif"] = "1349290173"
    result = check_document(make_document(make_table("iii_1", [("sub_kegiatan", row)])), schemas)
    assert [finding.code for finding in result.findings] == ["RJ-CEK-009", "RJ-CEK-010"]


def test_mirrored_halves_that_name_different_things_are_a_warning(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    rows = [
        ("sub_kegiatan", {"awal_uraian": "Sub Kegiatan Pemeliharaan Mebel", "hasil_uraian": "Pemeliharaan Mebel"}),
        ("sub_kegiatan", {"awal_uraian": "Pengadaan Peralatan dan Mesin", "hasil_uraian": "Pengadaan Mebel"}),
    ]
    (found,) = check_document(make_document(make_table("ii_3", rows)), schemas).findings
    assert (found.code, found.row) == ("RJ-CEK-008", 2)


def test_a_proposal_beside_another_sub_kegiatans_pagu_is_a_warning(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    proposal = [
        ("baris", {"kegiatan_renja": "Kegiatan A\nSub Kegiatan A1", "pagu_indikatif": "100"}),
        ("baris", {"kegiatan_renja": "Kegiatan A Sub Kegiatan A2", "pagu_indikatif": "100"}),
    ]
    found = check_document(make_document(make_table("ii_4a_1", proposal), make_table("iii_1", PLAN)), schemas).findings
    assert [(f.code, f.table, f.row) for f in found] == [("RJ-CEK-018", "ii_4a_1", 2)]


def coded(*codes: str) -> list[tuple[str, dict[str, str]]]:
    levels = ("program", "kegiatan", "sub_kegiatan", "sub_kegiatan")
    return [
        (level, {"kode_rekening": code, "uraian": f"Baris {number}"})
        for number, (level, code) in enumerate(zip(levels, codes, strict=True))
    ]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (("2.07.02", "2.07.02.2.01", "2.07.02.2.01.01", "2.07.02.2.01.02"), []),
        (("2.07.02", "2.07.02.2.01", "2.07.03.2.01.01", "2.07.02.2.01.02"), [("RJ-CODE-008", 3)]),
        (("2.07.02", "2.07.02.2.01", "2.07.02.2.O1.01", "2.07.02.2.01.02"), [("RJ-CODE-007", 3)]),
        (("08 1 08 02 15", "a.1", "a.1.b", "a.1.c"), []),
    ],
)
def test_a_code_stands_under_its_parents_code(
    schemas: dict[str, Schema],
    make_table: Make,
    make_document: MakeDocument,
    found: tuple[str, ...],
    expected: list[tuple[str, int]],
) -> None:
    result = check_document(make_document(make_table("iv_1", coded(*found))), schemas)
    assert [(entry.code, entry.row) for entry in result.findings] == expected


NARRATIVE = """Dilaksanakan dengan alokasi anggaran sebesar Rp. 47.065.330,- dan terealisasi sebesar
Rp. {spent},- atau {percent}%. Renja terdiri dari {programs} Program, 1 Kegiatan dan 2 Sub kegiatan
dengan total kebutuhan dananya sebesar Rp. {total},- (tiga ratus rupiah)."""


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"spent": "46.617.231"}, ["RJ-CEK-011"]),
        ({"percent": "98,05"}, ["RJ-CEK-012"]),
        ({"programs": "2"}, ["RJ-CEK-013"]),
        ({"total": "301"}, ["RJ-CEK-011"]),
    ],
)
def test_prose_is_held_against_the_tables(
    schemas: dict[str, Schema],
    make_table: Make,
    make_document: MakeDocument,
    changed: dict[str, str],
    expected: list[str],
) -> None:
    told = {"spent": "46.617.230", "percent": "99,05", "programs": "1", "total": "300"} | changed
    row = {"uraian": "SUB KEGIATAN : A", "target_renja_rp": "47065330", "realisasi_renja_rp": "46617230"}
    document = make_document(make_table("ii_1", [("sub_kegiatan", row)]), make_table("iii_1", PLAN))
    assert codes(document, schemas, narrative=NARRATIVE.format(**told)) == expected


def test_a_table_of_a_kind_no_schema_declares_is_left_alone(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    unknown = replace(make_table("iii_1", PLAN), key="lain")
    assert check_document(make_document(unknown), schemas).counts == ()


@pytest.mark.parametrize(("parent", "broken"), [("9890250000", 0), ("9890300000", 1)])
def test_sums_of_a_column_in_millions_may_be_off_by_its_last_printed_place(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument, parent: str, broken: int
) -> None:
    rows = [
        ("kegiatan", {"uraian": "Kegiatan A", "pagu_indikatif": parent}),
        ("sub_kegiatan", {"uraian": "Sub Kegiatan A1", "pagu_indikatif": "66010000"}),
        ("sub_kegiatan", {"uraian": "Sub Kegiatan A2", "pagu_indikatif": "9824230000"}),
    ]
    table = make_table("iii_1", rows)
    columns = tuple(replace(column, unit_factor=Decimal(1_000_000)) for column in table.columns)
    count = check_document(make_document(replace(table, columns=columns)), schemas).counts[0]
    assert (count.rounded, count.broken) == (1 - broken, broken)
