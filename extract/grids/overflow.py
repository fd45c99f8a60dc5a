"""Words that run out of their cell: a spreadsheet prints a text on over blank cells, and out of a row set too low.

Such a text is known by a word on the ruling itself: the words behind it follow at word spaces and fill a cell that has
nothing else, or its line stands at the leading of the lines on the other side while the other cells of the row keep
clear of the ruling. Figures are left where they stand.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extract.grids.cell_index import OUTSIDE, CellIndex
from extract.grids.rulings import Floats, Ints
from extract.grids.text_rows import is_entry
from extract.model import Cell, Grid, Word

ACROSS_POINTS = 1.0
"""A word reaches over a vertical ruling by more than this."""
WORD_SPACE_EMS = 0.6
"""Words of one text stand nearer, in word heights."""
ACROSS_SHARE = 0.2
"""Of a word's height: so much of it stands beyond the ruling where its line may belong to the row there."""
CLEAR_SHARE = 0.1
"""Of a word's height: a line with less beyond the ruling keeps clear of it."""
MIN_CLEAR_CELLS = 2
"""Other cells that keep clear of the ruling; where all lines touch it, the rows are only set tightly."""
LEADING_EMS = (0.8, 1.5)
"""Least and largest distance between the lines of one text, in word heights."""


def with_overflow(grid: Grid, words: Sequence[Word], boxes: Floats, cell: Ints) -> Ints:
    """Return the cell number of every word, words that run out of a cell in the one their text begins in.

    ``boxes`` are those of the words, ``cell`` the numbers of the cells they stand in.
    """
    sides = np.array([(one.bbox.x0, one.bbox.top, one.bbox.x1, one.bbox.bottom) for one in grid.cells])
    inside = np.flatnonzero(cell != OUTSIDE)
    own, box = sides[cell[inside]], boxes[inside]
    height = box[:, 3] - box[:, 1]
    high = inside[own[:, 1] - box[:, 1] > ACROSS_SHARE * height]
    low = inside[box[:, 3] - own[:, 3] > ACROSS_SHARE * height]
    wide = inside[(box[:, 2] - own[:, 2] > ACROSS_POINTS) | (own[:, 0] - box[:, 0] > ACROSS_POINTS)]
    if not len(high) and not len(low) and not len(wide):
        return cell
    moved = cell.copy()
    overflow = _Overflow(grid, words, boxes, moved)
    for word in high.tolist():
        overflow.give_back(word, below=False)
    for word in low.tolist():
        overflow.give_back(word, below=True)
    for word in wide.tolist():
        overflow.gather(word)
    return moved


class _Overflow:
    """The words of one grid while they are moved."""

    def __init__(self, grid: Grid, words: Sequence[Word], boxes: Floats, cell: Ints) -> None:
        self._grid, self._words, self._boxes, self._cell = grid, words, boxes, cell
        self._index = CellIndex(grid)

    def give_back(self, word: int, *, below: bool) -> None:
        """Put a word on the ruling above its cell, or below it, into the cell beyond if its text stands there."""
        here = self._grid.cells[self._cell[word]]
        beyond = self._at(word, y=here.bbox.bottom + ACROSS_POINTS if below else here.bbox.top - ACROSS_POINTS)
        other = self._grid.cells[beyond]
        same = (other.column, other.column_span) == (here.column, here.column_span)
        if beyond == OUTSIDE or not same or other is here or self._clear_cells(here, beyond, below) < MIN_CLEAR_CELLS:
            return
        if self._has_line(beyond, word, below) and not self._has_line(int(self._cell[word]), word, not below):
            self._cell[word] = beyond

    def gather(self, word: int) -> None:
        """Put the rest of a text that a word carries over a vertical ruling into the cell the text begins in."""
        here = int(self._cell[word])
        before = self._at(word, x=self._boxes[word][0])
        if before != here:  # most of the word stands behind the ruling
            run = self._run_from(word, here)
            start = self._neighbour(word, before)
            if start is not None and self._is_rest(run, here):
                self._cell[run] = before
            return
        beyond = self._at(word, x=self._boxes[word][2])
        following = self._neighbour(word, beyond, behind=True)
        if beyond != here and following is not None:
            run = self._run_from(following, beyond)
            if self._is_rest(run, beyond):
                self._cell[run] = here

    def _at(self, word: int, x: float | None = None, y: float | None = None) -> int:
        """Return the cell at a point of a word: its middle, unless a coordinate is given."""
        box = self._boxes[word]
        point = np.array([[(box[0] + box[2]) / 2 if x is None else x, (box[1] + box[3]) / 2 if y is None else y]])
        return int(self._index.of_middle(np.hstack((point, point)))[0])

    def _members(self, cell: int) -> list[int]:
        return np.flatnonzero(self._cell == cell).tolist()

    def _on_line(self, one: int, other: int) -> bool:
        a, b = self._boxes[one], self._boxes[other]
        return bool(min(a[3], b[3]) - max(a[1], b[1]) > (b[3] - b[1]) / 2)

    def _neighbour(self, word: int, cell: int, *, behind: bool = False) -> int | None:
        """Return the word of a cell a word space before a word, or behind it."""
        box, space = self._boxes[word], WORD_SPACE_EMS * (self._boxes[word][3] - self._boxes[word][1])
        for other in self._members(cell):
            gap = self._boxes[other][0] - box[2] if behind else box[0] - self._boxes[other][2]
            if other != word and self._on_line(word, other) and -space < gap <= space:
                return other
        return None

    def _run_from(self, word: int, cell: int) -> list[int]:
        """Return a word and those of its cell that follow it at word spaces."""
        run = [word]
        while (following := self._neighbour(run[-1], cell, behind=True)) is not None and following not in run:
            run.append(following)
        return run

    def _is_rest(self, run: Sequence[int], cell: int) -> bool:
        """Say whether a run of words is all a cell holds, and no figure among them."""
        return sorted(run) == self._members(cell) and not any(is_entry(self._words[word].text) for word in run)

    def _clear_cells(self, here: Cell, beyond: int, below: bool) -> int:  # noqa: FBT001  (a side, passed on)
        """Return how many cells of a row keep clear of the ruling above it, or below it."""
        clear = 0
        for number, cell in enumerate(self._grid.cells):
            ends = cell.row + cell.row_span == here.row + here.row_span if below else cell.row == here.row
            members = self._boxes[self._members(number)]
            if ends and number != beyond and len(members):
                over = members[:, 3] - cell.bbox.bottom if below else cell.bbox.top - members[:, 1]
                clear += bool((over <= CLEAR_SHARE * (members[:, 3] - members[:, 1])).all())
        return clear

    def _has_line(self, cell: int, word: int, below: bool) -> bool:  # noqa: FBT001  (a side, passed on)
        """Say whether a cell has a line at the leading of a text above a word, or below it."""
        top, height = self._boxes[word][1], self._boxes[word][3] - self._boxes[word][1]
        distances = (self._boxes[self._members(cell)][:, 1] - top) * (1 if below else -1) / height
        return bool(((distances >= LEADING_EMS[0]) & (distances <= LEADING_EMS[1])).any())
