"""Grain of a scan is no ink; pale print on clean paper is."""

from __future__ import annotations

import numpy as np

from extract.scan.engine import Picture
from extract.scan.image.grain import without_grain

GLYPH_HEIGHT = 10.0


def page(grain: float) -> Picture:
    noise = np.random.default_rng(4).normal(0, grain, (120, 120))
    return np.asarray(np.clip(230 + noise, 0, 255), dtype=np.uint8)


def ink_of(grey: Picture) -> Picture:
    return np.asarray(np.where(grey < 212, 255, 0), dtype=np.uint8)


def test_clumps_of_grain_are_no_ink() -> None:
    grey = page(grain=9)
    assert ink_of(grey).any()
    assert not without_grain(ink_of(grey), grey, GLYPH_HEIGHT).any()


def test_a_printed_dash_on_grainy_paper_stays() -> None:
    grey = page(grain=9)
    grey[60:62, 40:44] = 120
    kept = without_grain(ink_of(grey), grey, GLYPH_HEIGHT)
    assert kept[60:62, 40:44].all()
    assert not kept[:55].any()


def test_a_pale_dash_on_clean_paper_stays() -> None:
    grey = page(grain=1)
    grey[60:62, 40:44] = 205
    assert without_grain(ink_of(grey), grey, GLYPH_HEIGHT)[60:62, 40:44].all()


def test_pale_ink_of_a_letters_size_stays_on_grainy_paper() -> None:
    grey = page(grain=9)
    grey[50:60, 40:43] = 195
    assert without_grain(ink_of(grey), grey, GLYPH_HEIGHT)[50:60, 40:43].any()


def test_black_and_white_ink_is_left_alone() -> None:
    grey = np.full((40, 40), 255, dtype=np.uint8)
    grey[20, 20:23] = 0
    assert (without_grain(ink_of(grey), grey, GLYPH_HEIGHT) == ink_of(grey)).all()


def test_a_page_of_ink_alone_is_left_alone() -> None:
    ink = np.full((20, 20), 255, dtype=np.uint8)
    assert without_grain(ink, np.zeros((20, 20), dtype=np.uint8), GLYPH_HEIGHT).all()
