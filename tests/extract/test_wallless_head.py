"""A head without inner walls takes the body's columns; a title over many columns stays one."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from extract.model import BBox, Cell, Grid, Page, Word
from extract.unruled.wallless_head import with_head_walls

EDGES = (0.0, 100.0, 200.0, 300.0, 400.0)
HEIGHTS = (0.0, 40.0, 60.0, 80.0)


def word(text: str, x0: float, top: float) -> Word:
    return Word(text, BBox(x0, top, x0 + 6.0 * len(text), top + 10))


def grid() -> Grid:
    cells = [Cell(0, 0, 1, 4, BBox(0, 0, 400, 40))]
    for row, (top, bottom) in enumerate(pairwise(HEIGHTS[1:]), start=1):
        cells += [Cell(row, n, 1, 1, BBox(left, top, right, bottom)) for n, (left, right) in enumerate(pairwise(EDGES))]
    return Grid(1, BBox(0, 0, 400, 80), EDGES, HEIGHTS, tuple(cells))


def page(*words: Word) -> Page:
    return Page(1, 400, 300, words, ())


LEAVES = (word("Kode", 38, 15), word("Uraian", 132, 15))
GROUP = (word("Rencana", 280, 5),)
UNDER = (word("Lokasi", 232, 24), word("Pagu", 338, 24))


def test_titles_side_by_side_get_a_column_each() -> None:
    cut = with_head_walls(page(*LEAVES, word("Lokasi", 232, 15), word("Pagu", 338, 15)), grid())
    assert [(cell.row, cell.column, cell.column_span) for cell in cut.cells[:4]] == [(0, n, 1) for n in range(4)]
    assert cut.rows == 3


def test_a_title_over_two_columns_spans_them() -> None:
    cut = with_head_walls(page(*LEAVES, *GROUP, *UNDER), grid())
    places = {(cell.row, cell.column): (cell.row_span, cell.column_span) for cell in cut.cells}
    assert places[0, 0] == places[0, 1] == (2, 1)
    assert places[0, 2] == (1, 2)
    assert places[1, 2] == places[1, 3] == (1, 1)
    covered = sorted(
        (row, column)
        for cell in cut.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    )
    assert covered == [(row, column) for row in range(cut.rows) for column in range(cut.columns)]


def test_one_title_across_the_table_stays_one() -> None:
    title = page(word("Rencana", 120, 15), word("Program", 165, 15), word("2026", 212, 15))
    assert with_head_walls(title, grid()) == grid()


def test_titles_over_a_body_without_walls_stay() -> None:
    wide = [Cell(row, 0, 1, 4, BBox(0, top, 400, bottom)) for row, (top, bottom) in enumerate(pairwise(HEIGHTS))]
    unwalled = replace(grid(), cells=tuple(wide))
    assert with_head_walls(page(*LEAVES, *UNDER), unwalled) == unwalled
