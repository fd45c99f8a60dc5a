"""Sheets whose columns run over two pages, left part and right part."""

import pytest

LEFT = [
    ["Kode", "Program/Kegiatan", "Indikator Kinerja", "Rencana Tahun 2025", "<"],
    ["^", "^", "^", "Lokasi", "Target Capaian Kinerja"],
]
RIGHT = [
    ["Rencana Tahun 2025", "<", "Catatan Penting", "Prakiraan Maju Rencana Tahun 2026", "<"],
    ["Pagu Indikatif (Rp)", "Sumber Dana", "^", "Target Capaian Kinerja", "Pagu Indikatif (Rp)"],
]
LEFT_ROWS = [["1.05.01", "Program A", "Nilai", "Kota", "80"], ["1.05.02", "Program B", "Nilai", "Kota", "70"]]
RIGHT_ROWS = [["1.500", "APBD", "", "85", "1.650"], ["2.500", "DAK", "", "75", "2.750"]]
MORE_LEFT = [[f"1.05.{n:02}", f"Program {n}", "Nilai", "Kota", "60"] for n in range(3, 7)]
MORE_RIGHT = [[f"{n}.000", "APBD", "", "65", f"{n}.100"] for n in range(3, 7)]
CAPTION = ["Tabel T-C.33 Rumusan Rencana Program dan Kegiatan"]


def amounts(document) -> list[tuple[str, int, int]]:
    (table,) = document.tables
    return [
        (record.get("kode").text, record.get("pagu_indikatif").number, record.get("prakiraan_pagu").number)
        for record in table.records
    ]


def test_right_part_overleaf_gives_the_columns_the_left_part_misses(read) -> None:
    document = read([*LEFT, *LEFT_ROWS], [*RIGHT, *RIGHT_ROWS], caption=CAPTION)
    assert amounts(document) == [("1.05.01", 1500, 1650), ("1.05.02", 2500, 2750)]
    assert not document.unknown
    assert document.tables[0].pages == (1, 2)


def test_a_value_of_the_right_part_is_found_on_its_own_page(read) -> None:
    record = read([*LEFT, *LEFT_ROWS], [*RIGHT, *RIGHT_ROWS], caption=CAPTION).tables[0].records[0]
    assert record.get("kode").sources[0].page == 1
    assert record.get("pagu_indikatif").sources[0].page == 2
    assert record.get("pagu_indikatif").sources[0].bbox.x0 == 40.0


@pytest.mark.parametrize("down_first", [True, False])
def test_pages_of_a_wide_sheet_are_paired_in_either_printing_order(read, down_first) -> None:
    left, right = [[*LEFT, *LEFT_ROWS], MORE_LEFT], [[*RIGHT, *RIGHT_ROWS], MORE_RIGHT]
    pages = [*left, *right] if down_first else [left[0], right[0], left[1], right[1]]
    assert amounts(read(*pages, caption=CAPTION))[2:] == [
        (f"1.05.{n:02}", n * 1000, n * 1000 + 100) for n in range(3, 7)
    ]


def test_parts_whose_rows_do_not_line_up_are_not_put_side_by_side(read) -> None:
    document = read([*LEFT, *LEFT_ROWS], [*RIGHT, RIGHT_ROWS[0]], caption=CAPTION)
    assert "pagu_indikatif" not in {column.key for column in document.tables[0].columns}
    assert [finding.code for finding in document.findings if finding.code == "RJ-TAB-004"]
