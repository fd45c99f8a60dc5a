"""Crops to readings: identical crops once, dashes by geometry, doubtful numbers by a second engine."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from extract.model import Alternative
from extract.scan.cell_text import LineCrop
from extract.scan.engine import DISPUTED, UNREAD, Glyph, Picture, Reading, Recogniser
from extract.scan.glyph_geometry import count_upright_bars, is_dust, solid_ink
from extract.scan.recognition.columns import with_ungrouped_doubted
from extract.scan.recognition.numbering import with_column_numbers
from extract.scan.recognition.numbers import has_number, is_number_like, settle_number
from extract.scan.recognition.specks import with_printed_specks
from extract.scan.recognition.texts import is_doubtful_text, settle_text, sure_words

DASH_HEIGHT = 0.3
"""Glyph heights; a lone mark no taller than this may be a dash."""
DASH_WIDTHS = (0.2, 1.6)
"""Glyph heights; a dash is this wide."""
DASH_ASPECT = 1.3
"""A dash is at least this many times as wide as tall."""
DASH_CONFIDENCE = 0.97
"""A lone flat mark in a cell is nearly always the dash for *none*; the rest is dirt."""
LEAST_LONE_DIGIT = 0.03
"""Probability of a digit from which a lone letter deserves a second opinion: a small 0 is read ``a`` or ``o``."""
LONE_MARKS = frozenset({"•", "°", "*", "_", "~", "^", "'", "–", "—", "."})
LONE_MARK_CONFIDENCE = 0.6
STROKE_HEIGHT = 0.6
"""Glyph heights; lower ink is a dot, a dash or dust and no stroke that a character could lack."""
STROKES = {"%": 3, '"': 2, "“": 2, "”": 2, "≥": 2, "≤": 2, "‰": 4, "½": 3, "¼": 3}
"""Characters whose ink may have several strokes side by side."""
LONGEST_COUNTED = 12
"""Characters; in longer lines broken letters outnumber dropped ones."""
LONGEST_MIXED_LINE = 40
"""Characters; a longer line with a digit is prose."""
BILEVEL_SOFTENING = 0.5
"""Pixels (standard deviation) by which black and white crops are softened: engines learned on grey pictures. At 150 dpi
the share of wrong characters falls by a seventh, at 200 dpi by almost half; more softening costs digits."""


@dataclass(frozen=True, slots=True)
class Engines:
    """Who reads the crops of a page."""

    first: Recogniser
    figures: Recogniser | None = None
    """Asked once more where figures are printed; None leaves them at the first engine's word."""
    texts: Recogniser | None = None
    """Asked once more where words are doubtful; None leaves them doubtful."""


def crop_key(picture: Picture) -> str:
    """Return a digest that only identical pictures share."""
    digest = hashlib.blake2b(f"{picture.shape}".encode(), digest_size=12)
    digest.update(np.ascontiguousarray(picture).tobytes())
    return digest.hexdigest()


def dash_reading(crop: LineCrop) -> Reading | None:
    """Return the reading ``-`` when the crop's only ink is one flat mark, else None."""
    columns, rows = np.flatnonzero(crop.ink.any(axis=0)), np.flatnonzero(crop.ink.any(axis=1))
    if not len(columns):
        return None
    width, height = int(columns[-1] - columns[0] + 1), int(rows[-1] - rows[0] + 1)
    unit = crop.glyph_height
    low, high = DASH_WIDTHS
    if height > DASH_HEIGHT * unit or not low * unit <= width <= high * unit or width < DASH_ASPECT * height:
        return None
    return Reading((Glyph("-", float(columns[0]), float(columns[-1] + 1), DASH_CONFIDENCE),))


def bars_reading(crop: LineCrop) -> Reading | None:
    """Return the reading ``I``, ``II`` or ``III`` when the crop holds one to three plain upright bars, else None.

    Engines drop or merge such strokes; a printed 1 has a flag or a foot and fills its box by half.
    """
    count, sure = count_upright_bars(crop)
    if not count:
        return None
    columns = np.flatnonzero(crop.ink.any(axis=0))
    edges = np.linspace(columns[0], columns[-1] + 1, count + 1)
    others = (Alternative("1", 0.06), Alternative("l", 0.04))
    return Reading(
        tuple(Glyph("I", float(left), float(right), sure, others) for left, right in itertools.pairwise(edges))
    )


def _lone_mark(reading: Reading, crop: LineCrop) -> Reading:
    """Read a lone low mark that the engine takes for a dot as the dash it may be, with the doubt that deserves."""
    rows = np.flatnonzero(crop.ink.any(axis=1))
    if reading.text not in LONE_MARKS or not len(rows) or rows[-1] - rows[0] + 1 > 0.5 * crop.glyph_height:
        return reading
    mark = reading.glyphs[0]
    return Reading((Glyph("-", mark.start, mark.end, LONE_MARK_CONFIDENCE, (Alternative(mark.text, 0.3),)),))


def _missing_strokes(reading: Reading, crop: LineCrop) -> Reading:
    """Doubt a short reading with fewer characters than the ink has separate strokes: some were dropped."""
    glyphs = [glyph for glyph in reading.glyphs if glyph.text != " "]
    if not glyphs or len(glyphs) > LONGEST_COUNTED:
        return reading
    strokes = _tall_strokes(crop)
    expected = sum(STROKES.get(glyph.text, 1) for glyph in glyphs)
    if strokes <= expected:
        return reading
    return Reading(tuple(replace(glyph, confidence=min(glyph.confidence, DISPUTED)) for glyph in reading.glyphs))


def _tall_strokes(crop: LineCrop) -> int:
    """Return how many stretches of ink as tall as a glyph stand apart; dots and dust do not count."""
    solid = solid_ink(crop) > 0
    edges = np.flatnonzero(np.diff(np.concatenate(([False], solid.any(axis=0), [False])).astype(np.int8)))
    count = 0
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        rows = np.flatnonzero(solid[:, start:end].any(axis=1))
        count += int(rows[-1] - rows[0] + 1 >= STROKE_HEIGHT * crop.glyph_height)
    return count


def read_crops(crops: Sequence[LineCrop], engines: Engines) -> list[Reading]:
    """Read all crops of a page, answers in the order given; lines with figures and doubtful lines are read twice."""
    keys = [crop_key(crop.picture) for crop in crops]
    known: dict[str, Reading] = {}
    where: dict[str, LineCrop] = {}
    for key, crop in zip(keys, crops, strict=True):
        where.setdefault(key, crop)
    for key, crop in where.items():
        plain = dash_reading(crop) or bars_reading(crop)
        if plain is None and is_dust(crop.ink, crop.glyph_height):
            plain = Reading(())  # engines read it as a comma, an i or a 9
        if plain is not None:
            known[key] = plain
    asked = {key: shown_to_engines(crop) for key, crop in where.items() if key not in known}
    answers = dict(zip(asked, engines.first.read(list(asked.values())), strict=True))
    figures = [key for key, answer in answers.items() if _deserves_second(answer)]
    opinions = _opinions(engines.figures, {key: asked[key] for key in figures})
    settled = answers | {key: settle_number(answers[key], where[key], opinions.get(key)) for key in figures}
    doubtful = {key: asked[key] for key, reading in settled.items() if is_doubtful_text(reading)}
    words = sure_words(settled.values())
    for key, opinion in _opinions(engines.texts, doubtful).items():
        settled[key] = settle_text(settled[key], opinion, words)
    for key, reading in settled.items():
        crop = where[key]
        known[key] = (
            _missing_strokes(_lone_mark(reading, crop), crop)
            if reading.glyphs
            else _unread(crop, asked[key], engines.figures)
        )
    return _compared_in_columns(crops, [known[key] for key in keys])


def _compared_in_columns(crops: Sequence[LineCrop], readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings with what only a column's other entries tell."""
    for compared in (with_column_numbers, with_ungrouped_doubted, with_printed_specks):
        readings = compared(crops, readings)
    return list(readings)


def shown_to_engines(crop: LineCrop) -> Picture:
    """Return the crop's picture as engines read it best."""
    if not crop.bilevel:
        return crop.picture
    return np.asarray(cv2.GaussianBlur(crop.picture, (0, 0), BILEVEL_SOFTENING), dtype=np.uint8)


def _opinions(engine: Recogniser | None, pictures: dict[str, Picture]) -> dict[str, Reading]:
    """Return another engine's readings by key; none without an engine."""
    if engine is None:
        return {}
    return dict(zip(pictures, engine.read(list(pictures.values())), strict=True))


def _unread(crop: LineCrop, picture: Picture, second: Recogniser | None) -> Reading:
    """Return a reading for ink in which the first engine saw nothing: the second's, doubted, or the mark of the unread.

    Ink too low for a glyph is dirt and stays unread without a mark.
    """
    if not _tall_strokes(crop):
        return Reading(())
    reading = second.read([picture])[0] if second is not None else Reading(())
    if reading.glyphs:
        return Reading(tuple(replace(glyph, confidence=min(glyph.confidence, DISPUTED)) for glyph in reading.glyphs))
    columns = np.flatnonzero(crop.ink.any(axis=0))
    return Reading((Glyph(UNREAD, float(columns[0]), float(columns[-1] + 1), 0.0),))


def _deserves_second(reading: Reading) -> bool:
    """Say whether a line holds figures: only there a wrong character goes unnoticed."""
    text = reading.text
    if len(text) == 1 and any(
        other.text.isdigit() and other.confidence >= LEAST_LONE_DIGIT for other in reading.glyphs[0].alternatives
    ):
        return True
    return is_number_like(text) or (has_number(text) and len(text) <= LONGEST_MIXED_LINE)
