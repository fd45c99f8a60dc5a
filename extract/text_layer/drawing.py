"""Gather what a page draws besides text: rulings, coloured fills, pictures, and shapes that may be letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from extract.model import BBox, Orientation, Ruling
from extract.text_layer.glyphs import Floats, Ints
from extract.text_layer.ruling_pieces import Pieces, join_rulings
from extract.text_layer.ruling_shapes import (
    PAGE_SHARE,
    THIN,
    WHITE,
    Backdrop,
    Shape,
    box_of,
    rulings_of_shape,
    rulings_of_thin_fill,
)

OUTLINE_GLYPH_SIZE = 40.0
"""Points; a filled curve no larger than this may be a letter drawn as an outline."""

COVERING_SHARE = 0.5
"""A picture taking at least this share of the page hides the text under it."""
RECTANGLE_POINTS = 5
"""Corners of a closed rectangle, the first one repeated."""
UNDER_WHITE_LETTERS = 0.96
"""Luminance of a fill from which white letters on it cannot be seen."""
CLIP_SLACK = 0.1
"""Points by which the edge of a fill may miss the clip it fills."""


@dataclass(frozen=True, slots=True)
class PagePaths:
    """What is drawn on a page besides text, in points of the upright page."""

    rulings: tuple[Ruling, ...]
    fills: tuple[BBox, ...]
    """Fills darker than white letters, larger than a line and smaller than the page, in drawing order."""
    images: tuple[BBox, ...]
    segments: int
    """Path segments on the page."""
    outline_shapes: int
    """Small filled curves, as letters drawn as outlines are."""
    texts: int = 0
    """Text objects on the page."""
    covered_texts: int = 0
    """Text objects drawn before an opaque picture that covers most of the page: nobody sees them."""


class Drawing:
    """Collects the shapes and pictures of one page.

    Shapes are numbered in drawing order by their ``when``; those that ask what lies under them (all but the dark thin
    fills of :meth:`add_thin_fills`) are added in that order.
    """

    def __init__(self, width: float, height: float) -> None:
        """Start an empty page of ``width`` x ``height`` points."""
        self.segments = 0
        self._width, self._height = width, height
        self._backdrop = Backdrop(width, height)
        self._drawn: list[tuple[int, Ruling]] = []
        self._unseen: list[tuple[int, Ruling]] = []
        self._thin_fills: list[Pieces] = []
        self._fills: list[BBox] = []
        self._images: list[BBox] = []
        self._outline_shapes = self._texts = self._covered_texts = 0

    def add_texts(self, count: int) -> None:
        """Record text objects."""
        self._texts += count

    def would_hide_text(self, box: BBox) -> bool:
        """Say whether a picture there, if opaque, would hide text drawn before it."""
        return self._texts > 0 and box.width * box.height >= COVERING_SHARE * self._width * self._height

    def add_image(self, box: BBox, *, hides_text: bool) -> None:
        """Record a picture, and whether nothing drawn before can be seen any more."""
        self._images.append(box)
        if hides_text:
            self._covered_texts = self._texts

    def add_thin_fills(self, when: Ints, boxes: Floats, gray: Floats) -> None:
        """Record filled shapes no thicker than a line, as (x0, top, x1, bottom) rows; none is white or clipped."""
        self._thin_fills.append(Pieces.of_thin_fills(when, boxes, gray))

    def add_thin_fill(self, box: BBox, gray: float, clip: BBox | None, *, when: int) -> None:
        """Record a filled shape no thicker than a line, of which only the part inside ``clip`` shows."""
        self._add_rulings(partial(rulings_of_thin_fill, box, gray), clip, when, white=gray >= WHITE)

    def add_shape(self, shape: Shape, clip: BBox | None, *, when: int) -> None:
        """Record a painted path of which only the part inside ``clip`` shows."""
        area = self._width * self._height
        if clip is not None and shape.fill is not None:
            shape = _clipped_fill(shape, clip)
        white = any(gray is not None and gray >= WHITE for gray in (shape.stroke, shape.fill))
        self._add_rulings(partial(rulings_of_shape, shape, area), clip, when, white=white)
        if shape.fill is None:
            return
        for outline, curved in zip(shape.outlines, shape.curved, strict=True):
            box = box_of(outline)
            if curved:
                self._outline_shapes += max(box.width, box.height) <= OUTLINE_GLYPH_SIZE
                continue
            if min(box.width, box.height) <= THIN or box.width * box.height >= PAGE_SHARE * area:
                continue
            self._backdrop.paint(box, shape.fill)
            if shape.fill < UNDER_WHITE_LETTERS:
                self._fills.append(box)

    def _add_rulings(
        self, rulings_on: Callable[[Backdrop | None], Iterable[Ruling]], clip: BBox | None, when: int, *, white: bool
    ) -> None:
        """Record the parts of rulings that their clip leaves; those of white ink that nothing shows apart."""
        rulings, record = list(rulings_on(self._backdrop)), self._drawn
        if white and not rulings:
            rulings, record = list(rulings_on(None)), self._unseen
        for ruling in rulings:
            left = ruling if clip is None else _clipped(ruling, clip)
            if left is not None:
                record.append((when, left))

    def finish(self) -> PagePaths:
        """Join the rulings and hand everything over."""
        drawn = [*self._drawn, *_going_on_unseen(self._drawn, self._unseen)]
        pieces = Pieces.joined([Pieces.of_rulings(drawn), *self._thin_fills])
        rulings = join_rulings(pieces, self._width, self._height)
        return PagePaths(
            rulings,
            tuple(self._fills),
            tuple(self._images),
            self.segments,
            self._outline_shapes,
            self._texts,
            self._covered_texts,
        )


def _going_on_unseen(
    drawn: Sequence[tuple[int, Ruling]], unseen: Sequence[tuple[int, Ruling]]
) -> list[tuple[int, Ruling]]:
    """Return the white rulings on paper that go on the white ones which cells on colour show.

    A table with white rulings and every other row white draws the same walls through all of its rows.
    """
    if not unseen:
        return []
    shown = {
        round(x) + off for _, ruling in drawn if ruling.gray >= WHITE for x in _walls_at(ruling) for off in (-1, 0, 1)
    }
    return [(when, ruling) for when, ruling in unseen if all(round(x) in shown for x in _walls_at(ruling))]


def _walls_at(ruling: Ruling) -> tuple[float, ...]:
    """Return the x of the walls a ruling is, or ends at."""
    if ruling.orientation is Orientation.VERTICAL:
        return (ruling.position,)
    return (ruling.start, ruling.end)


def _clipped_fill(shape: Shape, clip: BBox) -> Shape:
    """Cut the filled rectangles of a shape at its clip, so that their edges are the edges one sees."""
    outlines = []
    for outline, curved in zip(shape.outlines, shape.curved, strict=True):
        box = box_of(outline)
        x0, x1 = max(box.x0, clip.x0), min(box.x1, clip.x1)
        top, bottom = max(box.top, clip.top), min(box.bottom, clip.bottom)
        whole = (x0, x1, top, bottom) == (box.x0, box.x1, box.top, box.bottom)
        if whole or curved or len(outline) > RECTANGLE_POINTS or x0 > x1 or top > bottom:
            outlines.append(outline)
        else:
            outlines.append(((x0, top), (x1, top), (x1, bottom), (x0, bottom), (x0, top)))
    return replace(shape, outlines=tuple(outlines))


def _clipped(ruling: Ruling, clip: BBox) -> Ruling | None:
    """Cut a ruling at its clip; None when nothing shows."""
    horizontal = ruling.orientation is Orientation.HORIZONTAL
    low, high = (clip.top, clip.bottom) if horizontal else (clip.x0, clip.x1)
    first, last = (clip.x0, clip.x1) if horizontal else (clip.top, clip.bottom)
    half = ruling.thickness / 2 + CLIP_SLACK
    if ruling.position + half < low or ruling.position - half > high or ruling.end < first or ruling.start > last:
        return None
    if ruling.start >= first and ruling.end <= last:
        return ruling
    return replace(ruling, start=max(first, ruling.start), end=min(last, ruling.end))
