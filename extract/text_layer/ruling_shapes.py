"""Drawn shapes in, rulings out: which strokes and fills of a page are separators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from extract.model import BBox, Orientation, Ruling, RulingKind

THIN = 2.4
"""Points; a filled shape no thicker than this is a line."""
SLOPE = 0.02
"""A segment leaning more than this (rise over run) is no ruling."""
SQUARE_TOLERANCE = 0.3
"""Points a side of a rectangle may lean."""
PAGE_SHARE = 0.85
"""A fill covering more of the page than this is its background."""
WHITE = 0.99
"""Luminance from which ink cannot be told from paper; every other row of a table may be hardly darker (``#FAFAFA``)."""
BACKDROP_CELLS = 2000
"""The picture of what is coloured has at most this many cells along a side, and none smaller than a point."""
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """One painted path: polygons and polylines in points of the upright page, and the ink they got."""

    outlines: tuple[tuple[Point, ...], ...]
    """Corner points of each subpath; a closed one repeats its first point at the end."""
    curved: tuple[bool, ...]
    """For each subpath, whether it has curves."""
    stroke: float | None = None
    """Luminance of the stroke (0 black to 1 white); None when not stroked."""
    stroke_width: float = 0.0
    """Points."""
    fill: float | None = None
    """Luminance of the fill; None when not filled."""


class Backdrop:
    """Which places of a page are coloured so far, kept as a coarse picture so that asking costs nothing."""

    def __init__(self, width: float, height: float) -> None:
        """Start with a white page of ``width`` x ``height`` points."""
        self._scale = min(1.0, BACKDROP_CELLS / max(width, height, 1.0))
        self._coloured = np.zeros((int(height * self._scale) + 1, int(width * self._scale) + 1), dtype=np.bool_)

    def paint(self, box: BBox, gray: float) -> None:
        """Colour a box with its outline, half of which a line on it covers, or whiten it when the ink is white."""
        x0, top, x1, bottom = (max(0, round(v * self._scale)) for v in (box.x0, box.top, box.x1, box.bottom))
        outline = int(gray < WHITE)
        self._coloured[top : bottom + outline, x0 : x1 + outline] = gray < WHITE

    def under(self, box: BBox) -> bool:
        """Say whether the middle of a box is coloured."""
        row, column = int(box.center_y * self._scale), int(box.center_x * self._scale)
        inside = 0 <= row < self._coloured.shape[0] and 0 <= column < self._coloured.shape[1]
        return inside and bool(self._coloured[row, column])


def box_of(points: Sequence[Point]) -> BBox:
    """Return the bounding box of some points."""
    xs = [x for x, _ in points]
    ys = [y for _, y in points]
    return BBox(min(xs), min(ys), max(xs), max(ys))


def rulings_of_shape(shape: Shape, page_area: float, backdrop: Backdrop | None) -> Iterator[Ruling]:
    """Yield the separators a shape draws, before joining.

    ``backdrop`` is what has been drawn so far: white ink separates only on top of colour. Without one all ink counts.
    """
    if shape.stroke is not None:
        yield from _stroked(shape, shape.stroke, backdrop)
    if shape.fill is not None:
        yield from _filled(shape, shape.fill, page_area, backdrop)


def _stroked(shape: Shape, gray: float, backdrop: Backdrop | None) -> Iterator[Ruling]:
    """Yield the straight axis-parallel segments of a stroked path."""
    for outline, curved in zip(shape.outlines, shape.curved, strict=True):
        if curved or not _shows(box_of(outline), gray, backdrop):
            continue
        for (x0, y0), (x1, y1) in pairwise(outline):
            run, rise = abs(x1 - x0), abs(y1 - y0)
            if run == rise == 0:
                continue
            if rise <= SLOPE * run:
                yield _bar(
                    BBox(min(x0, x1), (y0 + y1) / 2, max(x0, x1), (y0 + y1) / 2),
                    shape.stroke_width,
                    RulingKind.STROKE,
                    gray,
                )
            elif run <= SLOPE * rise:
                yield _bar(
                    BBox((x0 + x1) / 2, min(y0, y1), (x0 + x1) / 2, max(y0, y1)),
                    shape.stroke_width,
                    RulingKind.STROKE,
                    gray,
                )


def _bar(axis: BBox, thickness: float, kind: RulingKind, gray: float) -> Ruling:
    """Make a ruling of an axis; a stroke broader than it is long runs the other way."""
    across = axis.width < axis.height
    if thickness > max(axis.width, axis.height):
        half, x, y = thickness / 2, axis.center_x, axis.center_y
        length = max(axis.width, axis.height)
        axis = BBox(x - half, y, x + half, y) if across else BBox(x, y - half, x, y + half)
        across, thickness = not across, length
    if across:
        return Ruling(Orientation.VERTICAL, axis.center_x, axis.top, axis.bottom, thickness, kind, gray)
    return Ruling(Orientation.HORIZONTAL, axis.center_y, axis.x0, axis.x1, thickness, kind, gray)


def _filled(shape: Shape, gray: float, page_area: float, backdrop: Backdrop | None) -> Iterator[Ruling]:
    """Yield thin fills as lines and the sides of larger coloured rectangles as candidate separators."""
    boxes = [box_of(outline) for outline in shape.outlines]
    frame = _frame_of(shape, boxes)
    if frame:
        for box in frame:
            yield from rulings_of_thin_fill(box, gray, backdrop)
        return
    for outline, curved, box in zip(shape.outlines, shape.curved, boxes, strict=True):
        if min(box.width, box.height) <= THIN:
            yield from rulings_of_thin_fill(box, gray, backdrop)
        elif gray < WHITE and not curved and box.width * box.height < PAGE_SHARE * page_area and _is_right(outline):
            for (x0, y0), (x1, y1) in pairwise(outline):
                side = BBox(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
                if max(side.width, side.height) > THIN:
                    yield _side(side, gray)


def _side(side: BBox, gray: float) -> Ruling:
    """Make a fill-edge ruling of one side."""
    if side.width >= side.height:
        return Ruling(Orientation.HORIZONTAL, side.center_y, side.x0, side.x1, 0.0, RulingKind.FILL_EDGE, gray)
    return Ruling(Orientation.VERTICAL, side.center_x, side.top, side.bottom, 0.0, RulingKind.FILL_EDGE, gray)


def _shows(box: BBox, gray: float, backdrop: Backdrop | None) -> bool:
    return gray < WHITE or backdrop is None or backdrop.under(box)


def rulings_of_thin_fill(box: BBox, gray: float, backdrop: Backdrop | None) -> list[Ruling]:
    """Return the centre line of a thin fill; two for a dot, which may be part of a line either way."""
    if not _shows(box, gray, backdrop):
        return []
    x0, top, x1, bottom = box.x0, box.top, box.x1, box.bottom
    width, height = x1 - x0, bottom - top
    is_dot = width <= THIN and height <= THIN
    rulings = []
    if width >= height or is_dot:
        rulings.append(Ruling(Orientation.HORIZONTAL, (top + bottom) / 2, x0, x1, height, RulingKind.THIN_RECT, gray))
    if height >= width or is_dot:
        rulings.append(Ruling(Orientation.VERTICAL, (x0 + x1) / 2, top, bottom, width, RulingKind.THIN_RECT, gray))
    return rulings


def _frame_of(shape: Shape, boxes: list[BBox]) -> list[BBox]:
    """Return the four sides of a frame filled between an outer and an inner rectangle, or nothing."""
    if len(boxes) != 2 or any(shape.curved) or not all(_is_right(outline) for outline in shape.outlines):
        return []
    outer, inner = sorted(boxes, key=lambda box: -box.width * box.height)
    margins = (inner.x0 - outer.x0, inner.top - outer.top, outer.x1 - inner.x1, outer.bottom - inner.bottom)
    if not all(0 <= margin <= THIN for margin in margins):
        return []
    return [
        BBox(outer.x0, outer.top, outer.x1, inner.top),
        BBox(outer.x0, inner.bottom, outer.x1, outer.bottom),
        BBox(outer.x0, outer.top, inner.x0, outer.bottom),
        BBox(inner.x1, outer.top, outer.x1, outer.bottom),
    ]


def _is_right(outline: Sequence[Point]) -> bool:
    """Say whether every side of a polygon is parallel to an axis."""
    return len(outline) >= 4 and all(
        min(abs(x1 - x0), abs(y1 - y0)) <= SQUARE_TOLERANCE for (x0, y0), (x1, y1) in pairwise(outline)
    )
