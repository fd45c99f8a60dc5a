"""Put the words of a page into the cells of its grids and into loose lines; no word is lost and none is doubled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from extract.grids.cell_index import OUTSIDE, CellIndex, word_boxes
from extract.grids.overflow import with_overflow
from extract.grids.text_lines import lines_in_cell, loose_lines
from extract.model import Cell, Grid, GridMethod, Line, Page, PageContent, PageOrigin, Word


def build_page_content(page: Page, grids: Sequence[Grid]) -> PageContent:
    """Cut a page into filled grids and loose lines: every word lands in exactly one cell or one loose line."""
    boxes = word_boxes(page.words)
    free = np.ones(len(page.words), dtype=bool)
    in_cells: list[list[list[Word]]] = []
    for grid in grids:
        cell = CellIndex(grid).of_words(boxes)
        cell[~free] = OUTSIDE
        if page.origin is PageOrigin.DIGITAL and grid.method is GridMethod.RULED:
            cell = with_overflow(grid, page.words, boxes, cell)
        inside: list[list[Word]] = [[] for _ in grid.cells]
        for at in np.flatnonzero(cell != OUTSIDE).tolist():
            inside[cell[at]].append(page.words[at])
        in_cells.append(inside)
        free &= cell == OUTSIDE
    loose = [page.words[at] for at in np.flatnonzero(free).tolist()]
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


def _fill(grid: Grid, words: list[list[Word]]) -> Grid:
    cells = tuple(
        _with_lines(cell, lines_in_cell(inside)) if inside else cell
        for cell, inside in zip(grid.cells, words, strict=True)
    )
    return replace(grid, cells=cells)


def _with_lines(cell: Cell, lines: tuple[Line, ...]) -> Cell:
    """Return a cell with its text; ``replace`` takes four times as long for each of a document's ten thousand cells."""
    return Cell(cell.row, cell.column, cell.row_span, cell.column_span, cell.bbox, lines)
