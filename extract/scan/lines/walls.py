"""Walls between cells that a scan shows in part or too pale: found again where the same line stands in other rows.

A gap of a fax, a worn place or a hair line of pale grey opens a wall, and two cells become one. The line they share
with the cells above and below is known, so that little ink on it proves the wall, less than finds a line. Where no ink
is left, two texts with wide white between them, just there, prove it too, if every neighbour has the wall.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.frame import POINTS_PER_INCH
from extract.grids.grid import find_grids_from_rulings
from extract.model import Grid, Orientation, Ruling
from extract.scan.engine import Picture
from extract.scan.glyph_geometry import without_dust

KNOWN_SHARE = 0.3
"""Of its cells along which a line is drawn, if pale ink is to prove the rest of it."""
PROVING_INK = 0.4
"""Of the line's usual darkness; a merged cell has up to 0.35 where a letter stands alone."""
STEADY, STEADY_INK = 0.8, 0.15
"""Of the wall's length that is dark, from which so little ink is enough: a pale line in a coloured head."""
LEAST_DARKNESS = 10.0
"""Grey levels; paper grain, the ghosts of JPEG and a line that is not where it was thought are paler."""
HALF_LINE = 0.011
"""Inches from the middle of a line within which its ink lies, its residual lean included."""
BESIDE = 0.012
"""Inches beyond that where text would stand close, and where the paper's brightness is taken."""
TEXTS_APART = 0.055
"""Inches of white, the line aside, at which the texts on its sides are two; a word space is half as wide."""
CORNER = 0.03
"""Inches at both ends of a wall that are left out: the crossing lines."""
LEAST_LENGTH = 0.06
"""Inches of a wall without its corners; a shorter one cannot be measured."""
MOST_SAMPLES = 16
"""Cells along a line whose walls tell its usual darkness."""
DRAWN_SHARE = 0.8
"""Of its cells along which a column's line is drawn, if white between two texts is to prove the rest of it."""
WHITE_BETWEEN = 0.09
"""Inches of white between two texts of neighbouring columns; where no ink is left."""


ROUNDS = 2
LEAST_ROWS = 3
"""Pixel rows on which the darkness of a line is measured at least."""


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Which places along a line are left out, because the strokes of letters may stand there."""

    text_near: float
    """Inches on both sides within which text makes a place unclear."""
    ascender: float
    """Inches before and behind such text that are unclear too: the tallest letter of a line stands out by itself."""
    seen_share: float
    """Of the wall that must be left; ink on less proves nothing."""


ALONG_TEXT = _Doubt(BESIDE, 0.0, 0.3)
"""For lines between rows, which text runs along."""
ACROSS_TEXT = _Doubt(0.12, 0.02, 0.3)
"""For lines between columns, which the text of a merged cell may cross."""
BETWEEN_TEXTS = _Doubt(0.12, 0.0, 0.0)
"""For lines between columns where two texts stand apart: above and below them is little, but clear."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is seen of a line along one cell."""

    darkness: float
    """Grey levels below the paper beside it, on average."""
    steady: float
    """Share of its length that is darker than the paper."""

    def proves(self, usual: float) -> bool:
        """Say whether that is a wall, where the line is usually so much darker than the paper."""
        share = STEADY_INK if self.steady >= STEADY else PROVING_INK
        return self.darkness >= max(LEAST_DARKNESS, share * usual)


@dataclass(frozen=True, slots=True)
class _Reach:
    """A cell seen along one direction: edge numbers across it, and its extent along them in pixels."""

    first: int
    last: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class WallPictures:
    """A straight page and its masks."""

    even: Picture
    """The page, evenly lit."""
    ink: Picture
    """Its ink (255)."""
    text_ink: Picture
    """The ink without that of the rulings."""
    scale: float
    """Pixels per point."""
    glyph_height: float
    """Pixels."""

    def turned(self) -> WallPictures:
        """Return them with rows and columns exchanged."""
        even, ink, text_ink = (np.ascontiguousarray(picture.T) for picture in (self.even, self.ink, self.text_ink))
        return WallPictures(even, ink, text_ink, self.scale, self.glyph_height)


def with_missing_walls(
    rulings: tuple[Ruling, ...], grids: tuple[Grid, ...], pictures: WallPictures
) -> tuple[tuple[Ruling, ...], tuple[Grid, ...]]:
    """Return the rulings of a page and its grids, in points, with the walls that merged cells lost.

    A second round finds what the first brings to light: a line known only now, and cells that lost both their walls.
    """
    height, width = (pixels / pictures.scale for pixels in pictures.even.shape)
    for _ in range(ROUNDS):
        walls = missing_walls(grids, pictures)
        if not walls:
            break
        rulings = (*rulings, *walls)
        grids = find_grids_from_rulings(rulings, width, height, number=grids[0].page)
    return rulings, grids


def missing_walls(grids: Sequence[Grid], pictures: WallPictures) -> list[Ruling]:
    """Return, in points, the walls inside the merged cells of grids that the page still shows or that texts prove."""
    scale, turned = pictures.scale, pictures.turned()
    found: list[Ruling] = []
    for grid in grids:
        boxes = [(cell, cell.bbox) for cell in grid.cells]
        down = [
            _Reach(cell.column, cell.column + cell.column_span, round(box.top * scale), round(box.bottom * scale))
            for cell, box in boxes
        ]
        across = [
            _Reach(cell.row, cell.row + cell.row_span, round(box.x0 * scale), round(box.x1 * scale))
            for cell, box in boxes
        ]
        if all(reach.last - reach.first == 1 for reach in (*down, *across)):
            continue
        found += _walls(_Lines(pictures, grid.x_edges), down, Orientation.VERTICAL)
        found += _walls(_Lines(turned, grid.y_edges), across, Orientation.HORIZONTAL)
    return found


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a grid in one direction, on pictures turned so that they run down."""

    pictures: WallPictures
    edges: Sequence[float]
    """Where they stand, in points."""

    @property
    def scale(self) -> float:
        return self.pictures.scale

    @property
    def dpi(self) -> float:
        return self.scale * POINTS_PER_INCH

    def seen(self, edge: int, reach: _Reach, doubt: _Doubt) -> _Seen | None:
        """Return what is seen of a line along a cell; None where too little of its place is clear."""
        strip, beside = self._around(edge, reach, self.pictures.even, BESIDE)
        if len(strip) < max(4, round(LEAST_LENGTH * self.dpi)):
            return None
        near, reached = self._around(edge, reach, self.pictures.ink, doubt.text_near)
        texts = near[:, :reached].any(axis=1) | near[:, -reached:].any(axis=1)
        texts = np.convolve(texts, np.ones(2 * round(doubt.ascender * self.dpi) + 1), mode="same") > 0
        if (~texts).sum() < max(LEAST_ROWS, doubt.seen_share * len(strip)):
            return None
        clear = strip[~texts].astype(np.float64)
        profile = clear.mean(axis=0)
        paper = float(profile[:beside].mean() + profile[-beside:].mean()) / 2
        line = clear[:, beside + int(profile[beside:-beside].argmin())]
        return _Seen(paper - float(line.mean()), float((line <= paper - LEAST_DARKNESS).mean()))

    def white_between(self, edge: int, reach: _Reach, line: float) -> float:
        """Return the inches of white between the texts of a cell left and right of a line; 0 without both.

        What lies within ``line`` inches of its middle is taken for the line itself; dust is no text.
        """
        half, border = round(line * self.dpi), max(1, round(HALF_LINE * self.dpi)) + 1
        at, begin, end = (round(self.edges[place] * self.scale) for place in (edge, reach.first, reach.last))
        ink = self.pictures.text_ink[self._rows(reach), begin + border : end - border]
        if not ink.any():
            return 0.0
        filled = np.flatnonzero(without_dust(ink, self.pictures.glyph_height).max(axis=0))
        places = filled + begin + border
        before, behind = places[places < at - half], places[places > at + half]
        return float(behind[0] - before[-1]) / self.dpi if len(before) and len(behind) else 0.0

    def _rows(self, reach: _Reach) -> slice:
        corner = round(CORNER * self.dpi)
        return slice(max(0, reach.low + corner), max(0, reach.high - corner))

    def _around(self, edge: int, reach: _Reach, picture: Picture, inches: float) -> tuple[Picture, int]:
        """Return the picture of a line along a cell and of so many inches on both sides, and those in pixels."""
        half, beside = max(1, round(HALF_LINE * self.dpi)), max(2, round(inches * self.dpi))
        at = round(self.edges[edge] * self.scale)
        return picture[self._rows(reach), max(0, at - half - beside) : at + half + beside + 1], beside


def _walls(lines: _Lines, reaches: Sequence[_Reach], orientation: Orientation) -> Iterator[Ruling]:
    """Yield the walls that stand inside merged cells."""
    for edge in range(1, len(lines.edges) - 1):
        open_cells = [reach for reach in reaches if reach.first < edge < reach.last]
        walled = [reach for reach in reaches if reach.first == edge]
        drawn, open_length = _length(walled), _length(open_cells)
        share = drawn / max(1, drawn + open_length)
        if not open_cells or share < KNOWN_SHARE:
            continue
        usual = _usual_darkness(lines, edge, walled)
        for reach in open_cells:
            seen = lines.seen(edge, reach, _doubt(lines, edge, reach, orientation))
            if (seen is not None and seen.proves(usual)) or (
                orientation is Orientation.VERTICAL
                and share >= DRAWN_SHARE
                and lines.white_between(edge, reach, 0.0) >= WHITE_BETWEEN
            ):
                yield Ruling(orientation, lines.edges[edge], reach.low / lines.scale, reach.high / lines.scale)


def _doubt(lines: _Lines, edge: int, reach: _Reach, orientation: Orientation) -> _Doubt:
    """Return what is kept away from where the ink of a line is sought within a cell."""
    if orientation is Orientation.HORIZONTAL:
        return ALONG_TEXT
    return BETWEEN_TEXTS if lines.white_between(edge, reach, HALF_LINE) >= TEXTS_APART else ACROSS_TEXT


def _length(reaches: Sequence[_Reach]) -> int:
    return sum(reach.high - reach.low for reach in reaches)


def _usual_darkness(lines: _Lines, edge: int, walled: Sequence[_Reach]) -> float:
    """Return the median darkness of a line where it is drawn; infinity where it cannot be told."""
    step = max(1, len(walled) // MOST_SAMPLES)
    found: NDArray[np.float64] = np.array(
        [seen.darkness for reach in walled[::step] if (seen := lines.seen(edge, reach, ALONG_TEXT)) is not None],
        dtype=np.float64,
    )
    usual = float(np.median(found)) if len(found) else 0.0
    return usual if usual >= LEAST_DARKNESS else float("inf")
