"""The ink below the base line tells a comma from a full stop, without any engine."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import ImageFont

from extract.scan.cell_text import LineCrop
from extract.scan.glyph_geometry import MERGED_BARS_SURE, comma_probability, count_upright_bars, digit_band
from extract.scan.image.render import ink_mask
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


def bars(count: int, *, wide: int = 4, pitch: int = 9, tall: int = 24, blur: float = 0.0) -> LineCrop:
    picture = np.full((50, 80), 235, np.uint8)
    for index in range(count):
        picture[12 : 12 + tall, 20 + index * pitch : 20 + index * pitch + wide] = 40
    if blur:
        picture = cv2.GaussianBlur(picture, (0, 0), blur)
    return LineCrop(picture, np.where(picture < 200, 255, 0).astype(np.uint8), 0, 0, float(tall))


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("blur", [0.0, 2.4])
def test_upright_bars_are_counted_however_soft(count: int, blur: float) -> None:
    assert count_upright_bars(bars(count, blur=blur))[0] == count


@pytest.mark.parametrize("count", [2, 3])
def test_bars_run_together_are_told_by_the_width_of_their_block_and_less_sure(count: int) -> None:
    block = bars(count, wide=9, pitch=9)
    assert count_upright_bars(replace(block, bilevel=True)) == (count, MERGED_BARS_SURE)
    assert count_upright_bars(block) == (0, 0.0)


@pytest.mark.parametrize("text", ["1", "4", "11", "IV", "H", "7", "0"])
def test_signs_with_more_than_bars_are_none(text: str) -> None:
    picture = drawn_text(text, 30)
    ink = np.where(picture < 140, 255, 0).astype(np.uint8)
    assert count_upright_bars(LineCrop(picture, ink, 0, 0, 22.0)) == (0, 0.0)


def test_a_bar_with_soft_ends_is_counted_though_its_dark_rows_are_fewer_than_a_capital_is_high() -> None:
    soft = bars(1, wide=3, tall=11)
    soft.picture[11], soft.picture[23] = soft.picture[12] // 8 + 205, soft.picture[12] // 8 + 205
    assert count_upright_bars(replace(soft, glyph_height=13.4))[0] == 1
