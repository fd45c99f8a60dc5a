"""Columns of a grid that prints no header, found under the columns of the grid it may continue."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extract.model import Grid

MIN_COLUMN_OVERLAP = 0.75
"""Share of a headerless column's width that must lie in one column of the table it continues."""
MIN_ALIGNED_SHARE = 0.8
"""Share of a headerless grid's columns that must align."""
EDGE_SLACK = 3.0
"""Points by which the column edges of such a grid may be off."""


def aligned_keys(grid: Grid, before: Grid, keys: Sequence[str]) -> tuple[str, ...] | None:
    """Return the keys of a headerless grid's columns from the grid before it, None when the columns do not align.

    Mirrored margins shift a page and another page size scales it, so edges are compared in place first and then
    relative to the grid's own extent.
    """
    placed = _overlap_keys(grid.x_edges, before.x_edges, keys)
    return placed or _overlap_keys(_relative(grid.x_edges), _relative(before.x_edges), keys)


def same_edges(grid: Grid, other: Grid) -> bool:
    """Say whether two grids draw the same columns at the same places."""
    return grid.columns == other.columns and all(
        abs(left - right) <= EDGE_SLACK for left, right in zip(grid.x_edges, other.x_edges, strict=True)
    )


def _overlap_keys(
    edges: Sequence[float], old_edges: Sequence[float], old_keys: Sequence[str]
) -> tuple[str, ...] | None:
    keys: list[str] = []
    aligned = 0
    for left, right in itertools.pairwise(edges):
        overlaps = [
            (min(right, old_right) - max(left, old_left), key)
            for old_left, old_right, key in zip(old_edges, old_edges[1:], old_keys, strict=False)
        ]
        overlap, key = max(overlaps)
        keys.append(key)
        aligned += overlap >= MIN_COLUMN_OVERLAP * (right - left)
    if aligned < MIN_ALIGNED_SHARE * len(keys) or len(set(keys)) < MIN_ALIGNED_SHARE * len(set(old_keys)):
        return None
    return tuple(keys)


def _relative(edges: Sequence[float]) -> list[float]:
    extent = edges[-1] - edges[0]
    return [(edge - edges[0]) / extent for edge in edges]
