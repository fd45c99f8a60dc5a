"""A speck in line with its column and its row is a doubted dash; dust that lies anywhere is none."""

from __future__ import annotations

import numpy as np

from extract.scan.cell_text import LineCrop, PageInk, Region, crops_in_region
from extract.scan.engine import Glyph, Reading
from extract.scan.recognition.specks import PRINTED_SPECK, with_printed_specks

CAPITAL = 11.0
"""Pixels: small print at 150 dpi."""
MARGIN = 4
READ = Reading((Glyph("1.250", 4.0, 44.0, 0.99),))
NOTHING = Reading(())


def block(left: int, top: int, width: int, height: int, *, alone: bool = True) -> LineCrop:
    """Return a crop whose only ink is a rectangle at a place of the page."""
    ink = np.zeros((height + 2 * MARGIN, width + 2 * MARGIN), np.uint8)
    ink[MARGIN : MARGIN + height, MARGIN : MARGIN + width] = 255
    return LineCrop(255 - ink, ink, left - MARGIN, top - MARGIN, CAPITAL, alone=alone)


NUMBERS = [block(60, 20, 40, 11), block(60, 60, 40, 11), block(160, 40, 40, 11)]
"""Two entries of one column, and one of the next column in the row between them."""


def texts(crops: list[LineCrop]) -> list[str]:
    readings = [*[READ] * len(NUMBERS), *[NOTHING] * (len(crops) - len(NUMBERS))]
    return [reading.text for reading in with_printed_specks(crops, readings)[len(NUMBERS) :]]


def test_a_speck_in_line_with_its_column_and_row_is_a_doubted_dash() -> None:
    readings = with_printed_specks([*NUMBERS, block(97, 44, 3, 3)], [READ, READ, READ, NOTHING])
    assert (readings[-1].text, readings[-1].confidence) == ("-", PRINTED_SPECK)


def test_a_speck_out_of_line_with_its_column_is_dust() -> None:
    assert texts([*NUMBERS, block(88, 44, 3, 3)]) == [""]


def test_a_speck_between_the_rows_is_dust() -> None:
    assert texts([*NUMBERS, block(97, 34, 3, 3)]) == [""]


def test_an_upright_speck_and_one_beside_other_ink_are_dust() -> None:
    assert texts([*NUMBERS, block(98, 44, 1, 3)]) == [""]
    assert texts([*NUMBERS, block(97, 44, 3, 3, alone=False)]) == [""]


def test_on_a_dusty_page_no_speck_is_a_dash() -> None:
    dust = [block(20 + 7 * at, 90, 3, 3, alone=False) for at in range(3)]
    assert texts([*NUMBERS, block(97, 44, 3, 3), *dust]) == [""] * 4


def cell_with(*specks: tuple[int, int, int, int]) -> list[LineCrop]:
    grey = np.full((40, 120), 240, np.uint8)
    for left, top, width, height in specks:
        grey[top : top + height, left : left + width] = 60
    ink = np.asarray(np.where(grey < 128, 255, 0), dtype=np.uint8)
    return crops_in_region(PageInk(grey, ink, np.zeros_like(ink), 200.0, 13.0), Region(0, 0, 120, 40))


def test_a_single_speck_of_a_dash_s_size_is_kept_for_judgement_and_two_are_not() -> None:
    (crop,) = cell_with((100, 18, 3, 3))
    assert crop.alone
    assert cell_with((100, 18, 3, 3), (40, 8, 3, 3)) == []
    assert cell_with((100, 18, 2, 2)) == []
