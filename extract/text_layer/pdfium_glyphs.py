"""The glyphs of one page from PDFium's raw text interface."""

from __future__ import annotations

import ctypes
import math
from ctypes import byref, c_double, c_float, c_int
from dataclasses import dataclass
from itertools import repeat

import numpy as np
import pypdfium2
from pypdfium2 import raw

from extract.frame import Affine, displayed_frame, turn_frame
from extract.text_layer import pdfium_bulk as bulk
from extract.text_layer import pdfium_calls as calls
from extract.text_layer.glyphs import (
    PLAIN_SPELLING,
    UNMAPPED,
    Fate,
    Flags,
    Floats,
    Glyphs,
    Ints,
    PageGlyphs,
    dominant_quarter,
    qualities,
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
_WIDTHLESS = tuple(code for code, spelling in PLAIN_SPELLING.items() if not spelling)
_CODE_BITS = 32
_CODE_MASK = (1 << _CODE_BITS) - 1
_SURROGATES = (0xD800, 0xDFFF)
_NO_CHARACTER = 0xFFFE
"""What PDFium writes for a glyph it has no plain character for, a hyphen at a line end among them."""
INVISIBLE_MODES = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)


@dataclass(frozen=True, slots=True)
class _Columns:
    """What PDFium says of a text page: per glyph, per run of glyphs that one text object sets, and per font."""

    index: Ints
    """Of each glyph on the text page."""
    code: Ints
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
    face: Ints
    """Ordinal of each run's font."""
    font: tuple[int, ...]
    """Handle of each font."""
    bold: Flags
    """Of each font."""
    descent: Floats
    """Of each font, in ems; below the base line is negative."""
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
        alphabet, letter = _spell_all(calls.handle(text_page), columns)
    finally:
        text_page.close()
    run = columns.run
    quarter = (run_quarter[run] - rotation // 90) % 4
    turns = dominant_quarter(~qualities(alphabet, str.isspace)[letter], quarter)
    frame = turn_frame(shown, 90 * turns)
    size = columns.size * np.hypot(columns.matrix[:, 2], columns.matrix[:, 3])
    _hang_on_base_line(columns, run_quarter, size)
    x0, top_line, x1, bottom_line = _map_boxes(columns.box, frame.to_display)
    glyphs = Glyphs(
        alphabet=alphabet,
        letter=letter,
        x0=x0,
        top=top_line,
        x1=x1,
        bottom=bottom_line,
        size=size[run],
        run=run,
        quarter=(quarter - turns) % 4,
        bold=columns.bold[columns.face][run],
        white=(columns.color[:, :3].min(axis=1, initial=255) >= WHITE)[run],
        fate=fate[run],
    )
    return PageGlyphs(settle_fates(glyphs, frame.width, frame.height), frame, 90 * turns, columns.owners)


def _spell_all(page: int, columns: _Columns) -> tuple[tuple[str, ...], Ints]:
    """Return the alphabet of a page and each glyph's place in it.

    PDFium is asked once per font and code point whether it knows the character at all.
    """
    spellings = (columns.face[columns.run] << _CODE_BITS) | columns.code
    different, first, place = np.unique(spellings, return_index=True, return_inverse=True)
    letters = [
        UNMAPPED if calls.char_has_map_error(page, index) else _spell(spelling & _CODE_MASK)
        for spelling, index in zip(different.tolist(), columns.index[first].tolist(), strict=True)
    ]
    alphabet = tuple(dict.fromkeys(letters))  # the fonts of a page have most letters in common
    ordinal = {letter: number for number, letter in enumerate(alphabet)}
    return alphabet, np.array([ordinal[letter] for letter in letters], dtype=np.int64)[place]


def _spell(code: int) -> str:
    """Spell one code point; empty for characters without width."""
    plain = PLAIN_SPELLING.get(code)
    if plain is not None:
        return plain
    return chr(code) if code >= ord(" ") and not 0xFFFE <= code <= 0xFFFF else UNMAPPED


def _read_columns(page: int) -> _Columns:
    """Ask for every fact of a whole page at a time; PDFium writes straight into the columns."""
    count = max(0, calls.count_chars(page))
    here = bulk.pointer(page)
    owner = np.fromiter(map(bulk.char_text_object, repeat(here), range(count)), np.uintp, count)
    code = _read_codes(page, count)
    # A glyph without an owner is a space or a line break PDFium inferred.
    index = np.flatnonzero((owner != 0) & np.logical_and.reduce([code != widthless for widthless in _WIDTHLESS]))
    owner = owner[index]
    begins = np.diff(owner, prepend=np.zeros(1, np.uintp)) != 0
    first, owners = index[begins].tolist(), owner[begins].tolist()
    texts = bulk.pointers(owners)
    box = np.empty((len(index), 4), np.float32)
    bulk.each(bulk.char_loose_box, repeat(here), index.tolist(), bulk.rows(box))
    matrix = np.zeros((len(first), 6), np.float32)
    bulk.each(bulk.char_matrix, repeat(here), first, bulk.rows(matrix))
    color = np.full((len(first), 4), 0xFF, np.uint32)  # opaque white unless PDFium says otherwise
    bulk.each(bulk.char_fill_color, repeat(here), first, *bulk.fields(color))
    fonts = list(map(bulk.text_font, texts))
    example = dict(zip(reversed(fonts), reversed(first), strict=True))
    ordinal = {font: number for number, font in enumerate(example)}
    return _Columns(
        index=index,
        code=code[index],
        run=np.cumsum(begins) - 1,
        box=box.astype(np.float64),
        matrix=matrix.astype(np.float64),
        color=np.minimum(color, 0xFF).astype(np.int64),
        mode=np.fromiter(map(bulk.text_render_mode, texts), np.int64, len(owners)),
        size=np.fromiter(map(bulk.char_font_size, repeat(here), first), np.float64, len(first)),
        face=np.fromiter(map(ordinal.__getitem__, fonts), np.int64, len(fonts)),
        font=tuple(example),
        bold=np.array([_is_bold(page, glyph) for glyph in example.values()], dtype=np.bool_),
        descent=np.array([_descent(font) for font in example], dtype=np.float64),
        owners=frozenset(owners),
    )


def _read_codes(page: int, count: int) -> Ints:
    """Return the code point of every glyph: one call for the whole page where its text maps glyph for glyph."""
    text = np.zeros(count + 1, np.uint16)
    written = calls.page_text(page, 0, count, text.ctypes.data) if count else 0
    codes = text[: max(0, written - 1)].astype(np.int64)
    if len(codes) != count or ((codes >= _SURROGATES[0]) & (codes <= _SURROGATES[1])).any():
        return np.fromiter(map(calls.char_unicode, repeat(page), range(count)), np.int64, count)
    for index in np.flatnonzero(codes >= _NO_CHARACTER).tolist():
        codes[index] = calls.char_unicode(page, index)
    return codes


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
    descent = columns.descent[columns.face]
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
        face, size = columns.face[run], float(columns.size[run])
        a, b, c, d = columns.matrix[run, :4]
        index = int(columns.index[glyph])
        width = c_float()
        known = calls.glyph_width(columns.font[face], int(columns.code[glyph]), size, byref(width))
        if not known or width.value <= 0:
            left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
            calls.char_box(page, index, byref(left), byref(right), byref(bottom), byref(top))
            columns.box[glyph] = left.value, top.value, right.value, bottom.value
            continue
        x, y = c_double(), c_double()
        calls.char_origin(page, index, byref(x), byref(y))
        low = columns.descent[face] * size
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
