"""Find where words stand in columns without rulings: blocks of lines, the white gaps between columns, spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.model import BBox, Orientation, Page, Word
from extract.rulings import Floats, merge_rulings
from extract.text_lines import rows_of_words

CHUNK_GAP_EMS = 0.9
"""A gap wider than this many line heights may lie between two columns; word spaces are a third of it."""
COLUMN_GAP_EMS = 0.6
"""The white gap that all rows of a column leave must be at least this wide."""
MAX_LEADING_EMS = 2.2
"""Lines further apart than this belong to different blocks, unless a ruling frames them together."""
MAX_LONE_LINES = 3
"""So many lines with text in one column only may stand between lines that show columns."""
CROSSED_SHARE = 0.05
"""Share of the column-showing lines that may cross a gap: text running over into the next column."""
SPANNING_SHARE = 0.3
"""A run of words over two or more runs of this share of the other lines is a title over several columns."""
PROSE_SHARE = 0.75
"""A single run of words over this share of the block's width is prose."""
FRAME_SIDE_POINTS = 6.0
"""Horizontal rulings of one table begin and end within this distance of each other."""
MIN_FRAME_POINTS = 60.0
"""Shorter horizontal rulings are underlines."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words of one line that no column gap separates."""

    words: tuple[Word, ...]
    bbox: BBox

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class ChunkLine:
    """One line of text as chunks, left to right."""

    top: float
    bottom: float
    chunks: tuple[Chunk, ...]

    @property
    def height(self) -> float:
        """Height in points."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand in columns: outer and inner column edges, and the rulings that cross the block."""

    lines: tuple[ChunkLine, ...]
    x_edges: tuple[float, ...]
    rules: tuple[float, ...] = ()
    """Heights of horizontal rulings across the block."""


def find_blocks(page: Page, words: Sequence[Word]) -> tuple[Block, ...]:
    """Find the blocks of lines in columns among words that lie in no grid."""
    lines = [_chunk_line(row) for row in rows_of_words(words)]
    frames = _frames(page)
    blocks = []
    taken: set[int] = set()
    for frame, rules in frames:
        inside = [n for n, line in enumerate(lines) if _within(line, frame)]
        block = _block([lines[n] for n in inside], rules)
        if block is not None:
            blocks.append(block)
            taken.update(inside)
    for run in _runs([(n, line) for n, line in enumerate(lines) if n not in taken]):
        block = _block(run, ())
        if block is not None:
            blocks.append(block)
    return tuple(blocks)


def column_gaps(lines: Sequence[ChunkLine]) -> list[tuple[float, float]]:
    """Return the white gaps between columns as (left, right), from the lines that have several chunks."""
    showing = [line for line in lines if len(line.chunks) > 1]
    if not showing:
        return []
    boxes = np.array([(c.bbox.x0, c.bbox.x1) for line in showing for c in line.chunks])
    boxes = boxes[~_spanning(boxes, [len(line.chunks) for line in showing])]
    height = float(np.median([line.height for line in showing]))
    edges = np.unique(boxes)
    depth = _cover_depth(boxes, edges)
    allowed = CROSSED_SHARE * len(showing)
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


def _block(lines: Sequence[ChunkLine], rules: tuple[float, ...]) -> Block | None:
    gaps = column_gaps(lines)
    if not gaps:
        return None
    inner = [(left + right) / 2 for left, right in gaps]
    kept = lines if rules else _trimmed(lines, inner)
    if not kept:
        return None
    low = min(chunk.bbox.x0 for line in kept for chunk in line.chunks)
    high = max(chunk.bbox.x1 for line in kept for chunk in line.chunks)
    return Block(tuple(kept), (low, *(x for x in inner if low < x < high), high), rules)


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


def _frames(page: Page) -> list[tuple[BBox, tuple[float, ...]]]:
    """Return the boxes between stacked horizontal rulings of the same extent, each with the rulings' heights."""
    across = merge_rulings(page.rulings, Orientation.HORIZONTAL)
    groups: list[list[tuple[float, float, float]]] = []
    for position, start, end in zip(across.position.tolist(), across.start.tolist(), across.end.tolist(), strict=True):
        if end - start < MIN_FRAME_POINTS:
            continue
        for group in groups:
            if abs(group[0][1] - start) <= FRAME_SIDE_POINTS and abs(group[0][2] - end) <= FRAME_SIDE_POINTS:
                group.append((position, start, end))
                break
        else:
            groups.append([(position, start, end)])
    return [
        (BBox(group[0][1], group[0][0], group[0][2], group[-1][0]), tuple(height for height, _, _ in group))
        for group in groups
        if len(group) >= 3
    ]


def _within(line: ChunkLine, frame: BBox) -> bool:
    middle = (line.top + line.bottom) / 2
    return frame.top <= middle <= frame.bottom and all(frame.holds(c.bbox.center_x, middle) for c in line.chunks)


def _chunk_line(row: list[Word]) -> ChunkLine:
    height = float(np.median([word.bbox.height for word in row]))
    parts: list[list[Word]] = [[row[0]]]
    for before, word in pairwise(row):
        if word.bbox.x0 - before.bbox.x1 > CHUNK_GAP_EMS * height:
            parts.append([])
        parts[-1].append(word)
    chunks = tuple(Chunk(tuple(part), _bounds(part)) for part in parts)
    return ChunkLine(min(c.bbox.top for c in chunks), max(c.bbox.bottom for c in chunks), chunks)


def _bounds(words: Sequence[Word]) -> BBox:
    box = words[0].bbox
    for word in words[1:]:
        box = box.union(word.bbox)
    return box


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
