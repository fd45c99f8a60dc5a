"""Pieces of one line become one segment; a map's worth of them stays quick."""

from __future__ import annotations

import random
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.grids.grid import find_grids_from_rulings
from extract.grids.rulings import Segments, cluster_positions, covered_length, merge_rulings
from extract.model import Orientation, Ruling

H, V = Orientation.HORIZONTAL, Orientation.VERTICAL


def merged(*pieces: tuple[float, float, float]) -> list[tuple[float, float, float]]:
    segments = merge_rulings([Ruling(H, *piece) for piece in pieces], H)
    return list(zip(segments.position.tolist(), segments.start.tolist(), segments.end.tolist(), strict=True))


def test_overlapping_and_touching_pieces_join() -> None:
    assert merged((10, 0, 50), (10, 40, 90), (10.2, 91, 120)) == [(pytest.approx(10.05, abs=0.1), 0, 120)]


def test_an_opening_stays_open() -> None:
    assert merged((10, 0, 50), (10, 60, 90)) == [(10, 0, 50), (10, 60, 90)]


def test_dots_make_a_line() -> None:
    assert merged(*[(10, x, x + 1) for x in range(0, 100, 5)]) == [(10, 0, 96)]


def test_specks_are_no_rulings() -> None:
    assert merged((10, 0, 2)) == []


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 500), st.floats(5, 100)), min_size=1, max_size=40))
def test_merging_keeps_all_ink(pieces: list[tuple[float, float, float]]) -> None:
    given_pieces = [(position, start, start + length) for position, start, length in pieces]
    result = merged(*given_pieces)
    for position, start, end in given_pieces:
        assert any(abs(p - position) <= 1 and s <= start and end <= e for p, s, e in result)


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=50))
def test_clusters_never_outgrow_the_tolerance(positions: list[float]) -> None:
    values = np.array(positions)
    label = cluster_positions(values, 2.0)
    for number in set(label.tolist()):
        assert np.ptp(values[label == number]) <= 2.0


def test_covered_length_counts_overlaps_once() -> None:
    segments = Segments(np.zeros(2), np.array([0.0, 5.0]), np.array([10.0, 20.0]))
    assert covered_length(segments, np.array([0.0, 15.0]), np.array([20.0, 40.0])).tolist() == [20.0, 5.0]


@pytest.mark.parametrize("length", [8, 60])
def test_four_times_the_segments_take_far_less_than_sixteen_times_as_long(length: float) -> None:
    dice = random.Random(7)  # noqa: S311  (a repeatable picture)

    def seconds(count: int) -> float:
        rulings = []
        for _ in range(count):
            start = dice.uniform(0, 800)
            rulings.append(Ruling(dice.choice((H, V)), dice.uniform(0, 590), start, start + dice.uniform(1, length)))
        began = time.process_time()
        find_grids_from_rulings(rulings, 842, 595)
        return time.process_time() - began

    assert seconds(60_000) < 9 * seconds(15_000)
