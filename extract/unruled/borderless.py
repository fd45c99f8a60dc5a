"""Tables without rulings (or with horizontal rulings only): columns from white gaps, rows from anchor columns.

Prose, lists of points and letter heads also leave gaps; a block becomes a table only with figures in a column or
rulings across it, three rows and two columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from extract.grids.cell_index import middles_inside, word_boxes
from extract.grids.text_rows import TextLine, is_number
from extract.model import BBox, Grid, Page
from extract.unruled.borderless_blocks import Block, find_blocks, is_prose, tighter_blocks
from extract.unruled.borderless_grid import MIN_FIGURES, entry_lines, text_grid, text_lines_of
from extract.unruled.borderless_ruled import row_ruled_grid

MIN_ROWS = 3
"""Fewer rows, the head among them, are no table."""
MIN_COLUMNS = 2
"""Fewer columns are no table."""
MANY_COLUMNS = 4
"""So many aligned columns are a table even without figures; prose and letter heads have fewer."""
FIGURE_SHARE = 0.6
"""A column is one of figures when this share of its entries are numbers."""
FILLED_SHARE = 0.4
"""A table's body has text in at least this share of its cells."""
UNSURE_FILLED_SHARE = 0.6
"""Below this the columns are unsure, and a second opinion is asked where there is one."""
SURE_FIGURE_COLUMNS = 2
"""So many columns of figures leave no doubt, however sparse the rest."""
RULED_ROWS_SHARE = 0.7
"""Rulings that part at least this share of the rows are taken as the rows; fewer only frame the head and the end."""
SEPARATOR_MARK = re.compile(r"(rp\.?|:|=|\$)", re.IGNORECASE)
"""A column of nothing but these belongs to the column on its right."""
PAGE_NUMBER = re.compile(r"\d{1,4}|[ivxl]+")
BULLET = re.compile(r"[•▪●○\-–—*➢✓]|\(?(\d{1,3}|[a-z]|[ivx]+)[.)]", re.IGNORECASE)


def propose_text_grids(page: Page, pdf_path: Path | None = None, *, grids: Sequence[Grid] = ()) -> tuple[Grid, ...]:
    """Propose tables among the words that lie in none of the given grids, top to bottom.

    Where the text alone is unsure and the file is at hand (``pdf_path``), camelot's text flavours are asked whether
    they see a table with the same number of columns; without their agreement the block stays prose.
    """
    boxes = word_boxes(page.words)
    free = np.ones(len(boxes), dtype=np.bool_)
    for known in grids:
        free &= ~middles_inside(known.bbox, boxes)
    words = [page.words[at] for at in np.flatnonzero(free).tolist()]
    proposed = []
    for whole in find_blocks(page, words, grids):
        grid = _grid_of(_without_marks(whole), page.number)
        parts = tighter_blocks(whole) if grid is None and whole.frame is None else ()
        for block in parts or (whole,):
            grid = _grid_of(_without_marks(block), page.number)
            if grid is None or any(_overlap(grid.bbox, other.bbox) for other in grids):
                continue
            if _is_sure(grid, block) or (pdf_path is not None and _camelot_agrees(pdf_path, page, grid)):
                proposed.append(grid)
    return tuple(sorted(proposed, key=lambda grid: (grid.bbox.top, grid.bbox.x0)))


def _without_marks(block: Block) -> Block:
    """Merge a column of currency marks or colons into the column on its right."""
    edges = list(block.x_edges)
    for at in range(len(edges) - 3, -1, -1):
        texts = [c.text for line in block.lines for c in line.chunks if edges[at] <= c.bbox.center_x < edges[at + 1]]
        if texts and all(SEPARATOR_MARK.fullmatch(text) for text in texts):
            del edges[at + 1]
    return replace(block, x_edges=tuple(edges))


def _grid_of(block: Block, number: int) -> Grid | None:
    columns = len(block.x_edges) - 1
    if columns < MIN_COLUMNS or _is_list(block) or (block.frame is None and is_prose(block)):
        return None
    lines = text_lines_of(block)
    figures = _figure_columns(lines, columns)
    starts = [] if _is_contents(lines, block) else entry_lines(lines, figures)
    if not starts or not (figures or block.frame or columns >= MANY_COLUMNS):
        return None
    grid = text_grid(block, lines, starts, number)
    if grid.rows < MIN_ROWS:
        return None
    if block.frame:
        ruled = row_ruled_grid(block, block.frame, number)
        if ruled.rows >= RULED_ROWS_SHARE * grid.rows and ruled.columns >= MIN_COLUMNS:
            return ruled
    return grid if _filled_share(grid, block) >= FILLED_SHARE else None


def _figure_columns(lines: Sequence[TextLine], columns: int) -> list[int]:
    """Return the columns of figures, the running numbers on the left left out."""
    found = []
    for column in range(columns):
        texts = [line.text(column) for line in lines if line.columns[column]]
        numbers = [text for text in texts if is_number(text)]
        bullets = sum(BULLET.fullmatch(text) is not None for text in texts)
        if len(numbers) >= MIN_FIGURES and len(numbers) >= FIGURE_SHARE * len(texts) and bullets < len(texts) / 2:
            found.append(column)
    return found[1:] if found and found[0] == 0 and len(found) == columns else found


def _is_list(block: Block) -> bool:
    """Say whether the block is a list of points: two columns, the left one of bullets or numbering."""
    if len(block.x_edges) != 3 or block.rules:
        return False
    lines = text_lines_of(block)
    marks = [line.text(0) for line in lines if line.columns[0]]
    return sum(BULLET.fullmatch(mark) is not None for mark in marks) > len(marks) / 2


def _is_contents(lines: Sequence[TextLine], block: Block) -> bool:
    """Say whether the block is a table of contents: titles on the left, page numbers that never fall on the right."""
    if len(block.x_edges) != 3 or block.rules:
        return False
    pages = [line.text(1) for line in lines if line.columns[1]]
    numbers = [int(page) for page in pages if page.isdecimal()]
    return all(PAGE_NUMBER.fullmatch(page) for page in pages) and numbers == sorted(numbers)


def _filled_share(grid: Grid, block: Block) -> float:
    filled = {
        (cell.row, cell.column)
        for cell in grid.cells
        for line in block.lines
        for chunk in line.chunks
        if cell.bbox.holds(chunk.bbox.center_x, chunk.bbox.center_y)
    }
    return len(filled) / len(grid.cells)


def _is_sure(grid: Grid, block: Block) -> bool:
    lines = text_lines_of(block)
    return (
        block.frame is not None
        or _filled_share(grid, block) >= UNSURE_FILLED_SHARE
        or len(_figure_columns(lines, grid.columns)) >= SURE_FIGURE_COLUMNS
    )


def _camelot_agrees(pdf_path: Path, page: Page, grid: Grid) -> bool:
    from extract.unruled.borderless_camelot import columns_seen_by_camelot  # noqa: PLC0415  (slow import, rarely needed)

    return grid.columns in columns_seen_by_camelot(pdf_path, page, grid.bbox)


def _overlap(one: BBox, other: BBox) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.top < other.bottom and other.top < one.bottom
