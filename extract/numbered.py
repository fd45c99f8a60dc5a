"""Tables whose columns no ruling parts, read from their numbering line.

The line tells the columns and the end of the head (:mod:`extract.numbering_line`); rulings across the table, or else
the spacing of its lines, tell the rows. Drawn grids come first: this reading is asked only where a grid puts two
ordinals into one cell, or ends at its head though the columns go on below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.borderless_blocks import CHUNK_GAP_EMS, ChunkLine, chunk_line
from extract.model import BBox, Cell, Grid, GridMethod, Orientation, Page, RulingKind, Word
from extract.numbered_columns import MARGIN_POINTS, column_edges, fine_chunks
from extract.numbered_head import head_cells
from extract.numbering_line import NumberingLine, numbering_lines, own_cells
from extract.rulings import Segments, merge_rulings
from extract.spaced_rows import has_figure, row_cuts, row_starts
from extract.text_lines import rows_of_words
from extract.text_rows import lines_by_column

MAX_BODY_GAP_EMS = 5.0
"""A white gap of more line heights ends a table."""
MAX_HEAD_GAP_EMS = 2.6
"""A white gap of more line heights above a head line ends the head."""
FOOT_SHARE = 0.88
"""Below this share of the page's height a line set apart, of a title and a page number at most, is a running foot."""
FOOT_GAP_EMS = 1.2
SIZE_SHARE = 0.15
"""Head lines differ in height by at most this share; captions are set larger."""
PROSE_SHARE = 0.6
"""A single run of words over this share of the table's width is a caption or prose."""
RULE_SHARE = 0.6
"""A ruling across this share of the width parts rows."""
RULED_SHARE = 0.6
"""Rulings part the rows when there are at least this many times as many rows by them as lines with figures."""
CAPTION_MIDDLE_POINTS = 20.0
"""A caption's middle is this near to the table's."""
TITLE_OFF_POINTS = 6.0
"""A head title's middle is this near to the middle of the columns it stands over."""
FILL_SEAM_POINTS = 0.3
"""Fills this far apart are two rows."""
FILL_GAP_POINTS = 4.0
"""Fills further apart leave a white row between them."""
ROW_POINTS = 4.0
"""Rulings closer than this part no rows."""


def numbered_grids(page: Page, grids: Sequence[Grid]) -> tuple[Grid, ...]:
    """Return the page's grids, those that contradict a numbering line replaced by the table the line shows."""
    if not page.words:
        return tuple(grids)
    kept = list(grids)
    for numbering in reversed(numbering_lines(page.words)):
        holding = [grid for grid in kept if _holds(grid, numbering)]
        if holding and all(_agrees(grid, numbering, page) for grid in holding):
            continue
        built = _table_of(numbering, page, kept)
        if built is not None:
            kept = [grid for grid in kept if not _overlaps(grid.bbox, built.bbox)]
            kept.append(built)
    return tuple(sorted(kept, key=lambda grid: (grid.bbox.top, grid.bbox.x0)))


def continued_grid(page: Page, before: Grid) -> Grid | None:
    """Return the table that goes on from the page before in the same columns, without a head of its own."""
    lines = _lines_of(page.words)
    inside = [line for line in lines if line.chunks[0].bbox.x0 >= before.bbox.x0 - 2]
    if not inside:
        return None
    body = _body(inside, 0, before.x_edges, page.height)
    if not body or _crossing_share(body, before.x_edges) > 0.05 or len(body) < 2:
        return None
    return _grid(page, before.x_edges, [], body, None)


def _holds(grid: Grid, numbering: NumberingLine) -> bool:
    middle = (numbering.line.top + numbering.line.bottom) / 2
    return any(grid.bbox.holds(x, middle) for x in numbering.centres)


def _agrees(grid: Grid, numbering: NumberingLine, page: Page) -> bool:
    """Say whether a grid gives every ordinal a cell and goes on below the numbering line as far as the table does."""
    if not own_cells(numbering.ordinals, [cell.bbox for cell in grid.cells]):
        return False
    if grid.bbox.bottom - numbering.line.bottom > 2 * numbering.line.height:
        return True
    below = [
        line
        for line in _lines_of(page.words)
        if line.top >= grid.bbox.bottom - 1 and len(line.chunks) > 1 and line.chunks[0].bbox.x0 < grid.bbox.x1
    ]
    return not below or below[0].top - grid.bbox.bottom > MAX_BODY_GAP_EMS * numbering.line.height


def _table_of(numbering: NumberingLine, page: Page, grids: Sequence[Grid]) -> Grid | None:
    others = [grid for grid in grids if not _holds(grid, numbering)]
    lines = _lines_of(without_words(page, others).words)
    floor = min((grid.bbox.top for grid in others if grid.bbox.top > numbering.line.top), default=page.height)
    lines = [line for line in lines if line.top < floor]
    at = next((n for n, line in enumerate(lines) if line.top <= numbering.line.bottom - 1 < line.bottom), None)
    if at is None:
        return None
    rough = [numbering.ordinals[0].bbox.x0, numbering.ordinals[-1].bbox.x1]
    body = _body(lines, at + 1, rough, page.height)
    if floor < page.height:
        body = _before_caption(body)
    head = _head(lines, at, numbering, page)
    if not body:
        return None
    edges = column_edges(numbering, head, body)
    head = [line for line in head if not _is_caption(line, edges)]
    while len(body) > 1 and _runs_across(body[-1], edges):
        body.pop()
    return _grid(page, edges, head, body, numbering)


def _before_caption(body: list[ChunkLine]) -> list[ChunkLine]:
    """Return the lines before a line of its own in the middle of the table: the caption of the table below."""
    ends = [box for line in body for box in (line.chunks[0].bbox, line.chunks[-1].bbox)]
    middle = (min((box.x0 for box in ends), default=0.0) + max((box.x1 for box in ends), default=0.0)) / 2
    for at, line in enumerate(body):
        if len(line.chunks) == 1 and abs(line.chunks[0].bbox.center_x - middle) <= CAPTION_MIDDLE_POINTS:
            return body[:at]
    return body


def _lines_of(words: Sequence[Word]) -> list[ChunkLine]:
    return [chunk_line(row, CHUNK_GAP_EMS) for row in rows_of_words(words)]


def _body(lines: Sequence[ChunkLine], first: int, extent: Sequence[float], page_height: float) -> list[ChunkLine]:
    """Return the lines below the head down to a wide gap, a running foot, a caption or prose."""
    body: list[ChunkLine] = []
    width = extent[-1] - extent[0]
    for number in range(first, len(lines)):
        line = lines[number]
        if body:
            gap = line.top - body[-1].bottom
            foot = line.top > FOOT_SHARE * page_height and len(line.chunks) <= 2 and gap > FOOT_GAP_EMS * line.height
            last = number == len(lines) - 1
            if gap > MAX_BODY_GAP_EMS * body[-1].height or (foot and last):
                break
        chunk = line.chunks[0].bbox
        if len(line.chunks) == 1 and chunk.width > PROSE_SHARE * width:
            break
        body.append(line)
    return body


def _head(lines: Sequence[ChunkLine], at: int, numbering: NumberingLine, page: Page) -> list[ChunkLine]:
    """Return the head lines above the numbering line, top to bottom."""
    head: list[ChunkLine] = []
    below = numbering.line
    drawn_top = _drawn_top(page, numbering)
    for number in range(at - 1, -1, -1):
        line = lines[number]
        gap = below.top - line.bottom
        if drawn_top is not None and line.bottom < drawn_top:
            break
        if gap > MAX_HEAD_GAP_EMS * numbering.line.height:
            break
        if drawn_top is None and abs(line.height - numbering.line.height) > SIZE_SHARE * numbering.line.height:
            break
        head.append(line)
        below = line
    return head[::-1]


def _drawn_top(page: Page, numbering: NumberingLine) -> float | None:
    """Return the height of the topmost ruling or shading edge that connects down to the numbering line."""
    left, right = numbering.centres[0], numbering.centres[-1]
    tops = [
        r.start
        for r in page.rulings
        if r.orientation is Orientation.VERTICAL
        and r.start < numbering.line.top
        and r.end > numbering.line.top - 2 * numbering.line.height
        and left - 60 < r.position < right + 60
    ]
    across = [
        r.position
        for r in page.rulings
        if r.orientation is Orientation.HORIZONTAL
        and r.position < numbering.line.top
        and r.position > numbering.line.top - 20 * numbering.line.height
        and r.end - r.start > RULE_SHARE * (right - left)
    ]
    found = [*tops, *across]
    return min(found) if found else None


def _runs_across(line: ChunkLine, edges: Sequence[float]) -> bool:
    """Say whether a line is one run of words from the table's side over a column edge: prose below the table."""
    box = line.chunks[0].bbox
    return len(line.chunks) == 1 and any(box.x0 + 1 < edge < box.x1 - 1 for edge in edges[1:-1])


def _is_caption(line: ChunkLine, edges: Sequence[float]) -> bool:
    """Say whether a single run of words above the head is its caption: it begins at the table's side or is as wide."""
    if len(line.chunks) > 1:
        return False
    box = line.chunks[0].bbox
    if box.width > PROSE_SHARE * (edges[-1] - edges[0]) or box.x0 <= edges[0] + MARGIN_POINTS + 1:
        return True
    first = sum(edge <= box.x0 + 1 for edge in edges[1:-1])
    last = sum(edge < box.x1 - 1 for edge in edges[1:-1])
    runs = [(low, high) for low in edges[: first + 1] for high in edges[last + 1 :]]
    return all(abs((low + high) / 2 - box.center_x) > TITLE_OFF_POINTS for low, high in runs)


def _grid(
    page: Page,
    x_edges: Sequence[float],
    head: Sequence[ChunkLine],
    body: Sequence[ChunkLine],
    numbering: NumberingLine | None,
) -> Grid:
    """Build the grid: the head, the numbering row, then the rows of the body."""
    edges = tuple(x_edges)
    cells: list[Cell] = []
    top = body[0].top - 1.0
    if numbering is not None:
        top = numbering.line.top - 1.0
        if head:
            head_bottom = (head[-1].bottom + numbering.line.top) / 2
            cells += head_cells(head, edges, head[0].top - 1.0, head_bottom)
            top = head_bottom
        low = (numbering.line.bottom + body[0].top) / 2
        row = max((cell.row + cell.row_span for cell in cells), default=0)
        cells += _ordinal_cells(numbering, edges, row, top, low)
        top = low
    y_edges = sorted({edge for cell in cells for edge in (cell.bbox.top, cell.bbox.bottom)} or {top})
    bottom = body[-1].bottom + 1.0
    for low in [*_cuts(page, edges, body), bottom]:
        row = len(y_edges) - 1
        inside = [line for line in body if y_edges[-1] < (line.top + line.bottom) / 2 <= low]
        cells += _row_cells(inside, edges, row, y_edges[-1], low)
        y_edges.append(low)
    return Grid(
        page=page.number,
        bbox=BBox(edges[0], y_edges[0], edges[-1], y_edges[-1]),
        x_edges=edges,
        y_edges=tuple(y_edges),
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        method=GridMethod.TEXT,
    )


def _ordinal_cells(numbering: NumberingLine, edges: Sequence[float], row: int, top: float, bottom: float) -> list[Cell]:
    """Return the numbering row: every column belongs to the nearest ordinal."""
    owner = [
        min(range(len(numbering.centres)), key=lambda n: _apart(numbering, n, (left + right) / 2))
        for left, right in pairwise(edges)
    ]
    cells = []
    column = 0
    while column < len(owner):
        end = column
        while end < len(owner) and owner[end] == owner[column]:
            end += 1
        cells.append(Cell(row, column, 1, end - column, BBox(edges[column], top, edges[end], bottom)))
        column = end
    return cells


def _apart(numbering: NumberingLine, ordinal: int, x: float) -> float:
    return abs(numbering.centres[ordinal] - x)


def _cuts(page: Page, edges: Sequence[float], body: Sequence[ChunkLine]) -> list[float]:
    """Return the heights between the rows of the body: from rulings, from filled rows, or else from its spacing."""
    words = [word for line in body for chunk in line.chunks for word in chunk.words]
    lines = lines_by_column(words, edges)
    top, bottom = body[0].top, body[-1].bottom
    filled = _filled_rows(page, edges, top, bottom)
    if filled:
        return filled
    drawn = [ruling for ruling in page.rulings if ruling.kind is not RulingKind.FILL_EDGE]
    ruled = _across(merge_rulings(drawn, Orientation.HORIZONTAL), edges, top, bottom)
    if ruled and len(ruled) + 1 >= RULED_SHARE * sum(map(has_figure, lines)):
        return ruled
    return row_cuts(lines, row_starts(lines))


def _filled_rows(page: Page, edges: Sequence[float], top: float, bottom: float) -> list[float]:
    """Return the heights between rows that are filled from first to last, with only their insets left white."""
    spans = sorted(
        (max(r.start, top), min(r.end, bottom))
        for r in page.rulings
        if r.kind is RulingKind.FILL_EDGE
        and r.orientation is Orientation.VERTICAL
        and edges[0] - 1 <= r.position <= edges[-1] + 1
        and r.end > top
        and r.start < bottom
    )
    if not spans or spans[0][0] > top + FILL_GAP_POINTS:
        return []
    cuts, reach = [], spans[0][1]
    for start, end in spans:
        if start - reach > FILL_GAP_POINTS:
            return []
        if start - reach > FILL_SEAM_POINTS:
            cuts.append((reach + start) / 2)
        reach = max(reach, end)
    return cuts if bottom - reach <= FILL_GAP_POINTS else []


def _across(across: Segments, edges: Sequence[float], top: float, bottom: float) -> list[float]:
    reach = edges[-1] - edges[0]
    found: list[float] = []
    for position, start, end in zip(across.position.tolist(), across.start.tolist(), across.end.tolist(), strict=True):
        wide = min(end, edges[-1]) - max(start, edges[0]) >= RULE_SHARE * reach
        if wide and top < position < bottom and (not found or position - found[-1] > ROW_POINTS):
            found.append(position)
    return found


def _row_cells(lines: Sequence[ChunkLine], edges: Sequence[float], row: int, top: float, bottom: float) -> list[Cell]:
    """Return the cells of a body row; a row of one run of words over several columns is a heading over them."""
    first, last = 0, 0
    if len(lines) == 1 and len(fine_chunks(lines[0]).chunks) == 1:
        box = lines[0].chunks[0].bbox
        first = sum(edge <= box.x0 + 1 for edge in edges[1:-1])
        last = max(first, sum(edge < box.x1 - 1 for edge in edges[1:-1]))
    cells = []
    column = 0
    while column < len(edges) - 1:
        end = last + 1 if column == first else column + 1
        end = max(end, column + 1)
        cells.append(Cell(row, column, 1, end - column, BBox(edges[column], top, edges[end], bottom)))
        column = end
    return cells


def _crossing_share(lines: Sequence[ChunkLine], edges: Sequence[float]) -> float:
    boxes = [word.bbox for line in lines for chunk in line.chunks for word in chunk.words]
    crossing = sum(any(box.x0 + 1 < edge < box.x1 - 1 for edge in edges[1:-1]) for box in boxes)
    return crossing / len(boxes) if boxes else 0.0


def _overlaps(one: BBox, other: BBox) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.top < other.bottom and other.top < one.bottom


def without_words(page: Page, grids: Sequence[Grid]) -> Page:
    """Return the page without the words in the given grids."""
    words = tuple(w for w in page.words if not any(g.bbox.holds(w.bbox.center_x, w.bbox.center_y) for g in grids))
    return replace(page, words=words)
