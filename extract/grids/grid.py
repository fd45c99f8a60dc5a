"""Find the ruled tables of a page: one algorithm for digital and scanned pages.

Rulings become segments (:mod:`extract.grids.rulings`), segments connected regions
(:mod:`extract.grids.grid_regions`), a region a lattice of cells with spans (:mod:`extract.grids.grid_lattice`).
Here the lattices that are tables are told from frames, boxes and charts;
edges of shading (:mod:`extract.grids.grid_shading`) are asked only where no drawn columns are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extract.grids.cell_index import OUTSIDE, CellIndex, word_boxes
from extract.grids.grid_lattice import Lattice, build_lattice, grid_of_lattice
from extract.grids.grid_regions import connected_regions
from extract.grids.grid_shading import shaded_lattices
from extract.grids.rulings import Floats, Segments, distinct, merge_rulings
from extract.grids.text_rows import split_unruled_rows
from extract.model import BBox, Grid, GridMethod, Orientation, Page, Ruling, RulingKind, Word

MIN_TABLE_CELLS = 4
"""A frame cut in two or three boxes is furniture, not a table."""
MIN_ENCLOSED_SHARE = 0.5
"""Boxes joined by connectors (an organisation chart) enclose little of their bounding box."""
DRAWN_COLUMNS = 3
"""A drawn grid with this many columns needs no help from shading."""
SHADED_ROWS = 3
"""Shading over fewer rows is the head of a table whose body the text has to show."""
CROSSING_MARGIN_POINTS = 1.5
"""A word reaches across an edge when it lies at least this far on both sides of it."""
OVERLAP_SHARE = 0.5
"""Two grids sharing this part of the smaller one compete for the same table."""


def find_grids(page: Page) -> tuple[Grid, ...]:
    """Find the ruled tables of a page, top to bottom; their cells hold no text yet."""
    return find_grids_from_rulings(page.rulings, page.width, page.height, words=page.words, number=page.number)


def find_grids_and_drawn(page: Page) -> tuple[tuple[Grid, ...], tuple[Grid, ...]]:
    """Find the ruled tables of a page twice: with the edges of shading, and as the drawn rulings alone show them.

    Both are the same object where shading adds nothing.
    """
    drawn = _Drawn.of(page.rulings, page.number)
    plain = _finished(drawn.grids, page.width, page.height, page.words)
    with_shading = _with_shading(drawn, page.rulings, page.words)
    if with_shading == drawn.grids:
        return plain, plain
    return _finished(with_shading, page.width, page.height, page.words), plain


def find_grids_from_rulings(
    rulings: Sequence[Ruling], width: float, height: float, *, words: Sequence[Word] = (), number: int = 1
) -> tuple[Grid, ...]:
    """Find the ruled tables from rulings alone, so that a recogniser can be given cell boxes before any text exists.

    ``width`` and ``height`` are the page's, in points; words, where known, help to choose between readings.
    """
    grids = _with_shading(_Drawn.of(rulings, number), rulings, words)
    return _finished(grids, width, height, words)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The drawn rulings of a page and the grids they show."""

    rulings: list[Ruling]
    across: Segments
    grids: list[Grid]
    number: int
    """Of the page, 1-based."""

    @classmethod
    def of(cls, rulings: Sequence[Ruling], number: int) -> _Drawn:
        """Find the grids of the rulings, edges of shading left out."""
        drawn = [ruling for ruling in rulings if ruling.kind is not RulingKind.FILL_EDGE]
        across, down = merge_rulings(drawn, Orientation.HORIZONTAL), merge_rulings(drawn, Orientation.VERTICAL)
        return cls(drawn, across, _ruled_grids(across, down, number), number)


def _with_shading(drawn: _Drawn, rulings: Sequence[Ruling], words: Sequence[Word]) -> list[Grid]:
    """Return the drawn grids, or those that edges of shading complete."""
    shading = [
        ruling for ruling in rulings if ruling.kind is RulingKind.FILL_EDGE and not _settled(ruling, drawn.grids)
    ]
    if not shading:
        return drawn.grids
    shaded = _shaded_grids(drawn.rulings, shading, drawn.across, words, drawn.number)
    return _better_reading(drawn.grids, shaded, words)


def _finished(grids: list[Grid], width: float, height: float, words: Sequence[Word]) -> tuple[Grid, ...]:
    """Split rows that words show, and leave out what is off the page or inside another grid."""
    if words:
        boxes = word_boxes(words)
        grids = [split_unruled_rows(grid, words, boxes) for grid in grids if grid.rows > 1 or _holds_text(grid, boxes)]
    on_page = [grid for grid in grids if grid.bbox.x0 < width and grid.bbox.top < height]
    return tuple(sorted(_without_nested(on_page), key=lambda grid: (grid.bbox.top, grid.bbox.x0)))


def _ruled_grids(across: Segments, down: Segments, number: int) -> list[Grid]:
    lattices = (build_lattice(*region) for region in connected_regions(across, down))
    return [
        grid_of_lattice(lattice, number, GridMethod.RULED)
        for lattice in lattices
        if lattice is not None and _is_table(lattice)
    ]


def _shaded_grids(
    drawn: list[Ruling], shading: list[Ruling], drawn_across: Segments, words: Sequence[Word], number: int
) -> list[Grid]:
    rulings = [*drawn, *shading]
    across, down = merge_rulings(rulings, Orientation.HORIZONTAL), merge_rulings(rulings, Orientation.VERTICAL)
    lattices = shaded_lattices(across, down, drawn_across, words)
    grids = [grid_of_lattice(lattice, number, GridMethod.RULED) for lattice in lattices if _is_table(lattice)]
    return [grid for grid in grids if grid.rows >= SHADED_ROWS]


def _holds_text(grid: Grid, boxes: Floats) -> bool:
    """Say whether at least two cells have words: a row of borders around one text, or around none, is furniture."""
    cells = distinct(CellIndex(grid).of_words(boxes))
    return int((cells != OUTSIDE).sum()) > 1


def _settled(ruling: Ruling, grids: list[Grid]) -> bool:
    """Say whether an edge of shading lies in a drawn grid whose columns are drawn too: it can add nothing."""
    middle = (ruling.start + ruling.end) / 2
    x, y = (ruling.position, middle) if ruling.orientation is Orientation.VERTICAL else (middle, ruling.position)
    return any(grid.columns >= DRAWN_COLUMNS and grid.bbox.holds(x, y) for grid in grids)


def _is_table(lattice: Lattice) -> bool:
    rows, columns = len(lattice.y_edges) - 1, len(lattice.x_edges) - 1
    if lattice.enclosed < MIN_ENCLOSED_SHARE or columns < 2:
        return False
    return len(lattice.spans) >= MIN_TABLE_CELLS or (rows == 1 and columns >= MIN_TABLE_CELLS - 1)


def _better_reading(drawn: list[Grid], shaded: list[Grid], words: Sequence[Word]) -> list[Grid]:
    """Add the grids that only shading shows, and prefer one with more columns where no more words cross its edges."""
    chosen = list(drawn)
    for grid in shaded:
        rivals = [other for other in chosen if _shared(grid.bbox, other.bbox) > OVERLAP_SHARE]
        if not rivals:
            chosen.append(grid)
        elif (
            len(rivals) == 1
            and rivals[0].columns < min(grid.columns, DRAWN_COLUMNS)
            and words_crossing(grid, words) <= words_crossing(rivals[0], words)
        ):
            chosen[chosen.index(rivals[0])] = grid
    return chosen


def words_crossing(grid: Grid, words: Sequence[Word]) -> int:
    """Count the words that reach across a vertical edge of the cell in which their middle lies."""
    boxes = word_boxes(words)
    cell = CellIndex(grid).of_middle(boxes)
    boxes, cell = boxes[cell != OUTSIDE], cell[cell != OUTSIDE]
    sides = np.array([(one.bbox.x0, one.bbox.x1) for one in grid.cells])[cell]
    beyond = np.maximum(sides[:, 0] - boxes[:, 0], boxes[:, 2] - sides[:, 1])
    return int((beyond > CROSSING_MARGIN_POINTS).sum())


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
