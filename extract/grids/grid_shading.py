"""Tables that only shading shows: zebra rows, coloured heads, cells filled without a rule between them.

Shading is inset by the cell's padding, drawn again under every paragraph, and left out in white rows, so its edges are
candidates for columns and rows and never walls by themselves. A row that is not shaded takes over the columns of the
others unless a word stands in the way.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extract.grids.cell_index import word_boxes
from extract.grids.grid_lattice import Bools, Lattice, lattice_of_walls
from extract.grids.grid_regions import connected_regions
from extract.grids.rulings import Floats, Ints, Segments, distinct, ink_on_edges
from extract.model import BBox, Word

PADDING_POINTS = 6.5
"""Edges in a chain with steps up to this belong together: fill, cell border, and the fill of the next cell."""
BAND_GAP_POINTS = 80.0
"""White rows between two shaded rows may be this high."""
MIN_BAND_POINTS = 60.0
"""A narrower shaded region is a bullet, a button or part of a drawing."""
MAX_BANDS = 200
"""A page with more shaded regions is a map or a picture."""
SAME_SIDE_POINTS = 12.0
"""Shaded rows of one table begin and end within this distance of each other."""
FULL_WIDTH_SHARE = 0.85
"""A row edge covers this much of the table's width; shading under paragraphs leaves the padding out and covers less."""
PARTIAL_WIDTH_SHARE = 0.6
"""Accepted where no edge covers more."""
WALL_SHARE = 0.6
"""Ink over this share of a row's height is a wall between two cells of that row."""
CROSSED_SHARE = 0.2
"""A column edge that words cross in more than this share of the rows is the edge of a paragraph, not of a column."""
WORD_INSET_POINTS = 1.0
"""A word touching an edge with less than this does not cross it."""
MIN_ZEBRA_EDGES = 4
"""White rows are expected only where shaded rows have been seen before."""
ROWS_BELOW = 2
"""So many row heights below the last shaded row and the white one after it are looked at."""
MIN_COLUMN_POINTS = 8.0
"""Narrower columns are the gap between two shades."""


def shaded_lattices(
    horizontal: Segments, vertical: Segments, drawn_horizontal: Segments, words: Sequence[Word]
) -> tuple[Lattice, ...]:
    """Build the lattices that shading shows.

    ``horizontal`` and ``vertical`` hold drawn rulings and edges of shading alike; ``drawn_horizontal`` only the drawn
    ones, which settle the rows where there are enough of them.
    """
    boxes = word_boxes(words)
    lattices = []
    for across, down in _bands(horizontal, vertical):
        box = _bounds(across, down)
        lattice = _shaded_lattice(across, down, _inside(drawn_horizontal, box), box, boxes)
        if lattice is not None:
            lattices.append(lattice)
    return tuple(lattices)


def _shaded_lattice(across: Segments, down: Segments, drawn: Segments, box: BBox, words: Floats) -> Lattice | None:
    if (drawn.end - drawn.start < FULL_WIDTH_SHARE * box.width).any():
        return None  # rulings below single titles show the head better than shading does
    y_edges = _full_width_edges(drawn, box, FULL_WIDTH_SHARE)
    if len(y_edges) < 3:
        y_edges = _full_width_edges(across, box, FULL_WIDTH_SHARE)
    if len(y_edges) < 3:
        y_edges = _full_width_edges(across, box, PARTIAL_WIDTH_SHARE)
    x_edges, cluster = _chained_edges(down.position, down.end - down.start)
    if len(y_edges) < 2 or len(x_edges) < 3:
        return None
    if _goes_on_below(x_edges, y_edges, words):
        return None
    y_edges = _with_last_white_row(x_edges, y_edges, words)
    box = BBox(box.x0, box.top, box.x1, float(y_edges[-1]))
    inside = words[
        (words[:, 0] < box.x1) & (words[:, 2] > box.x0) & (words[:, 1] < box.bottom) & (words[:, 3] > box.top)
    ]
    crossed = _crossed(x_edges, y_edges, inside)
    keep = crossed.mean(axis=1) <= CROSSED_SHARE
    keep[[0, -1]] = True
    ink = _ink(down, cluster, len(x_edges), y_edges)
    x_edges, ink, crossed = x_edges[keep], ink[keep], crossed[keep]
    wide = np.r_[True, np.diff(x_edges) >= MIN_COLUMN_POINTS]
    x_edges, ink, crossed = x_edges[wide], ink[wide], crossed[wide]
    if len(x_edges) < 3:
        return None
    shaded_row = ink[1:-1].any(axis=0)
    walls_x = np.where(shaded_row[None, :], ink, ~crossed)
    walls_y = np.ones((len(y_edges), len(x_edges) - 1), dtype=bool)
    return lattice_of_walls(x_edges, y_edges, walls_x, walls_y)


def _goes_on_below(x_edges: Floats, y_edges: Floats, words: Floats) -> bool:
    """Say whether several unshaded rows follow in the same columns: then the text shows the table, not the shading."""
    height = float(np.median(np.diff(y_edges)))
    low = float(y_edges[-1]) + height
    below = words[
        (words[:, 1] >= low)
        & (words[:, 3] <= low + ROWS_BELOW * height)
        & (words[:, 0] < x_edges[-1])
        & (words[:, 2] > x_edges[0])
    ]
    across = (below[:, 0, None] + WORD_INSET_POINTS < x_edges) & (below[:, 2, None] - WORD_INSET_POINTS > x_edges)
    columns = distinct(np.searchsorted(x_edges, (below[:, 0] + below[:, 2]) / 2))
    return not across.any() and len(columns) >= (len(x_edges) - 1) / 2


def _with_last_white_row(x_edges: Floats, y_edges: Floats, words: Floats) -> Floats:
    """Add the white row below the last shaded one, when words stand there in several columns and cross no edge."""
    height = float(np.median(np.diff(y_edges)))
    bottom = float(y_edges[-1])
    near = words[
        (words[:, 1] >= bottom - WORD_INSET_POINTS)
        & (words[:, 3] <= bottom + height + WORD_INSET_POINTS)
        & (words[:, 0] < x_edges[-1])
        & (words[:, 2] > x_edges[0])
    ]
    if not len(near) or len(y_edges) < MIN_ZEBRA_EDGES:
        return y_edges
    across = (near[:, 0, None] + WORD_INSET_POINTS < x_edges) & (near[:, 2, None] - WORD_INSET_POINTS > x_edges)
    columns = distinct(np.searchsorted(x_edges, (near[:, 0] + near[:, 2]) / 2))
    if across.any() or len(columns) < (len(x_edges) - 1) / 2:
        return y_edges
    return np.append(y_edges, float(near[:, 3].max()) + WORD_INSET_POINTS)


def _bands(horizontal: Segments, vertical: Segments) -> list[tuple[Segments, Segments]]:
    """Join connected regions that stand above each other with the same sides: the shaded rows of one table."""
    regions = [(_bounds(*region), region) for region in connected_regions(horizontal, vertical)]
    regions = [(box, region) for box, region in regions if box.width >= MIN_BAND_POINTS]
    regions.sort(key=lambda item: item[0].top)
    bands: list[tuple[BBox, list[tuple[Segments, Segments]]]] = []
    for box, region in regions[:MAX_BANDS]:
        for at, (above, members) in enumerate(bands):
            if (
                abs(above.x0 - box.x0) <= SAME_SIDE_POINTS
                and abs(above.x1 - box.x1) <= SAME_SIDE_POINTS
                and box.top - above.bottom <= BAND_GAP_POINTS
            ):
                bands[at] = (above.union(box), [*members, region])
                break
        else:
            bands.append((box, [region]))
    return [(_joined([a for a, _ in members]), _joined([d for _, d in members])) for _, members in bands]


def _full_width_edges(across: Segments, box: BBox, share: float) -> Floats:
    """Return the heights at which segments together cover that share of the box's width."""
    edges, cluster = _chained_edges(across.position, across.end - across.start)
    ink = ink_on_edges(across, cluster, len(edges), np.array([box.x0]), np.array([box.x1]))
    full: Floats = edges[ink[:, 0] >= share * box.width]
    return full


def _chained_edges(position: Floats, length: Floats) -> tuple[Floats, Ints]:
    """Chain close positions; return one edge a chain, where most of its ink is, and every position's chain number.

    The first and the last chain give their outermost position: there the table ends.
    """
    if not len(position):
        return position, np.zeros(0, dtype=np.int64)
    order = np.argsort(position, kind="stable")
    ascending = position[order]
    number = np.r_[0, np.cumsum(np.diff(ascending) > PADDING_POINTS)]
    cluster = np.empty(len(position), dtype=np.int64)
    cluster[order] = number
    # Ink within a small distance of every position, from one running sum; chains are further apart than that.
    total = np.concatenate(([0.0], np.cumsum(length[order])))
    low = np.searchsorted(ascending, ascending - WORD_INSET_POINTS, side="left")
    high = np.searchsorted(ascending, ascending + WORD_INSET_POINTS, side="right")
    first = np.searchsorted(number, np.arange(number[-1] + 1))
    middle = np.add.reduceat(ascending, first) / np.bincount(number)
    # With the padding on both sides of it, the cell border itself stands in the middle.
    by_ink = np.lexsort((np.abs(ascending - middle[number]), total[low] - total[high], number))
    edges = ascending[by_ink[first]]
    edges[0], edges[-1] = ascending[0], ascending[-1]
    return edges, cluster


def _crossed(x_edges: Floats, y_edges: Floats, words: Floats) -> Bools:
    """Return ``crossed[i, r]``: whether a word in row ``r`` reaches across column edge ``i``."""
    crossed = np.zeros((len(x_edges), len(y_edges) - 1), dtype=bool)
    if len(words):
        row = np.clip(np.searchsorted(y_edges, (words[:, 1] + words[:, 3]) / 2) - 1, 0, len(y_edges) - 2)
        across = (words[:, 0] + WORD_INSET_POINTS < x_edges[:, None]) & (
            words[:, 2] - WORD_INSET_POINTS > x_edges[:, None]
        )
        edge, word = np.nonzero(across)
        crossed[edge, row[word]] = True
    return crossed


def _ink(down: Segments, cluster: Ints, edges: int, y_edges: Floats) -> Bools:
    low, high = y_edges[:-1], y_edges[1:]
    ink: Bools = ink_on_edges(down, cluster, edges, low, high) >= WALL_SHARE * (high - low)
    return ink


def _bounds(across: Segments, down: Segments) -> BBox:
    return BBox(
        float(min(across.start.min(), down.position.min())),
        float(min(down.start.min(), across.position.min())),
        float(max(across.end.max(), down.position.max())),
        float(max(down.end.max(), across.position.max())),
    )


def _inside(across: Segments, box: BBox) -> Segments:
    middle = (across.start + across.end) / 2
    return across.take(
        (across.position >= box.top - WORD_INSET_POINTS)
        & (across.position <= box.bottom + WORD_INSET_POINTS)
        & (middle >= box.x0)
        & (middle <= box.x1)
    )


def _joined(parts: Sequence[Segments]) -> Segments:
    return Segments(
        np.concatenate([part.position for part in parts]),
        np.concatenate([part.start for part in parts]),
        np.concatenate([part.end for part in parts]),
    )
