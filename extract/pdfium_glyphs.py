"""The glyphs of one page from PDFium's raw text interface."""

from __future__ import annotations

import ctypes
import math
from ctypes import byref, c_double, c_float, c_int, c_uint
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pypdfium2
from pypdfium2 import raw

from extract import pdfium_calls as calls
from extract.frame import Affine, Frame, displayed_frame, turn_frame
from extract.glyphs import Fate, Floats, Glyphs, Ints, mark_doubled

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
INVISIBLE_MODES = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
UNMAPPED = "\ufffd"
"""Stands for a glyph whose font does not say which character it is."""

_REPLACED = {
    0x02: "-",  # PDFium's mark for a hyphen at a line end
    0xAD: "-",
    0xA0: " ",
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xF0B7: "\u2022",  # the bullet of the Symbol font
    0x200B: "",
    0xFEFF: "",
}

TURN_SHARE = 0.5
"""A page is turned when more than this share of its glyphs read in one other direction."""


class _Run(NamedTuple):
    """What the glyphs of one text object have in common."""

    size: float
    bold: bool
    white: bool
    fate: Fate
    quarter: int
    matrix: tuple[float, float, float, float]
    font: int


@dataclass(frozen=True, slots=True)
class PageGlyphs:
    """The glyphs of a page and the frame of its upright view."""

    glyphs: Glyphs
    frame: Frame
    turned: int
    """Clockwise degrees by which the displayed page was turned."""


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
    user_quarter = np.array([r.quarter for r in runs], dtype=np.int64)[run] if runs else run
    quarter = (user_quarter - pdf_page.get_rotation() // 90) % 4
    turns = _dominant_quarter(letters, quarter)
    frame = turn_frame(shown, 90 * turns)
    corners = np.array(boxes, dtype=np.float64).reshape(-1, 4)
    x0, top, x1, bottom = _map_boxes(corners, frame.to_display)
    fate = np.array([r.fate for r in runs], dtype=np.int64)[run] if runs else run
    middle_x, middle_y = (x0 + x1) / 2, (top + bottom) / 2
    off_page = (middle_x < 0) | (middle_x > frame.width) | (middle_y < 0) | (middle_y > frame.height)
    fate = np.where(off_page, Fate.OFF_PAGE, fate)

    def column(values: list[float]) -> Floats:
        return np.array(values, dtype=np.float64)[run] if runs else np.zeros(0)

    glyphs = Glyphs(
        text=tuple(letters),
        x0=x0,
        top=top,
        x1=x1,
        bottom=bottom,
        size=column([r.size for r in runs]),
        run=run,
        quarter=(quarter - turns) % 4,
        bold=column([r.bold for r in runs]).astype(np.bool_),
        white=column([r.white for r in runs]).astype(np.bool_),
        fate=fate,
    )
    doubled = mark_doubled(glyphs)
    return PageGlyphs(replace(glyphs, fate=np.where(doubled, Fate.DOUBLED, fate)), frame, 90 * turns)


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
        letter = _REPLACED.get(code)
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
        self._bold: dict[int, bool] = {}
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
        bold = self._bold.get(font)
        if bold is None:
            bold = self._bold[font] = _is_bold(self._page, index)
        white = red.value >= WHITE and green.value >= WHITE and blue.value >= WHITE
        size = calls.char_font_size(self._page, index) * math.hypot(m.c, m.d)
        return _Run(size, bold, white, fate, quarter, (m.a, m.b, m.c, m.d), font)


def _is_bold(page: int, index: int) -> bool:
    """Say whether a glyph's font is bold, by its name or its weight."""
    name = ctypes.create_string_buffer(256)
    flags = c_int()
    calls.char_font_info(page, index, name, len(name), byref(flags))
    lowered = name.value.decode("utf-8", "replace").lower()
    return any(word in lowered for word in BOLD_NAMES) or calls.char_font_weight(page, index) >= BOLD_WEIGHT


def _turned_box(page: int, index: int, code: int, run: _Run) -> tuple[float, float, float, float]:
    """Build the advance box of a glyph that does not read rightwards; PDFium's loose box is upright text only."""
    size = calls.char_font_size(page, index)
    width, ascent, descent = c_float(), c_float(), c_float()
    known = (
        calls.glyph_width(run.font, code, size, byref(width))
        and calls.font_ascent(run.font, size, byref(ascent))
        and calls.font_descent(run.font, size, byref(descent))
    )
    if not known or width.value <= 0 or ascent.value <= descent.value:
        left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
        calls.char_box(page, index, byref(left), byref(right), byref(bottom), byref(top))
        return left.value, bottom.value, right.value, top.value
    x, y = c_double(), c_double()
    calls.char_origin(page, index, byref(x), byref(y))
    squeeze = size / (ascent.value - descent.value)  # PDFium scales the two so that they fill the font size
    a, b, c, d = run.matrix
    xs, ys = [], []
    for along in (0.0, width.value):
        for across in (descent.value * squeeze, ascent.value * squeeze):
            xs.append(x.value + a * along + c * across)
            ys.append(y.value + b * along + d * across)
    return min(xs), min(ys), max(xs), max(ys)


def _dominant_quarter(letters: list[str], quarter: Ints) -> int:
    """Return the direction in which most glyphs read, 0 when none prevails."""
    inked = np.fromiter((not letter.isspace() for letter in letters), np.bool_, len(letters))
    counts = np.bincount(quarter[inked], minlength=4)
    best = int(counts.argmax())
    return best if counts[best] > TURN_SHARE * counts.sum() else 0


def _map_boxes(boxes: Floats, to_display: Affine) -> tuple[Floats, Floats, Floats, Floats]:
    """Map (left, bottom, right, top) rows to the columns x0, top, x1, bottom of the upright page."""
    m = to_display
    xs = np.stack([m.a * boxes[:, i] + m.c * boxes[:, j] + m.e for i, j in ((0, 1), (2, 3))])
    ys = np.stack([m.b * boxes[:, i] + m.d * boxes[:, j] + m.f for i, j in ((0, 1), (2, 3))])
    return xs.min(axis=0), ys.min(axis=0), xs.max(axis=0), ys.max(axis=0)
