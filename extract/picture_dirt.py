"""Which of the recognised lines are text and which are specks, stamps and shadows an engine read all the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from extract.cell_text import LineCrop
from extract.model import Word
from extract.recognise_cells import UNREAD

LEAST_LINE_CONFIDENCE = 0.55
"""Mean confidence of a loose line; stamps, signatures and shadows are read with less."""
LEAST_MARK_CONFIDENCE = 0.85
"""Mean confidence of one or two loose characters; as little ink as that is often dirt."""
MARK_CHARACTERS = 2
NEIGHBOUR_REACH = 10.0
"""Glyph heights within which a mark has text beside it: a bullet, a list number."""
LEAST_SPECK_CONFIDENCE = 0.65
"""In a cell, one small mark read with less is a speck, unless it may be a dash."""
SPECK_HEIGHT = 0.7
"""Glyph heights; a digit is taller."""

ReadLine: TypeAlias = tuple[LineCrop, list[Word]]
"""A crop and the words read in it."""


def text_and_dirt(
    in_cells: Sequence[ReadLine], loose: Sequence[ReadLine], scale: float
) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """Return the words of a page and the words discarded as dirt; ``scale`` is pixels per point.

    In cells nearly everything is kept: a doubtful value is better than a lost one.
    """
    words: list[Word] = []
    dirt: list[Word] = []
    for crop, found in in_cells:
        (dirt if _is_speck(crop, found) else words).extend(found)
    sure = [line for line in loose if _is_text(line[1])]
    for line in loose:
        kept = _is_text(line[1]) or (_is_mark(line[1]) and any(_beside(line, other, scale) for other in sure))
        for word in line[1]:
            (words if kept and word.text != UNREAD else dirt).append(word)
    return tuple(words), tuple(dirt)


def _characters(words: Sequence[Word]) -> int:
    return sum(character.isalnum() for word in words for character in word.text)


def _mean_confidence(words: Sequence[Word]) -> float:
    """Return the confidence of the words, weighted by their length."""
    length = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / max(1, length)


def _is_speck(crop: LineCrop, words: Sequence[Word]) -> bool:
    """Say whether a line of a cell is one small doubtful mark."""
    rows = np.flatnonzero(crop.ink.any(axis=1))
    low = len(rows) > 0 and rows[-1] - rows[0] + 1 < SPECK_HEIGHT * crop.glyph_height
    if any(word.text == "-" for word in words):
        return False
    return low and sum(len(word.text) for word in words) <= 1 and _mean_confidence(words) < LEAST_SPECK_CONFIDENCE


def _is_text(words: Sequence[Word]) -> bool:
    """Say whether a loose line is text by itself."""
    characters = _characters(words)
    least = LEAST_MARK_CONFIDENCE if characters <= MARK_CHARACTERS else LEAST_LINE_CONFIDENCE
    return characters > 0 and _mean_confidence(words) >= least


def _is_mark(words: Sequence[Word]) -> bool:
    """Say whether a loose line is so short that only its neighbours can tell."""
    return 0 < sum(len(word.text) for word in words) <= MARK_CHARACTERS + 1


def _beside(line: ReadLine, other: ReadLine, scale: float) -> bool:
    """Say whether text stands to the right of or left of the line, on the same row and near."""
    mark, text = line[1], other[1]
    left, right = min(word.bbox.x0 for word in mark), max(word.bbox.x1 for word in mark)
    middle = (min(word.bbox.top for word in mark) + max(word.bbox.bottom for word in mark)) / 2
    reach = NEIGHBOUR_REACH * other[0].glyph_height / scale
    near = min(word.bbox.x0 for word in text) - right <= reach and left - max(word.bbox.x1 for word in text) <= reach
    return near and min(word.bbox.top for word in text) <= middle <= max(word.bbox.bottom for word in text)
