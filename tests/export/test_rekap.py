"""The plans of many agencies in one workbook: nothing lost, nothing counted twice, everything doubtful told."""

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from export.rekap.build import build_rekap
from export.rekap.model import Output, next_total, total
from export.rekap.names import fold, readable_name, urusan_name
from export.rekap.totals import by_agency, groups
from export.rekap.workbook import render_rekap
from normalize.form import Kind
from normalize.model import Column, Document, Record, Table, Tingkat, Value

COLUMNS = (
    Column("kode", "Kode", Kind.KODE, ("Kode",)),
    Column("uraian", "Uraian", Kind.TEKS, ("Uraian",)),
    Column("indikator_kinerja", "Indikator", Kind.TEKS, ("Indikator",)),
    Column("target_capaian", "Target", Kind.KUANTITAS, ("Target",)),
    Column("pagu_indikatif", "Pagu", Kind.RUPIAH, ("Pagu",)),
    Column("sumber_dana", "Sumber Dana", Kind.TEKS, ("Sumber Dana",)),
    Column("prakiraan_pagu", "Prakiraan", Kind.RUPIAH, ("Prakiraan",)),
)


def rec(level: Tingkat, name: str, pagu: int | str | None = None, fund: str = "", code: str = "", maju: int = 0):
    values = {"uraian": Value(name, name), "kode": Value(code, code), "sumber_dana": Value(fund, fund)}
    if isinstance(pagu, int):
        values["pagu_indikatif"] = Value(str(pagu), str(pagu), Decimal(pagu))
    elif pagu:
        values["pagu_indikatif"] = Value(pagu, pagu, None, confidence=0.0)
    if maju:
        values["prakiraan_pagu"] = Value(str(maju), str(maju), Decimal(maju))
    return Record(values, level, 3, 1.0)


U, P, K, S, T, G = (
    Tingkat.URUSAN,
    Tingkat.PROGRAM,
    Tingkat.KEGIATAN,
    Tingkat.SUB_KEGIATAN,
    Tingkat.TOTAL,
    Tingkat.KELOMPOK,
)


def table(*records: Record, key: str = "iii_1", ordinal: int = 1) -> Table:
    return Table(key, "Tabel", COLUMNS, records, (3,), ordinal=ordinal)


def output(agency: str, *tables: Table, year: int | None = 2024, name: str = "") -> Output:
    return Output(
        name or f"{fold(agency)}.xlsx", Document(fold(agency), tables, (), (), (), (), agency=agency, year=year)
    )


def plan(first: int = 100, second: int = 50, *, printed: int | None = None, urusan: str = "KESEHATAN") -> Table:
    return table(
        rec(U, f"URUSAN PEMERINTAHAN BIDANG {urusan}", first + second),
        rec(P, "PROGRAM PENUNJANG", first + second),
        rec(K, "Kegiatan Administrasi", first + second),
        rec(S, "Sub Kegiatan Gaji", first, "DAU Bebas", maju=first + 10),
        rec(S, "Sub Kegiatan Rapat", second, "PAD"),
        rec(T, "TOTAL", first + second if printed is None else printed),
    )


def codes(rekap) -> list[str]:
    return [entry.finding.code for entry in rekap.findings]


def test_every_sub_kegiatan_is_stacked_once_whatever_tables_a_document_prints():
    both = output("Dinas A", plan(), replace(plan(), key="iv_1"), replace(plan(), key="lampiran"))
    rekap = build_rekap([both, output("Dinas B", plan(7, 3))])
    assert [(row.agency, row.table, row.amount) for row in rekap.rows] == [
        ("Dinas A", "iii_1", 100), ("Dinas A", "iii_1", 50), ("Dinas B", "iii_1", 7), ("Dinas B", "iii_1", 3),
    ]  # fmt: skip
    assert (total(rekap.counted), next_total(rekap.counted), codes(rekap)) == (160, 127, [])
    assert build_rekap([both], preferred=("iv_1",)).rows[0].table == "iv_1"


def test_names_spelt_differently_are_one_group():
    one, other = plan(urusan="KESEHATAN"), plan(urusan="Kesehatan")
    rekap = build_rekap([output("DINAS A", one), output("DINAS B", other), output("Dinas C", other)])
    (urusan,) = groups(rekap.rows, lambda row: row.urusan)
    assert (urusan.name, urusan.agencies, urusan.amount, urusan.sub_kegiatan) == ("Kesehatan", 3, 450, 6)
    assert [group.name for group in by_agency(rekap)] == ["Dinas A", "Dinas B", "Dinas C"]


def test_an_amount_paid_from_several_funds_is_split_only_when_they_add_up():
    told = "- DAU Diarahkan : Rp. 914.290.172,- (164 orang)\n- Insentif fiskal : Rp. 435.000.000,- (80 orang)"
    flat = "DAU Bebas : Rp. 250.899.825,- Insentif Fiskal : Rp. 230.000.000,-"
    wrong = "DAU : Rp. 10,- PAD : Rp. 20,-"
    rows = table(
        rec(P, "PROGRAM A"),
        rec(K, "Kegiatan"),
        rec(S, "Satu", 1349290172, told, maju=5),
        rec(S, "Dua", 480899825, flat),
        rec(S, "Tiga", 31, wrong),
    )
    rekap = build_rekap([output("Dinas A", rows)])
    assert [(row.name, row.fund, row.amount, row.next_amount) for row in rekap.rows] == [
        ("Satu", "DAU Diarahkan", 914290172, 5),
        ("Satu", "Insentif Fiskal", 435000000, None),
        ("Dua", "DAU Bebas", 250899825, None),
        ("Dua", "Insentif Fiskal", 230000000, None),
        ("Tiga", wrong, 31, None),
    ]
    assert by_agency(rekap)[0].sub_kegiatan == 3


def test_of_two_outputs_of_one_agency_the_first_counts_and_it_is_told():
    rekap = build_rekap([output("Dinas A", plan(), name="a.xlsx"), output("DINAS  A", plan(1, 2), name="b.xlsx")])
    assert total(rekap.counted) == 150
    assert codes(rekap) == ["RJ-REKAP-001"]
    assert "a.xlsx dihitung, b.xlsx tidak" in rekap.findings[0].finding.message
    assert codes(build_rekap([output("Dinas A", plan()), output("Dinas A", plan(), year=2025)])) == ["RJ-REKAP-008"]


def uptd(pagu: int = 40) -> list[Record]:
    return [
        rec(G, "UPTD PUSAT RENDANG"), rec(U, "URUSAN X"), rec(P, "PROGRAM UPTD"), rec(K, "Kegiatan UPTD"),
        rec(S, "Sub Kegiatan Satu", pagu), rec(S, "Sub Kegiatan Dua", 2 * pagu),
    ]  # fmt: skip


def test_a_unit_printed_again_as_a_second_table_is_not_counted_twice():
    first = table(*plan().records[:-1], *uptd(), rec(T, "JUMLAH", 150 + 120), key="lampiran")
    second = table(*uptd(), rec(T, "JUMLAH", 120), key="lampiran", ordinal=2)
    rekap = build_rekap([output("Dinas A", first, second)])
    assert total(rekap.counted) == 270
    assert [row.counted for row in rekap.rows] == [True] * 4 + [False] * 2
    # The document's own totals add up to more than it plans: that is told too.
    assert codes(rekap) == ["RJ-REKAP-005", "RJ-REKAP-006"]


def test_a_unit_with_a_document_of_its_own_is_not_counted_twice():
    agency = table(*plan().records[:-1], *uptd(), rec(T, "JUMLAH", 270))
    rekap = build_rekap([output("Dinas A", agency), output("UPTD Pusat Rendang", table(*uptd()))])
    assert (total(rekap.counted), codes(rekap)) == (270, ["RJ-REKAP-005"])


def test_agencies_that_plan_the_same_by_chance_both_count():
    rekap = build_rekap([output("Kecamatan A", plan()), output("Kecamatan B", plan())])
    assert (total(rekap.counted), codes(rekap)) == (300, [])


def test_sums_that_are_not_the_printed_total_and_unread_amounts_are_told():
    rows = table(
        rec(P, "PROGRAM"), rec(K, "Kegiatan"), rec(S, "Satu", 10), rec(S, "Dua", "39,02,1"), rec(T, "TOTAL", 40)
    )
    rekap = build_rekap([output("Dinas A", rows)])
    assert codes(rekap) == ["RJ-REKAP-010", "RJ-REKAP-006"]
    assert "Rp 10, dokumen mencetak Rp 40 (selisih 30)" in rekap.findings[1].finding.message


def test_one_code_with_two_names_is_told_with_who_writes_what():
    def coded(name: str) -> Table:
        return table(rec(P, "PROGRAM"), rec(K, "Kegiatan"), rec(S, name, 5, code="2.07.01.2.06.0005"), key="lampiran")

    rekap = build_rekap(
        [
            output("Dinas A", coded("Penyediaan Barang Cetakan")),
            output("Dinas B", coded("Sub Kegiatan Penyediaan Barang Cetakan")),
            output("Dinas C", coded("Penyediaan Barang Cetak")),
        ]
    )
    (entry,) = rekap.findings
    assert (entry.agency, entry.finding.code, entry.finding.value) == ("Dinas C", "RJ-REKAP-004", "2.07.01.2.06.0005")
    assert "'Penyediaan Barang Cetakan' (Dinas A, Dinas B); 'Penyediaan Barang Cetak' (Dinas C)" in (
        entry.finding.message
    )


def test_a_row_without_a_code_takes_it_from_the_document_s_other_table():
    bare = table(rec(P, "PROGRAM"), rec(K, "Kegiatan"), rec(S, "Sub Kegiatan Satu", 5), rec(S, "Sub Kegiatan Dua", 6))
    sipd = table(
        rec(S, "Satu", 5, code="2.07.01.2.06.0005"), rec(S, "Dua", 6, code="2.07.01.2.06.0006"), key="lampiran"
    )
    old = table(rec(S, "Satu", 5, code="2.07.01.2.06.05"), rec(S, "Dua", 1, code="2.07.01.2.06.07"), key="iv_1")
    twice = replace(sipd, records=(*sipd.records, rec(S, "Dua", 6, code="2.07.01.2.06.0009")))
    rows = build_rekap([output("Dinas A", bare, old, sipd)]).rows
    assert [(row.code, row.code_from) for row in rows] == [
        ("2.07.01.2.06.0005", "lampiran"), ("2.07.01.2.06.0006", "lampiran"),
    ]  # fmt: skip
    rows = build_rekap([output("Dinas A", bare, twice)]).rows
    assert [row.code for row in rows] == ["2.07.01.2.06.0005", ""], "of two codes none is taken"


def test_agencies_are_held_against_the_list():
    given = [
        output("DINAS KESEHATAN", plan()),
        output("Dinas Tenaga Kerja dan Industri", plan(1, 2)),
        output("C", plan()),
    ]
    rekap = build_rekap(given, expected=("Dinas Kesehatan", "Dinas Tenaga Kerja & Industri", "Dinas Sosial"))
    assert [(entry.agency, entry.finding.code) for entry in rekap.findings] == [
        ("Dinas Tenaga Kerja dan Industri", "RJ-REKAP-003"), ("Dinas Sosial", "RJ-REKAP-002"), ("C", "RJ-REKAP-003"),
    ]  # fmt: skip


def test_outputs_without_plan_name_or_year_are_told_and_listed():
    rekap = build_rekap([output("Dinas A", plan()), output("", table(key="ii_2"), year=None, name="x.xlsx")])
    assert codes(rekap) == ["RJ-REKAP-009", "RJ-REKAP-007", "RJ-REKAP-008"]
    assert [(group.name, group.amount) for group in by_agency(rekap)] == [("Dinas A", 150), ("x.xlsx", 0)]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("DINAS TENAGA KERJA DAN PERINDUSTRIAN", "Dinas Tenaga Kerja dan Perindustrian"),
        ("RSUD dr. Adnaan WD", "RSUD dr. Adnaan WD"),
        ("UPTD PUSAT RENDANG (P3R)", "UPTD Pusat Rendang (P3R)"),
        ("PENCEMARAN DAN/ATAU KERUSAKAN", "Pencemaran dan/atau Kerusakan"),
    ],
)
def test_names_in_capitals_become_readable_and_others_stay(printed, name):
    assert readable_name(printed) == name


def test_an_urusan_is_called_by_its_own_name():
    assert urusan_name("URUSAN PEMERINTAHAN BIDANG TENAGA KERJA") == "Tenaga Kerja"
    assert urusan_name("UNSUR KECAMATAN") == "Unsur Kecamatan"


MANY = [output(f"Dinas {chr(65 + n)}", plan(10_000_000 * (n + 1), 1_234_567_890 % (n + 2) * 1000)) for n in range(12)]


def test_the_workbook_adds_up_what_its_data_hold():
    rekap = build_rekap([*MANY, output("Dinas A", plan(9, 9), name="dua.xlsx")])
    data = render_rekap(rekap)
    book = load_workbook(io.BytesIO(data), data_only=True)
    assert book.sheetnames == [
        "Ringkasan", "Perangkat Daerah", "Urusan", "Program", "Sumber Dana", "Periksa", "Data",
    ]  # fmt: skip
    rows = list(book["Data"].iter_rows(min_row=2, values_only=True))
    header = [cell.value for cell in book["Data"][1]]
    amounts = [row[header.index("Pagu (Rp)")] for row in rows if row[header.index("Dihitung")] == "ya"]
    assert sum(amounts) == total(rekap.counted)
    for name in ("Perangkat Daerah", "Urusan", "Program", "Sumber Dana"):
        shown = [row[2] for row in book[name].iter_rows(min_row=5, values_only=True)]
        assert shown[-1] == total(rekap.counted) == sum(shown[:-1])
        assert shown[:-1] == sorted(shown[:-1], reverse=True), "largest on top"
    formulas = load_workbook(io.BytesIO(data))
    assert str(formulas["Urusan"]["C5"].value).startswith("=SUMIFS(Data[Pagu (Rp)],Data[Urusan],$B5,")
    assert len(formulas["Ringkasan"]._charts) == 3
    assert all(sheet.sheet_state == "visible" and not sheet.protection.sheet for sheet in formulas)


def test_names_that_sumifs_would_read_as_patterns_keep_plain_values():
    odd = table(rec(P, "PROGRAM * ?"), rec(K, "Kegiatan"), rec(S, "Satu", 10, "=DAU"))
    book = load_workbook(io.BytesIO(render_rekap(build_rekap([output("Dinas A", odd)]))))
    assert (book["Program"]["C5"].value, book["Sumber Dana"]["C5"].value) == (10, 10)


def test_the_same_outputs_give_the_same_bytes_and_no_clock():
    one, other = (render_rekap(build_rekap(MANY)) for _ in range(2))
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert set(re.findall(r"\d{4}-\d\d-\d\d", archive.read("docProps/core.xml").decode())) == {"2000-01-01"}


def test_nothing_at_all_still_makes_a_workbook():
    book = load_workbook(io.BytesIO(render_rekap(build_rekap([output("Dinas A", table(key="ii_2"))]))))
    assert book["Perangkat Daerah"]["B5"].value == "Dinas A"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_computes_the_same_sums(tmp_path):
    data = render_rekap(build_rekap([*MANY, output("Dinas A", plan(9, 9), name="dua.xlsx")]))
    load_workbook(io.BytesIO(data)).save(tmp_path / "bare.xlsx")  # drops the stored results
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", tmp_path / "out", tmp_path / "bare.xlsx"], check=True, timeout=180, capture_output=True
    )
    computed = load_workbook(tmp_path / "out" / "bare.xlsx", data_only=True)
    stored = load_workbook(io.BytesIO(data), data_only=True)
    for sheet in ("Ringkasan", "Perangkat Daerah", "Urusan", "Program", "Sumber Dana"):
        for row in stored[sheet].iter_rows():
            for cell in row:
                assert computed[sheet][cell.coordinate].value == pytest.approx(cell.value), cell.coordinate
