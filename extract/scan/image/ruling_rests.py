"""What is left of a ruling inside a cell: upright slivers that an engine reads as ``1`` or ``l``.

A ruling that waves, or whose grey edge passes the ink threshold only here and there, leaves such slivers beside the
band that was erased. Print keeps its distance: no letter begins on the ruling itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extract.grids.cell_index import OUTSIDE, CellIndex
from extract.model import Grid
from extract.scan.engine import Picture

ON_THE_LINE = 0.75
"""Points from the middle of a cell's side within which a sliver begins; padding and half a ruling take more."""
MOST_WIDTH = 2.0
"""Points; a wider stroke is print."""
LEAST_SLENDER = 2.5
"""Times as tall as wide."""
LEAST_SOLID = 0.5
"""Share of its box that a sliver fills; one that leans by its own width fills half."""


def ruling_rests(ink: Picture, grids: Sequence[Grid], scale: float) -> Picture:
    """Return the mask (255) of slivers of ink that lie on the left or right side of their cell.

    ``ink`` is the page's ink without the erased rulings, ``scale`` pixels per point of the grids.
    """
    rests = np.zeros_like(ink)
    if not grids:
        return rests
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    x, y, width, height, area = (stats[:, index].astype(np.float64) for index in range(5))
    sliver = (width <= MOST_WIDTH * scale) & (height >= LEAST_SLENDER * width) & (area >= LEAST_SOLID * width * height)
    sliver[0] = False
    found = np.flatnonzero(sliver)
    boxes = np.stack((x, y, x + width, y + height), axis=1)[found] / scale
    for grid in grids:
        cell = CellIndex(grid).of_middle(boxes)
        sides = np.array([(one.bbox.x0, one.bbox.x1) for one in grid.cells])[cell]
        on_line = (np.abs(boxes[:, 0] - sides[:, 0]) <= ON_THE_LINE) | (
            np.abs(boxes[:, 2] - sides[:, 1]) <= ON_THE_LINE
        )
        for index in found[on_line & (cell != OUTSIDE)]:
            left, top, wide, tall = stats[index, :4]
            place = np.s_[top : top + tall, left : left + wide]
            rests[place][labels[place] == index] = 255
    return rests
