"""Find the cell of a grid that holds a point or a word."""

from __future__ import annotations

from bisect import bisect_right

from extract.model import BBox, Grid

OVERFLOW_SHARE = 0.35
"""A word with at least this share of its width in the cell where it starts belongs to that cell."""


class CellIndex:
    """Looks cells up by lattice position, so that a word costs two bisections whatever the size of the grid."""

    def __init__(self, grid: Grid) -> None:
        """Prepare the look-up for one grid."""
        self._grid = grid
        self._at = [[0] * grid.columns for _ in range(grid.rows)]
        for number, cell in enumerate(grid.cells):
            for row in range(cell.row, cell.row + cell.row_span):
                self._at[row][cell.column : cell.column + cell.column_span] = [number] * cell.column_span

    def of_word(self, box: BBox) -> int:
        """Return the number of the cell a word belongs to: where it starts when enough of it lies there."""
        middle = self.at_point(box.center_x, box.center_y)
        start = self.at_point(box.x0, box.center_y)
        if start == middle or box.width <= 0:
            return middle
        inside = self._grid.cells[start].bbox.x1 - box.x0
        return start if inside >= OVERFLOW_SHARE * box.width else middle

    def at_point(self, x: float, y: float) -> int:
        """Return the number of the cell at a point; points outside count to the nearest position."""
        row = min(max(bisect_right(self._grid.y_edges, y) - 1, 0), self._grid.rows - 1)
        column = min(max(bisect_right(self._grid.x_edges, x) - 1, 0), self._grid.columns - 1)
        return self._at[row][column]
