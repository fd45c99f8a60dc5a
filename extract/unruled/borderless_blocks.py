"""Find where words stand in columns without rulings: blocks of lines, the white gaps between columns, spans."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.grids.rulings import Floats, Segments, distinct, merge_rulings
from extract.grids.text_lines import rows_of_words
from extract.grids.text_rows import is_entry
from extract.model import BBox, Grid, Orientation, Page, RulingKind, Word
from extract.unruled.chunks import (
    CHUNK_GAP_EMS,
    COLUMN_GAP_EMS,
    CROSSING_POINTS,
    ChunkLine,
    chunk_line,
)

MAX_LEADING_EMS = 4.5
"""Lines further apart than this belong to different blocks, unless a ruling frames them together."""
TIGHT_LEADING_EMS = 2.0
"""The same where the wider leading joins what is no table: a signature below its rows."""
FOOT_SHARE = 0.85
"""A running foot stands in the last part of the page."""
MAX_LONE_LINES = 3
"""So many lines with text in one column only may stand between lines that show columns."""
MIN_BODY_LINES = 3
"""With fewer lines from the first figure on, the head lines help to find the columns."""
CROSSED_SHARE = 0.05
"""Share of the column-showing lines that may cross a gap: text running over into the next column."""
SPANNING_SHARE = 0.3
"""A run of words over two or more runs of this share of the other lines is a title over several columns."""
MAX_SPANNING_SHARE = 0.3
"""Titles are few; where this share of the lines runs across a gap, it is one of justified words, not of columns."""
PROSE_SHARE = 0.75
"""A single run of words over this share of the block's width is prose."""
MIN_PROSE_LINES = 2
"""One wide line between rulings may be a group row."""
CROSSING_LINES_SHARE = 0.35
"""Titles over several columns and group rows cross columns; where more lines do, it is prose."""
ALIGNED_SHARE = 0.6
"""At least this share of the entries begins, ends or centres with the others of its column."""
ALIGNED_POINTS = 1.5
"""Edges and middles this near to each other are aligned."""
MIN_ALIGNED = 3
"""Columns with fewer entries say nothing about alignment."""
ALIGNMENTS: tuple[Callable[[BBox], float], ...] = (lambda box: box.x0, lambda box: box.x1, lambda box: box.center_x)
FRAME_SIDE_POINTS = 6.0
"""Horizontal rulings of one table begin and end within this distance of each other."""
MIN_FRAME_RULES = 3
"""Above the head, below it, and at the end."""
GRID_EDGE_POINTS = 1.5
"""A ruling this near to the edge of a grid is the edge."""
MIN_FRAME_POINTS = 60.0
"""Shorter horizontal rulings are underlines."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Stacked horizontal rulings of the same extent."""

    bbox: BBox
    rules: tuple[float, ...]
    """Heights of the rulings that run over the whole width."""
    across: Segments
    """All horizontal segments inside, those over a part of the width too."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand in columns: outer and inner column edges, and the rulings that cross the block."""

    lines: tuple[ChunkLine, ...]
    x_edges: tuple[float, ...]
    frame: Frame | None = None
    """The horizontal rulings that frame the block, where there are any."""

    @property
    def rules(self) -> tuple[float, ...]:
        """Heights of the rulings across the whole block."""
        return self.frame.rules if self.frame else ()


def find_blocks(page: Page, words: Sequence[Word], grids: Sequence[Grid] = ()) -> tuple[Block, ...]:
    """Find the blocks of lines in columns among words that lie in no grid; the rulings of ``grids`` frame none."""
    lines = _without_furniture([chunk_line(row, CHUNK_GAP_EMS) for row in rows_of_words(words)], page.height)
    blocks = []
    taken: set[int] = set()
    for frame in [part for stack in _frames(page, grids) for part in _parted_by_prose(stack, lines)]:
        inside = [n for n, line in enumerate(lines) if n not in taken and _within(line, frame.bbox)]
        inside += _following(lines, inside, frame, taken)
        block = _block([lines[n] for n in inside], frame)
        if block is not None:
            blocks.append(block)
            taken.update(inside)
    for run in _runs([(n, line) for n, line in enumerate(lines) if n not in taken]):
        block = _block(run, None)
        if block is not None:
            blocks.append(block)
    return tuple(blocks)


def tighter_blocks(block: Block) -> tuple[Block, ...]:
    """Cut an unframed block at its wide leadings and find the columns of every part again."""
    parts: list[list[ChunkLine]] = [[block.lines[0]]]
    for before, line in pairwise(block.lines):
        if line.top - before.bottom > TIGHT_LEADING_EMS * min(line.height, before.height):
            parts.append([])
        parts[-1].append(line)
    if len(parts) == 1:
        return ()
    blocks = (_block(part, None) for part in parts if len(part) >= MIN_BODY_LINES)
    return tuple(found for found in blocks if found is not None)


def _following(lines: Sequence[ChunkLine], inside: Sequence[int], frame: Frame, taken: set[int]) -> list[int]:
    """Return the lines below a framed head that go on in columns: its body, without rulings of its own."""
    found: list[int] = []
    if not inside:
        return found
    before = lines[inside[-1]]
    for number in range(inside[-1] + 1, len(lines)):
        line = lines[number]
        left, right = line.chunks[0].bbox.x0, line.chunks[-1].bbox.x1
        far = line.top - before.bottom > MAX_LEADING_EMS * min(line.height, before.height)
        outside = left < frame.bbox.x0 - FRAME_SIDE_POINTS or right > frame.bbox.x1 + FRAME_SIDE_POINTS
        prose = len(line.chunks) == 1 and right - left > PROSE_SHARE * frame.bbox.width
        if number in taken or far or outside or prose:
            break
        found.append(number)
        before = line
    while found and len(lines[found[-1]].chunks) == 1:
        found.pop()
    return found if sum(len(lines[number].chunks) > 1 for number in found) >= MIN_BODY_LINES else []


def _without_furniture(lines: list[ChunkLine], page_height: float) -> list[ChunkLine]:
    """Drop a running foot: a last line near the end of the page, set apart, with a title and a page number at most."""
    if len(lines) > 1:
        before, last = lines[-2:]
        apart = last.top - before.bottom > last.height
        if apart and len(last.chunks) <= 2 and last.top > FOOT_SHARE * page_height:
            return lines[:-1]
    return lines


def column_gaps(lines: Sequence[ChunkLine]) -> list[tuple[float, float]]:
    """Return the white gaps between columns as (left, right).

    The lines from the first figure on decide, because titles in the head are often wider than their column; a head
    title alone in a wide gap is an empty column.
    """
    showing = [
        chunk_line([word for chunk in line.chunks for word in chunk.words], COLUMN_GAP_EMS)
        for line in lines
        if len(line.chunks) > 1
    ]
    first = next((n for n, line in enumerate(showing) if any(is_entry(c.text) for c in line.chunks)), 0)
    head, body = showing[:first], showing[first:]
    if len(body) < MIN_BODY_LINES:
        head, body = [], showing
    gaps = _gaps_of(body)
    titles = [chunk.bbox for line in head for chunk in line.chunks]
    for title in titles:
        gaps = _with_title(gaps, title, [other for other in titles if other.bottom >= title.center_y])
    words = [word.bbox for line in head for chunk in line.chunks for word in chunk.words]
    return [_clear_of(words, left, right) for left, right in gaps]


def _with_title(gaps: list[tuple[float, float]], title: BBox, titles: Sequence[BBox]) -> list[tuple[float, float]]:
    """Settle the gap in which a head title stands alone.

    It is the title of the neighbour that has none, or, where both have theirs, of an empty column. ``titles`` are those
    beside it and below it: a title over both neighbours stands higher.
    """
    margin = COLUMN_GAP_EMS * title.height
    for at, (left, right) in enumerate(gaps):
        if not (left + margin < title.x0 and title.x1 < right - margin):
            continue
        left_end = gaps[at - 1][1] if at else float("-inf")
        right_end = gaps[at + 1][0] if at + 1 < len(gaps) else float("inf")
        has_left = any(box.x0 < left and box.x1 > left_end for box in titles)
        has_right = any(box.x1 > right and box.x0 < right_end for box in titles)
        if not has_right:
            settled = [(left, title.x0)]
        elif not has_left:
            settled = [(title.x1, right)]
        else:
            settled = [(left, title.x0), (title.x1, right)]
        return [*gaps[:at], *settled, *gaps[at + 1 :]]
    return gaps


def _clear_of(words: Sequence[BBox], left: float, right: float) -> tuple[float, float]:
    """Return the part of a gap that the fewest head words cover, the widest of such parts."""
    boxes = np.array([(max(box.x0, left), min(box.x1, right)) for box in words if box.x1 > left and box.x0 < right])
    if not len(boxes):
        return left, right
    edges = distinct(np.concatenate((boxes.ravel(), (left, right))))
    depth = _cover_depth(boxes, edges)
    width = np.diff(edges)
    best = int(np.lexsort((-width, depth + np.where(width < CROSSING_POINTS, len(boxes), 0)))[0])
    return float(edges[best]), float(edges[best + 1])


def _gaps_of(lines: Sequence[ChunkLine]) -> list[tuple[float, float]]:
    if not lines:
        return []
    boxes = np.array([(c.bbox.x0, c.bbox.x1) for line in lines for c in line.chunks])
    spanning = _spanning(boxes, [len(line.chunks) for line in lines])
    if spanning.sum() <= MAX_SPANNING_SHARE * len(lines):
        boxes = boxes[~spanning]
    if not len(boxes):
        return []
    height = float(np.median([line.height for line in lines]))
    edges = distinct(boxes)
    depth = _cover_depth(boxes, edges)
    allowed = CROSSED_SHARE * len(lines)
    gaps: list[tuple[float, float]] = []
    for (left, right), count in zip(pairwise(edges.tolist()), depth.tolist(), strict=True):
        if count > allowed:
            continue
        if gaps and gaps[-1][1] == left:
            gaps[-1] = (gaps[-1][0], right)
        else:
            gaps.append((left, right))
    low, high = float(boxes[:, 0].min()), float(boxes[:, 1].max())
    return [
        (left, right) for left, right in gaps if right - left >= COLUMN_GAP_EMS * height and left > low and right < high
    ]


def is_prose(block: Block) -> bool:
    """Say whether the gaps of a block are chance: lines run across them, or entries do not line up between them."""
    inner = np.array(block.x_edges[1:-1])
    crossing, aligned, entries = 0, 0, 0
    columns: list[list[BBox]] = [[] for _ in pairwise(block.x_edges)]
    for line in block.lines:
        words = [word for chunk in line.chunks for word in chunk.words]
        boxes = [chunk.bbox for chunk in chunk_line(words, COLUMN_GAP_EMS).chunks]
        over = [int(((box.x0 + 1 < inner) & (inner < box.x1 - 1)).sum()) for box in boxes]
        crossing += any(over)
        # Justified words of one column are one entry.
        entry: dict[int, BBox] = {}
        for box, count in zip(boxes, over, strict=True):
            if not count:
                at = int((inner <= box.center_x).sum())
                entry[at] = entry[at].union(box) if at in entry else box
        for at, box in entry.items():
            columns[at].append(box)
    for boxes in columns:
        if len(boxes) >= MIN_ALIGNED:
            aligned += max(_largest_pile([sides(box) for box in boxes]) for sides in ALIGNMENTS)
            entries += len(boxes)
    return crossing > CROSSING_LINES_SHARE * len(block.lines) or aligned < ALIGNED_SHARE * entries


def _largest_pile(positions: Sequence[float]) -> int:
    """Return how many positions lie within the alignment tolerance of one of them."""
    values = np.sort(np.array(positions))
    reach = np.searchsorted(values, values + 2 * ALIGNED_POINTS, side="right") - np.arange(len(values))
    return int(reach.max())


def _block(lines: Sequence[ChunkLine], frame: Frame | None) -> Block | None:
    gaps = column_gaps(lines)
    if not gaps:
        return None
    inner = [(left + right) / 2 for left, right in gaps]
    kept = lines if frame else _trimmed(lines, inner)
    if not kept:
        return None
    low = min(chunk.bbox.x0 for line in kept for chunk in line.chunks)
    high = max(chunk.bbox.x1 for line in kept for chunk in line.chunks)
    if frame:
        low, high = min(low, frame.bbox.x0), max(high, frame.bbox.x1)
    return Block(tuple(kept), (low, *(x for x in inner if low < x < high), high), frame)


def _trimmed(lines: Sequence[ChunkLine], inner: Sequence[float]) -> list[ChunkLine]:
    """Drop prose at both ends: lines of one chunk that reach across columns."""
    width = max(c.bbox.x1 for line in lines for c in line.chunks) - min(
        c.bbox.x0 for line in lines for c in line.chunks
    )

    def is_prose(line: ChunkLine) -> bool:
        if len(line.chunks) > 1:
            return False
        box = line.chunks[0].bbox
        return box.width > PROSE_SHARE * width or sum(box.x0 < x < box.x1 for x in inner) > 1

    kept = list(lines)
    while kept and is_prose(kept[0]):
        kept.pop(0)
    while kept and is_prose(kept[-1]):
        kept.pop()
    return kept


def _runs(lines: list[tuple[int, ChunkLine]]) -> list[list[ChunkLine]]:
    """Cut lines into runs: a wide leading or too many lines without columns end one."""
    runs: list[list[ChunkLine]] = []
    current: list[ChunkLine] = []
    lone = 0
    for number, line in lines:
        del number
        single = len(line.chunks) == 1
        far = bool(current) and line.top - current[-1].bottom > MAX_LEADING_EMS * min(line.height, current[-1].height)
        lone = lone + 1 if single else 0
        if current and (far or lone > MAX_LONE_LINES):
            runs.append(current[: len(current) - (0 if far else MAX_LONE_LINES)])
            current = []
        if not current and single:
            continue
        current.append(line)
    runs.append(current)
    cleaned = []
    for run in runs:
        while run and len(run[-1].chunks) == 1 and len(run) > 1 and len(run[-2].chunks) == 1:
            run.pop()
        if sum(len(line.chunks) > 1 for line in run) >= 3:
            cleaned.append(run)
    return cleaned


def _frames(page: Page, grids: Sequence[Grid]) -> list[Frame]:
    """Find the stacks of at least three horizontal rulings that begin and end together, those of the grids left out."""
    drawn = [ruling for ruling in page.rulings if ruling.kind is not RulingKind.FILL_EDGE]
    across = merge_rulings(drawn, Orientation.HORIZONTAL)
    for grid in grids:
        across = across.take(~_lying_in(across, grid.bbox, GRID_EDGE_POINTS))
    groups: list[tuple[float, float, list[float]]] = []
    for position, start, end in zip(across.position.tolist(), across.start.tolist(), across.end.tolist(), strict=True):
        if end - start < MIN_FRAME_POINTS:
            continue
        for left, right, heights in groups:
            if abs(left - start) <= FRAME_SIDE_POINTS and abs(right - end) <= FRAME_SIDE_POINTS:
                heights.append(position)
                break
        else:
            groups.append((start, end, [position]))
    groups.sort(key=lambda group: group[0] - group[1])
    return [_frame(left, right, heights, across) for left, right, heights in groups if len(heights) >= MIN_FRAME_RULES]


def _frame(left: float, right: float, heights: Sequence[float], across: Segments) -> Frame:
    box = BBox(left, heights[0], right, heights[-1])
    return Frame(box, tuple(heights), across.take(_lying_in(across, box, 0.0)))


def _parted_by_prose(frame: Frame, lines: Sequence[ChunkLine]) -> list[Frame]:
    """Part the rulings of tables of one width that stand under each other with prose between them."""
    parts: list[list[float]] = [[frame.rules[0]]]
    for upper, lower in pairwise(frame.rules):
        between = [line for line in lines if upper < (line.top + line.bottom) / 2 < lower]
        runs = [line.chunks[0].bbox for line in between if len(line.chunks) == 1 and _within(line, frame.bbox)]
        wide = any(run.width > PROSE_SHARE * frame.bbox.width for run in runs)
        if wide and len(runs) == len(between) >= MIN_PROSE_LINES:
            parts.append([])
        parts[-1].append(lower)
    if len(parts) == 1:
        return [frame]
    box = frame.bbox
    return [_frame(box.x0, box.x1, part, frame.across) for part in parts if len(part) >= MIN_FRAME_RULES]


def _lying_in(across: Segments, box: BBox, margin: float) -> NDArray[np.bool_]:
    """Return which segments run through a box, ``margin`` points above and below it included."""
    level = (across.position >= box.top - margin) & (across.position <= box.bottom + margin)
    reaching: NDArray[np.bool_] = level & (across.start < box.x1) & (across.end > box.x0)
    return reaching


def _within(line: ChunkLine, frame: BBox) -> bool:
    middle = (line.top + line.bottom) / 2
    return frame.top <= middle <= frame.bottom and all(frame.holds(c.bbox.center_x, middle) for c in line.chunks)


def _spanning(boxes: Floats, chunks_by_line: Sequence[int]) -> NDArray[np.bool_]:
    """Return which runs of words stand over several runs of enough other lines."""
    overlaps = (boxes[:, None, 0] < boxes[None, :, 1]) & (boxes[None, :, 0] < boxes[:, None, 1])
    first = np.r_[0, np.cumsum(chunks_by_line)[:-1]]
    by_line = np.add.reduceat(overlaps.astype(np.int64), first, axis=1)
    spanning: NDArray[np.bool_] = (by_line > 1).sum(axis=1) >= max(2.0, SPANNING_SHARE * len(chunks_by_line))
    return spanning


def _cover_depth(boxes: Floats, edges: Floats) -> Floats:
    """Return by how many boxes every interval between neighbouring edges is covered."""
    change = np.zeros(len(edges))
    np.add.at(change, np.searchsorted(edges, boxes[:, 0]), 1)
    np.add.at(change, np.searchsorted(edges, boxes[:, 1]), -1)
    depth: Floats = np.cumsum(change)[:-1]
    return depth
