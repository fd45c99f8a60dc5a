"""Put the words of a page into the cells of its grids and into loose lines; no word is lost and none is doubled."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.model import BBox, Grid, Line, Page, PageContent, Word
from extract.text_lines import lines_in_cell, loose_lines

OVERFLOW_SHARE = 0.35
"""A word with at least this share of its width in the cell where it starts belongs to that cell."""


def build_page_content(page: Page, grids: Sequence[Grid]) -> PageContent:
    """Cut a page into filled grids and loose lines: every word lands in exactly one cell or one loose line."""
    in_cells: list[list[list[Word]]] = [[[] for _ in grid.cells] for grid in grids]
    indexes = [_CellIndex(grid) for grid in grids]
    loose: list[Word] = []
    for word in page.words:
        for at, grid in enumerate(grids):
            if grid.bbox.holds(word.bbox.center_x, word.bbox.center_y):
                in_cells[at][indexes[at].cell_of(word.bbox)].append(word)
                break
        else:
            loose.append(word)
    filled = tuple(_fill(grid, words) for grid, words in zip(grids, in_cells, strict=True))
    return PageContent(
        number=page.number,
        width=page.width,
        height=page.height,
        origin=page.origin,
        turned=page.turned,
        grids=filled,
        loose=loose_lines(loose),
        skew=page.skew,
        evidence=page.evidence,
        discarded=page.discarded,
    )


def all_words(content: PageContent) -> Iterable[Word]:
    """Yield every word of a page's content: cell by cell, then the loose lines."""
    lines: list[Line] = [line for grid in content.grids for cell in grid.cells for line in cell.lines]
    lines.extend(content.loose)
    for line in lines:
        yield from line.words


class _CellIndex:
    """Finds the cell of a point by its lattice position."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._at = [[0] * grid.columns for _ in range(grid.rows)]
        for number, cell in enumerate(grid.cells):
            for row in range(cell.row, cell.row + cell.row_span):
                self._at[row][cell.column : cell.column + cell.column_span] = [number] * cell.column_span

    def cell_of(self, box: BBox) -> int:
        """Return the number of the cell a word belongs to: where it starts when enough of it lies there."""
        middle = self._at_point(box.center_x, box.center_y)
        start = self._at_point(box.x0, box.center_y)
        if start == middle or box.width <= 0:
            return middle
        inside = self._grid.cells[start].bbox.x1 - box.x0
        return start if inside >= OVERFLOW_SHARE * box.width else middle

    def _at_point(self, x: float, y: float) -> int:
        row = min(max(bisect_right(self._grid.y_edges, y) - 1, 0), self._grid.rows - 1)
        column = min(max(bisect_right(self._grid.x_edges, x) - 1, 0), self._grid.columns - 1)
        return self._at[row][column]


def _fill(grid: Grid, words: list[list[Word]]) -> Grid:
    cells = tuple(
        replace(cell, lines=lines_in_cell(inside)) if inside else cell
        for cell, inside in zip(grid.cells, words, strict=True)
    )
    return replace(grid, cells=cells)
