"""A separator no engine read leaves the digits apart: it is put there with doubt, or offered, never forgotten."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from extract.model import Alternative
from extract.scan.cell_text import LineCrop, PageInk, Region, crops_in_region
from extract.scan.engine import DISPUTED, Glyph
from extract.scan.glyph_geometry import solid_ink
from extract.scan.image.render import ink_mask
from extract.scan.recognition.separators import with_lost_separators
from extract.scan.recognition.words import variants
from tests.extract.scan_pages import drawn_text

DPI = 200.0
SIZE = 24
DIGIT_HEIGHT = 12
"""Pixels that only digits are taller than."""


def crop_of(text: str, *, without_separators: bool = False) -> LineCrop:
    """Return the crop of a printed text, on request with its separators wiped out."""
    grey = np.full((80, 400), 240, np.uint8)
    picture = drawn_text(text, SIZE)
    grey[20 : 20 + picture.shape[0], 20 : 20 + picture.shape[1]] = picture
    ink = ink_mask(grey, DPI)
    (crop,) = crops_in_region(PageInk(grey, ink, np.zeros_like(ink), DPI, 17.0), Region(0, 0, 400, 80))
    if without_separators:
        _, labels, stats, _ = cv2.connectedComponentsWithStats(crop.ink, connectivity=8)
        low = np.flatnonzero(stats[:, cv2.CC_STAT_HEIGHT] < DIGIT_HEIGHT)
        wiped = cv2.dilate(np.isin(labels, low).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
        crop = replace(crop, picture=np.where(wiped, np.uint8(240), crop.picture))
    return crop


def digits_in(crop: LineCrop, text: str, **alternatives: tuple[Alternative, ...]) -> list[Glyph]:
    """Return the text's digits where their ink stands, as an engine that sees no separators reads them."""
    _, _, stats, middles = cv2.connectedComponentsWithStats(solid_ink(crop), connectivity=8)
    tall = sorted(middles[at][0] for at in range(1, len(stats)) if stats[at][cv2.CC_STAT_HEIGHT] >= DIGIT_HEIGHT)
    digits = [character for character in text if character.isdigit()]
    return [
        Glyph(digit, center - 3, center + 3, 0.99, alternatives.get(f"at_{at}", ()))
        for at, (digit, center) in enumerate(zip(digits, tall, strict=True))
    ]


def test_a_separator_the_engine_half_saw_between_digits_apart_is_read_with_doubt() -> None:
    crop = crop_of("86,5")
    glyphs = with_lost_separators(digits_in(crop, "86,5", at_1=(Alternative("6,", 0.02),)), crop)
    assert "".join(glyph.text for glyph in glyphs) == "86,5"
    assert min(glyph.confidence for glyph in glyphs) <= DISPUTED
    assert "865" in {other.text for other in variants(glyphs)}


def test_digits_apart_without_any_ink_between_are_doubted_and_the_separator_offered() -> None:
    crop = crop_of("86,5", without_separators=True)
    glyphs = with_lost_separators(digits_in(crop, "86,5"), crop)
    assert "".join(glyph.text for glyph in glyphs) == "865"
    assert min(glyph.confidence for glyph in glyphs) <= DISPUTED
    assert {"86,5", "86.5"} <= {other.text for other in variants(glyphs)}


@pytest.mark.parametrize("text", ["865", "2025", "11", "1171", "400717"])
def test_digits_side_by_side_are_left_alone(text: str) -> None:
    crop = crop_of(text)
    glyphs = digits_in(crop, text)
    assert with_lost_separators(glyphs, crop) == glyphs


def test_a_hint_between_digits_that_touch_stays_an_alternative() -> None:
    crop = crop_of("865")
    glyphs = with_lost_separators(digits_in(crop, "865", at_0=(Alternative("8.", 0.02),)), crop)
    assert "".join(glyph.text for glyph in glyphs) == "865"
    assert "8.65" in {other.text for other in variants(glyphs)}
