"""Slivers on a cell's side are rests of its ruling; strokes that keep a letter's distance are text."""

from __future__ import annotations

import numpy as np

from extract.model import BBox, Cell, Grid
from extract.scan.image.ruling_rests import ruling_rests

SCALE = 2.0
GRID = Grid(
    1,
    BBox(10, 10, 110, 60),
    (10.0, 60.0, 110.0),
    (10.0, 60.0),
    (Cell(0, 0, 1, 1, BBox(10, 10, 60, 60)), Cell(0, 1, 1, 1, BBox(60, 10, 110, 60))),
)


def rests_of(left: int, width: int) -> int:
    ink = np.zeros((140, 240), np.uint8)
    ink[50:64, left : left + width] = 255
    return int((ruling_rests(ink, (GRID,), SCALE) > 0).sum())


def test_a_sliver_on_either_side_of_a_cell_is_a_rest() -> None:
    assert rests_of(21, 3) == 14 * 3
    assert rests_of(116, 3) == 14 * 3


def test_a_stroke_with_a_letters_distance_is_text() -> None:
    assert rests_of(24, 3) == 0
    assert rests_of(70, 3) == 0


def test_a_broad_stroke_on_the_side_is_text() -> None:
    assert rests_of(21, 6) == 0


def test_without_a_grid_nothing_is_a_rest() -> None:
    assert not ruling_rests(np.full((20, 20), 255, np.uint8), (), SCALE).any()


def test_a_sliver_that_leans_with_the_ruling_is_a_rest() -> None:
    ink = np.zeros((140, 240), np.uint8)
    ink[50:58, 21:23] = 255
    ink[57:64, 22:24] = 255
    assert np.array_equal(ruling_rests(ink, (GRID,), SCALE), ink)
