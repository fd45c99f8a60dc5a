"""Find the ruled tables of a page: one algorithm for digital and scanned pages.

Rulings become segments (:mod:`extract.rulings`), segments connected regions (:mod:`extract.grid_regions`), a region a
lattice of cells with spans (:mod:`extract.grid_lattice`). Here the lattices that are tables are told from frames,
boxes and charts, and readings with and without the edges of shading compete.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from extract.grid_lattice import Lattice, build_lattice
from extract.grid_regions import connected_regions
from extract.model import BBox, Cell, Grid, Orientation, Page, Ruling, RulingKind, Word
from extract.rulings import merge_rulings

MIN_TABLE_CELLS = 4
"""A frame cut in two or three boxes is furniture, not a table."""
MIN_ENCLOSED_SHARE = 0.5
"""Boxes joined by connectors (an organisation chart) enclose little of their bounding box."""
CROSSING_MARGIN_POINTS = 1.5
"""A word reaches across an edge when it lies at least this far on both sides of it."""
OVERLAP_SHARE = 0.5
"""Two grids sharing this part of the smaller one compete for the same table."""


def find_grids(page: Page) -> tuple[Grid, ...]:
    """Find the ruled tables of a page, top to bottom; their cells hold no text yet."""
    return find_grids_from_rulings(page.rulings, page.width, page.height, words=page.words, number=page.number)


def find_grids_from_rulings(
    rulings: Sequence[Ruling], width: float, height: float, *, words: Sequence[Word] = (), number: int = 1
) -> tuple[Grid, ...]:
    """Find the ruled tables from rulings alone, so that a recogniser can be given cell boxes before any text exists.

    ``width`` and ``height`` are the page's, in points; words, where known, help to choose between readings.
    """
    drawn = [ruling for ruling in rulings if ruling.kind is not RulingKind.FILL_EDGE]
    grids = _grids_of(drawn, width, height, number)
    if len(drawn) < len(rulings):
        grids = _better_reading(grids, _grids_of(rulings, width, height, number), words)
    return tuple(sorted(_without_nested(grids), key=lambda grid: (grid.bbox.top, grid.bbox.x0)))


def words_crossing(grid: Grid, words: Iterable[Word]) -> int:
    """Count the words that reach across a vertical edge of the cell in which their middle lies."""
    crossing = 0
    for word in words:
        box = word.bbox
        for cell in grid.cells:
            if cell.bbox.holds(box.center_x, box.center_y):
                left, right = cell.bbox.x0 - box.x0, box.x1 - cell.bbox.x1
                crossing += max(left, right) > CROSSING_MARGIN_POINTS
                break
    return crossing


def _grids_of(rulings: Sequence[Ruling], width: float, height: float, number: int) -> list[Grid]:
    horizontal = merge_rulings(rulings, Orientation.HORIZONTAL)
    vertical = merge_rulings(rulings, Orientation.VERTICAL)
    grids = []
    for across, down in connected_regions(horizontal, vertical):
        lattice = build_lattice(across, down)
        if lattice is not None and _is_table(lattice):
            grids.append(_grid(lattice, number))
    return [grid for grid in grids if grid.bbox.x0 < width and grid.bbox.top < height]


def _is_table(lattice: Lattice) -> bool:
    rows, columns = len(lattice.y_edges) - 1, len(lattice.x_edges) - 1
    if lattice.enclosed < MIN_ENCLOSED_SHARE or columns < 2:
        return False
    return len(lattice.spans) >= MIN_TABLE_CELLS or (rows == 1 and columns >= MIN_TABLE_CELLS - 1)


def _grid(lattice: Lattice, number: int) -> Grid:
    x_edges = tuple(float(x) for x in lattice.x_edges)
    y_edges = tuple(float(y) for y in lattice.y_edges)
    cells = tuple(
        Cell(
            row=span.row,
            column=span.column,
            row_span=span.row_end - span.row,
            column_span=span.column_end - span.column,
            bbox=BBox(x_edges[span.column], y_edges[span.row], x_edges[span.column_end], y_edges[span.row_end]),
        )
        for span in lattice.spans
    )
    return Grid(
        page=number,
        bbox=BBox(x_edges[0], y_edges[0], x_edges[-1], y_edges[-1]),
        x_edges=x_edges,
        y_edges=y_edges,
        cells=cells,
        open_top=lattice.open_top,
        open_bottom=lattice.open_bottom,
    )


def _better_reading(drawn: list[Grid], filled: list[Grid], words: Sequence[Word]) -> list[Grid]:
    """Add the grids that only shading shows, and prefer one over a drawn grid where fewer words cross its edges."""
    chosen = list(drawn)
    for grid in filled:
        rivals = [other for other in chosen if _shared(grid.bbox, other.bbox) > OVERLAP_SHARE]
        if not rivals:
            chosen.append(grid)
        elif words and len(rivals) == 1 and words_crossing(grid, words) < words_crossing(rivals[0], words):
            chosen[chosen.index(rivals[0])] = grid
    return chosen


def _without_nested(grids: list[Grid]) -> list[Grid]:
    """Drop a grid that lies inside another: the outer one's cells hold its words."""
    kept: list[Grid] = []
    for grid in sorted(grids, key=lambda item: -item.bbox.width * item.bbox.height):
        if all(_shared(grid.bbox, other.bbox) <= OVERLAP_SHARE for other in kept):
            kept.append(grid)
    return kept


def _shared(one: BBox, other: BBox) -> float:
    """Return the share of the smaller box that the two have in common."""
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    smaller = min(one.width * one.height, other.width * other.height)
    return float(np.clip(width, 0, None) * np.clip(height, 0, None) / smaller) if smaller > 0 else 0.0
