"""The rulings, fills and pictures of one page from PDFium's path objects, form XObjects included."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from ctypes import byref, c_float, c_int, c_uint
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pypdfium2
from pypdfium2 import raw

from extract import pdfium_calls as calls
from extract.errors import LimitExceeded
from extract.frame import Affine, Frame
from extract.model import BBox, Orientation, Ruling
from extract.ruling_shapes import PAGE_SHARE, THIN, WHITE, Point, Shape, box_of, join_rulings, rulings_of_shape

MAX_FORM_DEPTH = 12
"""Form XObjects nested deeper than this are not followed."""
MAX_SEGMENTS = 1_000_000
"""Path segments of one page; a dense map has about 100,000."""
FAINT_ALPHA = 13
"""Opacity (0 to 255) below which ink is not seen."""
RECTANGLE_SEGMENTS = 5
"""A move and four lines."""
OUTLINE_GLYPH_SIZE = 40.0
"""Points; a filled curve no larger than this may be a letter drawn as an outline."""


@dataclass(frozen=True, slots=True)
class PagePaths:
    """What is drawn on a page besides text, in points of the upright page."""

    rulings: tuple[Ruling, ...]
    fills: tuple[BBox, ...]
    """Coloured fills larger than a line and smaller than the page, in drawing order."""
    images: tuple[BBox, ...]
    segments: int
    """Path segments on the page."""
    outline_shapes: int
    """Small filled curves, as letters drawn as outlines are."""


def read_paths(pdf_page: pypdfium2.PdfPage, frame: Frame) -> PagePaths:
    """Read the drawn shapes of a page.

    Raises :class:`extract.errors.LimitExceeded` for a page of more than :data:`MAX_SEGMENTS` segments.
    """
    pieces: list[Ruling] = []
    fills: list[BBox] = []
    images: list[BBox] = []
    segments = outline_shapes = 0
    area = frame.width * frame.height
    for kind, item, to_page in _objects(calls.handle(pdf_page), frame.to_display):
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            images.append(_unit_box(_matrix_of(item).then(to_page)))
            continue
        count = calls.path_count_segments(item)
        segments += count
        if segments > MAX_SEGMENTS:
            raise LimitExceeded(
                f"the page draws more than {MAX_SEGMENTS} path segments",
                "Leave the page out with --pages, or print the document again without its maps.",
            )
        shape = _read_shape(item, count, to_page)
        if shape is None:
            continue
        clip = _clip_box(item, to_page)
        for ruling in rulings_of_shape(shape, page_area=area, backdrop=fills):
            cropped = ruling if clip is None else _clipped(ruling, clip)
            if cropped is not None:
                pieces.append(cropped)
        outline_shapes += _count_outline_shapes(shape)
        fills += _coloured_fills(shape, area)
    rulings = join_rulings(pieces, frame.width, frame.height)
    return PagePaths(rulings, tuple(fills), tuple(images), segments, outline_shapes)


def _count_outline_shapes(shape: Shape) -> int:
    """Count the filled curves small enough to be letters."""
    if shape.fill is None:
        return 0
    boxes = [box_of(o) for o, curved in zip(shape.outlines, shape.curved, strict=True) if curved]
    return sum(max(box.width, box.height) <= OUTLINE_GLYPH_SIZE for box in boxes)


def _coloured_fills(shape: Shape, page_area: float) -> list[BBox]:
    """Return the boxes a shape colours, lines and page backgrounds aside."""
    if shape.fill is None or shape.fill >= WHITE:
        return []
    boxes = [box_of(o) for o, curved in zip(shape.outlines, shape.curved, strict=True) if not curved]
    return [b for b in boxes if min(b.width, b.height) > THIN and b.width * b.height < PAGE_SHARE * page_area]


def _objects(page: int, to_display: Affine) -> Iterator[tuple[int, int, Affine]]:
    """Yield (type, object, map from its parent's space to the page) for paths and images in drawing order."""

    def walk(count: int, get: Callable[[int], Any], to_page: Affine, depth: int) -> Iterator[tuple[int, int, Affine]]:
        for index in range(count):
            item = get(index)
            kind = calls.object_type(item)
            if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
                yield kind, item, to_page
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
                inner = _matrix_of(item).then(to_page)
                yield from walk(
                    max(0, calls.form_count_objects(item)),
                    partial(calls.form_object, item),
                    inner,
                    depth + 1,
                )

    yield from walk(calls.page_count_objects(page), partial(calls.page_object, page), to_display, 0)


def _matrix_of(item: int) -> Affine:
    """Read the matrix of a page object."""
    matrix = raw.FS_MATRIX()
    calls.object_matrix(item, byref(matrix))
    return Affine(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _unit_box(to_page: Affine) -> BBox:
    """Return where the unit square of an image lies."""
    return box_of([to_page.point(x, y) for x in (0, 1) for y in (0, 1)])


def _bounds_of(item: int, to_page: Affine) -> BBox:
    """Return the bounding box of a page object."""
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    calls.object_bounds(item, byref(left), byref(bottom), byref(right), byref(top))
    return box_of([to_page.point(left.value, bottom.value), to_page.point(right.value, top.value)])


def _luminance(getter: Callable[..., Any], item: int) -> float | None:
    """Read a colour as luminance 0 to 1; None when it is transparent."""
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint(255)
    getter(item, byref(red), byref(green), byref(blue), byref(alpha))
    if alpha.value < FAINT_ALPHA:
        return None
    light = (0.299 * red.value + 0.587 * green.value + 0.114 * blue.value) / 255
    return 1 - (1 - light) * alpha.value / 255


def _read_shape(item: int, count: int, to_page: Affine) -> Shape | None:
    """Read a path's ink and points; None when it paints nothing."""
    fill_mode, stroked = c_int(), c_int()
    calls.path_draw_mode(item, byref(fill_mode), byref(stroked))
    fill = _luminance(calls.object_fill_color, item) if fill_mode.value else None
    stroke = _luminance(calls.object_stroke_color, item) if stroked.value else None
    if count < 2 or (fill is None and stroke is None):
        return None
    if stroke is None and count <= RECTANGLE_SEGMENTS:
        box = _bounds_of(item, to_page)
        if min(box.width, box.height) <= THIN:  # most borders; their corners need not be asked for
            corners = ((box.x0, box.top), (box.x1, box.top), (box.x1, box.bottom), (box.x0, box.bottom))
            return Shape((corners,), (False,), fill=fill)
    matrix = _matrix_of(item).then(to_page)
    width = c_float()
    if stroke is not None:
        calls.object_stroke_width(item, byref(width))
    outlines, curved = _read_outlines(count, partial(calls.path_segment, item), matrix, close_all=fill is not None)
    if not outlines:
        return None
    return Shape(tuple(outlines), tuple(curved), stroke, width.value * matrix.scale, fill)


def _read_outlines(
    count: int, segment_at: Callable[[int], Any], matrix: Affine, *, close_all: bool
) -> tuple[list[tuple[Point, ...]], list[bool]]:
    """Read subpaths of at least two points, mapped to the page; ``close_all`` because a fill closes every one."""
    outlines: list[tuple[Point, ...]] = []
    curves: list[bool] = []
    points: list[Point] = []
    curved = False
    x, y = c_float(), c_float()
    x_pointer, y_pointer = ctypes.pointer(x), ctypes.pointer(y)
    a, b, c, d, e, f = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f

    def finish() -> None:
        if len(points) > 1:
            if close_all and points[0] != points[-1]:
                points.append(points[0])
            outlines.append(tuple(points))
            curves.append(curved)

    for index in range(count):
        segment = segment_at(index)
        kind = calls.segment_type(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            finish()
            points, curved = [], False
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            curved = True
        calls.segment_point(segment, x_pointer, y_pointer)
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if calls.segment_closes(segment) and points[0] != points[-1]:
            points.append(points[0])
    finish()
    return outlines, curves


def _clip_box(item: int, to_page: Affine) -> BBox | None:
    """Return the bounding box of what an object's clip lets through; None when it is not clipped."""
    clip = calls.object_clip_path(item)
    if not clip:
        return None
    box: BBox | None = None
    for path in range(calls.clip_count_paths(clip)):
        outlines, _ = _read_outlines(
            max(0, calls.clip_count_segments(clip, path)),
            partial(calls.clip_segment, clip, path),
            to_page,
            close_all=True,
        )
        if outlines:
            part = box_of([point for outline in outlines for point in outline])
            box = part if box is None else _overlap(box, part)
    return box


def _overlap(first: BBox, second: BBox) -> BBox:
    """Return the common part of two boxes, empty at a corner when they are apart."""
    x0, top = max(first.x0, second.x0), max(first.top, second.top)
    return BBox(x0, top, max(x0, min(first.x1, second.x1)), max(top, min(first.bottom, second.bottom)))


def _clipped(ruling: Ruling, clip: BBox) -> Ruling | None:
    """Cut a ruling at its clip; None when nothing shows."""
    horizontal = ruling.orientation is Orientation.HORIZONTAL
    low, high = (clip.top, clip.bottom) if horizontal else (clip.x0, clip.x1)
    first, last = (clip.x0, clip.x1) if horizontal else (clip.top, clip.bottom)
    half = ruling.thickness / 2
    if ruling.position + half < low or ruling.position - half > high or ruling.end < first or ruling.start > last:
        return None
    if ruling.start >= first and ruling.end <= last:
        return ruling
    return replace(ruling, start=max(first, ruling.start), end=min(last, ruling.end))
