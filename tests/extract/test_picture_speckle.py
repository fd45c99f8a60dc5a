"""Specks of a black and white page are no print."""

from __future__ import annotations

import numpy as np

from extract.scan.image.render import POINTS_PER_INCH, PagePicture
from extract.scan.image.speckle import without_speckle

DPI = 200
SIDE = 2 * DPI


def page(specks_a_square_inch: int, *, bilevel: bool = True) -> PagePicture:
    """Return a white page with lone black pixels and a stroke with a torn-off pixel beside it."""
    grey = np.full((SIDE, SIDE), 255, dtype=np.uint8)
    places = np.random.default_rng(3).choice((SIDE // 3) ** 2, specks_a_square_inch * 4, replace=False)
    rows, columns = np.divmod(places, SIDE // 3)
    grey[rows * 3, columns * 3] = 0
    grey[190:220, 190:230] = 255
    grey[195:215, 200:204] = 0
    grey[205, 205] = 0
    return PagePicture(grey, DPI / POINTS_PER_INCH, bilevel)


def test_many_lone_specks_go_and_print_with_its_torn_pixels_stays() -> None:
    cleaned = without_speckle(page(100))
    assert cleaned.bilevel
    assert np.count_nonzero(cleaned.grey == 0) == 20 * 4 + 1


def test_a_worn_page_a_dithered_one_and_a_grey_one_are_left_alone() -> None:
    for picture in (page(15), page(1500), page(100, bilevel=False)):
        assert without_speckle(picture) is picture
