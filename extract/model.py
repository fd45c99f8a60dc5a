"""The frozen records that pass between the stages of extraction.

Every coordinate is in PDF points (1/72 inch) with the origin at the top-left corner of the *upright* page,
that is the page as a reader holds it after :attr:`Page.turned` has been applied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from extract.records import record


@record(frozen=True, slots=True, order=True)
class BBox:
    """An axis-parallel box; ``x0 <= x1`` and ``top <= bottom``, in points."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Horizontal extent in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Vertical extent in points."""
        return self.bottom - self.top

    @property
    def center_x(self) -> float:
        """Horizontal middle."""
        return (self.x0 + self.x1) / 2

    @property
    def center_y(self) -> float:
        """Vertical middle."""
        return (self.top + self.bottom) / 2

    def union(self, other: BBox) -> BBox:
        """Return the smallest box that holds both."""
        return BBox(
            min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom)
        )

    def holds(self, x: float, y: float) -> bool:
        """Say whether the point lies inside (edges included)."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of the same ink, with the reader's own confidence (0 to 1)."""

    text: str
    confidence: float


@record(frozen=True, slots=True)
class Word:
    """A run of glyphs without a word gap; ``confidence`` is 1.0 for a sound text layer."""

    text: str
    bbox: BBox
    size: float = 0.0
    """Font size in points; 0 when unknown."""
    bold: bool = False
    confidence: float = 1.0
    alternatives: tuple[Alternative, ...] = ()
    angle: int = 0
    """Counter-clockwise degrees (0, 90, 180, 270) of its reading direction on the upright page."""


class Orientation(StrEnum):
    """Which way a ruling runs."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"


class RulingKind(StrEnum):
    """What was drawn where a ruling is read; the grid ranks its hypotheses by it."""

    STROKE = "stroke"
    """A stroked line, or a side of a stroked rectangle."""
    THIN_RECT = "thin_rect"
    """A filled shape too thin to be anything but a line."""
    FILL_EDGE = "fill_edge"
    """A side of a filled rectangle: cell shading, perhaps inset by the padding; no ink of its own."""


@record(frozen=True, slots=True)
class Ruling:
    """A straight separator: ``position`` is its y (horizontal) or x (vertical), ``start`` to ``end`` the other axis."""

    orientation: Orientation
    position: float
    start: float
    end: float
    thickness: float = 0.0
    kind: RulingKind = RulingKind.STROKE
    gray: float = 0.0
    """Luminance of its ink (of the fill for :attr:`RulingKind.FILL_EDGE`): 0 black, 1 white."""

    @property
    def length(self) -> float:
        """Length in points."""
        return self.end - self.start


class PageOrigin(StrEnum):
    """Where a page's words come from."""

    DIGITAL = "digital"
    """The text layer."""
    RASTER = "raster"
    """Recognition of the page picture."""
    EMPTY = "empty"
    """Neither text nor ink."""


@dataclass(frozen=True, slots=True)
class Page:
    """Words and rulings of one page, whatever their source; the meeting point of digital and scanned pages."""

    number: int
    """1-based."""
    width: float
    height: float
    words: tuple[Word, ...]
    rulings: tuple[Ruling, ...]
    origin: PageOrigin = PageOrigin.DIGITAL
    turned: int = 0
    """Clockwise degrees (0, 90, 180, 270) by which the displayed page was turned to stand upright."""
    skew: float = 0.0
    """Degrees (counter-clockwise positive) of residual skew removed from a scan."""
    evidence: tuple[tuple[str, str], ...] = ()
    """Why :attr:`origin` was chosen, as (name, value) pairs for the manifest."""
    discarded: tuple[Word, ...] = ()
    """Words the reader saw and left out (invisible text, watermark), to be listed as left over."""


@record(frozen=True, slots=True)
class Line:
    """Words on one base line, left to right."""

    words: tuple[Word, ...]
    bbox: BBox

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join([word.text for word in self.words])

    @property
    def bold(self) -> bool:
        """Whether every word is bold."""
        return bool(self.words) and all(word.bold for word in self.words)

    @property
    def confidence(self) -> float:
        """The lowest confidence of its words."""
        return min((word.confidence for word in self.words), default=1.0)


@record(frozen=True, slots=True)
class Cell:
    """One cell of a grid: 0-based position, spans of at least 1, and the text lines inside."""

    row: int
    column: int
    row_span: int
    column_span: int
    bbox: BBox
    lines: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        """Its lines joined by newlines, as printed."""
        return "\n".join([line.text for line in self.lines])

    @property
    def bold(self) -> bool:
        """Whether it has text and all of it is bold."""
        return bool(self.lines) and all(line.bold for line in self.lines)

    @property
    def confidence(self) -> float:
        """The lowest confidence of its lines."""
        return min((line.confidence for line in self.lines), default=1.0)


class GridMethod(StrEnum):
    """What a grid was built from."""

    RULED = "ruled"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as drawn on one page: cells with spans that tile ``rows`` x ``columns`` positions."""

    page: int
    bbox: BBox
    x_edges: tuple[float, ...]
    """Column boundaries, ``columns + 1`` of them, ascending."""
    y_edges: tuple[float, ...]
    """Row boundaries, ``rows + 1`` of them, ascending."""
    cells: Sequence[Cell]
    """Sorted by (row, column); every position is covered by exactly one cell."""
    open_top: bool = False
    """No ruling closes the first row: it may continue a row of the page before."""
    open_bottom: bool = False
    """No ruling closes the last row: it may go on overleaf."""
    method: GridMethod = GridMethod.RULED

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.y_edges) - 1

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.x_edges) - 1


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page cut into grids and the lines of text outside every grid; every word of the page is in one of them."""

    number: int
    width: float
    height: float
    origin: PageOrigin
    turned: int
    grids: tuple[Grid, ...]
    """Top to bottom."""
    loose: Sequence[Line]
    """Lines outside all grids (captions, prose, running heads, page numbers), top to bottom."""
    skew: float = 0.0
    evidence: tuple[tuple[str, str], ...] = ()
    discarded: Sequence[Word] = ()
    seconds: float = field(default=0.0, compare=False)
