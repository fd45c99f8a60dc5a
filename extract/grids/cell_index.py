"""Find the cells of a grid that hold words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from extract.grids.rulings import Floats, Ints
from extract.model import BBox, Grid, Word

OVERFLOW_SHARE = 0.35
"""A word with at least this share of its width in the cell where it starts belongs to that cell."""
OUTSIDE = -1
"""Cell number of words whose middle lies outside the grid."""


class CellIndex:
    """Looks cells up by lattice position, all words of a page at once."""

    def __init__(self, grid: Grid) -> None:
        """Prepare the look-up for one grid."""
        self._box = grid.bbox
        self._x_edges, self._y_edges = np.array(grid.x_edges), np.array(grid.y_edges)
        self._right = np.array([cell.bbox.x1 for cell in grid.cells])
        self._at = np.zeros((grid.rows, grid.columns), dtype=np.int64)
        self._at[[cell.row for cell in grid.cells], [cell.column for cell in grid.cells]] = np.arange(len(grid.cells))
        for number, cell in enumerate(grid.cells):
            if cell.row_span > 1 or cell.column_span > 1:
                self._at[cell.row : cell.row + cell.row_span, cell.column : cell.column + cell.column_span] = number

    def inside(self, boxes: Floats) -> NDArray[np.bool_]:
        """Return which word boxes have their middle in the grid."""
        return middles_inside(self._box, boxes)

    def of_middle(self, boxes: Floats) -> Ints:
        """Return the number of the cell in which each word's middle lies, :data:`OUTSIDE` for words elsewhere."""
        cells = self._at_points((boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2)
        return np.where(self.inside(boxes), cells, OUTSIDE)

    def of_words(self, boxes: Floats) -> Ints:
        """Return the number of the cell each word belongs to: where it starts when enough of it lies there."""
        middle = self.of_middle(boxes)
        start = self._at_points(boxes[:, 0], (boxes[:, 1] + boxes[:, 3]) / 2)
        begins_there = self._right[start] - boxes[:, 0] >= OVERFLOW_SHARE * (boxes[:, 2] - boxes[:, 0])
        return np.where((middle != OUTSIDE) & begins_there, start, middle)

    def _at_points(self, x: Floats, y: Floats) -> Ints:
        """Return the number of the cell at each point; points outside count to the nearest position."""
        rows, columns = self._at.shape
        row = np.clip(np.searchsorted(self._y_edges, y, side="right") - 1, 0, rows - 1)
        column = np.clip(np.searchsorted(self._x_edges, x, side="right") - 1, 0, columns - 1)
        cells: Ints = self._at[row, column]
        return cells


def middles_inside(area: BBox, boxes: Floats) -> NDArray[np.bool_]:
    """Return which word boxes have their middle in an area, edges included."""
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    inside: NDArray[np.bool_] = (area.x0 <= x) & (x <= area.x1) & (area.top <= y) & (y <= area.bottom)
    return inside


def word_boxes(words: Sequence[Word]) -> Floats:
    """Return the words' boxes as an array of (x0, top, x1, bottom) rows."""
    sides = [(box.x0, box.top, box.x1, box.bottom) for box in [word.bbox for word in words]]
    # ``np.array`` would look at every tuple twice to learn the shape.
    return np.fromiter(chain.from_iterable(sides), np.float64, 4 * len(words)).reshape(-1, 4)
