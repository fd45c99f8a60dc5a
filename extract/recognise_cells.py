"""Crops to readings: identical crops once, dashes by geometry, doubtful numbers by a second engine."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from extract.cell_text import LineCrop
from extract.recognise import Glyph, Picture, Reading, Recogniser

DASH_HEIGHT = 0.3
"""Glyph heights; a lone mark no taller than this may be a dash."""
DASH_WIDTHS = (0.2, 1.6)
"""Glyph heights; a dash is this wide."""
DASH_ASPECT = 1.3
"""A dash is at least this many times as wide as tall."""
DASH_CONFIDENCE = 0.97
"""A lone flat mark in a cell is nearly always the dash for *none*; the rest is dirt."""


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


def read_crops(crops: Sequence[LineCrop], first: Recogniser, second: Recogniser | None) -> list[Reading]:
    """Read all crops of a page, answers in the order given."""
    readings: list[Reading | None] = [dash_reading(crop) for crop in crops]
    asked: dict[str, int] = {}
    keys = [crop_key(crop.picture) for crop in crops]
    for index, key in enumerate(keys):
        if readings[index] is None:
            asked.setdefault(key, index)
    answers = dict(zip(asked, first.read([crops[index].picture for index in asked.values()]), strict=True))
    return [reading if reading is not None else answers[key] for reading, key in zip(readings, keys, strict=True)]
