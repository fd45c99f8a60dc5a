"""Skew is measured on rulings to a fiftieth of a degree, on text lines to a tenth."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest

from extract.scan.image.deskew import Skew, measure_skew, rotated, straighten

DPI = 150.0


def ruled_ink() -> np.ndarray:
    ink = np.zeros((1000, 1400), np.uint8)
    for y in range(150, 900, 60):
        ink[y : y + 3, 100:1300] = 255
    for x in range(100, 1301, 150):
        ink[150:873, x : x + 3] = 255
    return ink


def text_ink() -> np.ndarray:
    ink = np.zeros((1000, 1400), np.uint8)
    rng = np.random.default_rng(1)
    for y in range(100, 900, 30):
        for x in range(100, 1250, 9):
            if rng.random() < 0.8:
                ink[y : y + int(rng.integers(8, 14)), x : x + 6] = 255
    return ink


@pytest.mark.parametrize("degrees", [-4.0, -0.7, -0.1, 0.3, 1.5, 6.0])
def test_rulings_give_the_angle_to_a_fiftieth_of_a_degree(degrees: float) -> None:
    leaning = rotated(ruled_ink(), math.radians(-degrees), border=0)
    skew = measure_skew(np.where(leaning > 127, 255, 0).astype(np.uint8), DPI)
    assert skew.method == "rulings"
    # A page turned clockwise has lines falling to the right: negative when counter-clockwise counts positive.
    assert skew.degrees == pytest.approx(-degrees, abs=0.02)


@pytest.mark.parametrize("degrees", [-3.0, 0.8])
def test_text_lines_alone_give_the_angle_to_a_tenth_of_a_degree(degrees: float) -> None:
    leaning = rotated(text_ink(), math.radians(-degrees), border=0, nearest=True)
    skew = measure_skew(leaning, DPI)
    assert skew.method == "text"
    assert skew.degrees == pytest.approx(-degrees, abs=0.1)


def test_a_straightened_page_has_no_skew_left() -> None:
    leaning = rotated(ruled_ink(), math.radians(2.0), border=0)
    straight = straighten(leaning, measure_skew(leaning, DPI), border=0)
    assert measure_skew(straight, DPI).degrees == pytest.approx(0.0, abs=0.025)


def test_mild_perspective_is_undone() -> None:
    ink = ruled_ink()
    height, width = ink.shape
    corners = np.array([(0, 0), (width, 0), (0, height), (width, height)], np.float32)
    pinched = np.array([(12, 8), (width - 14, 0), (0, height), (width, height - 10)], np.float32)
    bent = cv2.warpPerspective(ink, cv2.getPerspectiveTransform(corners, pinched), (width, height))
    straight = straighten(bent, measure_skew(bent, DPI), border=0)
    left = measure_skew(straight, DPI)
    assert abs(left.horizontal_change) < abs(measure_skew(bent, DPI).horizontal_change) / 4
    assert left.degrees == pytest.approx(0.0, abs=0.03)


def test_a_straight_page_is_not_resampled() -> None:
    picture = ruled_ink()
    assert straighten(picture, Skew(0.0, 0.0)) is picture


def test_an_empty_page_has_no_skew() -> None:
    assert measure_skew(np.zeros((500, 400), np.uint8), DPI).degrees == 0.0


def test_strong_perspective_of_a_photograph_is_undone() -> None:
    ink = ruled_ink()
    height, width = ink.shape
    corners = np.array([(0, 0), (width, 0), (0, height), (width, height)], dtype=np.float32)
    seen = np.array([(0, 0), (width, 60), (30, height), (width - 10, height - 40)], dtype=np.float32)
    photo = cv2.warpPerspective(ink, cv2.getPerspectiveTransform(corners, seen), (width, height))
    photo = np.where(photo > 127, 255, 0).astype(np.uint8)
    skew = measure_skew(photo, DPI)
    assert abs(skew.horizontal_change) > math.radians(3)
    left = measure_skew(np.where(straighten(photo, skew, border=0) > 127, 255, 0).astype(np.uint8), DPI)
    assert abs(left.horizontal_change) < math.radians(0.2)
