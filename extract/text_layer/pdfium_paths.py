"""The rulings, fills and pictures of one page from PDFium's path objects, form XObjects included."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from ctypes import byref, c_float, c_int, c_uint
from functools import partial
from typing import Any

import numpy as np
import pypdfium2
from pypdfium2 import raw

from extract.errors import LimitExceeded
from extract.frame import Affine, Frame
from extract.model import BBox
from extract.text_layer import pdfium_calls as calls
from extract.text_layer.drawing import Drawing, PagePaths
from extract.text_layer.ruling_shapes import THIN, Point, Shape, box_of

MAX_FORM_DEPTH = 12
"""Form XObjects nested deeper than this are not followed."""
MAX_SEGMENTS = 1_000_000
"""Path segments of one page; a dense map has about 100,000."""
FAINT_ALPHA = 13
"""Opacity (0 to 255) below which ink is not seen."""
OPAQUE_SHARE = 0.9
"""Share of an image's pixels that must be opaque for it to hide what is under it."""
RECTANGLE_SEGMENTS = 5
"""A move and four lines."""


def read_paths(pdf_page: pypdfium2.PdfPage, frame: Frame, text_objects: frozenset[int] = frozenset()) -> PagePaths:
    """Read the drawn shapes of a page.

    ``text_objects`` are handles known to be text; on many pages every glyph is an object of its own.
    Raises :class:`extract.errors.LimitExceeded` for a page of more than :data:`MAX_SEGMENTS` segments.
    """
    drawing = Drawing(frame.width, frame.height)
    reader = _PathReader()
    for kind, item, to_page in _objects(calls.handle(pdf_page), frame.to_display, text_objects, drawing.add_texts):
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            box = _unit_box(_matrix_of(item).then(to_page))
            hides = drawing.would_hide_text(box) and _is_opaque(pdf_page, item)
            drawing.add_image(box, hides_text=hides)
            continue
        count = calls.path_count_segments(item)
        drawing.segments += count
        if drawing.segments > MAX_SEGMENTS:
            raise LimitExceeded(
                f"the page draws more than {MAX_SEGMENTS} path segments",
                "Leave the page out with --pages, or print the document again without its maps.",
            )
        if count < 2:
            continue
        fill, stroke = reader.ink(item)
        if fill is None and stroke is None:
            continue
        clip = _clip_box(item, to_page)
        if fill is not None and stroke is None and count <= RECTANGLE_SEGMENTS:
            box = reader.bounds(item, to_page)
            # Most borders are thin; their corners need not be asked for.
            if box.x1 - box.x0 <= THIN or box.bottom - box.top <= THIN:
                drawing.add_thin_fill(box, fill, clip)
                continue
        shape = reader.shape(item, count, to_page, fill, stroke)
        if shape is not None:
            drawing.add_shape(shape, clip)
    return drawing.finish()


def _objects(
    page: int, to_display: Affine, text_objects: frozenset[int], passed_texts: Callable[[int], None]
) -> Iterator[tuple[int, int, Affine]]:
    """Yield (type, object, map from its parent's space to the page) for paths and images in drawing order.

    ``passed_texts`` is told how many texts were drawn before each image, and at the end.
    """

    def walk(count: int, get: Callable[[int], Any], to_page: Affine, depth: int) -> Iterator[tuple[int, int, Affine]]:
        texts = 0
        object_type, path, text = calls.object_type, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_TEXT
        for index in range(count):
            item = get(index)
            if item in text_objects:
                texts += 1
                continue
            kind = object_type(item)
            if kind == path:
                yield kind, item, to_page
            elif kind == text:
                texts += 1
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                passed_texts(texts)
                texts = 0
                yield kind, item, to_page
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
                passed_texts(texts)
                texts = 0
                inner = _matrix_of(item).then(to_page)
                yield from walk(
                    max(0, calls.form_count_objects(item)),
                    partial(calls.form_object, item),
                    inner,
                    depth + 1,
                )
        passed_texts(texts)

    yield from walk(calls.page_count_objects(page), partial(calls.page_object, page), to_display, 0)


def _matrix_of(item: int) -> Affine:
    """Read the matrix of a page object."""
    matrix = raw.FS_MATRIX()
    calls.object_matrix(item, byref(matrix))
    return Affine(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _unit_box(to_page: Affine) -> BBox:
    """Return where the unit square of an image lies."""
    return box_of([to_page.point(x, y) for x in (0, 1) for y in (0, 1)])


def _is_opaque(pdf_page: pypdfium2.PdfPage, item: int) -> bool:
    """Say whether an image, its masks applied, lets nothing through where it is drawn."""
    image = ctypes.cast(item, raw.FPDF_PAGEOBJECT)
    bitmap = raw.FPDFImageObj_GetRenderedBitmap(pdf_page.pdf, pdf_page, image)
    if not bitmap:
        return False
    try:
        if raw.FPDFBitmap_GetFormat(bitmap) not in (raw.FPDFBitmap_BGRA, raw.FPDFBitmap_BGRA_Premul):
            return True
        height, stride = raw.FPDFBitmap_GetHeight(bitmap), raw.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), height * stride)
        alpha = np.frombuffer(pixels, dtype=np.uint8).reshape(height, stride)[:, 3::4]
        return float((alpha == 0xFF).mean()) >= OPAQUE_SHARE
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


class _PathReader:
    """Reads paths through buffers that are allocated once a page, for a table may be drawn as thousands of paths."""

    def __init__(self) -> None:
        """Allocate the buffers."""
        self._floats = (c_float * 4)()
        self._modes = (c_int * 2)()
        self._channels = (c_uint * 4)()
        self._float_at = [ctypes.addressof(self._floats) + 4 * k for k in range(4)]
        self._mode_at = [ctypes.addressof(self._modes) + 4 * k for k in range(2)]
        self._get_bounds, self._get_mode = calls.object_bounds, calls.path_draw_mode
        self._lights: dict[tuple[int, int, int, int], float | None] = {}
        self._channel_at = [ctypes.addressof(self._channels) + 4 * k for k in range(4)]

    def ink(self, item: int) -> tuple[float | None, float | None]:
        """Return the luminance of a path's fill and of its stroke, 0 black to 1 white; None for no ink."""
        self._get_mode(item, *self._mode_at)
        filled, stroked = self._modes
        fill = self._luminance(calls.object_fill_color, item) if filled else None
        stroke = self._luminance(calls.object_stroke_color, item) if stroked else None
        return fill, stroke

    def _luminance(self, getter: Callable[..., Any], item: int) -> float | None:
        """Read a colour as luminance; None when it is transparent."""
        self._channels[3] = 0xFF
        getter(item, *self._channel_at)
        colour = tuple(self._channels)
        if colour not in self._lights:
            self._lights[colour] = _light_of(*colour)
        return self._lights[colour]

    def bounds(self, item: int, to_page: Affine) -> BBox:
        """Return the bounding box of a path."""
        self._get_bounds(item, *self._float_at)
        left, bottom, right, top = self._floats
        a, b, c, d, e, f = to_page.a, to_page.b, to_page.c, to_page.d, to_page.e, to_page.f
        x0, y0 = a * left + c * bottom + e, b * left + d * bottom + f
        x1, y1 = a * right + c * top + e, b * right + d * top + f
        if x0 > x1:
            x0, x1 = x1, x0
        return BBox(x0, y0, x1, y1) if y0 <= y1 else BBox(x0, y1, x1, y0)

    def shape(self, item: int, count: int, to_page: Affine, fill: float | None, stroke: float | None) -> Shape | None:
        """Read a path's points; None when it has no outline."""
        matrix = _matrix_of(item).then(to_page)
        width = c_float()
        if stroke is not None:
            calls.object_stroke_width(item, byref(width))
        outlines, curved = _read_outlines(count, partial(calls.path_segment, item), matrix, close_all=fill is not None)
        if not outlines:
            return None
        return Shape(tuple(outlines), tuple(curved), stroke, width.value * matrix.scale, fill)


def _light_of(red: int, green: int, blue: int, alpha: int) -> float | None:
    """Return the luminance of a colour on white paper; None when it is transparent."""
    if alpha < FAINT_ALPHA:
        return None
    light = (0.299 * red + 0.587 * green + 0.114 * blue) / 255
    return 1 - (1 - light) * alpha / 255


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
