"""The line that numbers the columns of a form: ``1 | 2 | 3 | 12 = 8+9 | (13)``.

Official forms print one ordinal in every column right under the head. Where no ruling parts the columns, this line is
the surest sign of how many there are and where each stands, and of where the head ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.grids.text_lines import rows_of_words
from extract.model import BBox, Word
from extract.unruled.chunks import Chunk, ChunkLine, chunk_line

MIN_ORDINALS = 4
"""A shorter count may be a row of small figures."""
MAX_FIRST = 3
"""Forms begin to count at 1, at 2 where the first column is not numbered."""
STEADY_SHARE = 0.8
"""Share of the steps that are by one; forms skip an ordinal here and there."""
ORDINAL_GAP_EMS = 0.9
"""Ordinals of two columns stand further apart than this many line heights; the words of a formula do not."""
ORDINAL = re.compile(r"\(?(\d{1,2})\)?\.?(?:[=:(][\d+\-–x×*/:().,=%]*\d[\d+\-–x×*/:().,=%]*)?", re.IGNORECASE)

ORDINAL_PART = re.compile(r"[\d=:()+\-–x×*/.,%]{1,24}", re.IGNORECASE)
"""A word of an ordinal or of its formula."""


@dataclass(frozen=True, slots=True)
class NumberingLine:
    """The ordinals of a line, left to right, and the line's extent."""

    line: ChunkLine
    ordinals: tuple[Chunk, ...]

    @property
    def centres(self) -> tuple[float, ...]:
        """Middle of every ordinal, in points."""
        return tuple(chunk.bbox.center_x for chunk in self.ordinals)


def numbering_lines(words: Sequence[Word]) -> tuple[NumberingLine, ...]:
    """Find the numbering lines among words, top to bottom."""
    candidates = [word for word in words if _may_count(word.text) and ORDINAL_PART.fullmatch(word.text)]
    if len(candidates) < MIN_ORDINALS:
        return ()
    found = (_numbering(row, words) for row in rows_of_words(candidates))
    return tuple(line for line in found if line is not None)


def _may_count(text: str) -> bool:
    """Say, without the pattern, that most words are no part of an ordinal: they are of letters."""
    return not text.isalpha() or text in {"x", "X"}


def _numbering(row: list[Word], words: Sequence[Word]) -> NumberingLine | None:
    if len(row) < MIN_ORDINALS:
        return None
    line = chunk_line(row, ORDINAL_GAP_EMS)
    if len(line.chunks) < MIN_ORDINALS:
        return None
    numbers = []
    for chunk in line.chunks:
        match = ORDINAL.fullmatch("".join(chunk.text.split()))
        if match is None:
            return None
        numbers.append(int(match.group(1)))
    steps = [after - before for before, after in pairwise(numbers)]
    steady = sum(step == 1 for step in steps) >= STEADY_SHARE * len(steps)
    if numbers[0] > MAX_FIRST or not steady or min(steps) < 1 or _has_company(line, words):
        return None
    return NumberingLine(line, line.chunks)


def _has_company(line: ChunkLine, words: Sequence[Word]) -> bool:
    """Say whether words of letters stand between the ordinals: then it is a record."""
    left, right = line.chunks[0].bbox.x0, line.chunks[-1].bbox.x1
    beside = [word for word in words if line.top < word.bbox.center_y < line.bottom]
    return any(_is_wording(word) and left < word.bbox.center_x < right for word in beside)


def _is_wording(word: Word) -> bool:
    """Say whether a word is of letters; one letter may be the sign of a product (``13/5 x 100``)."""
    return len(word.text) > 1 and word.text.isalpha()


def own_cells(ordinals: Sequence[Chunk], boxes: Sequence[BBox]) -> bool:
    """Say whether every ordinal lies in a cell box of its own."""
    owners = [
        next((n for n, box in enumerate(boxes) if box.holds(chunk.bbox.center_x, chunk.bbox.center_y)), -1)
        for chunk in ordinals
    ]
    return -1 not in owners and len(set(owners)) == len(owners)
