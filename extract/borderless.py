"""Tables without rulings (or with horizontal rulings only): columns from white gaps, rows from anchor columns.

Prose, lists of points and letter heads also leave gaps; a block becomes a table only with figures in a column or
rulings across it, three rows and two columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from extract.borderless_blocks import Block, ChunkLine, find_blocks, is_prose
from extract.borderless_ruled import row_ruled_grid
from extract.model import BBox, Cell, Grid, GridMethod, Page, Word
from extract.text_rows import TextLine, cuts_before, is_counter, is_number

MIN_ROWS = 3
MIN_COLUMNS = 2
MANY_COLUMNS = 4
"""So many aligned columns are a table even without figures; prose and letter heads have fewer."""
FIGURE_SHARE = 0.6
"""A column is one of figures when this share of its entries are numbers."""
MIN_FIGURES = 3
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
    words = [
        word
        for word in page.words
        if not any(grid.bbox.holds(word.bbox.center_x, word.bbox.center_y) for grid in grids)
    ]
    proposed = []
    for block in find_blocks(page, words):
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
    lines = [_text_line(line, block.x_edges) for line in block.lines]
    figures = _figure_columns(lines, columns)
    rows = [] if _is_contents(lines, block) else _rows(lines, block, figures)
    if len(rows) < MIN_ROWS or not (figures or block.frame or columns >= MANY_COLUMNS):
        return None
    grid = _text_grid(rows, block, number)
    if block.frame:
        ruled = row_ruled_grid(block, block.frame, number)
        if ruled.rows >= RULED_ROWS_SHARE * len(rows) and ruled.columns >= MIN_COLUMNS:
            return ruled
    return grid if _filled_share(grid, block) >= FILLED_SHARE else None


def _text_grid(rows: Sequence[tuple[int, int]], block: Block, number: int) -> Grid:
    cells, y_edges = _cells(rows, block)
    return Grid(
        page=number,
        bbox=BBox(block.x_edges[0], y_edges[0], block.x_edges[-1], y_edges[-1]),
        x_edges=block.x_edges,
        y_edges=y_edges,
        cells=cells,
        method=GridMethod.TEXT,
    )


def _rows(lines: Sequence[TextLine], block: Block, figures: Sequence[int]) -> list[tuple[int, int]]:
    """Return the rows as (first line, end line): heads above the first entry, then one row an entry."""
    starts = _starts(lines, figures)
    if not starts:
        return []
    first = starts[0]
    cuts = [*_head_cuts(block, first), *([first] if first else [])]
    cuts += [_first_below(lines, height) for height in (*cuts_before(lines, starts), *block.rules)]
    ends = sorted({0, len(lines), *cuts})
    return list(pairwise(ends))


def _first_below(lines: Sequence[TextLine], height: float) -> int:
    return next((n for n, line in enumerate(lines) if (line.top + line.bottom) / 2 > height), len(lines))


def _starts(lines: Sequence[TextLine], figures: Sequence[int]) -> list[int]:
    if not figures:
        least = max(2, (len(lines[0].columns) + 1) // 2)
        return [n for n, line in enumerate(lines) if line.columns[0] and sum(map(bool, line.columns)) >= least]
    counted = [n for n, line in enumerate(lines) if line.columns[0] and is_counter(line.text(0))]
    is_counted = len(counted) >= MIN_FIGURES
    return [
        n
        for n, line in enumerate(lines)
        if any(line.columns[column] and is_number(line.text(column)) for column in figures)
        or (is_counted and n in counted)
    ]


def _head_cuts(block: Block, first: int) -> list[int]:
    """Cut the head where a line has a title over several columns: it is a head row of its own."""
    cuts = []
    for at in range(1, first):
        above, below = block.lines[at - 1], block.lines[at]
        if any(_span(chunk.bbox, block.x_edges)[1] > 1 for chunk in (*above.chunks, *below.chunks)):
            cuts.append(at)
    return cuts


def _cells(rows: Sequence[tuple[int, int]], block: Block) -> tuple[tuple[Cell, ...], tuple[float, ...]]:
    x_edges, lines = block.x_edges, block.lines
    inner = [_between(lines[before - 1], lines[before], block.rules) for before, _ in rows[1:]]
    outer_top = min([lines[0].top, *block.rules])
    outer_bottom = max([lines[-1].bottom, *block.rules])
    y_edges = (outer_top, *inner, outer_bottom)
    cells = []
    for row, (first, end) in enumerate(rows):
        spans = [_span(chunk.bbox, x_edges) for chunk in lines[first].chunks] if end - first == 1 else []
        column = 0
        while column < len(x_edges) - 1:
            width = max([span for start, span in spans if start == column], default=1)
            box = BBox(x_edges[column], y_edges[row], x_edges[column + width], y_edges[row + 1])
            cells.append(Cell(row, column, 1, width, box))
            column += width
    return tuple(cells), y_edges


def _between(above: ChunkLine, below: ChunkLine, rules: Sequence[float]) -> float:
    low, high = (above.top + above.bottom) / 2, (below.top + below.bottom) / 2
    drawn = [rule for rule in rules if low < rule < high]
    return drawn[0] if drawn else (above.bottom + below.top) / 2


def _span(box: BBox, x_edges: Sequence[float]) -> tuple[int, int]:
    """Return the first column and the number of columns that a run of words reaches over."""
    start = sum(edge <= box.x0 + 1 for edge in x_edges[1:-1])
    end = sum(edge < box.x1 - 1 for edge in x_edges[1:-1])
    return start, max(end - start, 0) + 1


def _text_line(line: ChunkLine, x_edges: Sequence[float]) -> TextLine:
    columns: list[list[Word]] = [[] for _ in pairwise(x_edges)]
    for chunk in line.chunks:
        columns[sum(edge <= chunk.bbox.center_x for edge in x_edges[1:-1])].extend(chunk.words)
    return TextLine(line.top, line.bottom, tuple(tuple(column) for column in columns))


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
    lines = [_text_line(line, block.x_edges) for line in block.lines]
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
    lines = [_text_line(line, block.x_edges) for line in block.lines]
    return (
        block.frame is not None
        or _filled_share(grid, block) >= UNSURE_FILLED_SHARE
        or len(_figure_columns(lines, grid.columns)) >= SURE_FIGURE_COLUMNS
    )


def _camelot_agrees(pdf_path: Path, page: Page, grid: Grid) -> bool:
    from extract.borderless_camelot import columns_seen_by_camelot  # noqa: PLC0415  (slow import, rarely needed)

    return grid.columns in columns_seen_by_camelot(pdf_path, page, grid.bbox)


def _overlap(one: BBox, other: BBox) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.top < other.bottom and other.top < one.bottom
