"""Lines of text cut into chunks at gaps too wide for a word space: what unruled columns are told from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.model import BBox, Word

CHUNK_GAP_EMS = 0.9
"""A gap wider than this many line heights may lie between two columns; word spaces are a third of it."""
COLUMN_GAP_EMS = 0.45
"""The white gap that the rows of a column leave must be at least this wide: more than a word space."""
WORD_SPACE_EMS = 0.33
"""At a known column edge a gap wider than a word space parts two titles that stand close together."""
CROSSING_POINTS = 1.0
"""A run of words reaching less far over a column edge stays in its column."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words of one line that no column gap separates."""

    words: tuple[Word, ...]
    bbox: BBox

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(word.text for word in self.words)

    def crosses(self, x: float) -> bool:
        """Say whether the run reaches over a column edge: a word does, or two words with a mere word space there do."""
        if not self.bbox.x0 + CROSSING_POINTS < x < self.bbox.x1 - CROSSING_POINTS:
            return False
        before = [word.bbox for word in self.words if word.bbox.center_x < x]
        after = [word.bbox for word in self.words if word.bbox.center_x >= x]
        if not before or not after:
            return True
        gap = min(box.x0 for box in after) - max(box.x1 for box in before)
        return gap <= WORD_SPACE_EMS * self.bbox.height


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


def chunk_line(row: list[Word], gap_ems: float) -> ChunkLine:
    """Cut one line's words, left to right, where a gap is wider than that many line heights."""
    height = median([word.bbox.height for word in row])
    parts: list[list[Word]] = [[row[0]]]
    for before, word in pairwise(row):
        if word.bbox.x0 - before.bbox.x1 > gap_ems * height:
            parts.append([])
        parts[-1].append(word)
    chunks = tuple(Chunk(tuple(part), _bounds(part)) for part in parts)
    return ChunkLine(min(c.bbox.top for c in chunks), max(c.bbox.bottom for c in chunks), chunks)


def cut_chunks(chunks: Sequence[Chunk], positions: Sequence[float]) -> tuple[Chunk, ...]:
    """Return the chunks cut between words where one of the x positions lies, however small the gap there."""
    parts: list[list[Word]] = []
    for chunk in chunks:
        parts.append([chunk.words[0]])
        for before, word in pairwise(chunk.words):
            if any(before.bbox.center_x < x < word.bbox.center_x for x in positions):
                parts.append([])
            parts[-1].append(word)
    return tuple(Chunk(tuple(part), _bounds(part)) for part in parts)


def crosses_edge(box: BBox, x_edges: Sequence[float]) -> bool:
    """Say whether a box reaches over one of the inner column edges."""
    return any(box.x0 + CROSSING_POINTS < edge < box.x1 - CROSSING_POINTS for edge in x_edges[1:-1])


def _bounds(words: Sequence[Word]) -> BBox:
    box = words[0].bbox
    for word in words[1:]:
        box = box.union(word.bbox)
    return box
