"""Snap and merge the rulings of a page into few long segments, as NumPy arrays.

A table drawn by an office program arrives as thousands of short pieces: one thin rectangle per cell border, dashes,
double lines, edges of shading. Here pieces on one line become one segment; nothing is decided about tables yet.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from extract.model import Orientation, Ruling

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Number = TypeVar("Number", np.float64, np.int64)

SNAP_POINTS = 1.0
"""Pieces whose positions differ by no more lie on one line."""
JOIN_GAP_POINTS = 3.0
"""A gap of at most this length inside a line is a drawing seam, not an opening."""
DASH_LENGTH_POINTS = 8.0
"""Pieces up to this length may be dashes or dots of one broken line."""
DASH_GAP_POINTS = 6.0
"""Dashes may stand this far apart."""
STRETCH_POINTS = 1e5
"""Distance between edges lifted onto one axis; longer than any page."""
MIN_SEGMENT_POINTS = 4.0
"""Merged segments shorter than this separate nothing: bullets, underlined letters, arrow heads."""


@dataclass(frozen=True, slots=True)
class Segments:
    """Merged segments of one orientation as parallel arrays, sorted by (position, start), in points."""

    position: Floats
    start: Floats
    end: Floats

    def __len__(self) -> int:
        """Return the number of segments."""
        return len(self.position)

    def take(self, index: NDArray[np.bool_] | Ints) -> Segments:
        """Return the segments that the mask or the indices select."""
        return Segments(self.position[index], self.start[index], self.end[index])

    def joined(self, other: Segments) -> Segments:
        """Return the segments of both, sorted again."""
        position = np.concatenate((self.position, other.position))
        start, end = np.concatenate((self.start, other.start)), np.concatenate((self.end, other.end))
        return Segments(position, start, end).take(np.lexsort((start, position)))


def merge_rulings(rulings: Iterable[Ruling], orientation: Orientation) -> Segments:
    """Merge the rulings of one orientation into segments.

    Collinear pieces that overlap, touch, or leave a seam or the gap of a dashed line become one segment.
    """
    rows = [
        (ruling.position, min(ruling.start, ruling.end), max(ruling.start, ruling.end))
        for ruling in rulings
        if ruling.orientation is orientation
    ]
    table = np.array(rows, dtype=np.float64).reshape(-1, 3)
    table = table[np.isfinite(table).all(axis=1)]
    position, start, end = table[:, 0], table[:, 1], table[:, 2]
    if not len(position):
        return Segments(position, start, end)
    line = cluster_positions(position, SNAP_POINTS)
    order = np.lexsort((start, line))
    line, position, start, end = line[order], position[order], start[order], end[order]
    group = _join_along(line, start, end)
    first = np.flatnonzero(np.append(True, group[1:] != group[:-1]))
    merged_start = start[first]
    merged_end = np.maximum.reduceat(end, first)
    weight = np.maximum(end - start, 1e-3)
    merged_position = np.add.reduceat(position * weight, first) / np.add.reduceat(weight, first)
    long_enough = merged_end - merged_start >= MIN_SEGMENT_POINTS
    merged = Segments(merged_position[long_enough], merged_start[long_enough], merged_end[long_enough])
    return merged.take(np.lexsort((merged.start, merged.position)))


def distinct(values: NDArray[Number]) -> NDArray[Number]:
    """Return the different values, ascending, as ``np.unique`` does, which loads masked arrays: a page's time."""
    ordered = np.sort(values, axis=None)
    return np.concatenate((ordered[:1], ordered[1:][ordered[1:] != ordered[:-1]]))


def cluster_positions(position: Floats, tolerance: float) -> Ints:
    """Return a cluster number for every position; clusters are numbered upwards and never wider than the tolerance.

    Neighbours closer than the tolerance share a cluster as long as the cluster stays within it; a chain of close
    positions is therefore cut rather than smeared together.
    """
    order = np.argsort(position, kind="stable")
    ascending: list[float] = position[order].tolist()
    begins, stop = [], 0
    while stop < len(ascending):
        # The search jumps a whole cluster at a time, so the loop runs once a cluster, not once a position.
        begins.append(stop)
        stop = bisect_right(ascending, ascending[stop] + tolerance, stop)
    label = np.empty(len(position), dtype=np.int64)
    label[order] = np.repeat(np.arange(len(begins)), np.diff(np.array([*begins, stop])))
    return label


def cluster_centres(position: Floats, weight: Floats, tolerance: float) -> Floats:
    """Return the weighted centre of every cluster of positions, ascending."""
    if not len(position):
        return position
    label = cluster_positions(position, tolerance)
    total = np.bincount(label, weights=weight)
    centres: Floats = np.bincount(label, weights=position * weight) / total
    return centres


def covered_length(segments: Segments, low: Floats, high: Floats) -> Floats:
    """Return how much of every interval ``low[i]..high[i]`` the segments cover, counting overlaps once."""
    if not len(segments):
        return np.zeros_like(low)
    order = np.argsort(segments.start, kind="stable")
    start, end = segments.start[order], segments.end[order]
    reach = np.maximum.accumulate(end)
    opens = np.append(True, start[1:] > reach[:-1])
    first = np.flatnonzero(opens)
    start = start[first]
    end = np.maximum.reduceat(end, first)
    # Ink up to x grows inside intervals and is flat between them: linear interpolation is exact.
    points = np.column_stack((start, end)).ravel()
    total = np.cumsum(end - start)
    ink = np.column_stack((np.append(0.0, total[:-1]), total)).ravel()
    covered: Floats = np.interp(high, points, ink) - np.interp(low, points, ink)
    return covered


def ink_on_edges(segments: Segments, edge: Ints, count: int, low: Floats, high: Floats) -> Floats:
    """Return ``ink[i, j]``: how much of interval ``low[j]..high[j]`` the segments of edge ``i`` cover.

    ``edge`` gives every segment's edge number below ``count``.
    """
    # Lifting every edge onto its own stretch of one long axis answers all of them with one interpolation.
    lift = edge * STRETCH_POINTS
    lifted = Segments(segments.position, segments.start + lift, segments.end + lift)
    base = np.arange(count)[:, None] * STRETCH_POINTS
    lows, highs = base + low[None, :], base + high[None, :]
    return covered_length(lifted, lows.ravel(), highs.ravel()).reshape(lows.shape)


def _join_along(line: Ints, start: Floats, end: Floats) -> Ints:
    """Give one number to every run of pieces that continue each other; input is sorted by (line, start)."""
    # Lifting every line onto its own stretch of one long axis lets a single running maximum serve all lines.
    stretch = float(end.max() - start.min()) + 10 * DASH_GAP_POINTS
    lifted_start, lifted_end = start + line * stretch, end + line * stretch
    reach = np.maximum.accumulate(lifted_end)
    gap = lifted_start[1:] - reach[:-1]
    short = (end - start) <= DASH_LENGTH_POINTS
    dashed = short[1:] & short[:-1]
    breaks = gap > np.where(dashed, DASH_GAP_POINTS, JOIN_GAP_POINTS)
    group: Ints = np.append(0, np.cumsum(breaks))
    return group
