"""One connected region of segments as a lattice: edges, the walls between unit cells, and rectangular spans.

A unit cell is the space between two neighbouring column edges and two neighbouring row edges. A wall stands on a unit
edge when ink covers most of it; unit cells without a wall between them are one cell.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.grids.grid_regions import join_labels
from extract.grids.rulings import Floats, Ints, Segments, cluster_centres, cluster_positions, ink_on_edges
from extract.model import BBox, Cell, Grid, GridMethod

Bools = NDArray[np.bool_]

EDGE_POINTS = 3.0
"""Segments closer than this are one edge: no column or row of text is that narrow."""
WALL_COVERAGE = 0.6
"""A wall needs ink over this share of its unit edge."""
CORNER_POINTS = 1.0
"""Ends of a unit edge left out of the coverage: the crossing line's own thickness."""
SHIFT_POINTS = 6.0
"""Edges this close are merged unless some row has both: no text fits between them."""
LETTER_POINTS = 14.0
"""A vertical segment up to this long may be the stroke of a letter or bracket."""
LONE_RATIO = 5.0
"""Only in regions this many times higher is such a segment suspect."""
MEETING_POINTS = 1.0
"""A drawn ruling ends this near to the rulings it meets: half a point past them, either a little off its place."""
OPEN_POINTS = 7.0
"""Segments that stick out this far past the last crossing edge show a missing border (a text line's height)."""
OPEN_AGREEMENT_POINTS = 4.0
"""Ends that differ by no more than this agree on where the missing border is."""


class Span(NamedTuple):
    """A cell in lattice positions; ends are exclusive."""

    row: int
    column: int
    row_end: int
    column_end: int


@dataclass(frozen=True, slots=True)
class Lattice:
    """Edges of a region and the spans that tile it."""

    x_edges: Floats
    y_edges: Floats
    spans: Ints
    """A :class:`Span` in each row, sorted by (row, column); they tile the lattice."""
    enclosed: float = 1.0
    """Share of the box's area from which no gap in the ink leads outside."""
    open_top: bool = False
    open_bottom: bool = False


def build_lattice(horizontal: Segments, vertical: Segments) -> Lattice | None:
    """Build the lattice of one region, or None when the region has not two edges each way."""
    vertical = _without_letter_strokes(vertical, horizontal)
    if not len(vertical):
        return None
    y_edges, horizontal, open_top, open_bottom = _close_ends(horizontal, vertical)
    x_edges, vertical, _, _ = _close_ends(vertical, horizontal)
    if len(x_edges) < 2 or len(y_edges) < 2:
        return None
    walls_x = _walls(vertical, x_edges, y_edges)
    kept_x = _without_shifted(x_edges, walls_x)
    walls_y = _walls(horizontal, y_edges, kept_x)
    kept_y = _without_shifted(y_edges, walls_y)
    if len(kept_x) < 2 or len(kept_y) < 2:
        return None
    if len(kept_x) < len(x_edges) or len(kept_y) < len(y_edges):
        x_edges, y_edges = kept_x, kept_y
        walls_x, walls_y = _walls(vertical, x_edges, y_edges), _walls(horizontal, y_edges, x_edges)
    enclosed = _enclosed_share(walls_x, walls_y, x_edges, y_edges)
    lattice = lattice_of_walls(x_edges, y_edges, walls_x, walls_y)
    return replace(lattice, enclosed=enclosed, open_top=open_top, open_bottom=open_bottom)


def lattice_of_walls(x_edges: Floats, y_edges: Floats, walls_x: Bools, walls_y: Bools) -> Lattice:
    """Build a lattice from its edges and walls; edges that no cell boundary uses are dropped.

    ``walls_x[i, r]`` stands on column edge ``i`` in row ``r``, ``walls_y[i, c]`` on row edge ``i`` in column ``c``.
    The outer border always counts as closed.
    """
    walls_x, walls_y = walls_x.copy(), walls_y.copy()
    walls_x[[0, -1], :] = True
    walls_y[[0, -1], :] = True
    spans = _rectangular_spans(walls_x, walls_y)
    used_x, used_y = _used_edges(spans, len(x_edges), len(y_edges))
    to_x, to_y = np.cumsum(used_x) - 1, np.cumsum(used_y) - 1
    kept = np.stack((to_y[spans[:, 0]], to_x[spans[:, 1]], to_y[spans[:, 2]], to_x[spans[:, 3]]), axis=1)
    return Lattice(x_edges[used_x], y_edges[used_y], kept)


def _without_letter_strokes(vertical: Segments, horizontal: Segments) -> Segments:
    """Drop lone short segments that stop short of the rulings above or below them: brackets and letters in a low row.

    A column that is parted in one low row only (a head) has its ruling run from ruling to ruling.
    """
    length = vertical.end - vertical.start
    column = cluster_positions(vertical.position, EDGE_POINTS)
    lone = (np.bincount(column, weights=length)[column] <= LETTER_POINTS) & (
        length * LONE_RATIO <= vertical.end.max() - vertical.start.min()
    )
    if not lone.any():
        return vertical
    heights = horizontal.position
    above = np.abs(vertical.start[:, None] - heights[None, :]).min(axis=1) <= MEETING_POINTS
    below = np.abs(vertical.end[:, None] - heights[None, :]).min(axis=1) <= MEETING_POINTS
    return vertical.take(~lone | (above & below))


def grid_of_lattice(lattice: Lattice, number: int, method: GridMethod) -> Grid:
    """Return a lattice as the grid of a page, its cells still without text."""
    x_edges: tuple[float, ...] = tuple(lattice.x_edges.tolist())
    y_edges: tuple[float, ...] = tuple(lattice.y_edges.tolist())
    cells = tuple(
        [
            Cell(
                row=row,
                column=column,
                row_span=row_end - row,
                column_span=column_end - column,
                bbox=BBox(x_edges[column], y_edges[row], x_edges[column_end], y_edges[row_end]),
            )
            for row, column, row_end, column_end in lattice.spans.tolist()
        ]
    )
    return Grid(
        page=number,
        bbox=BBox(x_edges[0], y_edges[0], x_edges[-1], y_edges[-1]),
        x_edges=x_edges,
        y_edges=y_edges,
        cells=cells,
        open_top=lattice.open_top,
        open_bottom=lattice.open_bottom,
        method=method,
    )


def _close_ends(along: Segments, crossing: Segments) -> tuple[Floats, Segments, bool, bool]:
    """Return the edges of one direction, with a border added where the crossing segments run on without one.

    At a page break the outer border is often not drawn; the crossing rulings then end where the text ends.
    The two flags say whether a border was added before the first and after the last edge.
    """
    edges = cluster_centres(along.position, along.end - along.start, EDGE_POINTS)
    if not len(edges):
        return edges, along, False, False
    before = _agreed_end(edges[0] - crossing.start)
    after = _agreed_end(crossing.end - edges[-1])
    low, high = float(crossing.position.min()), float(crossing.position.max())
    added = []
    if before is not None:
        added.append(float(edges[0]) - before)
    if after is not None:
        added.append(float(edges[-1]) + after)
    if added:
        along = Segments(
            np.r_[along.position, added],
            np.r_[along.start, np.full(len(added), low)],
            np.r_[along.end, np.full(len(added), high)],
        )
        edges = np.sort(np.r_[edges, added])
    return edges, along, before is not None, after is not None


def _agreed_end(overhang: Floats) -> float | None:
    """Return how far at least two segments stick out together, or None when they do not."""
    out = np.sort(overhang[overhang > OPEN_POINTS])
    if len(out) < 2:
        return None
    near = np.searchsorted(out, out + OPEN_AGREEMENT_POINTS, side="right") - np.arange(len(out))
    best = int(np.argmax(near))
    if near[best] < 2:
        return None
    return float(np.median(out[best : best + int(near[best])]))


def _walls(along: Segments, edges: Floats, crossing_edges: Floats) -> Bools:
    """Return ``walls[i, j]``: whether edge ``i`` carries ink between crossing edges ``j`` and ``j + 1``."""
    nearest = np.abs(along.position[:, None] - edges[None, :]).argmin(axis=1) if len(along) else np.zeros(0, int)
    low, high = crossing_edges[:-1], crossing_edges[1:]
    corner = np.minimum(CORNER_POINTS, (high - low) / 4)
    low, high = low + corner, high - corner
    walls: Bools = ink_on_edges(along, nearest, len(edges), low, high) >= WALL_COVERAGE * (high - low)
    return walls


def _without_shifted(edges: Floats, walls: Bools) -> Floats:
    """Merge neighbouring edges that never stand side by side: one edge drawn a little shifted from row to row."""
    merged = [0]
    for at in range(1, len(edges)):
        shifted = edges[at] - edges[merged[-1]] <= SHIFT_POINTS and not (walls[at] & walls[merged[-1]]).any()
        if not shifted:
            merged.append(at)
        elif walls[at].sum() > walls[merged[-1]].sum():
            merged[-1] = at
    kept: Floats = edges[np.array(merged)]
    return kept


def _enclosed_share(walls_x: Bools, walls_y: Bools, x_edges: Floats, y_edges: Floats) -> float:
    """Return the share of the area that no gap in the outer ink connects with the outside."""
    rows, columns = len(y_edges) - 1, len(x_edges) - 1
    # One more ring of unit cells around the lattice stands for the outside.
    number = np.zeros((rows + 2, columns + 2), dtype=np.int64)
    number[1:-1, 1:-1] = np.arange(1, rows * columns + 1).reshape(rows, columns)
    open_x = np.zeros((rows + 2, columns + 1), dtype=bool)
    open_x[1:-1, :] = ~walls_x.T
    open_y = np.zeros((rows + 1, columns + 2), dtype=bool)
    open_y[:, 1:-1] = ~walls_y
    label = join_labels(
        np.arange(rows * columns + 1),
        np.concatenate((number[:, :-1][open_x], number[:-1, :][open_y])),
        np.concatenate((number[:, 1:][open_x], number[1:, :][open_y])),
    )
    area = np.outer(np.diff(y_edges), np.diff(x_edges)).ravel()
    return float(area[label[1:] != 0].sum() / area.sum())


def _rectangular_spans(walls_x: Bools, walls_y: Bools) -> Ints:
    """Join unit cells without a wall between them, and cut joined shapes that are no rectangles into rectangles."""
    rows, columns = walls_x.shape[1], walls_y.shape[1]
    number = np.arange(rows * columns).reshape(rows, columns)
    open_x, open_y = ~walls_x[1:-1, :].T, ~walls_y[1:-1, :]
    label = join_labels(
        number.ravel(),
        np.concatenate((number[:, :-1][open_x], number[:-1, :][open_y])),
        np.concatenate((number[:, 1:][open_x], number[1:, :][open_y])),
    ).reshape(rows, columns)
    at_row, at_column = np.indices((rows, columns))
    top, left = np.full(rows * columns, rows), np.full(rows * columns, columns)
    bottom, right = np.zeros(rows * columns, dtype=np.int64), np.zeros(rows * columns, dtype=np.int64)
    np.minimum.at(top, label, at_row)
    np.minimum.at(left, label, at_column)
    np.maximum.at(bottom, label, at_row + 1)
    np.maximum.at(right, label, at_column + 1)
    size = np.bincount(label.ravel(), minlength=rows * columns)
    roots = np.flatnonzero(size)
    boxes = np.stack((top, left, bottom, right), axis=1)[roots]
    whole = size[roots] == (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    pieces = [
        piece
        for root, box in zip(roots[~whole].tolist(), boxes[~whole].tolist(), strict=True)
        for piece in _cut_shape(label == root, Span(*box))
    ]
    spans = np.concatenate((boxes[whole], np.array(pieces, dtype=np.int64).reshape(-1, 4)))
    return spans[np.lexsort((spans[:, 1], spans[:, 0]))]


def _cut_shape(inside: Bools, box: Span) -> list[Span]:
    """Cut a shape that is no rectangle into few rectangles.

    Such a shape comes from a wall that is drawn over a part of its way only; the cut carries the wall on. Cutting into
    wide or into tall rectangles is tried, and the fewer pieces win.
    """
    wide = _greedy_rectangles(inside, box)
    tall = [
        Span(s.column, s.row, s.column_end, s.row_end)
        for s in _greedy_rectangles(inside.T, Span(box.column, box.row, box.column_end, box.row_end))
    ]
    return wide if len(wide) <= len(tall) else tall


def _greedy_rectangles(inside: Bools, box: Span) -> list[Span]:
    left = inside.copy()
    pieces = []
    for row in range(box.row, box.row_end):
        for column in range(box.column, box.column_end):
            if not left[row, column]:
                continue
            column_end = column
            while column_end < box.column_end and left[row, column_end]:
                column_end += 1
            row_end = row
            while row_end < box.row_end and left[row_end, column:column_end].all():
                row_end += 1
            left[row:row_end, column:column_end] = False
            pieces.append(Span(row, column, row_end, column_end))
    return pieces


def _used_edges(spans: Ints, x_count: int, y_count: int) -> tuple[Bools, Bools]:
    used_x, used_y = np.zeros(x_count, dtype=bool), np.zeros(y_count, dtype=bool)
    used_x[spans[:, 1]] = used_x[spans[:, 3]] = True
    used_y[spans[:, 0]] = used_y[spans[:, 2]] = True
    return used_x, used_y
