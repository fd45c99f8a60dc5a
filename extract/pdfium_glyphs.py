"""The glyphs of one page from PDFium's raw text interface."""

from __future__ import annotations

import ctypes
import math
from ctypes import byref, c_double, c_float, c_int, c_uint
from typing import NamedTuple

import numpy as np
import pypdfium2
from pypdfium2 import raw

from extract import pdfium_calls as calls
from extract.frame import Affine, displayed_frame, turn_frame
from extract.glyphs import (
    PLAIN_SPELLING,
    UNMAPPED,
    Fate,
    Flags,
    Floats,
    Glyphs,
    Ints,
    PageGlyphs,
    dominant_quarter,
    settle_fates,
)

BOLD_WEIGHT = 600
"""CSS-like font weight from which a font counts as bold."""
BOLD_NAMES = ("bold", "black", "heavy")
"""Words in a font's name that say it is bold."""
UPRIGHT_TOLERANCE = math.radians(4)
"""A glyph leaning further from a quarter turn is slanted: a watermark or a stamp."""
FAINT_ALPHA = 64
"""Fill opacity (0 to 255) below which text is a watermark."""
WHITE = 245
"""Every colour channel (0 to 255) at or above this is white paper."""
MAX_DESCENT_EM = 0.6
"""A font that claims to reach lower is wrong about itself."""
LEAST_ADVANCE_EM = 0.1
"""Glyphs of one run that start nearer than this are pieces of one ligature."""
INVISIBLE_MODES = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)


class _Face(NamedTuple):
    """What the glyphs of one font have in common."""

    bold: bool
    descent: float
    """In ems; below the base line is negative."""


class _Run(NamedTuple):
    """What the glyphs of one text object have in common."""

    size: float
    bold: bool
    white: bool
    fate: Fate
    quarter: int
    matrix: tuple[float, float, float, float]
    """The linear part of the map from text space to user space."""
    baseline: float
    """Where the base line meets x = 0, in user space."""
    slope: float
    """Rise of the base line over its run."""
    descent: float
    """Of the font, in ems; below the base line is negative."""
    font: int


def read_glyphs(pdf_page: pypdfium2.PdfPage) -> PageGlyphs:
    """Read every glyph of the text layer, visible or not, in the order of the content stream."""
    left, bottom, right, top = pdf_page.get_bbox()
    shown = displayed_frame(left, bottom, right, top, pdf_page.get_rotation())
    text_page = pdf_page.get_textpage()
    try:
        letters, boxes, ordinals, runs = _read_columns(calls.handle(text_page))
    finally:
        text_page.close()
    run = np.array(ordinals, dtype=np.int64)

    def column(values: list[float]) -> Floats:
        return np.array(values, dtype=np.float64)[run] if runs else np.zeros(0)

    size = column([r.size for r in runs])
    user_quarter = np.array([r.quarter for r in runs], dtype=np.int64)[run] if runs else run
    quarter = (user_quarter - pdf_page.get_rotation() // 90) % 4
    turns = dominant_quarter(letters, quarter)
    frame = turn_frame(shown, 90 * turns)
    corners = np.array(boxes, dtype=np.float64).reshape(-1, 4)
    upright = user_quarter == 0
    # PDFium's box of one letter of a ligature is as low as its ink, so every box is hung on its run's base line.
    bottom_line = column([r.baseline for r in runs]) + column([r.slope for r in runs]) * corners[:, 0]
    corners[upright, 1] = (bottom_line + column([r.descent for r in runs]) * size)[upright]
    corners[upright, 3] = corners[upright, 1] + size[upright]
    _trim_overhang(corners, upright, run, size)
    x0, top, x1, bottom = _map_boxes(corners, frame.to_display)
    fate = np.array([r.fate for r in runs], dtype=np.int64)[run] if runs else run

    glyphs = Glyphs(
        text=tuple(letters),
        x0=x0,
        top=top,
        x1=x1,
        bottom=bottom,
        size=size,
        run=run,
        quarter=(quarter - turns) % 4,
        bold=column([r.bold for r in runs]).astype(np.bool_),
        white=column([r.white for r in runs]).astype(np.bool_),
        fate=fate,
    )
    return PageGlyphs(settle_fates(glyphs, frame.width, frame.height), frame, 90 * turns)


def _read_columns(page: int) -> tuple[list[str], list[tuple[float, float, float, float]], list[int], list[_Run]]:
    """Walk the text page once; boxes are (left, bottom, right, top) in user space."""
    letters: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    ordinals: list[int] = []
    runs: list[_Run] = []
    read_run = _RunReader(page)
    rect = raw.FS_RECTF()
    rect_pointer = ctypes.pointer(rect)
    current = 0
    for index in range(calls.count_chars(page)):
        owner = calls.char_text_object(page, index)
        if not owner:  # a space or line break PDFium inferred; gaps are measured here instead
            continue
        code = calls.char_unicode(page, index)
        letter = PLAIN_SPELLING.get(code)
        if letter is None:
            letter = chr(code) if code >= ord(" ") and not 0xFFFE <= code <= 0xFFFF else UNMAPPED
        elif not letter:
            continue
        if owner != current:
            current = owner
            run = read_run(index, owner)
            runs.append(run)
        if run.quarter == 0:
            calls.char_loose_box(page, index, rect_pointer)
            boxes.append((rect.left, rect.bottom, rect.right, rect.top))
        else:
            boxes.append(_turned_box(page, index, code, run))
        letters.append(letter)
        ordinals.append(len(runs) - 1)
    return letters, boxes, ordinals, runs


class _RunReader:
    """Reads what the glyphs of one text object share; holds its buffers, for some printers set every glyph apart."""

    def __init__(self, page: int) -> None:
        """Prepare for one text page."""
        self._page = page
        self._faces: dict[int, _Face] = {}
        self._matrix = raw.FS_MATRIX()
        self._matrix_pointer = ctypes.pointer(self._matrix)
        self._color = [c_uint() for _ in range(4)]
        self._color_pointers = [ctypes.pointer(channel) for channel in self._color]

    def __call__(self, index: int, owner: int) -> _Run:
        """Read the text object ``owner`` from its glyph at ``index``."""
        m = self._matrix
        calls.char_matrix(self._page, index, self._matrix_pointer)
        quarter, slant = 0, 0.0
        if m.b != 0 or m.a <= 0:
            angle = math.atan2(m.b, m.a)
            quarter = round(angle / (math.pi / 2)) % 4
            slant = abs(math.remainder(angle, math.pi / 2))
        red, green, blue, alpha = self._color
        alpha.value = 255
        calls.char_fill_color(self._page, index, *self._color_pointers)
        fate = Fate.VISIBLE
        if calls.text_render_mode(owner) in INVISIBLE_MODES or alpha.value == 0:
            fate = Fate.INVISIBLE
        elif slant > UPRIGHT_TOLERANCE or alpha.value < FAINT_ALPHA:
            fate = Fate.WATERMARK
        font = calls.text_font(owner)
        face = self._faces.get(font)
        if face is None:
            face = self._faces[font] = _Face(_is_bold(self._page, index), _descent(font))
        slope = m.b / m.a if quarter == 0 else 0.0
        return _Run(
            size=calls.char_font_size(self._page, index) * math.hypot(m.c, m.d),
            bold=face.bold,
            white=red.value >= WHITE and green.value >= WHITE and blue.value >= WHITE,
            fate=fate,
            quarter=quarter,
            matrix=(m.a, m.b, m.c, m.d),
            baseline=m.f - slope * m.e,
            slope=slope,
            descent=face.descent,
            font=font,
        )


def _is_bold(page: int, index: int) -> bool:
    """Say whether a glyph's font is bold, by its name or its weight."""
    name = ctypes.create_string_buffer(256)
    flags = c_int()
    calls.char_font_info(page, index, name, len(name), byref(flags))
    lowered = name.value.decode("utf-8", "replace").lower()
    return any(word in lowered for word in BOLD_NAMES) or calls.char_font_weight(page, index) >= BOLD_WEIGHT


def _descent(font: int) -> float:
    """Return how far a font reaches below the base line, in ems; 0 when it does not say."""
    descent = c_float()
    known = calls.font_descent(font, 1.0, byref(descent))
    return descent.value if known and -MAX_DESCENT_EM <= descent.value <= 0 else 0.0


def _turned_box(page: int, index: int, code: int, run: _Run) -> tuple[float, float, float, float]:
    """Build the advance box of a glyph that does not read rightwards; PDFium's loose box is upright text only."""
    size = calls.char_font_size(page, index)
    width = c_float()
    if not calls.glyph_width(run.font, code, size, byref(width)) or width.value <= 0:
        left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
        calls.char_box(page, index, byref(left), byref(right), byref(bottom), byref(top))
        return left.value, bottom.value, right.value, top.value
    x, y = c_double(), c_double()
    calls.char_origin(page, index, byref(x), byref(y))
    a, b, c, d = run.matrix
    xs, ys = [], []
    for along in (0.0, width.value):
        for across in (run.descent * size, (run.descent + 1) * size):
            xs.append(x.value + a * along + c * across)
            ys.append(y.value + b * along + d * across)
    return min(xs), min(ys), max(xs), max(ys)


def _trim_overhang(corners: Floats, upright: Flags, run: Ints, size: Floats) -> None:
    """End each box where the next glyph of its run starts: PDFium widens italic boxes to the ink that leans over."""
    start, after = corners[:-1, 0], corners[1:, 0]
    follows = upright[:-1] & upright[1:] & (run[:-1] == run[1:]) & (after > start + LEAST_ADVANCE_EM * size[:-1])
    corners[:-1, 2] = np.where(follows, np.minimum(corners[:-1, 2], after), corners[:-1, 2])


def _map_boxes(boxes: Floats, to_display: Affine) -> tuple[Floats, Floats, Floats, Floats]:
    """Map (left, bottom, right, top) rows to the columns x0, top, x1, bottom of the upright page."""
    m = to_display
    xs = np.stack([m.a * boxes[:, i] + m.c * boxes[:, j] + m.e for i, j in ((0, 1), (2, 3))])
    ys = np.stack([m.b * boxes[:, i] + m.d * boxes[:, j] + m.f for i, j in ((0, 1), (2, 3))])
    return xs.min(axis=0), ys.min(axis=0), xs.max(axis=0), ys.max(axis=0)
