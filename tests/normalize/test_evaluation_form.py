"""Prints of form E.81: its K and Rp columns, its title rows, and its pages that repeat only part of the header."""

import re

import pytest

TRIWULAN = ["I", "<", "II", "<", "III", "<", "IV", "<"]
GROUPS = [
    "Target Renstra Perangkat Daerah pada Tahun 2026",
    "Realisasi Capaian Kinerja Renstra sampai dengan Renja Tahun Lalu (2023)",
    "Target Kinerja dan Anggaran Renja Tahun Berjalan yang Dievaluasi",
]
RESULTS = [
    "Realisasi Capaian Kinerja dan Anggaran Renja yang Dievaluasi",
    "Realisasi Kinerja dan Anggaran Renstra s/d Tahun 2024",
    "Tingkat Capaian Kinerja dan Realisasi Anggaran Renstra s/d Tahun 2024 (%)",
]
HEADER = [
    ["No", "Program/Kegiatan", "Indikator Kinerja"]
    + [part for group in GROUPS for part in (group, "<")]
    + ["Realisasi Kinerja Pada Triwulan", *["<"] * 7]
    + [part for group in RESULTS for part in (group, "<")]
    + ["Unit Penanggung Jawab"],
    ["^"] * 9 + TRIWULAN + ["^"] * 7,
]
FORMULAS = ["12 = 8+9+10+11", "13 = 6+12", "14 = 13/5x100%"]
NUMBERING = ["2", "3", "4"] + [part for n in range(5, 12) for part in (str(n), "<")]
NUMBERING += [part for formula in FORMULAS for part in (formula, "<")] + ["15"]
K_RP = ["", "", ""] + ["K", "Rp"] * 10 + [""]
PROGRAM = ["1", "PROGRAM A", "Nilai"] + ["80", "1.000.000"] * 10 + ["Sekretariat"]
KEGIATAN = ["", "Kegiatan B", "Dokumen"] + ["2", "500.000"] * 10 + [""]


def amounts(table) -> list[object]:
    return [record.get("triwulan_3_rp").number for record in table.records]


@pytest.mark.parametrize(
    "first_rows",
    [[*HEADER, NUMBERING], HEADER, [HEADER[0], NUMBERING], [K_RP], [NUMBERING, K_RP], [NUMBERING], []],
)
def test_later_page_may_repeat_any_part_of_the_header(read, first_rows) -> None:
    document = read([*HEADER, NUMBERING, K_RP, PROGRAM], [*first_rows, KEGIATAN])
    (table,) = document.tables
    assert amounts(table) == [1_000_000, 500_000]


@pytest.mark.parametrize("pair", [("(K)", "(Rp.)"), ("Kinerja", "Anggaran (Rp)"), ("Fisik", "Keuangan"), ("K", "Rp.")])
def test_k_and_rp_have_other_names(read, pair) -> None:
    (table,) = read([*HEADER, NUMBERING, ["", "", "", *pair * 10, ""], PROGRAM]).tables
    assert amounts(table) == [1_000_000]


def test_k_and_rp_may_stand_beside_the_ordinals(read) -> None:
    numbering = ["2", "3", "4"] + [f"{n}{label}" for n in range(5, 15) for label in ("K", "Rp")] + ["15"]
    (table,) = read([*HEADER, numbering, PROGRAM]).tables
    assert amounts(table) == [1_000_000]


def test_thousands_beside_rp_are_a_unit_and_no_wording(read) -> None:
    (table,) = read([*HEADER, NUMBERING, ["", "", "", *["K", "Rp (000)"] * 10, ""], PROGRAM]).tables
    assert amounts(table) == [1_000_000_000]


@pytest.mark.parametrize(
    "print_as",
    [
        str.upper,
        lambda text: text.replace("Penanggung", "Penganggung").replace("Indikator", "Indikatot"),
        lambda text: re.sub(r"(\w{5})(\w)", r"\1\n\2", text),
        lambda text: text.replace(" ", ""),
    ],
)
def test_capitals_misprints_and_cut_words_of_the_header_do_not_matter(read, print_as) -> None:
    header = [[text if text in "<^" else print_as(text) for text in row] for row in HEADER]
    (table,) = read([*header, NUMBERING, K_RP, PROGRAM]).tables
    assert amounts(table) == [1_000_000]
    assert table.records[0].get("penanggung_jawab").text == "Sekretariat"


def test_title_drawn_as_rows_of_the_grid_is_the_caption_and_no_header(read) -> None:
    width = len(PROGRAM)
    titles = [["Formulir E.81", *["<"] * (width - 1)], ["Evaluasi Terhadap Hasil Renja", *["<"] * (width - 1)]]
    for numbering in ([NUMBERING], []):
        (table,) = read([*titles, *HEADER, *numbering, K_RP, PROGRAM, KEGIATAN]).tables
        assert amounts(table) == [1_000_000, 500_000]
        assert table.title == "Formulir E.81\nEvaluasi Terhadap Hasil Renja"


def test_group_row_on_top_of_a_later_page_is_no_title(read) -> None:
    group = ["A. BIDANG SEKRETARIAT", *["<"] * (len(PROGRAM) - 1)]
    (table,) = read([*HEADER, NUMBERING, K_RP, PROGRAM], [group, KEGIATAN]).tables
    assert [record.tingkat for record in table.records] == ["program", "kelompok", "kegiatan"]


def test_codes_printed_for_running_numbers_are_read_as_codes(read) -> None:
    codes = ["2.11.01", "2.11.01.2.01", "2.11.01.2.01.0001", "2.11.01.2.1.0002", "2.11,01.2.01.0003"]
    document = read([*HEADER, NUMBERING, K_RP, *[[code, *PROGRAM[1:]] for code in codes]])
    printed = [record.get("no").text for record in document.tables[0].records]
    assert printed == [*codes[:3], "2.11.01.2.01.0002", "2.11,01.2.01.0003"]
    assert [(f.row, f.code) for f in document.findings if f.column == "no"] == [(4, "RJ-CODE-003"), (5, "RJ-CODE-007")]


def test_running_numbers_are_no_codes(read) -> None:
    numbers = ["1", "1.1", "1.2", "2", "2.1"]
    document = read([*HEADER, NUMBERING, K_RP, *[[number, *PROGRAM[1:]] for number in numbers]])
    assert [record.get("no").text for record in document.tables[0].records] == numbers
    assert not [finding for finding in document.findings if finding.column == "no"]


def test_ordinals_shifted_by_a_further_column_do_not_speak_for_the_neighbour(read) -> None:
    header = [[HEADER[0][0], "Kode", *HEADER[0][1:]], ["^", *HEADER[1]]]
    ordinals = ["2", "3", "4", "5"] + [part for n in range(6, 13) for part in (str(n), "<")]
    ordinals += [part for formula in ("13 = 9+10+11+12", "14 = 7+13", "15 = 14/6x100%") for part in (formula, "<")]
    program = (
        ["1", "1.02.01", "PROGRAM A", "Nilai"] + ["80 Nilai", "1.000.000"] * 9 + ["100,00", "95,00", "Sekretariat"]
    )
    (table,) = read([*header, [*ordinals, "16"], ["", *K_RP], program]).tables
    (record,) = table.records
    assert record.get("realisasi_renstra_akhir_k").text == "80 Nilai"
    assert [record.get(f"tingkat_capaian_{part}").number for part in ("k", "rp")] == [100, 95]
