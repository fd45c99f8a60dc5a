"""What the ink itself says about separators and percent signs, independent of any engine.

A comma hangs below the base line of the digits, a full stop stands on it; a percent sign is narrower than two digits.
At 200 dpi a separator is two or three pixels wide and often touches a digit, so grey levels are summed in the rows
where no digit has ink, instead of asking a threshold for components.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.cell_text import LineCrop
from extract.scan.engine import Picture

GRAIN_SPREADS = 3.0
"""Robust standard deviations below the paper's grey that may be grain (two median deviations)."""
LEAST_GRAIN = 5.0
"""Grey levels; even a clean scan varies by this."""
WINDOW = 0.3
"""Digit heights left and right of a separator that hold its ink."""
BAR_HEIGHT = 0.85
"""Of the tallest glyph: a bar of a roman numeral is as tall as a capital."""
BAR_WIDTH = 0.38
"""Of its height: bold bars are this wide."""
BAR_FILL = 0.84
"""Share of its box that a plain bar fills."""
BARS_HEIGHT = (0.78, 1.6)
"""Glyph heights; a numeral of bars is as tall as a capital, and capitals may be taller than what else is near."""
BARS_SHARE = 0.85
"""Least share of the crop's ink in those rows."""
LEAST_BAR_ROWS = 5
BARS_UNLIKE = 0.135
"""Mean difference of a row from all rows; bars measured 0.13 and less, the 1 of Helvetica 0.17 and more."""
LEAST_BAR = 0.5
"""Of the darkest bar."""
BAR_VALLEY = 0.82
"""Of the bar beside it: between two bars it is at least this much paler."""
MOST_BARS = 3
MERGED_BARS = (0.45, 0.82, 1.25)
"""Width over height from which one solid block is two bars, three, and no numeral."""
BARS_SURE, MERGED_BARS_SURE = 0.88, 0.6
LARGEST_DUST = 0.32
"""Glyph heights; black pixels of scans measured 0.29 and less, a bullet 0.39, letters and digits 0.9 and more."""
SEPARATOR_TOP = 0.3
"""Digit heights above the base line from which no separator has ink."""
GAP_DARKNESS = 0.3
"""Of solid ink: a paler column is white between digits."""
LEAST_HEIGHT = 5.0
"""Pixels; lower digits have no tail to measure."""
BAND_EDGES = (-0.3, -0.15, -0.05, 0.03, 0.08, 0.14, 0.2, 0.32)
"""Rows, in digit heights below the base line, between which a separator's ink is summed."""
BAND_WEIGHTS = (-2.26, 0.75, -7.72, 13.55, 8.6, 10.74, -7.22)
"""Log odds of *comma* for each unit of a band's ink (square root of area, times ten).

Logistic fit on 6,000 separators of eight typefaces at 150 to 300 dpi, mild, degraded and 1-bit; on pages it was not
fitted on it is right for 98.3 % by itself and for 99.0 % together with the engine, which alone is right for 96.9 %.
"""
GEOMETRY_WEIGHT, ENGINE_WEIGHT, COMMA_BIAS = 0.558, 1.445, 3.707
"""How geometry and the engine's own odds combine; the bias is large because the engine favours full stops."""
ENGINE_ODDS_LIMIT = 4.0
"""Engine log odds are cut off here: its certainty about separators is not to be believed."""
TEMPER = 0.8
"""The fitted odds are weakened by this: real scans are worse than the ones it was fitted on."""
BILEVEL_TEMPER = 0.4
"""In black and white a comma's tail may be one pixel or none: the odds are weakened by this instead."""


@dataclass(frozen=True, slots=True)
class DigitBand:
    """The darkness of a line of digits and the rows between which the digits stand."""

    dark: NDArray[np.float64]
    """Darkness above the paper's grain, same shape as the crop."""
    top: float
    """Row (fractional) where the digits begin."""
    base: float
    """Row (fractional) of the base line."""
    full: float
    """Darkness of solid ink."""

    @property
    def height(self) -> float:
        """Height of a digit in pixels."""
        return self.base - self.top


def digit_band(crop: LineCrop, separators: Sequence[float]) -> DigitBand | None:
    """Measure the rows of a crop's digits, leaving out the columns around its separators.

    ``separators`` are pixel columns. None when the digits are too low or too faint to measure.
    """
    paper = crop.picture[crop.ink == 0]
    if not paper.size:
        return None
    ground = float(np.median(paper))
    grain = max(LEAST_GRAIN, GRAIN_SPREADS * float(np.median(np.abs(paper - ground))))
    dark = np.clip(ground - crop.picture.astype(np.float64) - grain, 0, None)
    reach = WINDOW * crop.glyph_height
    columns = np.ones(dark.shape[1], dtype=bool)
    for center in separators:
        columns[max(0, int(center - reach)) : int(center + reach) + 1] = False
    if columns.sum() < 3:
        return None
    profile = dark[:, columns].sum(axis=1)
    if not profile.any():
        return None
    half = 0.5 * float(np.percentile(profile[profile > 0], 60))
    rows = np.flatnonzero(profile > half)
    if not len(rows):
        return None
    top = rows[0] + 0.5 - _overhang(profile, int(rows[0]), -1, half)
    base = rows[-1] + 0.5 + _overhang(profile, int(rows[-1]), 1, half)
    if base - top < LEAST_HEIGHT:
        return None
    return DigitBand(dark, top, base, float(np.percentile(dark[dark > 0], 90)))


def _overhang(profile: NDArray[np.float64], row: int, step: int, level: float) -> float:
    """Return how far beyond the row's middle the profile crosses the level, in rows."""
    beyond = row + step
    if not 0 <= beyond < len(profile):
        return 0.5
    return float((profile[row] - level) / max(1e-6, profile[row] - profile[beyond]))


def separator_bands(band: DigitBand, center: float) -> NDArray[np.float64]:
    """Return the ink, in digit squares, of the separator at a pixel column in each band of :data:`BAND_EDGES`."""
    reach = WINDOW * band.height
    window = band.dark[:, max(0, int(center - reach)) : int(center + reach) + 1]
    profile = window.sum(axis=1) / band.full / band.height**2
    rows = (np.arange(len(profile) + 1) - band.base) / band.height
    summed = np.interp(BAND_EDGES, rows, np.concatenate(([0.0], np.cumsum(profile))))
    return np.asarray(np.diff(summed), dtype=np.float64)


def white_between(band: DigitBand, before: float, after: float) -> tuple[float, float]:
    """Return the columns of the white between two digits, above the rows of a separator; none wide where they touch.

    ``before`` and ``after`` are the digits' middle columns.
    """
    first, last = max(0, int(before)), min(band.dark.shape[1], math.ceil(after) + 1)
    middle = (before + after) / 2
    if last <= first:
        return middle, middle
    rows = (np.arange(len(band.dark)) + 0.5 - band.base) / band.height
    upper = band.dark[(rows > -1) & (rows < -SEPARATOR_TOP), first:last]
    white = upper.max(axis=0, initial=0.0) < GAP_DARKNESS * band.full
    edges = np.flatnonzero(np.diff(np.concatenate(([False], white, [False])).astype(np.int8)))
    if not len(edges):
        return middle, middle
    widest = int((edges[1::2] - edges[::2]).argmax())
    return first + float(edges[2 * widest]), first + float(edges[2 * widest + 1])


def tail_width(band: DigitBand, before: float, center: float) -> float:
    """Return the width, in digit heights, of the ink from the glyph at ``center`` to the line's right end.

    ``before`` is the middle column of the glyph before it; the two are parted at the palest column between.
    """
    columns = band.dark.sum(axis=0)
    low, high = max(0, int(before)), min(len(columns), int(center) + 1)
    inked = np.flatnonzero(columns > 0.25 * band.full)
    if high - low < 1 or not len(inked):
        return 0.0
    # The rightmost of the palest columns: white between the two belongs to neither.
    cut = high - 1 - int(columns[low:high][::-1].argmin())
    return float(inked[-1] + 1 - cut) / band.height


def comma_probability(band: DigitBand | None, center: float, engine_odds: float, *, temper: float = TEMPER) -> float:
    """Return how likely the separator at a pixel column is a comma rather than a full stop.

    ``engine_odds`` is the engine's natural logarithm of comma over full stop; without a measurable band the engine
    alone speaks, weakened.
    """
    engine = max(-ENGINE_ODDS_LIMIT, min(ENGINE_ODDS_LIMIT, engine_odds))
    if band is None:
        return 1.0 / (1.0 + math.exp(-engine / 2))
    ink = np.sqrt(np.maximum(separator_bands(band, center), 0.0)) * 10
    geometry = float(ink @ np.array(BAND_WEIGHTS))
    odds = temper * (GEOMETRY_WEIGHT * geometry + ENGINE_WEIGHT * engine + COMMA_BIAS)
    return 1.0 / (1.0 + math.exp(-odds))


def is_dust(ink: Picture, glyph_height: float) -> bool:
    """Say whether all ink is smaller than any letter, digit or dash."""
    return bool(ink.any()) and not without_dust(ink, glyph_height).any()


def without_dust(ink: Picture, glyph_height: float) -> Picture:
    """Return the ink without what is smaller than any letter, digit or dash: pieces of a broken glyph hang together."""
    joined = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    sizes = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) - 2
    dust = np.asarray(sizes < LARGEST_DUST * glyph_height)
    return np.asarray(np.where(dust[labels], 0, ink), dtype=np.uint8)


def solid_ink(crop: LineCrop) -> Picture:
    """Return 255 where the crop is at least half as dark as its ink: strokes blurred together part again."""
    ink = crop.ink > 0
    if not ink.any() or ink.all():
        return crop.ink
    paper, full = float(np.median(crop.picture[~ink])), float(np.percentile(crop.picture[ink], 5))
    return np.asarray(np.where(ink & (crop.picture < (paper + full) / 2), 255, 0), dtype=np.uint8)


def is_plain_bar(width: int, height: int, area: int, glyph_height: float) -> bool:
    """Say whether a piece of ink is a capital I of a sans-serif face; a printed 1 has a flag or a foot."""
    return height >= BAR_HEIGHT * glyph_height and width <= BAR_WIDTH * height and area >= BAR_FILL * width * height


def count_upright_bars(crop: LineCrop) -> tuple[int, float]:
    """Return how many upright bars (one to three) are the crop's only ink, and how sure that is; 0 when it is not so.

    Every row of a roman numeral I, II or III shows the same columns, however soft the picture: a 1 has a flag, any
    other sign has more. In black and white, bars that ran together into one block are told by its width.
    """
    near = cv2.dilate(crop.ink, np.ones((3, 3), np.uint8)) > 0
    if not near.any() or near.all():
        return 0, 0.0
    dark = np.where(near, np.clip(float(np.median(crop.picture[~near])) - crop.picture.astype(np.float64), 0, None), 0)
    in_row = dark.sum(axis=1)
    rows = np.flatnonzero(in_row >= 0.5 * np.median(in_row[in_row >= 0.2 * in_row.max()]))
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    height = bottom - top
    low, high = BARS_HEIGHT
    if not low * crop.glyph_height <= height <= high * crop.glyph_height:
        return 0, 0.0
    shapes = dark[rows] / in_row[rows, None]
    if len(rows) < max(LEAST_BAR_ROWS, 0.8 * height) or in_row[rows].sum() < BARS_SHARE * in_row.sum():
        return 0, 0.0
    profile = np.median(shapes, axis=0)
    unlike = np.abs(shapes - profile).sum(axis=1)
    if unlike.mean() > BARS_UNLIKE or unlike.max() > 3 * BARS_UNLIKE:
        return 0, 0.0
    width = float(profile.sum() / profile.max()) / height
    bars = _peaks(profile)
    if bars > 1:
        return (bars, BARS_SURE) if bars <= MOST_BARS and width < MERGED_BARS[-1] else (0, 0.0)
    merged = sum(width >= edge for edge in MERGED_BARS)
    if not merged:
        return 1, BARS_SURE
    return (1 + merged, MERGED_BARS_SURE) if crop.bilevel and merged < len(MERGED_BARS) else (0, 0.0)


def _peaks(profile: NDArray[np.float64]) -> int:
    """Return how many maxima of a profile stand apart: a paler valley between each two."""
    count, lowest, highest = 0, 0.0, 0.0
    for value in profile / profile.max():
        if count and highest:
            highest = max(highest, value)
            if value < BAR_VALLEY * highest:
                lowest, highest = value, 0.0
        elif value >= LEAST_BAR and value * BAR_VALLEY > lowest:
            count, highest = count + 1, value
        else:
            lowest = min(lowest, value)
    return count


def bar_at(crop: LineCrop, center: float) -> bool:
    """Say whether the ink nearest a pixel column is a plain bar."""
    _, _, stats, middles = cv2.connectedComponentsWithStats(solid_ink(crop), connectivity=4)
    if len(stats) < 2:
        return False
    nearest = 1 + int(np.abs(middles[1:, 0] - center).argmin())
    _, _, width, height, area = (int(value) for value in stats[nearest])
    return is_plain_bar(width, height, area, crop.glyph_height)
