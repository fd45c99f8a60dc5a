"""The ink below the base line tells a comma from a full stop, without any engine."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import ImageFont

from extract.cell_text import LineCrop
from extract.glyph_geometry import comma_probability, digit_band
from extract.render import ink_mask
from tests.extract.scan_pages import VERA, drawn_text

DIGIT_SHARE = 0.73
"""Height of a digit of this typeface as a share of its size."""


def crop_and_separators(text: str, size: int, blur: float) -> tuple[LineCrop, list[float]]:
    """Return a drawn number and the pixel columns of its separators."""
    picture = np.ascontiguousarray(drawn_text(text, size, blur=blur))
    crop = LineCrop(picture, ink_mask(picture, 200.0), 0, 0, size * DIGIT_SHARE)
    font = ImageFont.truetype(str(VERA), size)
    start = size // 2 - font.getbbox(text)[0]
    middles = [
        start + font.getlength(text[:index]) + font.getlength(character) / 2
        for index, character in enumerate(text)
        if character in ",."
    ]
    return crop, middles


@pytest.mark.parametrize("size", [18, 22, 30])
@pytest.mark.parametrize("blur", [0.4, 0.8])
@pytest.mark.parametrize("text", ["145,297,890", "145.297.890"])
def test_ink_alone_tells_comma_from_full_stop(text: str, size: int, blur: float) -> None:
    crop, centers = crop_and_separators(text, size, blur)
    band = digit_band(crop, centers)
    assert band is not None
    # Odds of -2 are where the engine is neutral: it favours full stops, and the fit corrects that.
    chances = [comma_probability(band, center, -2.0) for center in centers]
    assert all((chance > 0.5) == ("," in text) for chance in chances), chances


def test_without_measurable_digits_the_engine_speaks_alone() -> None:
    assert comma_probability(None, 10.0, 3.0) > 0.8
    assert comma_probability(None, 10.0, -3.0) < 0.2


def test_a_crop_that_is_all_ink_has_no_band() -> None:
    full = np.full((10, 10), 255, np.uint8)
    assert digit_band(LineCrop(np.zeros((10, 10), np.uint8), full, 0, 0, 8.0), []) is None


def test_the_digits_rows_are_measured() -> None:
    crop, centers = crop_and_separators("145.297.890", 40, 0.4)
    band = digit_band(crop, centers)
    assert band is not None
    assert band.height == pytest.approx(DIGIT_SHARE * 40, abs=2.5)
