"""A line from one edge of the picture to the other is the scanner's; a ruling ends before the margin."""

from __future__ import annotations

import numpy as np

from extract.scan.engine import Picture
from extract.scan.image.streaks import without_streaks

DPI = 100.0
PAPER, STREAK, BLACK = 230, 150, 20


def page() -> Picture:
    grain = np.random.default_rng(7).normal(0, 3, (400, 300))
    return np.asarray(np.clip(PAPER + grain, 0, 255), dtype=np.uint8)


def test_a_streak_through_both_margins_becomes_paper_either_way_round() -> None:
    streaked = page()
    streaked[:, 120] = STREAK
    for picture in (streaked, np.ascontiguousarray(streaked.T)):
        assert without_streaks(picture, DPI).min() > (PAPER + STREAK) / 2


def test_print_under_a_pale_streak_stays() -> None:
    streaked = page()
    streaked[:, 120] = STREAK
    streaked[200:212, 120] = BLACK * STREAK // PAPER
    mended = without_streaks(streaked, DPI)
    assert mended[200:212, 120].max() < PAPER / 4


def test_a_ruling_that_ends_before_the_margins_stays() -> None:
    ruled = page()
    ruled[40:360, 120] = BLACK
    assert np.array_equal(without_streaks(ruled, DPI), ruled)
