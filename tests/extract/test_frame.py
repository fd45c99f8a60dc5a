"""Turning a page and mapping points to it are each other's inverse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.frame import Affine, displayed_frame, turn_box, turn_frame
from extract.model import BBox

COORDINATE = st.floats(0, 500)
QUARTERS = st.sampled_from([0, 90, 180, 270])
WIDTH, HEIGHT = 600.0, 800.0
"""Points."""


@given(x0=COORDINATE, top=COORDINATE, width=COORDINATE, height=COORDINATE, degrees=QUARTERS)
def test_turning_a_box_there_and_back_changes_nothing(x0, top, width, height, degrees):
    box = BBox(x0, top, x0 + width, top + height)
    turned_page = (HEIGHT, WIDTH) if degrees % 180 else (WIDTH, HEIGHT)
    back = turn_box(turn_box(box, degrees, WIDTH, HEIGHT), -degrees, *turned_page)
    for side in ("x0", "top", "x1", "bottom"):
        assert getattr(back, side) == pytest.approx(getattr(box, side), abs=1e-6)


@given(x=COORDINATE, y=COORDINATE, degrees=QUARTERS)
def test_a_turned_frame_maps_a_point_where_its_box_is_turned_to(x, y, degrees):
    frame = displayed_frame(0, 0, WIDTH, HEIGHT, 0)
    seen_x, seen_y = frame.to_display.point(x, y)
    box = turn_box(BBox(seen_x, seen_y, seen_x, seen_y), degrees, WIDTH, HEIGHT)
    assert turn_frame(frame, degrees).to_display.point(x, y) == pytest.approx((box.x0, box.top), abs=1e-6)


@given(rotation=QUARTERS, left=st.floats(-100, 100), bottom=st.floats(-100, 100))
def test_the_corners_of_the_crop_box_are_the_corners_of_the_displayed_page(rotation, left, bottom):
    frame = displayed_frame(left, bottom, left + WIDTH, bottom + HEIGHT, rotation)
    corners = [frame.to_display.point(x, y) for x in (left, left + WIDTH) for y in (bottom, bottom + HEIGHT)]
    expected = [(0, 0), (0, frame.height), (frame.width, 0), (frame.width, frame.height)]
    for corner, wanted in zip(sorted((round(x, 6), round(y, 6)) for x, y in corners), sorted(expected), strict=True):
        assert corner == pytest.approx(wanted, abs=1e-5)


@given(a=st.floats(0.1, 9), e=COORDINATE, x=COORDINATE, y=COORDINATE)
def test_maps_are_applied_in_the_order_they_are_chained(a, e, x, y):
    scale, shift = Affine(a=a, d=a), Affine(e=e, f=2 * e)
    assert scale.then(shift).point(x, y) == pytest.approx((a * x + e, a * y + 2 * e))
