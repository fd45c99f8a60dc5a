"""The points of PDFium's paths and clips."""

from __future__ import annotations

from collections.abc import Callable
from ctypes import byref, c_float
from functools import partial
from typing import Any

from pypdfium2 import raw

from extract.frame import Affine
from extract.model import BBox
from extract.text_layer import pdfium_bulk as bulk
from extract.text_layer import pdfium_calls as calls
from extract.text_layer.ruling_shapes import Point, box_of

Outlines = tuple[list[tuple[Point, ...]], list[bool]]
"""Subpaths of at least two points, and for each whether it has curves."""


def path_outlines(path: bulk.Pointer, count: int, to_page: Affine, *, filled: bool) -> Outlines:
    """Read the ``count`` segments of a path; a fill closes every subpath."""
    return _read_outlines(count, partial(bulk.path_segment, path), to_page, close_all=filled)


class ClipReader:
    """Reads what clips let through; neighbours share a clip, so that each is read once a page.

    A clip is known by the address of its first segment: PDFium copies no clip that objects have in common, and keeps
    it as long as they live, which is as long as the page is open.
    """

    def __init__(self) -> None:
        """Start a page."""
        self._known: dict[tuple[object, ...], BBox | None] = {}

    def box(self, clip: int, paths: int, to_page: Affine) -> BBox | None:
        """Return the bounding box of what a clip of so many paths lets through; None when it cuts nothing."""
        key = (to_page, *(calls.clip_segment(clip, path, 0) for path in range(paths)))
        if key not in self._known:
            self._known[key] = _clip_box(clip, paths, to_page)
        return self._known[key]


def _clip_box(clip: int, paths: int, to_page: Affine) -> BBox | None:
    box: BBox | None = None
    for path in range(paths):
        count = max(0, calls.clip_count_segments(clip, path))
        outlines, _ = _read_outlines(count, partial(calls.clip_segment, clip, path), to_page, close_all=True)
        if outlines:
            part = box_of([point for outline in outlines for point in outline])
            box = part if box is None else _overlap(box, part)
    return box


def _overlap(first: BBox, second: BBox) -> BBox:
    """Return the common part of two boxes, empty at a corner when they are apart."""
    x0, top = max(first.x0, second.x0), max(first.top, second.top)
    return BBox(x0, top, max(x0, min(first.x1, second.x1)), max(top, min(first.bottom, second.bottom)))


def _read_outlines(count: int, segment_at: Callable[[int], Any], to_page: Affine, *, close_all: bool) -> Outlines:
    """Read subpaths and map them to the page."""
    outlines: list[tuple[Point, ...]] = []
    curves: list[bool] = []
    points: list[Point] = []
    curved = False
    x, y = c_float(), c_float()
    x_at, y_at = byref(x), byref(y)
    a, b, c, d, e, f = to_page.a, to_page.b, to_page.c, to_page.d, to_page.e, to_page.f

    def finish() -> None:
        if len(points) > 1:
            if close_all and points[0] != points[-1]:
                points.append(points[0])
            outlines.append(tuple(points))
            curves.append(curved)

    for index in range(count):
        segment = bulk.pointer(segment_at(index))
        kind = bulk.segment_type(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            finish()
            points, curved = [], False
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            curved = True
        bulk.segment_point(segment, x_at, y_at)
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if bulk.segment_closes(segment) and points[0] != points[-1]:
            points.append(points[0])
    finish()
    return outlines, curves
