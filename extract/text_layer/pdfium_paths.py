"""The rulings, fills and pictures of one page from PDFium's path objects, form XObjects included."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from ctypes import byref
from dataclasses import dataclass
from functools import cache
from itertools import repeat

import numpy as np
import pypdfium2
from pypdfium2 import raw

from extract.errors import LimitExceeded
from extract.frame import Affine, Frame
from extract.model import BBox
from extract.text_layer import pdfium_bulk as bulk
from extract.text_layer import pdfium_calls as calls
from extract.text_layer.drawing import Drawing, PagePaths
from extract.text_layer.glyphs import Floats
from extract.text_layer.pdfium_inks import clips_of, read_bounds, read_inks, read_pens
from extract.text_layer.pdfium_outlines import ClipReader, path_outlines
from extract.text_layer.ruling_shapes import THIN, WHITE, Shape, box_of

MAX_FORM_DEPTH = 12
"""Form XObjects nested deeper than this are not followed."""
MAX_SEGMENTS = 1_000_000
"""Path segments of one page; a dense map has about 100,000."""
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
    page = calls.handle(pdf_page)
    reader = _Reader(pdf_page, drawing, text_objects)
    items = list(map(bulk.page_object, repeat(bulk.pointer(page)), range(calls.page_count_objects(page))))
    reader.read(items, frame.to_display, depth=0)
    return drawing.finish()


class _Reader:
    """Walks the objects of one page in drawing order."""

    def __init__(self, pdf_page: pypdfium2.PdfPage, drawing: Drawing, text_objects: frozenset[int]) -> None:
        """Start a page that ends up in ``drawing``."""
        self._pdf_page, self._drawing, self._text_objects = pdf_page, drawing, text_objects
        self._clips = ClipReader()
        self._passed_paths = 0

    def read(self, items: Sequence[int], to_page: Affine, *, depth: int) -> None:
        """Read the objects of the page, or of a form whose space ``to_page`` maps."""
        others = [(at, item) for at, item in enumerate(items) if item not in self._text_objects]
        kinds = map(bulk.object_type, [bulk.pointer(item) for _, item in others])
        paths: list[int] = []
        not_texts = told_texts = 0
        for (at, item), kind in zip(others, kinds, strict=True):
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                continue
            if kind == raw.FPDF_PAGEOBJ_PATH:
                paths.append(item)
            elif kind in {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM}:
                self._drawing.add_texts(at - not_texts - told_texts)
                told_texts = at - not_texts
                if kind == raw.FPDF_PAGEOBJ_IMAGE:
                    self._add_image(item, to_page)
                elif depth < MAX_FORM_DEPTH:
                    self._add_paths(paths, to_page)
                    paths = []
                    count = max(0, calls.form_count_objects(item))
                    inner = list(map(calls.form_object, repeat(item), range(count)))
                    self.read(inner, _matrix_of(item).then(to_page), depth=depth + 1)
            not_texts += 1
        self._drawing.add_texts(len(items) - not_texts - told_texts)
        self._add_paths(paths, to_page)

    def _add_image(self, item: int, to_page: Affine) -> None:
        """Draw an image."""
        box = _unit_box(_matrix_of(item).then(to_page))
        hides = self._drawing.would_hide_text(box) and _is_opaque(self._pdf_page, item)
        self._drawing.add_image(box, hides_text=hides)

    def _add_paths(self, items: Sequence[int], to_page: Affine) -> None:
        """Draw paths that follow each other.

        A table is drawn as thousands of them, most of them thin dark fills: of these a box tells everything, and they
        are taken all at once. The others are looked at one by one.
        """
        paths = bulk.pointers(items)
        counts = np.fromiter(map(bulk.path_count_segments, paths), np.int64, len(paths))
        self._drawing.segments += int(counts.sum())
        if self._drawing.segments > MAX_SEGMENTS:
            raise LimitExceeded(
                f"the page draws more than {MAX_SEGMENTS} path segments",
                "Leave the page out with --pages, or print the document again without its maps.",
            )
        inks = read_inks(paths)
        clips, clip_paths = clips_of(paths)
        drawn = (counts >= 2) & inks.seen
        plain = drawn & np.isnan(inks.stroke) & (counts <= RECTANGLE_SEGMENTS)
        boxes = np.zeros((len(paths), 4))
        boxes[plain] = read_bounds([paths[at] for at in np.flatnonzero(plain).tolist()], to_page)
        thin = plain & ((boxes[:, 2] - boxes[:, 0] <= THIN) | (boxes[:, 3] - boxes[:, 1] <= THIN))
        at_once = thin & (inks.fill < WHITE) & (clip_paths <= 0)
        when = np.arange(len(paths)) + self._passed_paths
        self._passed_paths += len(paths)
        self._drawing.add_thin_fills(when[at_once], boxes[at_once], inks.fill[at_once])
        rest = np.flatnonzero(drawn & ~at_once)
        self._add_one_by_one(
            _Paths(
                when=when[rest].tolist(),
                path=[paths[at] for at in rest.tolist()],
                count=counts[rest].tolist(),
                fill=_known(inks.fill[rest]),
                stroke=_known(inks.stroke[rest]),
                clip=[clips[at] for at in rest.tolist()],
                clip_paths=clip_paths[rest].tolist(),
                thin=[BBox(*boxes[at].tolist()) if thin[at] else None for at in rest.tolist()],
            ),
            to_page,
        )

    def _add_one_by_one(self, paths: _Paths, to_page: Affine) -> None:
        """Draw paths of which their points, their clip or what lies under them must be known."""

        @cache
        def placed(matrix: tuple[float, ...]) -> Affine:
            return Affine(*matrix).then(to_page)

        matrices, widths = read_pens(paths.path)
        for at, path in enumerate(paths.path):
            fill, stroke, thin = paths.fill[at], paths.stroke[at], paths.thin[at]
            cuts = paths.clip_paths[at]
            clip = self._clips.box(paths.clip[at], cuts, to_page) if cuts > 0 else None
            if thin is not None and fill is not None:
                self._drawing.add_thin_fill(thin, fill, clip, when=paths.when[at])
                continue
            matrix = placed(matrices[at])
            outlines, curved = path_outlines(path, paths.count[at], matrix, filled=fill is not None)
            if outlines:
                shape = Shape(tuple(outlines), tuple(curved), stroke, widths[at] * matrix.scale, fill)
                self._drawing.add_shape(shape, clip, when=paths.when[at])


@dataclass(frozen=True, slots=True)
class _Paths:
    """Parallel columns, one entry a path."""

    when: list[int]
    """Place in the drawing order of the page."""
    path: list[bulk.Pointer]
    count: list[int]
    """Segments."""
    fill: list[float | None]
    stroke: list[float | None]
    clip: list[int]
    """Handle of its clip."""
    clip_paths: list[int]
    """Of how many paths the clip is made; not positive when it cuts nothing."""
    thin: list[BBox | None]
    """The box of a fill no thicker than a line."""


def _known(light: Floats) -> list[float | None]:
    """Return luminances as :class:`Shape` tells them: None where there is no ink."""
    return [None if math.isnan(value) else value for value in light.tolist()]


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
