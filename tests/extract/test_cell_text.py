"""Cells become line crops; an empty cell becomes none, whatever dust lies in it."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.cell_text import PageInk, Region, crops_in_region, loose_crops
from extract.scan.image.render import ink_mask
from extract.scan.recognition.cells import bars_reading, dash_reading
from tests.extract.scan_pages import drawn_text

DPI = 200.0
SIZE = 24
"""Pixels of the type size; a capital is 17 pixels high."""


def page_of(grey: np.ndarray) -> PageInk:
    ink = ink_mask(grey, DPI)
    return PageInk(grey, ink, np.zeros_like(ink), DPI, 17.0)


def paper(height: int = 200, width: int = 400) -> np.ndarray:
    return np.full((height, width), 240, np.uint8)


def put(grey: np.ndarray, text: str, left: int, top: int) -> None:
    picture = drawn_text(text, SIZE)
    place = np.s_[top : top + picture.shape[0], left : left + picture.shape[1]]
    grey[place] = np.minimum(grey[place], picture)


def whole(grey: np.ndarray) -> Region:
    return Region(0, 0, grey.shape[1], grey.shape[0])


def test_an_empty_cell_gives_no_crop() -> None:
    grey = paper()
    assert crops_in_region(page_of(grey), whole(grey)) == []


def test_grain_and_a_single_speck_give_no_crop() -> None:
    grey = paper()
    noise = np.random.default_rng(3).normal(0, 4, grey.shape)
    grey = np.clip(grey + noise, 0, 255).astype(np.uint8)
    grey[90, 100] = 60
    assert crops_in_region(page_of(grey), whole(grey)) == []


def test_each_printed_line_gives_one_crop_from_top_to_bottom() -> None:
    grey = paper()
    put(grey, "Jumlah peserta", 40, 20)
    put(grey, "pelatihan menjahit", 40, 60)
    put(grey, "tingkat mahir", 40, 100)
    crops = crops_in_region(page_of(grey), whole(grey))
    assert len(crops) == 3
    assert [crop.top for crop in crops] == sorted(crop.top for crop in crops)


def test_dots_and_tails_stay_with_their_line() -> None:
    grey = paper()
    put(grey, "ijin; ujung", 40, 40)
    (crop,) = crops_in_region(page_of(grey), whole(grey))
    assert crop.ink.any(axis=1).sum() > 20


def test_what_is_left_of_a_ruling_at_the_cell_edge_is_no_text() -> None:
    grey = paper()
    grey[:180, 0:2] = 60
    grey[198:200, 30:] = 60
    assert crops_in_region(page_of(grey), whole(grey)) == []


def test_a_neighbouring_line_does_not_enter_the_crop() -> None:
    grey = paper()
    put(grey, "gypqj", 40, 30)
    put(grey, "ABCDE", 40, 58)
    upper, lower = crops_in_region(page_of(grey), whole(grey))
    assert upper.top + upper.ink.any(axis=1).nonzero()[0].max() < lower.top + lower.ink.any(axis=1).nonzero()[0].min()


def test_a_lone_dash_is_read_by_its_shape() -> None:
    grey = paper()
    put(grey, "-", 100, 80)
    (crop,) = crops_in_region(page_of(grey), whole(grey))
    reading = dash_reading(crop)
    assert reading is not None
    assert reading.text == "-"


@pytest.mark.parametrize("text", ["1", "7", "A", "12", "."])
def test_other_marks_are_no_dash(text: str) -> None:
    grey = paper()
    put(grey, text, 100, 60)
    assert all(dash_reading(crop) is None for crop in crops_in_region(page_of(grey), whole(grey)))


def test_a_printed_one_is_no_roman_numeral() -> None:
    grey = paper()
    put(grey, "1", 100, 60)
    (crop,) = crops_in_region(page_of(grey), whole(grey))
    assert bars_reading(crop) is None


def test_plain_bars_are_a_roman_numeral_with_the_digit_as_alternative() -> None:
    grey = paper()
    grey[60:78, 100:103] = 50
    grey[60:78, 107:110] = 50
    (crop,) = crops_in_region(page_of(grey), whole(grey))
    reading = bars_reading(crop)
    assert reading is not None
    assert reading.text == "II"
    assert {other.text for other in reading.glyphs[0].alternatives} >= {"1"}


def test_lists_without_rulings_give_a_crop_for_each_column_of_a_line() -> None:
    grey = paper(120, 900)
    put(grey, "Program Pelayanan", 20, 30)
    put(grey, "165.000.000,00", 500, 30)
    crops = loose_crops(page_of(grey), [])
    assert len(crops) == 2
    assert crops[0].left != crops[1].left


def test_text_inside_a_grid_is_not_loose() -> None:
    grey = paper()
    put(grey, "Uraian", 60, 60)
    assert loose_crops(page_of(grey), [Region(0, 0, 400, 200)]) == []


def test_a_speck_at_the_foot_of_a_digit_stays_in_the_picture_and_one_above_does_not() -> None:
    grey = paper()
    put(grey, "8", 40, 60)
    put(grey, "6", 64, 60)
    (crop,) = crops_in_region(page_of(grey), whole(grey))
    foot, head = np.flatnonzero(crop.ink.any(axis=1))[[-1, 0]] + crop.top
    grey[foot, 59], grey[head + 1, 59] = 60, 60
    ink = ink_mask(grey, DPI)
    ink[foot - 1 : foot + 2, 57:62], ink[head : head + 3, 57:62] = 0, 0
    ink[foot, 59], ink[head + 1, 59] = 255, 255
    (crop,) = crops_in_region(PageInk(grey, ink, np.zeros_like(ink), DPI, 17.0), whole(grey))
    column = crop.picture[:, 59 - crop.left]
    assert column[foot - crop.top] == 60
    assert column[head + 1 - crop.top] > 200
