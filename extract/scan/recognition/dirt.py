"""Which of the recognised lines are text and which are specks, stamps and shadows an engine read all the same."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

import cv2
import numpy as np

from extract.model import Word
from extract.scan.cell_text import LineCrop
from extract.scan.engine import UNREAD
from extract.scan.glyph_geometry import is_dust

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

STRAY_MARKS = frozenset(".,;:'`´°~_^-–—|!()[]{}/\\\"“”‘’•*<>™")
"""A line of a cell made of these alone is dirt when the cell holds text, unless it may be a dash or a bullet."""
BULLETS = frozenset("•*")
PRINTED_ALONE = BULLETS | {"-", "–", "—"}
DUST_CHARACTERS = 2
"""A longer word is no dust."""
PRINTED_APART = PRINTED_ALONE | {":", "="}
LEAST_DASH_WIDTH = 0.25
"""Glyph heights."""
LEAST_DASH_ASPECT = 1.5
LEAST_DASH_MASS = 0.025
"""Squares of the glyph height; a hyphen in 6.5 pt has 0.04, a black pixel at 150 dpi 0.011."""

ReadLine: TypeAlias = tuple[LineCrop, list[Word]]
"""A crop and the words read in it."""


def text_and_dirt(
    cells: Sequence[Sequence[ReadLine]], loose: Sequence[ReadLine], scale: float
) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """Return the words of a page and the words discarded as dirt; ``scale`` is pixels per point.

    ``cells`` holds the lines of each cell. There nearly everything is kept: a doubtful value is better than a lost one.
    """
    words: list[Word] = []
    dirt: list[Word] = []
    for lines in cells:
        kept, dropped = _cell_text_and_dirt(lines, scale)
        words += kept
        dirt += dropped
    sure = [line for line in loose if _is_text(line[1])]
    for line in loose:
        is_kept = _is_text(line[1]) or (_is_mark(line[1]) and any(_beside(line, other, scale) for other in sure))
        for word in line[1]:
            (words if is_kept and word.text != UNREAD else dirt).append(word)
    return tuple(words), tuple(dirt)


def _cell_text_and_dirt(lines: Sequence[ReadLine], scale: float) -> tuple[list[Word], list[Word]]:
    """Return the words of one cell and its specks: lone small marks, and marks that no typesetting puts there."""
    clean = [(crop, found) for crop, found in lines if not _is_speck(crop, found)]
    dirt = [word for crop, found in lines if _is_speck(crop, found) for word in found]
    full = max((_darkness(crop) for crop, found in clean if _characters(found)), default=0.0)
    words: list[Word] = []
    marks: list[tuple[float, list[Word]]] = []
    for crop, found in clean:
        if found and all(_is_stray(word.text) for word in found):
            mass = _ink_mass(crop, full)
            if full and not _is_dash(crop, found, mass):
                dirt += found
                continue
            marks.append((mass, found))
        for word in found:
            speck = len(found) > 1 and _is_dust_word(word, crop, scale)
            (dirt if speck else words).append(word)
    if not full and len(marks) > 1:
        # A cell without text holds one dash at most; the other marks are dirt.
        largest = max(marks, key=lambda mark: mark[0])[1]
        dirt += [word for _, found in marks if found is not largest for word in found]
        words = [word for word in words if word in largest or not _is_stray(word.text)]
    return words, dirt


def _is_stray(text: str) -> bool:
    """Say whether a word is nothing but marks that mean nothing by themselves."""
    return all(character in STRAY_MARKS for character in text)


def _is_dash(crop: LineCrop, words: Sequence[Word], mass: float) -> bool:
    """Say whether a line of marks beside text may be a printed dash or bullet."""
    columns, rows = np.flatnonzero(crop.ink.any(axis=0)), np.flatnonzero(crop.ink.any(axis=1))
    if len(words) != 1 or words[0].text not in PRINTED_ALONE or not len(columns):
        return False
    width, height = columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1
    flat = words[0].text in BULLETS or width >= LEAST_DASH_ASPECT * height
    return bool(flat and width >= LEAST_DASH_WIDTH * crop.glyph_height and mass >= LEAST_DASH_MASS)


def _is_dust_word(word: Word, crop: LineCrop, scale: float) -> bool:
    """Say whether a word of a line is dust standing apart from the text; a spaced colon is none."""
    left, right = word.bbox.x0 * scale - crop.left, word.bbox.x1 * scale - crop.left
    ink = np.ascontiguousarray(crop.ink[:, max(0, round(left)) : max(1, round(right))])
    return len(word.text) <= DUST_CHARACTERS and word.text not in PRINTED_APART and is_dust(ink, crop.glyph_height)


def _darkness(crop: LineCrop) -> float:
    """Return how much darker than the paper the crop's full ink is, in grey levels."""
    ink = crop.ink > 0
    if not ink.any() or ink.all():
        return 0.0
    return float(np.median(crop.picture[~ink]) - np.percentile(crop.picture[ink], 10))


def _ink_mass(crop: LineCrop, full: float) -> float:
    """Return the ink of a crop in squares of the glyph height filled as dark as text."""
    paper = float(np.median(crop.picture))
    near = cv2.dilate(crop.ink, np.ones((3, 3), np.uint8)) > 0
    dark = np.clip(paper - crop.picture.astype(np.float64), 0, None)[near]
    return float(dark.sum() / max(1.0, full or 255.0) / crop.glyph_height**2)


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
    return 0 < sum(len(word.text.strip("()")) for word in words) <= MARK_CHARACTERS + 1


def _beside(line: ReadLine, other: ReadLine, scale: float) -> bool:
    """Say whether text stands to the right of or left of the line, on the same row and near enough."""
    mark, text = line[1], other[1]
    left, right = min(word.bbox.x0 for word in mark), max(word.bbox.x1 for word in mark)
    middle = (min(word.bbox.top for word in mark) + max(word.bbox.bottom for word in mark)) / 2
    # Dust is not read as two letters or digits: those are a grade or a figure, the next column's text may be far.
    is_print = _characters(mark) >= MARK_CHARACTERS and _mean_confidence(mark) >= LEAST_LINE_CONFIDENCE
    reach = math.inf if is_print else NEIGHBOUR_REACH * other[0].glyph_height / scale
    near = min(word.bbox.x0 for word in text) - right <= reach and left - max(word.bbox.x1 for word in text) <= reach
    return near and min(word.bbox.top for word in text) <= middle <= max(word.bbox.bottom for word in text)
