"""Columns of a grid that prints no header, found under the columns of the grid it may continue."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

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


def on_columns_of(before: Grid, grid: Grid) -> Grid | None:
    """Return a grid whose merged cells hide columns (a total row alone on a page) on the columns of the grid before it.

    None when it draws as many columns, or an edge that is none of the other grid's.
    """
    if grid.columns >= before.columns:
        return None
    nearest = [min(range(before.columns + 1), key=lambda n: abs(before.x_edges[n] - edge)) for edge in grid.x_edges]
    apart = max(abs(before.x_edges[number] - edge) for number, edge in zip(nearest, grid.x_edges, strict=True))
    whole = nearest[0] == 0 and nearest[-1] == before.columns
    if apart > EDGE_SLACK or not whole or len(set(nearest)) != len(nearest):
        return None
    cells = tuple(
        replace(
            cell,
            column=nearest[cell.column],
            column_span=nearest[cell.column + cell.column_span] - nearest[cell.column],
        )
        for cell in grid.cells
    )
    return replace(grid, x_edges=before.x_edges, cells=cells)


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
