"""Heads whose every cell is filled: the fills stand side by side like tiles and show the columns exactly.

Fills are inset by the padding or touch each other. Columns filled by turns leave every other one white and are no
tiles: a row of tiles is covered from side to side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from extract.grids.rulings import Floats, distinct
from extract.model import Orientation, Ruling, RulingKind

TILE_GAP_POINTS = 4.0
"""Sides of two neighbouring tiles, and of the fills inside one, stand no further apart."""
MIN_TILES = 3
"""Fewer tiles side by side are no head."""
MIN_TILE_POINTS = 7.0
"""No column is narrower and no head is lower."""
SAME_POINTS = 1.0
"""Sides that differ by no more are one."""
SAME_GRAY = 0.02
"""Fills are grouped by their grey value (0 black, 1 white) in steps of this size."""
MAX_SIDES = 6000
"""A page with more fills is a map or a picture."""


@dataclass(frozen=True, slots=True)
class TiledRow:
    """A band of the page in which fills of one colour cover everything between the outer column edges."""

    top: float
    bottom: float
    x_edges: tuple[float, ...]
    gray: float


def tiled_rows(rulings: Sequence[Ruling]) -> tuple[TiledRow, ...]:
    """Return the bands of tiles of a page, top to bottom; bands of one colour that touch are one."""
    sides = [r for r in rulings if r.kind is RulingKind.FILL_EDGE and r.orientation is Orientation.VERTICAL]
    tops = [r for r in rulings if r.kind is RulingKind.FILL_EDGE and r.orientation is Orientation.HORIZONTAL]
    if not sides or len(sides) > MAX_SIDES:
        return ()
    rows: list[TiledRow] = []
    for gray in sorted({round(side.gray / SAME_GRAY) for side in sides}):
        upright = _table([side for side in sides if round(side.gray / SAME_GRAY) == gray])
        level = _table([top for top in tops if round(top.gray / SAME_GRAY) == gray])
        rows += _bands(upright, level, gray * SAME_GRAY)
    return tuple(sorted(rows, key=lambda row: row.top))


def _table(rulings: Sequence[Ruling]) -> Floats:
    return np.array([(r.position, r.start, r.end) for r in rulings], dtype=np.float64).reshape(-1, 3)


def _bands(sides: Floats, tops: Floats, gray: float) -> list[TiledRow]:
    heights = distinct(sides[:, 1:].ravel())
    bands: list[TiledRow] = []
    for low, high in pairwise(heights.tolist()):
        if high - low < SAME_POINTS:
            continue
        edges = _edges_at((low + high) / 2, sides, tops)
        if not edges:
            continue
        above = next((n for n, band in enumerate(bands) if _continues(band, low, edges)), None)
        if above is None:
            bands.append(TiledRow(low, high, edges, gray))
        else:
            finer = max(bands[above].x_edges, edges, key=len)
            bands[above] = TiledRow(bands[above].top, high, finer, gray)
    return [band for band in bands if len(band.x_edges) > MIN_TILES and band.bottom - band.top >= MIN_TILE_POINTS]


def _edges_at(height: float, sides: Floats, tops: Floats) -> tuple[float, ...]:
    """Return the tile edges at a height, nothing where a gap between them is not filled."""
    there = sides[(sides[:, 1] <= height) & (sides[:, 2] >= height)]
    if len(there) < 2:
        return ()
    positions = np.sort(there[:, 0])
    starts = np.flatnonzero(np.r_[True, np.diff(positions) > TILE_GAP_POINTS])
    groups = np.split(positions, starts[1:])
    edges = [float(groups[0][0]), *(float(group.mean()) for group in groups[1:-1]), float(groups[-1][-1])]
    near = tops[np.abs(tops[:, 0, None] - there[None, :, 1]).min(axis=1) <= SAME_POINTS]
    for left, right in pairwise(edges):
        middle = (left + right) / 2
        if right - left < MIN_TILE_POINTS or not ((near[:, 1] < middle) & (near[:, 2] > middle)).any():
            return ()
    return tuple(edges)


def _continues(band: TiledRow, height: float, edges: Sequence[float]) -> bool:
    """Say whether tiles at a height carry a band on: right below it, between the same sides."""
    return (
        height - band.bottom <= TILE_GAP_POINTS
        and abs(band.x_edges[0] - edges[0]) <= TILE_GAP_POINTS
        and abs(band.x_edges[-1] - edges[-1]) <= TILE_GAP_POINTS
    )
