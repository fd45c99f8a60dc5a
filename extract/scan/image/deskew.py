"""How far a scan leans and keystones, and the one warp that sets it straight.

The angle is first found on all ink (rulings or text lines alike), then refined on the rulings alone: each long
ruling is fitted by a line, and the slopes as functions of position give rotation, shear and mild perspective at once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.engine import Picture

MAX_SKEW = 8.0
"""Degrees searched either way."""
COARSE_STEP = 0.2
"""Degrees."""
FINE_STEP = 0.02
"""Degrees."""
COARSE_LONG_SIDE = 1100
"""Pixels of the picture's long side while the coarse angle is sought."""
MAX_POINTS = 150_000
"""Ink pixels projected for one angle; more are thinned at random (seeded)."""
MIN_RULING_LENGTH = 0.8
"""Inches; shorter straight ink says little about slope."""
MAX_THICKNESS = 0.05
"""Inches; thicker straight ink is a bar."""
MIN_RULINGS = 3
"""Rulings of one direction needed to trust their slopes."""
LEAST_SPREAD = 0.3
"""Share of the page's extent the rulings must span before a change of their slope is believed."""
INK_LEFT = 60
"""Grey value (0 to 255) from which a pixel of the shrunk ink counts as ink."""
LEAST_INK_PIXELS = 200
"""Fewer pixels of ink show no slope."""
LEAST_RULING_COLUMNS = 20
"""Pixel columns of a ruling, clear of letters and crossings, to which a slope is fitted."""
MAX_SLOPE_CHANGE = math.radians(7.0)
"""Slope difference between opposite page edges beyond which the fit is wrong rather than the perspective strong."""
NEAR_SLOPES = math.radians(4.0)
"""Slopes further from the middle one are no rulings of the page; half the largest change, and some."""
AGREEING_SLOPES = math.radians(0.06)
"""Mean deviation from the fitted perspective beyond which the slopes disagree and only their middle is used."""
STRAIGHT_ENOUGH = math.radians(0.01)
"""A page this straight is left as it is: a warp costs sharpness."""


@dataclass(frozen=True, slots=True)
class Skew:
    """What bends a page: slopes in radians, positive where lines fall to the right in picture coordinates."""

    horizontal: float
    """Slope of horizontal rulings at mid-height."""
    vertical: float
    """Lean of vertical rulings (x per y) at mid-width."""
    horizontal_change: float = 0.0
    """How much :attr:`horizontal` grows from the top edge to the bottom edge."""
    vertical_change: float = 0.0
    """How much :attr:`vertical` grows from the left edge to the right edge."""
    method: str = "text"
    """``rulings`` or ``text``: what the slopes were measured on."""

    @property
    def degrees(self) -> float:
        """The rotation as counter-clockwise positive degrees."""
        return -math.degrees(self.horizontal)

    @property
    def negligible(self) -> bool:
        """Whether straightening would change less than it blurs."""
        slopes = (self.horizontal, self.vertical, self.horizontal_change, self.vertical_change)
        return all(abs(slope) < STRAIGHT_ENOUGH for slope in slopes)


def _points(ink: Picture) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return x and y of the ink pixels, centred, thinned to :data:`MAX_POINTS`."""
    ys, xs = np.nonzero(ink)
    if len(xs) > MAX_POINTS:
        chosen = np.random.default_rng(0).choice(len(xs), MAX_POINTS, replace=False)
        ys, xs = ys[chosen], xs[chosen]
    return xs - ink.shape[1] / 2, ys - ink.shape[0] / 2


def _sharpness(across: NDArray[np.float64], along: NDArray[np.float64], slope: float) -> float:
    """Return how concentrated the ink is on parallels of the slope: the sum of squared profile differences."""
    projected = across - along * slope
    profile = np.bincount((projected - projected.min()).astype(np.intp))
    return float(np.square(np.diff(profile.astype(np.float64))).sum())


def _best_slope(
    across: NDArray[np.float64], along: NDArray[np.float64], center: float, reach: float, step: float
) -> float:
    """Return the slope (radians) of the sharpest projection within ``center`` ± ``reach``."""
    angles = np.arange(center - reach, center + reach + step / 2, step)
    scores = [_sharpness(across, along, math.tan(angle)) for angle in angles]
    best = int(np.argmax(scores))
    if 0 < best < len(angles) - 1:
        left, mid, right = scores[best - 1 : best + 2]
        bend = left - 2 * mid + right
        if bend < 0:
            return float(angles[best] + step * 0.5 * (left - right) / bend)
    return float(angles[best])


def _coarse_slope(ink: Picture) -> float:
    """Return the slope of text lines and rulings (radians) to about 0.05 degrees."""
    shrink = max(1.0, max(ink.shape) / COARSE_LONG_SIDE)
    size = (max(1, round(ink.shape[1] / shrink)), max(1, round(ink.shape[0] / shrink)))
    small = cv2.resize(ink, size, interpolation=cv2.INTER_AREA)
    xs, ys = _points(np.asarray(small > INK_LEFT, dtype=np.uint8))
    if len(xs) < LEAST_INK_PIXELS:
        return 0.0
    rough = _best_slope(ys, xs, 0.0, math.radians(MAX_SKEW), math.radians(COARSE_STEP))
    return _best_slope(ys, xs, rough, math.radians(COARSE_STEP), math.radians(FINE_STEP * 2))


def _ruling_slopes(ink: Picture, dpi: float) -> NDArray[np.float64]:
    """Return (position across, slope, length) of each long, thin, near-horizontal ruling; positions in pixels."""
    length = max(15, round(dpi * 0.25))
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    runs = cv2.dilate(cv2.bitwise_and(runs, ink), np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    found = []
    for index in range(1, count):
        x, y, width, height, area = stats[index]
        if width < dpi * MIN_RULING_LENGTH or area > width * (MAX_THICKNESS * dpi + 3) or height > width * 0.2:
            continue
        patch = labels[y : y + height, x : x + width] == index
        # The median of each column resists letters and crossing rulings that hang on the line.
        rows = np.arange(height)[:, None]
        filled = patch.sum(axis=0)
        thin = (filled > 0) & (filled <= np.median(filled[filled > 0]) + 1)
        if thin.sum() < LEAST_RULING_COLUMNS:
            continue
        middles = (patch * rows).sum(axis=0)[thin] / filled[thin]
        columns = np.nonzero(thin)[0]
        slope, offset = np.polyfit(columns, middles, 1)
        residual = middles - (slope * columns + offset)
        keep = np.abs(residual) < max(1.0, 2 * float(np.median(np.abs(residual))))
        if keep.sum() >= LEAST_RULING_COLUMNS:
            slope, offset = np.polyfit(columns[keep], middles[keep], 1)
        found.append((y + offset + slope * width / 2, slope, float(width)))
    return np.array(found).reshape(-1, 3)


def _fit(rulings: NDArray[np.float64], extent: int) -> tuple[float, float] | None:
    """Return slope at the middle and its change over the extent, weighted by length, outliers dropped."""
    if len(rulings) < MIN_RULINGS:
        return None
    where = rulings[:, 0] / extent - 0.5
    slope, weight = rulings[:, 1], rulings[:, 2]
    middle = float(np.median(np.repeat(slope, np.maximum(1, (weight / weight.max() * 20).astype(int)))))
    near = np.abs(slope - middle) < NEAR_SLOPES
    where, slope, weight = where[near], slope[near], weight[near]
    if len(slope) < MIN_RULINGS or np.ptp(where) < LEAST_SPREAD:
        return middle, 0.0
    # Weights grow with length cubed: the variance of a fitted slope falls that fast.
    weight = np.sqrt(weight**3)
    for _ in range(3):
        change, center = np.polyfit(where, slope, 1, w=weight)
        off = np.abs(slope - (center + change * where))
        near = off <= max(AGREEING_SLOPES / 2, 2.5 * float(np.median(off)))
        where, slope, weight = where[near], slope[near], weight[near]
        if len(slope) <= MIN_RULINGS or np.ptp(where) < LEAST_SPREAD:
            return middle, 0.0
    off = np.abs(slope - (center + change * where))
    if abs(change) > MAX_SLOPE_CHANGE or float(np.average(off, weights=weight)) > AGREEING_SLOPES:
        return middle, 0.0
    return float(center), float(change)


def rotated(picture: Picture, slope: float, *, border: int, nearest: bool = False) -> Picture:
    """Return the picture turned about its middle so that lines of this slope (radians) become horizontal."""
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(slope), 1.0)
    flags = cv2.INTER_NEAREST if nearest else cv2.INTER_CUBIC
    turned = cv2.warpAffine(picture, matrix, (width, height), flags=flags, borderValue=(border,))
    return np.asarray(turned, dtype=np.uint8)


def measure_skew(ink: Picture, dpi: float) -> Skew:
    """Measure the skew of an upright page from its ink mask (255 = ink) at ``dpi``."""
    coarse = _coarse_slope(ink)
    level = ink if abs(coarse) < math.radians(0.3) else rotated(ink, coarse, border=0, nearest=True)
    base = 0.0 if level is ink else coarse
    height, width = ink.shape
    horizontal = _fit(_ruling_slopes(level, dpi), height)
    vertical = _fit(_ruling_slopes(np.ascontiguousarray(level.T), dpi), width)
    if horizontal is None:
        if vertical is None:
            return Skew(coarse, -coarse)
        return Skew(base - vertical[0], -base + vertical[0], method="rulings")
    if vertical is None:
        slope = base + horizontal[0]
        return Skew(slope, -slope, method="rulings")
    return Skew(base + horizontal[0], -base + vertical[0], horizontal[1], vertical[1], "rulings")


def _line_crossing(x: float, y: float, slope: float, across: float, down: float, lean: float) -> tuple[float, float]:
    """Return where the line through (x, y) of this slope meets the one through (across, down) leaning ``lean``."""
    # y' = y + slope (x' - x);  x' = across + lean (y' - down)
    meet_x = (across + lean * (y - slope * x - down)) / (1 - lean * slope)
    return meet_x, y + slope * (meet_x - x)


def straighten(picture: Picture, skew: Skew, *, border: int = 255) -> Picture:
    """Return the picture with rotation, shear and mild perspective undone; size unchanged, new corners ``border``."""
    if skew.negligible:
        return picture
    height, width = picture.shape
    middle_x, middle_y = width / 2, height / 2
    corners = []
    for at_y, end_y in ((0.0, -0.5), (float(height), 0.5)):
        for at_x, end_x in ((0.0, -0.5), (float(width), 0.5)):
            slope = skew.horizontal + end_y * skew.horizontal_change
            lean = skew.vertical + end_x * skew.vertical_change
            corners.append(_line_crossing(middle_x, at_y, slope, at_x, middle_y, lean))
    source = np.array(corners, dtype=np.float32)
    target = np.array([(0, 0), (width, 0), (0, height), (width, height)], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    straight = cv2.warpPerspective(
        picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=(border,)
    )
    return np.asarray(straight, dtype=np.uint8)
