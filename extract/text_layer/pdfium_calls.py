"""PDFium's functions with plain integer handles: half the cost of the typed pointers in the per-glyph loops.

The calls keep the interpreter's lock: they are too short for another thread to gain by it, and giving it away and
taking it back costs a sixth of each. Loops over thousands of glyphs or paths run inside ``map`` and let PDFium write
into the rows of an array (:func:`each`, :func:`rows`, :func:`fields`): what is left of their cost is PDFium's own.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable
from ctypes import POINTER, c_double, c_float, c_int, c_size_t, c_uint, c_ulong, c_void_p
from typing import Any

from numpy.typing import NDArray
from pypdfium2 import raw

Function = Callable[..., Any]
"""One of the functions below; handles and addresses are plain integers."""


def _bind(function: object, restype: object, *argtypes: object) -> Function:
    """Give one function of the loaded library a second, cheaper prototype."""
    prototype: Any = ctypes.PYFUNCTYPE(restype, *argtypes)  # type: ignore[arg-type]
    bound: Function = prototype(ctypes.cast(function, c_void_p).value)  # type: ignore[arg-type]
    return bound


def handle(wrapped: Any) -> int:  # noqa: ANN401 -- pypdfium2 carries no types
    """Return the address behind a pypdfium2 object or raw pointer; 0 for null."""
    return ctypes.cast(getattr(wrapped, "raw", wrapped), c_void_p).value or 0


def each(function: Function, *arguments: Iterable[int]) -> None:
    """Call a function with the first of all arguments, the second of all, and so on; what it returns is dropped."""
    deque(map(function, *arguments), maxlen=0)


def rows(array: NDArray[Any]) -> range:
    """Return the address of every row of a matrix; the array must outlive the calls that write there."""
    start = int(array.ctypes.data)
    return range(start, start + array.nbytes, array.shape[1] * array.itemsize)


def fields(array: NDArray[Any]) -> tuple[range, ...]:
    """Return the addresses of every column's entries, for functions that take one pointer a value."""
    first, size = rows(array), array.itemsize
    return tuple(range(first.start + at, first.stop + at, first.step) for at in range(0, first.step, size))


_FLOATS = POINTER(c_float)
_DOUBLES = POINTER(c_double)
_INTS = POINTER(c_int)
_MATRIX = POINTER(raw.FS_MATRIX)

count_chars = _bind(raw.FPDFText_CountChars, c_int, c_void_p)
char_unicode = _bind(raw.FPDFText_GetUnicode, c_uint, c_void_p, c_int)
char_has_map_error = _bind(raw.FPDFText_HasUnicodeMapError, c_int, c_void_p, c_int)
page_text = _bind(raw.FPDFText_GetText, c_int, c_void_p, c_int, c_int, c_void_p)
char_text_object = _bind(raw.FPDFText_GetTextObject, c_size_t, c_void_p, c_int)
char_font_size = _bind(raw.FPDFText_GetFontSize, c_double, c_void_p, c_int)
char_font_weight = _bind(raw.FPDFText_GetFontWeight, c_int, c_void_p, c_int)
char_font_info = _bind(raw.FPDFText_GetFontInfo, c_ulong, c_void_p, c_int, c_void_p, c_ulong, _INTS)
char_fill_color = _bind(raw.FPDFText_GetFillColor, c_int, c_void_p, c_int, c_void_p, c_void_p, c_void_p, c_void_p)
char_matrix = _bind(raw.FPDFText_GetMatrix, c_int, c_void_p, c_int, c_void_p)
char_origin = _bind(raw.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, _DOUBLES, _DOUBLES)
char_box = _bind(raw.FPDFText_GetCharBox, c_int, c_void_p, c_int, _DOUBLES, _DOUBLES, _DOUBLES, _DOUBLES)
char_loose_box = _bind(raw.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
text_render_mode = _bind(raw.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
text_font = _bind(raw.FPDFTextObj_GetFont, c_size_t, c_void_p)
glyph_width = _bind(raw.FPDFFont_GetGlyphWidth, c_int, c_void_p, c_uint, c_float, _FLOATS)
font_descent = _bind(raw.FPDFFont_GetDescent, c_int, c_void_p, c_float, _FLOATS)

page_count_objects = _bind(raw.FPDFPage_CountObjects, c_int, c_void_p)
page_object = _bind(raw.FPDFPage_GetObject, c_size_t, c_void_p, c_int)
form_count_objects = _bind(raw.FPDFFormObj_CountObjects, c_int, c_void_p)
form_object = _bind(raw.FPDFFormObj_GetObject, c_size_t, c_void_p, c_ulong)
object_type = _bind(raw.FPDFPageObj_GetType, c_int, c_void_p)
object_matrix = _bind(raw.FPDFPageObj_GetMatrix, c_int, c_void_p, _MATRIX)
object_bounds = _bind(raw.FPDFPageObj_GetBounds, c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
object_fill_color = _bind(raw.FPDFPageObj_GetFillColor, c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
object_stroke_color = _bind(raw.FPDFPageObj_GetStrokeColor, c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
object_stroke_width = _bind(raw.FPDFPageObj_GetStrokeWidth, c_int, c_void_p, _FLOATS)
object_clip_path = _bind(raw.FPDFPageObj_GetClipPath, c_size_t, c_void_p)
path_draw_mode = _bind(raw.FPDFPath_GetDrawMode, c_int, c_void_p, c_void_p, c_void_p)
path_count_segments = _bind(raw.FPDFPath_CountSegments, c_int, c_void_p)
path_segment = _bind(raw.FPDFPath_GetPathSegment, c_void_p, c_void_p, c_int)
segment_point = _bind(raw.FPDFPathSegment_GetPoint, c_int, c_void_p, _FLOATS, _FLOATS)
segment_type = _bind(raw.FPDFPathSegment_GetType, c_int, c_void_p)
segment_closes = _bind(raw.FPDFPathSegment_GetClose, c_int, c_void_p)
clip_count_paths = _bind(raw.FPDFClipPath_CountPaths, c_int, c_void_p)
clip_count_segments = _bind(raw.FPDFClipPath_CountPathSegments, c_int, c_void_p, c_int)
clip_segment = _bind(raw.FPDFClipPath_GetPathSegment, c_void_p, c_void_p, c_int, c_int)
