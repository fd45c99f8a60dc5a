"""Tables whose rows are ruled and whose columns are not: rows from the rulings, columns from the white gaps."""

from __future__ import annotations

import numpy as np

from extract.borderless_blocks import COLUMN_GAP_EMS, Block, Frame, chunk_line
from extract.grid_lattice import EDGE_POINTS, WALL_COVERAGE, Bools, grid_of_lattice, lattice_of_walls
from extract.model import Grid, GridMethod
from extract.rulings import Floats, cluster_centres, ink_on_edges


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
    lattice = lattice_of_walls(x_edges, y_edges, ~_crossed(block, x_edges, y_edges), walls_y)
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
