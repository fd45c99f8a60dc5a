"""Tables whose columns only the head shows: a numbering line, or fills that stand side by side.

Both tell the columns and where the head ends (:mod:`extract.unruled.numbering_line`,
:mod:`extract.unruled.tiled_head`); :mod:`extract.unruled.headed_grid` builds the rows. Drawn grids come
first: this reading is asked only where a grid puts two ordinals into one cell, ends at its head though the columns
go on below, or draws a frame around the body and no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.grids.text_lines import rows_of_words
from extract.grids.text_rows import AMOUNT
from extract.model import BBox, Grid, Orientation, Page, Word
from extract.unruled.chunks import CHUNK_GAP_EMS, ChunkLine, chunk_line, crosses_edge
from extract.unruled.headed_grid import RULE_SHARE, build_grid
from extract.unruled.numbered_columns import MARGIN_POINTS, column_edges, fine_chunks, with_inner_edges
from extract.unruled.numbering_line import NumberingLine, numbering_lines, own_cells
from extract.unruled.tiled_head import TiledRow, tiled_rows

MAX_BODY_GAP_EMS = 5.0
"""A white gap of more line heights ends a table."""
MAX_HEAD_GAP_EMS = 2.6
"""A white gap of more line heights above a head line ends the head."""
FOOT_SHARE = 0.88
"""Below this share of the page's height a line set apart, of a title and a page number at most, is a running foot."""
FOOT_GAP_EMS = 1.2
"""White above a running foot, in its line heights."""
SIZE_SHARE = 0.1
"""The words of head lines differ in height by at most this share; captions are set larger."""
PROSE_SHARE = 0.6
"""A single run of words over this share of the table's width is a caption or prose."""
CAPTION_MIDDLE_POINTS = 20.0
"""A caption's middle is this near to the table's."""
CAPTION_GAP_EMS = 0.8
"""White above a caption, in line heights; the leading inside a cell leaves less."""
TITLE_OFF_POINTS = 6.0
"""A head title's middle is this near to the middle of the columns it stands over."""
TILE_REACH_POINTS = 3.0
"""A numbering line this near below a band of tiles belongs to it."""
SAME_EDGE_POINTS = 5.0
"""Column edges read on two pages differ by less."""
MAX_ACROSS_SHARE = 0.2
"""Share of the runs of words below a row of tiles that may run across its columns: headings, text running over."""
TITLED_SHARE = 0.5
"""A head has titles in at least this share of its tiles."""
UNPARTED_SHARE = 0.8
"""Of what a grid has below its head: one box over so much of it is a frame around the body."""
MAX_CROSSING_SHARE = 0.05
"""Share of the words that may cross the columns of the page before where a table goes on."""


@dataclass(frozen=True, slots=True)
class HeadSign:
    """What shows a table: its numbering line, the band of tiles of its head, or both."""

    numbering: NumberingLine | None
    tiles: TiledRow | None

    @property
    def bottom(self) -> float:
        """Height at which the head ends, in points."""
        if self.numbering is not None:
            return self.numbering.line.bottom
        return self.tiles.bottom if self.tiles is not None else 0.0


def headed_grids(
    page: Page, grids: Sequence[Grid], heads: Sequence[HeadSign], before: Grid | None = None
) -> tuple[Grid, ...]:
    """Return the page's drawn grids, those that contradict a head replaced by the table that the head shows.

    ``before`` is the last grid of the page before; where it draws the same columns and more, they are taken over.
    """
    kept = list(grids)
    for sign in sorted(heads, key=lambda sign: -sign.bottom):
        holding = [grid for grid in kept if _holds(grid, sign)]
        if holding and all(_agrees(grid, sign, page) for grid in holding):
            continue
        built = _table_of(sign, page, kept, before)
        if built is not None:
            kept = [grid for grid in kept if not _overlaps(grid.bbox, built.bbox)]
            kept.append(built)
    return tuple(sorted(kept, key=lambda grid: (grid.bbox.top, grid.bbox.x0)))


def find_heads(page: Page) -> tuple[HeadSign, ...]:
    """Return the signs of heads on a page: numbering lines, and rows of tiles that hold titles."""
    tiles = tiled_rows(page.rulings)
    signs = [HeadSign(line, _tiles_of(line, tiles)) for line in numbering_lines(page.words)]
    used = [sign.tiles for sign in signs]
    for number, row in enumerate(tiles):
        above = [other for other in tiles[:number] if _same_columns(other, row)]
        if row not in used and not any(other.gray < row.gray for other in above) and _is_head(row, page):
            signs.append(HeadSign(None, row))
    return tuple(signs)


def _tiles_of(numbering: NumberingLine, tiles: Sequence[TiledRow]) -> TiledRow | None:
    """Return the band of tiles above or under a numbering line, if its tiles part the ordinals."""
    middle = (numbering.line.top + numbering.line.bottom) / 2
    for row in tiles:
        near = row.top <= middle and numbering.line.top <= row.bottom + TILE_REACH_POINTS
        columns = {sum(edge <= x for edge in row.x_edges) for x in numbering.centres}
        if near and len(columns) == len(numbering.centres):
            return row
    return None


def _same_columns(one: TiledRow, other: TiledRow) -> bool:
    return len(one.x_edges) == len(other.x_edges) and all(
        abs(a - b) <= TILE_REACH_POINTS for a, b in zip(one.x_edges, other.x_edges, strict=True)
    )


def _is_head(row: TiledRow, page: Page) -> bool:
    """Say whether a band of tiles holds titles: words in most tiles, and no amounts."""
    inside = [
        word
        for word in page.words
        if row.top <= word.bbox.center_y <= row.bottom and row.x_edges[0] <= word.bbox.center_x <= row.x_edges[-1]
    ]
    titled = {sum(edge <= word.bbox.center_x for edge in row.x_edges) for word in inside}
    return len(titled) >= TITLED_SHARE * (len(row.x_edges) - 1) and not any(
        AMOUNT.fullmatch(word.text) for word in inside
    )


def continued_grid(page: Page, before: Grid) -> Grid | None:
    """Return the table that goes on from the page before in the same columns, without a head of its own."""
    lines = _lines_of(page.words)
    inside = [line for line in lines if line.chunks[0].bbox.x0 >= before.bbox.x0 - 2]
    if not inside:
        return None
    body = _body(inside, 0, before.x_edges, page.height)
    if not body or _crossing_share(body, before.x_edges) > MAX_CROSSING_SHARE or len(body) < 2:
        return None
    return build_grid(page, before.x_edges, [], body, None)


def _holds(grid: Grid, sign: HeadSign) -> bool:
    if sign.numbering is not None:
        middle = (sign.numbering.line.top + sign.numbering.line.bottom) / 2
        return any(grid.bbox.holds(x, middle) for x in sign.numbering.centres)
    row = sign.tiles
    return row is not None and grid.bbox.holds((row.x_edges[0] + row.x_edges[-1]) / 2, (row.top + row.bottom) / 2)


def _agrees(grid: Grid, sign: HeadSign, page: Page) -> bool:
    """Say whether a grid parts what is below the head, and does as much as the numbering line shows."""
    return _parts_body(grid, sign.bottom) and (sign.numbering is None or _reaches(grid, sign.numbering, page))


def _parts_body(grid: Grid, head: float) -> bool:
    """Say whether a grid with columns has more below the head than one box across all of them, which shows no row."""
    below = grid.bbox.bottom - head
    return grid.columns < 2 or not any(
        cell.column_span == grid.columns and cell.bbox.height >= UNPARTED_SHARE * below
        for cell in grid.cells
        if cell.bbox.center_y > head
    )


def _reaches(grid: Grid, numbering: NumberingLine, page: Page) -> bool:
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


def _table_of(sign: HeadSign, page: Page, grids: Sequence[Grid], before: Grid | None) -> Grid | None:
    others = [grid for grid in grids if not _holds(grid, sign)]
    lines = _lines_of(without_words(page, others).words)
    floor = min((grid.bbox.top for grid in others if grid.bbox.top > sign.bottom), default=page.height)
    lines = [line for line in lines if line.top < floor]
    first = next((n for n, line in enumerate(lines) if (line.top + line.bottom) / 2 > sign.bottom), len(lines))
    body = _body(lines, first, _extent(sign), page.height)
    if floor < page.height:
        body = _before_caption(body)
    if not body:
        return None
    head = _head(lines[:first], sign, page)
    if sign.tiles is not None:
        edges = with_inner_edges(sign.tiles.x_edges, body)
    elif sign.numbering is not None:
        edges = column_edges(sign.numbering, head, body)
        head = [line for line in head if not _is_caption(line, edges)]
    if sign.numbering is None and not _is_tabular(body, edges):
        return None
    if before is not None and _refines(before.x_edges, edges) and _crossing_share(body, before.x_edges) == 0:
        edges = before.x_edges
    while len(body) > 1 and _runs_across(body[-1], edges):
        body.pop()
    return build_grid(page, edges, head, body, sign.numbering)


def _is_tabular(body: Sequence[ChunkLine], edges: Sequence[float]) -> bool:
    """Say whether the lines below a row of tiles stand in its columns; prose below boxes runs across them."""
    boxes = [chunk.bbox for line in body for chunk in fine_chunks(line).chunks]
    across = sum(crosses_edge(box, edges) for box in boxes)
    columns = {sum(edge <= box.center_x for edge in edges) for box in boxes}
    return across <= MAX_ACROSS_SHARE * len(boxes) and len(columns) > 1


def _refines(finer: Sequence[float], edges: Sequence[float]) -> bool:
    """Say whether one set of column edges has all of the other's, and more."""
    return len(finer) > len(edges) and all(min(abs(x - edge) for x in finer) <= SAME_EDGE_POINTS for edge in edges)


def _extent(sign: HeadSign) -> tuple[float, float]:
    if sign.tiles is not None:
        return sign.tiles.x_edges[0], sign.tiles.x_edges[-1]
    assert sign.numbering is not None
    return sign.numbering.ordinals[0].bbox.x0, sign.numbering.ordinals[-1].bbox.x1


def _before_caption(body: list[ChunkLine]) -> list[ChunkLine]:
    """Return the lines before a line of its own in the middle of the table: the caption of the table below."""
    ends = [box for line in body for box in (line.chunks[0].bbox, line.chunks[-1].bbox)]
    middle = (min((box.x0 for box in ends), default=0.0) + max((box.x1 for box in ends), default=0.0)) / 2
    for at, line in enumerate(body[1:], start=1):
        apart = line.top - body[at - 1].bottom > CAPTION_GAP_EMS * line.height
        if apart and len(line.chunks) == 1 and abs(line.chunks[0].bbox.center_x - middle) <= CAPTION_MIDDLE_POINTS:
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


def _head(lines: Sequence[ChunkLine], sign: HeadSign, page: Page) -> list[ChunkLine]:
    """Return the head lines, top to bottom, the numbering line left out."""
    numbering, tiles = sign.numbering, sign.tiles
    if numbering is not None:
        lines = [line for line in lines if line.bottom <= numbering.line.top + 1]
    if tiles is not None:
        return [line for line in lines if tiles.top <= (line.top + line.bottom) / 2 <= tiles.bottom]
    assert numbering is not None
    head: list[ChunkLine] = []
    below = numbering.line
    drawn_top = _drawn_top(page, numbering)
    size = 0.0
    for line in reversed(lines):
        if drawn_top is not None and line.bottom < drawn_top:
            break
        if below.top - line.bottom > MAX_HEAD_GAP_EMS * numbering.line.height:
            break
        if drawn_top is None and size and abs(_word_height(line) - size) > SIZE_SHARE * size:
            break
        head.append(line)
        below, size = line, size or _word_height(line)
    return head[::-1]


def _word_height(line: ChunkLine) -> float:
    """Return the usual height of the line's words; lines of neighbouring cells half a leading apart may be one line."""
    heights = sorted(word.bbox.height for chunk in line.chunks for word in chunk.words)
    return heights[len(heights) // 2]


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
    return len(line.chunks) == 1 and crosses_edge(line.chunks[0].bbox, edges)


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


def _crossing_share(lines: Sequence[ChunkLine], edges: Sequence[float]) -> float:
    boxes = [word.bbox for line in lines for chunk in line.chunks for word in chunk.words]
    crossing = sum(crosses_edge(box, edges) for box in boxes)
    return crossing / len(boxes) if boxes else 0.0


def _overlaps(one: BBox, other: BBox) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.top < other.bottom and other.top < one.bottom


def without_words(page: Page, grids: Sequence[Grid]) -> Page:
    """Return the page without the words in the given grids."""
    words = tuple(w for w in page.words if not any(g.bbox.holds(w.bbox.center_x, w.bbox.center_y) for g in grids))
    return replace(page, words=words)
