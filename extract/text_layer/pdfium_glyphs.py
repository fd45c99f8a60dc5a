"""The glyphs of one page from PDFium's raw text interface."""

from __future__ import annotations

import ctypes
import math
from ctypes import byref, c_double, c_float, c_int
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
from pypdfium2 import raw

from extract.frame import Affine, displayed_frame, turn_frame
from extract.text_layer import pdfium_calls as calls
from extract.text_layer.glyphs import (
    PLAIN_SPELLING,
    UNMAPPED,
    Fate,
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
_WIDTHLESS = frozenset(code for code, spelling in PLAIN_SPELLING.items() if not spelling)
_SURROGATES = (0xD800, 0xDFFF)
_NO_CHARACTER = 0xFFFE
"""What PDFium writes for a glyph it has no plain character for, a hyphen at a line end among them."""
INVISIBLE_MODES = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)


class _Face(NamedTuple):
    """What the glyphs of one font have in common."""

    bold: bool
    descent: float
    """In ems; below the base line is negative."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """What PDFium says of a text page: per glyph, and per run of glyphs that one text object sets."""

    index: list[int]
    """Of each glyph on the text page."""
    code: list[int]
    """Unicode code point of each glyph."""
    run: Ints
    """Ordinal of each glyph's run."""
    box: Floats
    """(left, top, right, bottom) of each glyph in user space; meaningful for text that reads rightwards."""
    matrix: Floats
    """(a, b, c, d, e, f) from text space to user space at the first glyph of each run."""
    color: Ints
    """(red, green, blue, alpha), 0 to 255, of each run."""
    mode: Ints
    """Render mode of each run."""
    size: Floats
    """Font size of each run before the matrix."""
    font: list[int]
    """Font handle of each run."""
    faces: dict[int, _Face]
    """By font handle."""
    owners: frozenset[int]
    """Handles of the text objects that were met."""


def read_glyphs(pdf_page: pypdfium2.PdfPage) -> PageGlyphs:
    """Read every glyph of the text layer, visible or not, in the order of the content stream."""
    left, bottom, right, top = pdf_page.get_bbox()
    rotation = pdf_page.get_rotation()
    shown = displayed_frame(left, bottom, right, top, rotation)
    text_page = pdf_page.get_textpage()
    try:
        columns = _read_columns(calls.handle(text_page))
        run_quarter, fate = _directions(columns)
        sideways = np.flatnonzero(run_quarter[columns.run] != 0)
        _set_turned_boxes(calls.handle(text_page), columns, sideways)
        letters = _spell_all(calls.handle(text_page), columns)
    finally:
        text_page.close()
    run = columns.run
    quarter = (run_quarter[run] - rotation // 90) % 4
    turns = dominant_quarter(letters, quarter)
    frame = turn_frame(shown, 90 * turns)
    size = columns.size * np.hypot(columns.matrix[:, 2], columns.matrix[:, 3])
    _hang_on_base_line(columns, run_quarter, size)
    x0, top_line, x1, bottom_line = _map_boxes(columns.box, frame.to_display)
    bold = np.array([columns.faces[font].bold for font in columns.font], dtype=np.bool_)
    glyphs = Glyphs(
        text=tuple(letters),
        x0=x0,
        top=top_line,
        x1=x1,
        bottom=bottom_line,
        size=size[run],
        run=run,
        quarter=(quarter - turns) % 4,
        bold=bold[run],
        white=(columns.color[:, :3].min(axis=1, initial=255) >= WHITE)[run],
        fate=fate[run],
    )
    return PageGlyphs(settle_fates(glyphs, frame.width, frame.height), frame, 90 * turns, columns.owners)


def _spell_all(page: int, columns: _Columns) -> list[str]:
    """Spell every glyph; PDFium is asked once per font and code point whether it knows the character at all."""
    known: dict[tuple[int, int], str] = {}
    letters = []
    fonts = columns.font
    for index, code, run in zip(columns.index, columns.code, columns.run.tolist(), strict=True):
        key = fonts[run], code
        letter = known.get(key)
        if letter is None:
            letter = known[key] = UNMAPPED if calls.char_has_map_error(page, index) else _spell(code)
        letters.append(letter)
    return letters


def _spell(code: int) -> str:
    """Spell one code point; empty for characters without width."""
    plain = PLAIN_SPELLING.get(code)
    if plain is not None:
        return plain
    return chr(code) if code >= ord(" ") and not 0xFFFE <= code <= 0xFFFF else UNMAPPED


def _read_columns(page: int) -> _Columns:
    """Walk the text page once; PDFium writes straight into the columns, for a page has thousands of glyphs."""
    count = max(0, calls.count_chars(page))
    boxes, box_at = _buffer(ctypes.c_float, 4 * count)
    matrices, matrix_at = _buffer(ctypes.c_float, 6 * count)
    colors, color_at = _buffer(ctypes.c_uint, 4 * count)
    ctypes.memset(color_at, 0xFF, ctypes.sizeof(colors))  # opaque unless PDFium says otherwise
    index_of: list[int] = []
    codes: list[int] = []
    ordinals: list[int] = []
    modes: list[int] = []
    sizes: list[float] = []
    fonts: list[int] = []
    faces: dict[int, _Face] = {}
    owners: set[int] = set()
    current, ordinal = 0, -1
    text_object, loose_box = calls.char_text_object, calls.char_loose_box
    for index, code in enumerate(_read_codes(page, count)):
        owner = text_object(page, index)
        if not owner or code in _WIDTHLESS:  # without an owner: a space or line break PDFium inferred
            continue
        if owner != current:
            current, ordinal = owner, ordinal + 1
            owners.add(owner)
            calls.char_matrix(page, index, matrix_at + 24 * ordinal)
            color = color_at + 16 * ordinal
            calls.char_fill_color(page, index, color, color + 4, color + 8, color + 12)
            modes.append(calls.text_render_mode(owner))
            sizes.append(calls.char_font_size(page, index))
            font = calls.text_font(owner)
            fonts.append(font)
            if font not in faces:
                faces[font] = _Face(_is_bold(page, index), _descent(font))
        loose_box(page, index, box_at + 16 * len(codes))
        index_of.append(index)
        codes.append(code)
        ordinals.append(ordinal)
    return _Columns(
        index=index_of,
        code=codes,
        run=np.array(ordinals, dtype=np.int64),
        box=np.array(boxes, dtype=np.float64).reshape(-1, 4)[: len(codes)],
        matrix=np.array(matrices, dtype=np.float64).reshape(-1, 6)[: len(fonts)],
        color=np.minimum(np.array(colors, dtype=np.int64).reshape(-1, 4)[: len(fonts)], 0xFF),
        mode=np.array(modes, dtype=np.int64),
        size=np.array(sizes, dtype=np.float64),
        font=fonts,
        faces=faces,
        owners=frozenset(owners),
    )


def _read_codes(page: int, count: int) -> list[int]:
    """Return the code point of every glyph: one call for the whole page where its text maps glyph for glyph."""
    text = (ctypes.c_uint16 * (count + 1))()
    written = calls.page_text(page, 0, count, ctypes.addressof(text)) if count else 0
    codes: list[int] = text[: max(0, written - 1)]
    if len(codes) != count or any(_SURROGATES[0] <= code <= _SURROGATES[1] for code in codes):
        return [calls.char_unicode(page, index) for index in range(count)]
    for index, code in enumerate(codes):
        if code >= _NO_CHARACTER:
            codes[index] = calls.char_unicode(page, index)
    return codes


def _buffer(kind: type[ctypes.c_float | ctypes.c_uint], length: int) -> tuple[Any, int]:
    """Allocate an array PDFium can write to; return it and its address."""
    array = (kind * length)()
    return array, ctypes.addressof(array)


def _directions(columns: _Columns) -> tuple[Ints, Ints]:
    """Return each run's reading direction in user space (see :attr:`Glyphs.quarter`) and its :class:`Fate`."""
    angle = np.arctan2(columns.matrix[:, 1], columns.matrix[:, 0])
    turns = np.round(angle / (math.pi / 2))
    slanted = np.abs(angle - turns * (math.pi / 2)) > UPRIGHT_TOLERANCE
    alpha = columns.color[:, 3]
    fate = np.where(slanted | (alpha < FAINT_ALPHA), Fate.WATERMARK, Fate.VISIBLE)
    fate = np.where(np.isin(columns.mode, INVISIBLE_MODES) | (alpha == 0), Fate.INVISIBLE, fate)
    return turns.astype(np.int64) % 4, fate


def _hang_on_base_line(columns: _Columns, run_quarter: Ints, size: Floats) -> None:
    """Give the glyphs that read rightwards boxes from their font's descent up by the font size.

    PDFium's box of one letter of a ligature is as low as its ink, and an italic one as wide as the ink leans over.
    """
    run, box = columns.run, columns.box
    upright = run_quarter[run] == 0
    a, b, e, f = (columns.matrix[:, k] for k in (0, 1, 4, 5))
    slope = np.divide(b, a, out=np.zeros_like(a), where=(run_quarter == 0) & (a != 0))
    descent = np.array([columns.faces[font].descent for font in columns.font], dtype=np.float64)
    bottom = (f - slope * e)[run] + slope[run] * box[:, 0] + (descent * size)[run]
    box[upright, 3] = bottom[upright]
    box[upright, 1] = (bottom + size[run])[upright]
    start, after = box[:-1, 0], box[1:, 0]
    follows = upright[:-1] & upright[1:] & (run[:-1] == run[1:]) & (after > start + LEAST_ADVANCE_EM * size[run][:-1])
    box[:-1, 2] = np.where(follows, np.minimum(box[:-1, 2], after), box[:-1, 2])


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


def _set_turned_boxes(page: int, columns: _Columns, glyphs: Ints) -> None:
    """Build the advance boxes of glyphs that do not read rightwards; PDFium's loose boxes are for upright text only."""
    for glyph in glyphs.tolist():
        run = columns.run[glyph]
        font, size = columns.font[run], float(columns.size[run])
        a, b, c, d = columns.matrix[run, :4]
        index = columns.index[glyph]
        width = c_float()
        if not calls.glyph_width(font, columns.code[glyph], size, byref(width)) or width.value <= 0:
            left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
            calls.char_box(page, index, byref(left), byref(right), byref(bottom), byref(top))
            columns.box[glyph] = left.value, top.value, right.value, bottom.value
            continue
        x, y = c_double(), c_double()
        calls.char_origin(page, index, byref(x), byref(y))
        low = columns.faces[font].descent * size
        corners = [(along, across) for along in (0.0, width.value) for across in (low, low + size)]
        xs = [x.value + a * along + c * across for along, across in corners]
        ys = [y.value + b * along + d * across for along, across in corners]
        columns.box[glyph] = min(xs), max(ys), max(xs), min(ys)


def _map_boxes(boxes: Floats, to_display: Affine) -> tuple[Floats, Floats, Floats, Floats]:
    """Map (left, top, right, bottom) rows of user space to the columns x0, top, x1, bottom of the upright page."""
    m = to_display
    xs = np.stack([m.a * boxes[:, i] + m.c * boxes[:, j] + m.e for i, j in ((0, 1), (2, 3))])
    ys = np.stack([m.b * boxes[:, i] + m.d * boxes[:, j] + m.f for i, j in ((0, 1), (2, 3))])
    return xs.min(axis=0), ys.min(axis=0), xs.max(axis=0), ys.max(axis=0)
