"""Doubts about the structure of tables are reported where they are true, and only there."""

import pytest

HEADER = [
    ["Kode", "Program/Kegiatan", "Indikator Kinerja", "Rencana Tahun 2025", "<", "<", "<"],
    ["^", "^", "^", "Lokasi", "Target Capaian Kinerja", "Pagu Indikatif (Rp)", "Sumber Dana"],
]
ROW = ["1.05.01.2.01.0001", "Penyusunan Renja", "Jumlah dokumen", "Kota", "10 dok", "1.500", "APBD"]
CAPTION = ["Tabel T-C.33 Rumusan Rencana Program dan Kegiatan Perangkat Daerah"]


def with_column(title: str, text: str) -> list[list[str]]:
    return [[*HEADER[0], title], [*HEADER[1], "^"], [*ROW, text]]


def codes_of(document) -> list[tuple[str, str]]:
    return [(finding.code, finding.column) for finding in document.findings if finding.code.startswith("RJ-TAB")]


def test_sound_table_raises_no_doubt(read) -> None:
    assert codes_of(read([*HEADER, ROW], caption=CAPTION)) == []


def test_printed_column_no_schema_knows_is_reported_with_its_header(read) -> None:
    document = read(with_column("Penyuluh", "Andi"), caption=CAPTION)
    assert codes_of(document) == [("RJ-TAB-001", "x_penyuluh")]
    assert document.findings[0].printed == "Penyuluh"


def test_undeclared_column_without_content_is_not_reported(read) -> None:
    assert codes_of(read(with_column("Penyuluh", ""), caption=CAPTION)) == []


def test_label_of_another_form_puts_the_kind_in_doubt(read) -> None:
    assert ("RJ-TAB-003", "") in codes_of(read([*HEADER, ROW], caption=["Tabel T-C.30"]))


def test_obligatory_column_that_is_not_printed_is_reported(read) -> None:
    assert codes_of(read([row[:6] for row in (*HEADER, ROW)], caption=CAPTION)) == [("RJ-TAB-004", "sumber_dana")]


def test_part_behind_another_grid_is_reported(read, grid_of, page_of) -> None:
    first = page_of(grid_of([*HEADER, ROW]), grid_of([["Disusun", "Dievaluasi"]], top=400))
    codes = [code for code, _ in codes_of(read(first, page_of(grid_of([ROW], page=2), number=2)))]
    assert codes.count("RJ-TAB-002") == 1


def test_unknown_table_is_a_note_and_a_warning_behind_a_known_one(read, grid_of, page_of) -> None:
    alone = read([["Nama", "Alamat"], ["A", "B"]])
    assert [(finding.code, finding.severity) for finding in alone.findings] == [("RJ-TAB-007", "info")]
    rest = [["x", "y", "z", "a", "b", "c", "d", "e"]]
    behind = read(page_of(grid_of([*HEADER, ROW])), page_of(grid_of(rest, page=2, left=300), number=2))
    assert ("RJ-TAB-007", "warning") in [(finding.code, finding.severity) for finding in behind.findings]


@pytest.mark.parametrize(("amount", "doubted"), [("1.500", False), ("1.250.000.000", True)])
def test_full_rupiah_under_a_header_of_thousands_are_doubted(read, amount, doubted) -> None:
    header = [HEADER[0], [*HEADER[1][:5], "Pagu Indikatif (Rp.000)", "Sumber Dana"]]
    document = read([*header, [*ROW[:5], amount, ROW[6]]], caption=CAPTION)
    assert (("RJ-TAB-005", "pagu_indikatif") in codes_of(document)) is doubted
