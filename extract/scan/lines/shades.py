"""Edges of pale shading on a page picture: zebra rows and pale heads that show a table's rows where no ruling does.

Shading this pale leaves letters contrast enough and is not lifted; its steps, a few grey levels along a row of cells,
are found on the paper between the letters. Such an edge says where a row ends, and nothing of columns.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.model import Orientation, Ruling, RulingKind
from extract.scan.engine import Picture
from extract.scan.image.deskew import Skew, straighten

SHADE_DPI = 75.0
"""Pixels per inch at which steps are sought: fine enough for a row of 6 pt."""
SOFT_EDGE = 0.02
"""Inches around ink whose pixels are no paper."""
LEAST_PAPER = 0.03
"""Share of the pixels that must be paper for its level to be known; elsewhere no step is seen."""
ALONG = 0.6
"""Inches along a row over which the level of the paper is averaged."""
ACROSS = 0.027
"""Inches on both sides of an edge that are compared."""
LEAST_STEP = 5.0
"""Grey levels; the palest shade offices use (5 % grey) gives 10 after scanning, the averaged paper stirs by 1."""
LEVEL_NOISE = 0.5
"""Grey levels by which neighbouring rows of one edge may differ."""
MOST_WAVE = 0.02
"""Share of a piece's length by which it may leave the level."""
LEAST_KNOWN = 0.25
"""Share of a table's width at which the level of the paper must be known."""
LEAST_WIDTH = 2.5
"""Inches; a narrower shade is a box or a picture."""
SAME_END = 0.25
"""Inches by which the ends of edges of one table may differ, averaging included."""
LEAST_EDGES = 3
"""So many edges with the same ends are a table's; two may be a shadow, a fold, a box."""
LIKE_OTHERS = 0.5
"""Of the usual step of the table; lines of dense text darken the paper a little."""
HEAD_EDGES = 2
"""The head's shade may go over into the first row's without paper between them: both steps are lighter below."""


@dataclass(frozen=True, slots=True)
class _Edge:
    """A level edge of shading, in pixels of the small page."""

    y: float
    left: float
    right: float

    def same_ends(self, other: _Edge, near: float) -> bool:
        """Say whether both begin and end at the same sides."""
        return abs(self.left - other.left) <= near and abs(self.right - other.right) <= near


def shade_edges(grey: Picture, ink: Picture, skew: Skew, dpi: float) -> tuple[Ruling, ...]:
    """Return the upper and lower edges of shaded rows as rulings of kind ``FILL_EDGE``, in pixels, once straightened.

    ``grey`` is the upright page before straightening, in whatever light, ``ink`` its mask (255 = ink), same shape;
    ``skew`` what is to be undone. Tables of which an edge is missing, and pages without several edges of one width,
    have none.
    """
    shrink = max(1.0, dpi / SHADE_DPI)
    unit = dpi / shrink
    step = _steps(_paper_level(grey, ink, skew, shrink, unit), unit)
    found = []
    for edges in _tables(_edges(step, unit) + _edges(-step, unit), unit):
        left, right = (float(np.median([getattr(edge, end) for edge in edges])) for end in ("left", "right"))
        heights = [edge.y for edge in edges]
        beyond = float(np.median(np.diff(heights)))  # the first and the last edge may be the broken ones
        rows = _rows(step, heights[0] - beyond, heights[-1] + beyond, left, right, unit)
        found += [(y, left, right) for y in rows]
    return tuple(
        Ruling(Orientation.HORIZONTAL, y * shrink, left * shrink, right * shrink, kind=RulingKind.FILL_EDGE)
        for y, left, right in sorted(found)
    )


def _paper_level(grey: Picture, ink: Picture, skew: Skew, shrink: float, unit: float) -> NDArray[np.float32]:
    """Return the mean level of the paper between the ink along each row of the small page; NaN where all is ink."""
    size = (max(1, round(grey.shape[1] / shrink)), max(1, round(grey.shape[0] / shrink)))
    soft = round(SOFT_EDGE * unit * shrink) | 1
    paper = cv2.bitwise_not(cv2.dilate(ink, np.ones((soft, soft), np.uint8)))
    along = (round(ALONG * unit) | 1, 1)

    def averaged(picture: cv2.typing.MatLike) -> NDArray[np.float32]:
        small = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        return np.asarray(cv2.blur(straighten(small, skew, border=0).astype(np.float32), along), dtype=np.float32)

    share, light = averaged(paper), averaged(cv2.bitwise_and(grey, paper))
    known = share >= LEAST_PAPER * 255
    return np.where(known, 255 * light / np.maximum(share, 1), np.nan).astype(np.float32)


def _steps(level: NDArray[np.float32], unit: float) -> NDArray[np.float32]:
    """Return by how many grey levels the paper below each place is darker than above; NaN where it is not known."""
    reach = max(1, round(ACROSS * unit))
    step = np.full_like(level, np.nan)
    step[reach:-reach] = level[: -2 * reach] - level[2 * reach :]
    return step


def _edges(step: NDArray[np.float32], unit: float) -> list[_Edge]:
    """Return the long level edges below which the paper is darker."""
    reach = max(1, round(ACROSS * unit))
    known = np.nan_to_num(step)
    # The step is widest at the edge itself: keep only the rows that no row near them surpasses.
    around = cv2.dilate(known, np.ones((2 * reach + 1, 1), np.uint8))
    peak = (known >= LEAST_STEP) & (known >= around - LEVEL_NOISE)
    bands = cv2.dilate(peak.astype(np.uint8), np.ones((3, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(bands, connectivity=8)
    found = []
    for index in range(1, count):
        x, y, length, height, _ = (int(value) for value in stats[index])
        if length < LEAST_WIDTH * unit or height > max(4 * reach, MOST_WAVE * length):
            continue
        place = np.s_[y : y + height, x : x + length]
        rows, _ = np.nonzero((labels[place] == index) & peak[place])
        found.append(_Edge(float(y + np.median(rows)) + 0.5, x, x + length))
    return found


def _tables(edges: list[_Edge], unit: float) -> list[list[_Edge]]:
    """Return the groups of edges that share their ends; few such are a shadow, a fold or a box and no table."""
    groups: list[list[_Edge]] = []
    for edge in sorted(edges, key=lambda one: one.y):
        group = next((group for group in groups if edge.same_ends(group[-1], SAME_END * unit)), None)
        if group is None:
            groups.append([edge])
        else:
            group.append(edge)
    return [group for group in groups if len(group) >= LEAST_EDGES]


def _rows(step: NDArray[np.float32], top: float, bottom: float, left: float, right: float, unit: float) -> list[float]:
    """Return the heights of all edges of one table, those too that stamps or dense words break: by its whole width.

    None when darker and lighter do not take turns below the head: then one was not seen, and with it the end of a row.
    """
    reach = max(1, round(ACROSS * unit))
    first, last = max(0, int(top) - 2 * reach), int(bottom) + 2 * reach + 1
    band = step[first:last, round(left + ALONG / 2 * unit) : round(right - ALONG / 2 * unit)]
    known = np.isfinite(band).mean(axis=1) >= LEAST_KNOWN
    profile = np.zeros(len(band))
    profile[known] = np.nanmedian(band[known], axis=1)
    height = np.abs(profile)
    near = range(-2 * reach, 2 * reach + 1)
    highest = np.max([np.roll(height, shift) for shift in near], axis=0)
    peaks = np.flatnonzero((height >= LEAST_STEP) & (height == highest))
    peaks = peaks[height[peaks] >= LIKE_OTHERS * np.median(height[peaks])] if len(peaks) else peaks
    below_head = np.sign(profile[peaks])[HEAD_EDGES:]
    if len(peaks) < LEAST_EDGES or (below_head[1:] == below_head[:-1]).any():
        return []
    return [float(first + peak) + 0.5 for peak in peaks]
