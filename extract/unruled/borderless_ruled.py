"""Tables whose rows are ruled and whose columns are not: rows from the rulings, columns from the white gaps."""

from __future__ import annotations

import numpy as np

from extract.grids.grid_lattice import EDGE_POINTS, WALL_COVERAGE, Bools, grid_of_lattice, lattice_of_walls
from extract.grids.rulings import Floats, cluster_centres, ink_on_edges
from extract.model import Grid, GridMethod
from extract.unruled.borderless_blocks import Block, Frame
from extract.unruled.chunks import COLUMN_GAP_EMS, chunk_line


def row_ruled_grid(block: Block, frame: Frame, number: int) -> Grid:
    """Build the grid of a framed block: a ruling over a part of the width parts only the cells above and below it.

    A column edge that a run of words crosses is open in that row: a title over several columns.
    """
    across = frame.across
    y_edges = cluster_centres(across.position, across.end - across.start, EDGE_POINTS)
    x_edges = np.array(block.x_edges)
    nearest = np.abs(across.position[:, None] - y_edges[None, :]).argmin(axis=1)
    walls_y: Bools = ink_on_edges(across, nearest, len(y_edges), x_edges[:-1], x_edges[1:]) >= WALL_COVERAGE * np.diff(
        x_edges
    )
    open_x = _crossed(block, x_edges, y_edges)
    for row, first, end in _titled_groups(walls_y):
        filled = _filled_columns(block, x_edges, y_edges[row], y_edges[row + 1], open_x[:, row], first, end)
        each, rest = divmod(end - first, max(len(filled), 1))
        # Several titles side by side share the columns evenly: quarters over their K and Rp.
        if filled and not rest and len({(column - first) // each for column in filled}) == len(filled):
            inner = [edge for edge in range(first + 1, end) if (edge - first) % each]
            open_x[inner, row] = True
    lattice = lattice_of_walls(x_edges, y_edges, ~open_x, walls_y)
    return grid_of_lattice(lattice, number, GridMethod.TEXT)


def _crossed(block: Block, x_edges: Floats, y_edges: Floats) -> Bools:
    crossed = np.zeros((len(x_edges), len(y_edges) - 1), dtype=bool)
    for line in block.lines:
        row = int(np.searchsorted(y_edges, (line.top + line.bottom) / 2)) - 1
        if 0 <= row < crossed.shape[1]:
            words = [word for chunk in line.chunks for word in chunk.words]
            for chunk in chunk_line(words, COLUMN_GAP_EMS).chunks:
                crossed[[chunk.crosses(x) for x in x_edges.tolist()], row] = True
    return crossed


def _titled_groups(walls_y: Bools) -> list[tuple[int, int, int]]:
    """Return (row, first column, end column) where a ruling runs below some neighbouring columns of a row only.

    Such a ruling stands under a title over those columns; the other columns' cells reach further down.
    """
    groups = []
    for row in range(len(walls_y) - 2):
        below = np.concatenate(([False], (walls_y[row] | (row == 0)) & walls_y[row + 1], [False]))
        if walls_y[row + 1].all():
            continue
        changes = np.flatnonzero(below[1:] != below[:-1]).tolist()
        groups += [(row, first, end) for first, end in zip(changes[::2], changes[1::2], strict=True) if end - first > 1]
    return groups


def _filled_columns(
    block: Block, x_edges: Floats, top: float, bottom: float, open_x: Bools, first: int, end: int
) -> set[int]:
    """Return the columns with text in one row, columns joined by an open edge counting as the first of them."""
    filled: set[int] = set()
    for line in block.lines:
        if top < (line.top + line.bottom) / 2 < bottom:
            for word in (word for chunk in line.chunks for word in chunk.words):
                column = int(np.searchsorted(x_edges, word.bbox.center_x)) - 1
                while column > first and open_x[column]:
                    column -= 1
                if first <= column < end:
                    filled.add(column)
    return filled
