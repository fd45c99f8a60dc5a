"""Heads whose inner walls cannot be seen: one box across columns that only the rows below part.

Black lines on a dark fill are lost in a black and white scan, and some printers leave the head's walls out. The body's
walls tell the columns then; the titles' places tell which columns each stands over.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from extract.grids.text_lines import rows_of_words
from extract.model import Cell, Grid, Page, Word
from extract.unruled.chunks import CHUNK_GAP_EMS, Chunk, chunk_line, crosses_edge
from extract.unruled.numbered_columns import fine_chunks
from extract.unruled.numbered_head import head_cells

MIN_COLUMNS = 3
"""Fewer columns under one cell are a title over two figures."""
TITLED_SHARE = 0.6
"""Of the columns under the cell, so many hold a run of words of their own: a title across columns holds none."""
WALLED_SHARE = 0.5
"""So many of the rows below have a wall at a column's edge."""
MAX_CROSSING_SHARE = 0.25
"""Share of the words in the cell that may cross the columns below: prose in a box crosses more."""


def with_head_walls(page: Page, grid: Grid) -> Grid:
    """Return the grid with wide cells of its first row cut into the titles that stand in them, top row split to fit."""
    wide = [cell for cell in grid.cells if cell.row == 0 and cell.column_span >= MIN_COLUMNS]
    for cell in wide:
        inside = _titles_in(page, grid, cell)
        if inside:
            return _cut(grid, cell, inside)
    return grid


def _titles_in(page: Page, grid: Grid, cell: Cell) -> list[Cell]:
    """Return the title cells, rows counted from 0, columns of the grid; none when the cell is one title."""
    edges = grid.x_edges[cell.column : cell.column + cell.column_span + 1]
    words = [word for word in page.words if cell.bbox.holds(word.bbox.center_x, word.bbox.center_y)]
    if not words or not _walled_below(grid, cell):
        return []
    lines = [chunk_line(row, CHUNK_GAP_EMS) for row in rows_of_words(words)]
    own = {
        column
        for line in lines
        for chunk in fine_chunks(line).chunks
        if (column := _column_of(chunk, edges)) is not None
    }
    if len(own) < max(MIN_COLUMNS, TITLED_SHARE * cell.column_span) or not _side_by_side(words, edges):
        return []
    found = head_cells(lines, edges, cell.bbox.top, cell.bbox.bottom)
    return [replace(title, column=title.column + cell.column) for title in found]


def _column_of(chunk: Chunk, edges: tuple[float, ...]) -> int | None:
    """Return the one column a run of words stands in, else None."""
    for number, (left, right) in enumerate(pairwise(edges)):
        if left - 1 <= chunk.bbox.x0 and chunk.bbox.x1 <= right + 1:
            return number
    return None


def _side_by_side(words: list[Word], edges: tuple[float, ...]) -> bool:
    """Say whether few words cross the columns: prose in a box does."""
    return sum(crosses_edge(word.bbox, edges) for word in words) <= MAX_CROSSING_SHARE * len(words)


def _walled_below(grid: Grid, cell: Cell) -> bool:
    """Say whether the rows below part every column under the cell."""
    below = grid.rows - cell.row_span
    inner = range(cell.column + 1, cell.column + cell.column_span)
    walls = {
        column: sum(other.row_span for other in grid.cells if other.column == column and other.row >= cell.row_span)
        for column in inner
    }
    return below > 0 and all(rows >= WALLED_SHARE * below for rows in walls.values())


def _cut(grid: Grid, cell: Cell, titles: list[Cell]) -> Grid:
    """Put the titles in place of a cell; its rows become theirs, and the cells beside it span them."""
    rows = max(title.row + title.row_span for title in titles)
    heights = sorted({edge for title in titles for edge in (title.bbox.top, title.bbox.bottom)})
    if len(heights) != rows + 1 or cell.row_span != 1:
        return grid
    more = rows - 1
    cells = list(titles)
    for other in grid.cells:
        if other is cell:
            continue
        if other.row == 0:
            cells.append(replace(other, row_span=other.row_span + more))
        else:
            cells.append(replace(other, row=other.row + more))
    return replace(
        grid,
        y_edges=(*heights, *grid.y_edges[2:]),
        cells=tuple(sorted(cells, key=lambda each: (each.row, each.column))),
    )
