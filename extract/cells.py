"""Put the words of a page into the cells of its grids and into loose lines; no word is lost and none is doubled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.cell_index import CellIndex
from extract.model import Grid, Line, Page, PageContent, Word
from extract.text_lines import lines_in_cell, loose_lines


def build_page_content(page: Page, grids: Sequence[Grid]) -> PageContent:
    """Cut a page into filled grids and loose lines: every word lands in exactly one cell or one loose line."""
    in_cells: list[list[list[Word]]] = [[[] for _ in grid.cells] for grid in grids]
    indexes = [CellIndex(grid) for grid in grids]
    loose: list[Word] = []
    for word in page.words:
        for at, grid in enumerate(grids):
            if grid.bbox.holds(word.bbox.center_x, word.bbox.center_y):
                in_cells[at][indexes[at].of_word(word.bbox)].append(word)
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


def _fill(grid: Grid, words: list[list[Word]]) -> Grid:
    cells = tuple(
        replace(cell, lines=lines_in_cell(inside)) if inside else cell
        for cell, inside in zip(grid.cells, words, strict=True)
    )
    return replace(grid, cells=cells)
