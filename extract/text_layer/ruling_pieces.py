"""Join the pieces a table is drawn of into rulings: all pieces of a page at once, as NumPy columns.

An office program draws a ruled page as thousands of pieces, one for each side of each cell; making an object of each,
only to join it with its neighbours, used to cost more than reading it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np

from extract.model import Orientation, Ruling, RulingKind
from extract.text_layer.glyphs import Flags, Floats, Ints
from extract.text_layer.ruling_shapes import THIN, WHITE

SAME_POSITION = 0.5
"""Points; width of the lattice on which collinear pieces are gathered."""
TOUCHING = 0.75
"""Points; collinear pieces this near make one ruling."""
DASH_LENGTH = 8.0
"""Points; pieces no longer than this may be dashes."""
DASH_GAP = 4.0
"""Points; widest gap between dashes, and no more than :data:`DASH_GAP_RATIO` of their length."""
DASH_GAP_RATIO = 2.5
SHORTEST = 2.0
"""Points; a ruling still shorter than this after joining is a dot."""

_KINDS = tuple(sorted(RulingKind))
_ORDINAL = {kind: ordinal for ordinal, kind in enumerate(_KINDS)}
_FILL_EDGE, _THIN_RECT = _ORDINAL[RulingKind.FILL_EDGE], _ORDINAL[RulingKind.THIN_RECT]


@dataclass(frozen=True, slots=True)
class Pieces:
    """Parallel columns, one entry a piece; positions and lengths in points."""

    when: Ints
    """Which of the page's shapes drew it."""
    vertical: Flags
    position: Floats
    start: Floats
    end: Floats
    thickness: Floats
    kind: Ints
    """Index of the :class:`RulingKind` in alphabetical order."""
    gray: Floats

    def take(self, index: Ints | Flags) -> Pieces:
        """Return the pieces that the mask or the indices select."""
        return Pieces(
            self.when[index],
            self.vertical[index],
            self.position[index],
            self.start[index],
            self.end[index],
            self.thickness[index],
            self.kind[index],
            self.gray[index],
        )

    @classmethod
    def joined(cls, parts: Sequence[Pieces]) -> Pieces:
        """Return the pieces of all parts, of which there is at least one, in drawing order."""
        names = cls.__slots__
        together = cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))
        return together.take(np.argsort(together.when, kind="stable"))

    @classmethod
    def of_rulings(cls, drawn: Sequence[tuple[int, Ruling]]) -> Pieces:
        """Make columns of rulings and the shapes that drew them."""
        columns = np.array(
            [
                (
                    r.orientation is Orientation.VERTICAL,
                    r.position,
                    r.start,
                    r.end,
                    r.thickness,
                    _ORDINAL[r.kind],
                    r.gray,
                )
                for _, r in drawn
            ],
            dtype=np.float64,
        ).reshape(-1, 7)
        vertical, position, start, end, thickness, kind, gray = columns.T
        when = np.fromiter((when for when, _ in drawn), np.int64, len(drawn))
        return cls(when, vertical > 0, position, start, end, thickness, kind.astype(np.int64), gray)

    @classmethod
    def of_thin_fills(cls, when: Ints, boxes: Floats, gray: Floats) -> Pieces:
        """Return the centre lines of thin fills given as (x0, top, x1, bottom) rows.

        A dot gives two, for it may be part of a line either way.
        """
        x0, top, x1, bottom = boxes.T
        width, height = x1 - x0, bottom - top
        dot = (width <= THIN) & (height <= THIN)
        across, down = np.flatnonzero((width >= height) | dot), np.flatnonzero((height >= width) | dot)
        shape = np.concatenate((across, down))
        return cls(
            when=when[shape],
            vertical=np.repeat((False, True), (len(across), len(down))),
            position=np.concatenate((((top + bottom) / 2)[across], ((x0 + x1) / 2)[down])),
            start=np.concatenate((x0[across], top[down])),
            end=np.concatenate((x1[across], bottom[down])),
            thickness=np.concatenate((height[across], width[down])),
            kind=np.full(len(shape), _THIN_RECT),
            gray=gray[shape],
        )


def join_rulings(pieces: Pieces, width: float, height: float) -> tuple[Ruling, ...]:
    """Crop pieces to the page and join collinear ones that touch, overlap, or make a dashed line."""
    pieces = _on_page(pieces, width, height)
    if not len(pieces.when):
        return ()
    # Fill edges, white ink and the rest are joined apart.
    edge, white = pieces.kind == _FILL_EDGE, pieces.gray >= WHITE
    lane = np.rint(pieces.position / SAME_POSITION)
    order = np.lexsort((pieces.end, pieces.start, lane, white, edge, pieces.vertical))
    sorted_keys = np.stack([key[order] for key in (pieces.vertical, edge, white, lane)])
    group_begins = np.append(True, (np.diff(sorted_keys) != 0).any(axis=0))
    group = np.cumsum(group_begins) - 1
    seen = np.minimum.reduceat(order, np.flatnonzero(group_begins))[group]
    pieces = pieces.take(order)
    reach_end = _running_end(pieces.end, group)
    length = pieces.end - pieces.start
    gap = pieces.start[1:] - reach_end[:-1]
    begins = group_begins | np.append(True, gap > _bridged(length))
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(begins)) - 1
    start = pieces.start[first]
    # The longest piece gives the joined ruling its place and ink: one longer than all before it reach together.
    longer = np.append(True, reach_end[:-1] - np.repeat(start, last - first + 1)[1:] < length[1:])
    longest = np.maximum.accumulate(np.where(begins | longer, np.arange(len(begins)), 0))[last]
    joined = Pieces(
        when=seen[first],
        vertical=pieces.vertical[longest],
        position=pieces.position[longest],
        start=start,
        end=reach_end[last],
        thickness=np.maximum.reduceat(pieces.thickness, first),
        kind=pieces.kind[longest],
        gray=pieces.gray[longest],
    )
    return _rulings(joined.take(joined.end - joined.start >= SHORTEST))


def _on_page(pieces: Pieces, width: float, height: float) -> Pieces:
    """Drop pieces off the page and cut the others at its edges."""
    along = np.where(pieces.vertical, height, width)
    across = np.where(pieces.vertical, width, height)
    on_page = (pieces.position >= 0) & (pieces.position <= across) & (pieces.end >= 0) & (pieces.start <= along)
    kept, along = pieces.take(on_page), along[on_page]
    start, end = np.maximum(0.0, kept.start), np.minimum(along, kept.end)
    return Pieces(kept.when, kept.vertical, kept.position, start, end, kept.thickness, kept.kind, kept.gray)


def _running_end(end: Floats, group: Ints) -> Floats:
    """Return how far the pieces of a group reach up to each; input is sorted by group.

    The ends are compared by rank, so that every group can be lifted above the one before without rounding.
    """
    by_end = np.argsort(end, kind="stable")
    rank = np.empty(len(end), dtype=np.int64)
    rank[by_end] = np.arange(len(end))
    lift = group * len(end)
    reached: Floats = end[by_end[np.maximum.accumulate(rank + lift) - lift]]
    return reached


def _bridged(length: Floats) -> Floats:
    """Return how wide a gap each piece but the first may leave to the one before it."""
    before, after = length[:-1], length[1:]
    dashes = (before <= DASH_LENGTH) & (after <= DASH_LENGTH)
    dash_gap = np.minimum(DASH_GAP, DASH_GAP_RATIO * np.minimum(before, after))
    return np.where(dashes, np.maximum(TOUCHING, dash_gap), TOUCHING)


def _rulings(pieces: Pieces) -> tuple[Ruling, ...]:
    """Make rulings of columns: the horizontal ones first, each kind from the top left."""
    keys = (pieces.when, pieces.kind, pieces.end, pieces.start, pieces.position, pieces.vertical)
    sorted_pieces = pieces.take(np.lexsort(keys))
    upright = int(pieces.vertical.sum())
    orientations = [
        *repeat(Orientation.HORIZONTAL, len(pieces.when) - upright),
        *repeat(Orientation.VERTICAL, upright),
    ]
    return tuple(
        map(
            Ruling,
            orientations,
            sorted_pieces.position.tolist(),
            sorted_pieces.start.tolist(),
            sorted_pieces.end.tolist(),
            sorted_pieces.thickness.tolist(),
            [_KINDS[kind] for kind in sorted_pieces.kind.tolist()],
            sorted_pieces.gray.tolist(),
        )
    )
