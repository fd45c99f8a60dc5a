"""Letters that run into the ruling above keep their tops; letters that stand below it are left as they are."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.cell_text import PageInk, Region, crops_in_region
from extract.scan.image.cell_edge import crops_of_cell
from extract.scan.image.render import ink_mask
from tests.extract.scan_pages import drawn_text

DPI = 200.0
CAPITAL = 17.0
TEXT = "PROGRAM PENGENDALIAN"
RULING, THICK, MASK = 60, 2, 3
"""Upper row and rows of the ruling, and how far its mask reaches beyond it."""


def page_with(text_top: int) -> tuple[PageInk, Region, np.ndarray]:
    """Return a page whose cell begins at a ruling, its text's capitals beginning at a row, and the text alone."""
    letters = np.full((140, 420), 240, np.uint8)
    picture = drawn_text(TEXT, 24)
    margin = int(np.flatnonzero((picture < 120).any(axis=1))[0])
    top = text_top - margin
    letters[top : top + picture.shape[0], 20 : 20 + picture.shape[1]] = picture
    grey = letters.copy()
    grey[RULING : RULING + THICK] = np.minimum(grey[RULING : RULING + THICK], 60)
    ruled = np.zeros_like(grey)
    ruled[RULING - MASK : RULING + THICK + MASK] = 255
    ink = np.where(ruled > 0, 0, ink_mask(grey, DPI)).astype(np.uint8)
    return PageInk(grey, ink, ruled, DPI, CAPITAL), Region(0, RULING + THICK, 420, 120), letters


def height_of_ink(crop_ink: np.ndarray) -> int:
    rows = np.flatnonzero(crop_ink.any(axis=1))
    return int(rows[-1] - rows[0] + 1)


@pytest.mark.parametrize("above", [2, 4, 6])
def test_capitals_printed_into_the_ruling_are_whole_again(above: int) -> None:
    page, cell, letters = page_with(RULING - above)
    (cut,) = crops_in_region(page, cell)
    (whole,) = crops_of_cell(page, cell)
    printed = height_of_ink(ink_mask(letters, DPI))
    assert height_of_ink(cut.ink) <= printed - above
    assert abs(height_of_ink(whole.ink) - printed) <= 1


def test_the_ruling_does_not_stay_in_the_picture() -> None:
    page, cell, letters = page_with(RULING - 5)
    (whole,) = crops_of_cell(page, cell)
    row = RULING - whole.top
    between = letters[RULING, whole.left : whole.left + whole.picture.shape[1]] > 200
    assert whole.picture[row][between].min() > 180


def test_text_below_the_ruling_is_left_as_it_is() -> None:
    page, cell, _ = page_with(RULING + 14)
    (plain,) = crops_in_region(page, cell)
    (same,) = crops_of_cell(page, cell)
    assert np.array_equal(plain.picture, same.picture)
    assert (plain.left, plain.top) == (same.left, same.top)
