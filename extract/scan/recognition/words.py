"""One line's reading to words with boxes: gaps in the ink decide where words end, the engine only what they say."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import NDArray

from extract.frame import POINTS_PER_INCH
from extract.model import Alternative, BBox, Word
from extract.scan.cell_text import LineCrop
from extract.scan.engine import Glyph, Reading

SPACE_GAP = 0.42
"""Glyph heights of white that part two words even where the engine saw no space."""
UNIT_GAP = 0.3
"""Glyph heights that part a number from its unit where the engine saw no space."""
LEAST_SPACE = 0.2
"""Glyph heights; a space the engine saw in less white than this is none."""
NUMBER_GAP = 0.75
"""Glyph heights that part two numbers; tabular figures leave wide gaps around a 1."""
NARROW_SPACE = 0.55
"""Of the line's usual space: what is narrower stands inside a word, whatever the engine saw (``L ahan``)."""
SLASH_SPACE = 0.8
"""Of the line's usual space, from which a slash stands apart though the engine saw no space."""
LEAST_SPACES = 2
"""Other spaces in a line from which they tell what is usual."""
SEPARATORS = (",", ".")
NUMERIC = frozenset("0123456789.,")
CAP_SHARE_OF_SIZE = 0.7
"""Height of a capital as a share of the font size."""
COARSE_DPI = 180.0
"""Pixels per inch below which a scan is coarse."""
SURE = 0.9995
"""Highest confidence of a recognised word: 1 is what typed text has, and what tells it from recognised text."""
COARSE_SURE = 0.985
"""There engines are certain of a wrong character once in a hundred words (``PEMFRINTAHAN`` with 0.999)."""
MAX_ALTERNATIVES = 6
MAX_VARIED_GLYPHS = 6
"""Doubtful characters varied for alternatives; more doubt means the reading itself is worthless."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive glyphs of one word and the pixel columns they occupy."""

    glyphs: tuple[Glyph, ...]
    left: float
    right: float


def _gaps(filled: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return (middle, width) of every run of inkless columns."""
    edges = np.flatnonzero(np.diff(np.concatenate(([True], filled, [True])).astype(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    return np.stack([(starts + ends) / 2, ends - starts], axis=1).astype(np.float64)


@dataclass(frozen=True, slots=True)
class _Between:
    """The white between two glyphs."""

    middle: float
    """Pixel column."""
    share: float
    """Its width in glyph heights; 0 where the two touch."""
    spaced: bool
    """Whether the engine saw a space there."""


def _runs(reading: Reading, crop: LineCrop) -> list[_Run]:
    """Split the reading at gaps in the ink."""
    glyphs = [glyph for glyph in reading.glyphs if glyph.text != " "]
    between = _betweens(reading, crop)
    spaces = [white.share for white in between if white.spaced]
    runs: list[_Run] = []
    current: list[Glyph] = []
    left = 0.0
    for index, glyph in enumerate(glyphs):
        current.append(glyph)
        if index + 1 == len(glyphs):
            break
        white = between[index]
        if _parts_words(glyph.text, glyphs[index + 1].text, white, spaces):
            runs.append(_Run(tuple(current), left, white.middle))
            current, left = [], white.middle
    if current:
        runs.append(_Run(tuple(current), left, float(crop.ink.shape[1])))
    return runs


def _betweens(reading: Reading, crop: LineCrop) -> list[_Between]:
    """Return the white behind each glyph but the last; spaces are no glyphs."""
    gaps = _gaps(np.asarray(crop.ink.any(axis=0)))
    centers = [(glyph.start + glyph.end) / 2 for glyph in reading.glyphs if glyph.text != " "]
    spaces = [(glyph.start + glyph.end) / 2 for glyph in reading.glyphs if glyph.text == " "]
    found = []
    for center, next_center in itertools.pairwise(centers):
        inside = gaps[(gaps[:, 0] > center) & (gaps[:, 0] < next_center)]
        middle, width = inside[inside[:, 1].argmax()] if len(inside) else ((center + next_center) / 2, 0.0)
        spaced = any(center < space < next_center for space in spaces)
        found.append(_Between(float(middle), float(width) / crop.glyph_height, spaced))
    return found


def _parts_words(before: str, after: str, white: _Between, spaces: Sequence[float]) -> bool:
    """Say whether the white between two glyphs parts words; ``spaces`` are the widths the engine saw spaces in."""
    numeric = before in NUMERIC and after in NUMERIC
    if numeric:
        return white.share >= NUMBER_GAP
    if white.spaced and not white.share:
        return True
    others = list(spaces)
    if white.spaced:
        others.remove(white.share)
    usual = median(others) if len(others) >= LEAST_SPACES else None
    if usual is not None and white.share < NARROW_SPACE * usual and before.isalpha() and after.isalpha():
        return False
    if white.share >= (LEAST_SPACE if white.spaced else SPACE_GAP):
        return True
    if before.isdigit() and after.isalpha():
        return white.share >= UNIT_GAP
    slash = "/" in (before, after) and usual is not None
    return slash and white.share >= max(LEAST_SPACE, SLASH_SPACE * (usual or 0.0))


def _box(run: _Run, crop: LineCrop) -> BBox:
    """Return the ink's box within the run's columns, in page pixels."""
    left, right = int(run.left), max(int(run.left) + 1, int(run.right))
    ink = crop.ink[:, left:right] > 0
    columns, rows = np.flatnonzero(ink.any(axis=0)), np.flatnonzero(ink.any(axis=1))
    if not len(columns):
        return BBox(crop.left + left, crop.top, crop.left + right, crop.top + crop.ink.shape[0])
    return BBox(
        float(crop.left + left + columns[0]),
        float(crop.top + rows[0]),
        float(crop.left + left + columns[-1] + 1),
        float(crop.top + rows[-1] + 1),
    )


def variants(glyphs: Sequence[Glyph]) -> tuple[Alternative, ...]:
    """Return the other strings the glyphs may spell, likeliest first, at most :data:`MAX_ALTERNATIVES`.

    A string's confidence is the product over its characters of the chosen alternative's probability.
    """
    text = "".join(glyph.text for glyph in glyphs)
    doubtful = sorted(
        (index for index, glyph in enumerate(glyphs) if glyph.alternatives), key=lambda index: glyphs[index].confidence
    )[:MAX_VARIED_GLYPHS]
    certain = 1.0
    for index, glyph in enumerate(glyphs):
        if index not in doubtful:
            certain *= glyph.confidence
    beams: list[tuple[float, dict[int, str]]] = [(certain, {})]
    for index in doubtful:
        glyph = glyphs[index]
        choices = (Alternative(glyph.text, glyph.confidence), *glyph.alternatives)
        grown = [
            (probability * choice.confidence, {**chosen, index: choice.text})
            for probability, chosen in beams
            for choice in choices
        ]
        beams = sorted(grown, key=lambda beam: -beam[0])[: MAX_ALTERNATIVES * 4]
    best: dict[str, float] = {}
    for probability, chosen in beams:
        spelled = "".join(chosen.get(index, glyph.text) for index, glyph in enumerate(glyphs)).strip()
        if spelled and spelled != text:
            best[spelled] = max(best.get(spelled, 0.0), probability)
    uniform = {spelled: chance for spelled, chance in _uniform_separators(glyphs).items() if spelled != text}
    best.update({spelled: max(chance, best.get(spelled, 0.0)) for spelled, chance in uniform.items()})
    order = sorted(best.items(), key=lambda item: (-item[1], item[0]))
    ranked = [item for at, item in enumerate(order) if at < MAX_ALTERNATIVES or item[0] in uniform]
    return tuple(Alternative(spelled, round(probability, 4)) for spelled, probability in ranked)


def _uniform_separators(glyphs: Sequence[Glyph]) -> dict[str, float]:
    """Return the strings with one grouping separator throughout, the last one alike or not, and their probability.

    Whatever each separator looked like by itself, these are the readings a notation allows; they are always offered.
    """
    places = [
        index
        for index, glyph in enumerate(glyphs)
        if glyph.text in SEPARATORS and any(other.text in SEPARATORS for other in glyph.alternatives)
    ]
    if len(places) < 2:
        return {}
    found: dict[str, float] = {}
    for grouping in SEPARATORS:
        for last in SEPARATORS:
            chance, spelled = 1.0, [glyph.text for glyph in glyphs]
            for index, glyph in enumerate(glyphs):
                if index not in places:
                    chance *= glyph.confidence
                    continue
                spelled[index] = last if index == places[-1] else grouping
                seen = {other.text: other.confidence for other in glyph.alternatives} | {glyph.text: glyph.confidence}
                chance *= seen.get(spelled[index], 0.0)
            found["".join(spelled)] = chance
    return found


def words_of(reading: Reading, crop: LineCrop, scale: float) -> list[Word]:
    """Return the words of one crop, boxes in points; ``scale`` is pixels per point.

    On coarse scans, and in black and white, no word is surer than :data:`COARSE_SURE`.
    """
    coarse = crop.bilevel or scale * POINTS_PER_INCH < COARSE_DPI
    most = COARSE_SURE if coarse else SURE
    words = []
    for run in _runs(reading, crop):
        box = _box(run, crop)
        words.append(
            Word(
                text="".join(glyph.text for glyph in run.glyphs),
                bbox=BBox(box.x0 / scale, box.top / scale, box.x1 / scale, box.bottom / scale),
                size=round(crop.glyph_height / CAP_SHARE_OF_SIZE / scale, 1),
                confidence=round(min(most, *(glyph.confidence for glyph in run.glyphs)), 4),
                alternatives=variants(run.glyphs),
            )
        )
    return words
