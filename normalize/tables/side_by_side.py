"""A sheet too wide for its paper: a spreadsheet prints the columns that do not fit on pages of their own.

The right part has the same rows at the same heights, its own column headings, and no caption. Left and right part are
put side by side as one grid, in which every cell keeps the box it has on its own page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extract.model import Cell, Grid, PageContent

ROW_SLACK = 1.5
"""Points by which the row edges of two parts of one sheet may differ."""
MIN_ROWS = 4
"""Rows, header included, whose equal heights are no chance."""
MAX_SHEET_PAGES = 60
"""Pages after which the right part of a sheet is looked for no longer."""


def right_parts(grid: Grid, pages: Iterable[PageContent]) -> list[Grid]:
    """Return the grids of the following pages that have the rows of this one, nearest first."""
    following = [page for page in pages if grid.page < page.number <= grid.page + MAX_SHEET_PAGES]
    return [other for page in following for other in page.grids if _same_rows(grid, other)]


def beside(left: Grid, right: Grid, header_rows: int) -> Grid:
    """Return one grid with the columns of both; a heading that the paper's edge cut is one cell again.

    Column edges of the right part are moved to the right of the left part; row edges and boxes stay.
    """
    shift = left.x_edges[-1] - right.x_edges[0]
    cells = [replace(cell, column=cell.column + left.columns) for cell in right.cells]
    at_edge = {cell.row: cell for cell in left.cells if cell.column + cell.column_span == left.columns}
    joined: dict[tuple[int, int], Cell] = {}
    for cell in [cell for cell in cells if cell.column == left.columns and cell.row < header_rows]:
        before = at_edge.get(cell.row)
        if before is not None and before.row_span == cell.row_span and _cut(before, cell, header_rows):
            cells.remove(cell)
            wider = replace(before, column_span=before.column_span + cell.column_span)
            joined[before.row, before.column] = wider
    kept = [joined.get((cell.row, cell.column), cell) for cell in left.cells]
    return replace(
        left,
        x_edges=(*left.x_edges, *(edge + shift for edge in right.x_edges[1:])),
        cells=tuple(sorted((*kept, *cells), key=lambda cell: (cell.row, cell.column))),
        open_top=left.open_top or right.open_top,
        open_bottom=left.open_bottom or right.open_bottom,
    )


def _same_rows(grid: Grid, other: Grid) -> bool:
    return (
        grid.rows == other.rows
        and grid.rows >= MIN_ROWS
        and all(abs(upper - lower) <= ROW_SLACK for upper, lower in zip(grid.y_edges, other.y_edges, strict=True))
    )


def _cut(before: Cell, cell: Cell, header_rows: int) -> bool:
    """Say whether two heading cells are one: headings stand below them, and the right one prints nothing new."""
    below = cell.row + cell.row_span < header_rows
    printed, rest = " ".join(before.text.split()), " ".join(cell.text.split())
    return below and bool(printed) and printed.endswith(rest)
