"""Fills of a page picture become paper; what stands in them becomes dark."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.scan.engine import Picture
from extract.scan.image.fills import without_fills

DPI = 200.0
PAPER = 235
LEFT, TOP, RIGHT, BOTTOM = 100, 150, 900, 230
"""The filled band in pixels."""


def page(fill: int, letters: int, *, wall: int | None = None) -> Picture:
    grey = np.full((500, 1000), PAPER, dtype=np.uint8)
    grey[TOP:BOTTOM, LEFT:RIGHT] = fill
    cv2.putText(grey, "Pagu Indikatif", (150, 200), cv2.FONT_HERSHEY_SIMPLEX, 0.8, letters, 2)
    if wall is not None:
        grey[TOP:BOTTOM, 500:502] = wall
    noise = np.random.default_rng(2).normal(0, 3, grey.shape)
    return np.asarray(np.clip(cv2.GaussianBlur(grey, (0, 0), 0.6) + noise, 0, 255), dtype=np.uint8)


def inside(picture: Picture) -> Picture:
    return picture[TOP + 8 : BOTTOM - 8, LEFT + 8 : RIGHT - 8]


@pytest.mark.parametrize(("fill", "letters"), [(50, 235), (120, 10), (120, 235), (165, 10), (0, 255)])
def test_letters_on_a_fill_become_dark_on_paper(fill: int, letters: int) -> None:
    mended = inside(without_fills(page(fill, letters), DPI))
    assert np.median(mended) > 0.9 * PAPER
    assert np.percentile(mended, 1) < 0.5 * PAPER


@pytest.mark.parametrize(("fill", "letters", "wall"), [(50, 235, 235), (50, 235, 5), (120, 10, 235), (120, 10, 10)])
def test_walls_inside_a_fill_are_dark_whatever_their_colour(fill: int, letters: int, wall: int) -> None:
    mended = without_fills(page(fill, letters, wall=wall), DPI)
    assert (mended[TOP + 8 : BOTTOM - 8, 498:504].min(axis=1) < 0.75 * PAPER).mean() > 0.9


def test_the_edge_of_a_fill_is_drawn() -> None:
    mended = without_fills(page(50, 235), DPI)
    assert (mended[TOP - 3 : TOP + 4, LEFT + 20 : RIGHT - 20].min(axis=0) < 0.5 * PAPER).mean() > 0.95


def test_text_below_a_fill_keeps_its_shape() -> None:
    grey = page(50, 235)
    grey[BOTTOM + 4 : BOTTOM + 20, 200:600:6] = 20
    mended = without_fills(grey, DPI)
    assert (mended[BOTTOM + 3 : BOTTOM + 25] == grey[BOTTOM + 3 : BOTTOM + 25]).all()


def test_rulings_text_and_pale_shading_are_no_fills() -> None:
    grey = np.full((500, 1000), PAPER, dtype=np.uint8)
    grey[100:104] = 10
    grey[200:260, 100:900] = 215
    cv2.putText(grey, "RENCANA KERJA", (100, 400), cv2.FONT_HERSHEY_SIMPLEX, 2, 10, 6)
    assert (without_fills(grey, DPI) == grey).all()


def test_the_scanners_border_is_left_alone() -> None:
    grey = np.full((500, 1000), PAPER, dtype=np.uint8)
    grey[:, :60] = 20
    assert (without_fills(grey, DPI) == grey).all()
