"""Pieces of a drawn line become one ruling; other inks, openings and dots stay apart."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from extract.model import Orientation, Ruling, RulingKind
from extract.text_layer.ruling_pieces import SHORTEST, TOUCHING, Pieces, join_rulings

WIDTH, HEIGHT = 600.0, 800.0


def across(position: float, start: float, end: float, gray: float = 0.0, thickness: float = 0.5) -> Ruling:
    return Ruling(Orientation.HORIZONTAL, position, start, end, thickness, RulingKind.THIN_RECT, gray)


def joined(*pieces: Ruling) -> list[tuple[float, float, float]]:
    rulings = join_rulings(Pieces.of_rulings(list(enumerate(pieces))), WIDTH, HEIGHT)
    return [(ruling.position, ruling.start, ruling.end) for ruling in rulings]


def test_touching_pieces_are_one_ruling_where_its_longest_piece_lies() -> None:
    assert joined(across(100.0, 10, 40), across(100.1, 40.5, 90), across(100.0, 90, 95)) == [(100.1, 10, 95)]


def test_an_opening_parts_two_rulings() -> None:
    assert joined(across(100, 10, 40), across(100, 42, 90)) == [(100, 10, 40), (100, 42, 90)]


def test_dashes_are_one_ruling() -> None:
    assert joined(*[across(100, x, x + 3) for x in range(10, 60, 6)]) == [(100, 10, 61)]


def test_white_ink_is_not_joined_with_dark_ink() -> None:
    assert joined(across(100, 10, 40), across(100, 40, 90, gray=1.0)) == [(100, 10, 40), (100, 40, 90)]


def test_rulings_end_at_the_page() -> None:
    assert joined(across(100, -50, 900), across(-3, 0, 50), across(100, 700, 900)) == [(100, 0, WIDTH)]


def test_a_page_without_pieces_has_no_rulings() -> None:
    assert joined() == []


def test_a_dot_is_part_of_a_line_either_way() -> None:
    dots = np.array([[10.0 + 2 * n, 100.0, 12.0 + 2 * n, 102.0] for n in range(5)])
    pieces = Pieces.of_thin_fills(np.arange(5), dots, np.zeros(5))
    assert pieces.vertical.sum() == len(dots)
    rulings = join_rulings(pieces, WIDTH, HEIGHT)
    assert [(r.start, r.end) for r in rulings if r.orientation is Orientation.HORIZONTAL] == [(10.0, 20.0)]


@given(
    st.lists(st.tuples(st.sampled_from((50.0, 90.0)), st.floats(0, 590), st.floats(10, 60)), min_size=1, max_size=30)
)
def test_long_pieces_are_joined_exactly_where_they_touch(drawn: list[tuple[float, float, float]]) -> None:
    expected = []
    for position in sorted({position for position, _, _ in drawn}):
        spans = sorted((start, min(WIDTH, start + length)) for at, start, length in drawn if at == position)
        runs = [list(spans[0])]
        for start, end in spans[1:]:
            if start - runs[-1][1] <= TOUCHING:
                runs[-1][1] = max(runs[-1][1], end)
            else:
                runs.append([start, end])
        expected += [(position, start, end) for start, end in runs if end - start >= SHORTEST]
    assert joined(*[across(at, start, start + length) for at, start, length in drawn]) == expected


def test_pieces_keep_their_drawing_order_whatever_way_they_were_added() -> None:
    fills = Pieces.of_thin_fills(np.array([1, 3]), np.array([[0.0, 9, 50, 10], [0, 29, 50, 30]]), np.zeros(2))
    whole = Pieces.joined([Pieces.of_rulings([(0, across(5, 0, 50)), (2, across(20, 0, 50))]), fills])
    assert all(before <= after for before, after in pairwise(whole.when.tolist()))
