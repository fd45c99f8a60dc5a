"""Split the segments of a page into connected regions, each a candidate for one table."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from extract.grids.rulings import Ints, Segments
from extract.index_ranges import pairs_in_ranges

TOUCH_POINTS = 3.0
"""Segments that miss each other by at most this still meet: rounded corners, double borders, scan wear."""
MIN_SEGMENTS = 4
"""Fewer segments cannot part four cells, even with open borders."""


def connected_regions(horizontal: Segments, vertical: Segments) -> tuple[tuple[Segments, Segments], ...]:
    """Return the (horizontal, vertical) segments of every connected region that has both, largest box first."""
    rows, columns = len(horizontal), len(vertical)
    if not rows or not columns:
        return ()
    label = np.arange(rows + columns)
    for left, right in _crossings(horizontal, vertical):
        label = join_labels(label, left, right + rows)
    # Grouping by one sort keeps a page of ten thousand small regions linear.
    row_groups, column_groups = _groups(label[:rows]), _groups(label[rows:])
    floating = [column_groups[root] for root in column_groups.keys() - row_groups.keys()]
    loose = vertical.take(np.concatenate(floating)) if floating else vertical.take(np.zeros(0, dtype=np.int64))
    regions = [
        _with_floating(horizontal.take(members), vertical.take(column_groups[root]), loose)
        for root, members in row_groups.items()
        if root in column_groups and len(members) + len(column_groups[root]) >= MIN_SEGMENTS
    ]
    regions.sort(key=_box_area, reverse=True)
    return tuple(regions)


def join_labels(label: Ints, left: Ints, right: Ints) -> Ints:
    """Return labels in which ``left[i]`` and ``right[i]`` share the smallest label of their component.

    A vectorised union-find: hook the larger root under the smaller, then shorten every path, until nothing differs.
    """
    parent = label.copy()
    while True:
        one, other = parent[left], parent[right]
        apart = one != other
        if not apart.any():
            return parent
        left, right = left[apart], right[apart]
        one, other = one[apart], other[apart]
        np.minimum.at(parent, np.maximum(one, other), np.minimum(one, other))
        while not np.array_equal(shorter := parent[parent], parent):
            parent = shorter


def _with_floating(across: Segments, down: Segments, loose: Segments) -> tuple[Segments, Segments]:
    """Add the verticals that meet no horizontal but carry on a column of the region, as between unruled group rows."""
    if not len(loose):
        return across, down
    inside = (loose.start >= down.start.min()) & (loose.end <= down.end.max())
    nearest = np.searchsorted(down.position, loose.position)
    left = down.position[np.maximum(nearest - 1, 0)]
    right = down.position[np.minimum(nearest, len(down) - 1)]
    aligned = np.minimum(np.abs(loose.position - left), np.abs(right - loose.position)) <= TOUCH_POINTS
    return across, down.joined(loose.take(inside & aligned))


def _groups(label: Ints) -> dict[int, Ints]:
    order = np.argsort(label, kind="stable")
    roots, first = np.unique(label[order], return_index=True)
    return dict(zip(roots.tolist(), np.split(order, first[1:]), strict=True))


def _crossings(horizontal: Segments, vertical: Segments) -> Iterator[tuple[Ints, Ints]]:
    """Yield index pairs of segments that meet; only verticals within a horizontal's reach are ever compared."""
    low = np.searchsorted(vertical.position, horizontal.start - TOUCH_POINTS, side="left")
    high = np.searchsorted(vertical.position, horizontal.end + TOUCH_POINTS, side="right")
    for left, right in pairs_in_ranges(low, high):
        height = horizontal.position[left]
        meets = (vertical.start[right] - TOUCH_POINTS <= height) & (height <= vertical.end[right] + TOUCH_POINTS)
        yield left[meets], right[meets]


def _box_area(region: tuple[Segments, Segments]) -> float:
    horizontal, vertical = region
    return float((horizontal.end.max() - horizontal.start.min()) * (vertical.end.max() - vertical.start.min()))
