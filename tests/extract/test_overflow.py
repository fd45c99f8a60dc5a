"""Words that run out of their cell stay with their text; figures and tightly set rows stay where they stand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.grids.cells import build_page_content
from extract.grids.grid import find_grids
from extract.model import BBox, Orientation, Page, PageOrigin, Ruling, Word

EDGES, CHARACTER, HEIGHT = (40.0, 100.0, 200.0, 300.0), 5.0, 8.0


def words_of(text: str, x: float, y: float) -> list[Word]:
    found = []
    for part in text.split(" "):
        found.append(Word(part, BBox(x, y, x + CHARACTER * len(part), y + HEIGHT), size=HEIGHT))
        x += CHARACTER * len(part) + 2.5
    return found


def cells_of(
    words: Sequence[Word], heights: Sequence[float], origin: PageOrigin = PageOrigin.DIGITAL
) -> list[list[str]]:
    rulings = [Ruling(Orientation.HORIZONTAL, y, EDGES[0], EDGES[-1]) for y in heights]
    rulings += [Ruling(Orientation.VERTICAL, x, heights[0], heights[-1]) for x in EDGES]
    page = Page(1, 400, 400, tuple(words), tuple(rulings), origin=origin)
    (grid,) = build_page_content(page, find_grids(page)).grids
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.rows)]


def test_text_runs_on_over_a_blank_cell() -> None:
    words = [*words_of("PROGRAM PENUNJANG URUSAN DAERAH", 42, 103), *words_of("1.500", 202, 103)]
    words += words_of("Kode", 42, 123)
    assert cells_of(words, (100, 120, 140))[0] == ["PROGRAM PENUNJANG URUSAN DAERAH", "", "1.500"]
    # A recogniser reads cell by cell: what it found there stays there.
    assert cells_of(words, (100, 120, 140), PageOrigin.RASTER)[0][1] != ""


@pytest.mark.parametrize("own", ["12 dok", "12.500.000.000"])
def test_a_cell_with_words_of_its_own_keeps_them(own: str) -> None:
    words = [*words_of("PENUNJANG", 63, 103), *words_of(own, 140, 103), *words_of("Kode", 42, 123)]
    assert cells_of(words, (100, 120, 140))[0][:2] == ["PENUNJANG", own]


def test_an_amount_wider_than_its_cell_stays_an_amount() -> None:
    words = [*words_of("Rutin", 70, 103), *words_of("12.500.000.000.000.000", 97.5, 103), *words_of("Kode", 42, 123)]
    assert cells_of(words, (100, 120, 140))[0][1] == "12.500.000.000.000.000"


LOW = [("Penyusunan", 42, 103), ("Dokumen", 42, 112), ("Sarana", 42, 117), ("20 unit", 102, 117), ("DAU", 202, 117)]


def test_the_second_line_in_a_row_too_low_for_it_stays_with_the_first() -> None:
    words = [word for line in LOW for word in words_of(*line)]
    assert cells_of(words, (100, 115, 130)) == [["Penyusunan\nDokumen", "", ""], ["Sarana", "20 unit", "DAU"]]


def test_the_first_line_that_sticks_out_of_a_row_too_low_stays_with_the_second() -> None:
    words = [*words_of("Sarana", 42, 104), *words_of("20 unit", 102, 104), *words_of("DAU", 202, 104)]
    words += [*words_of("Penyusunan", 42, 109), *words_of("Dokumen", 42, 118)]
    assert cells_of(words, (100, 115, 130)) == [["Sarana", "20 unit", "DAU"], ["Penyusunan\nDokumen", "", ""]]


def test_rows_set_so_tightly_that_all_lines_touch_their_ruling_stay_apart() -> None:
    rows = [("Gaji", "12 org", "DAU"), ("Sewa", "1 unit", "PAD"), ("Jasa", "2 kali", "DBH")]
    words = [
        word
        for number, row in enumerate(rows)
        for text, x in zip(row, EDGES, strict=False)
        for word in words_of(text, x + 2, 98 + 9 * number)
    ]
    assert cells_of(words, (100, 109, 118, 127)) == [list(row) for row in rows]
