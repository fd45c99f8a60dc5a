"""PDFium's functions with plain integer handles: half the cost of pypdfium2's typed pointers.

The calls keep the interpreter's lock: they are too short for another thread to gain by it, and giving it away and
taking it back costs a sixth of each. Thousands of calls in a row go through :mod:`extract.text_layer.pdfium_bulk`.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import POINTER, c_double, c_float, c_int, c_size_t, c_uint, c_ulong, c_void_p
from typing import Any

from pypdfium2 import raw

Function = Callable[..., Any]
"""A function of the library."""


def bind(function: object, restype: object, *argtypes: object) -> Function:
    """Give one function of the loaded library a second prototype, one that keeps the lock."""
    prototype: Any = ctypes.PYFUNCTYPE(restype, *argtypes)  # type: ignore[arg-type]
    bound: Function = prototype(ctypes.cast(function, c_void_p).value)  # type: ignore[arg-type]
    return bound


def handle(wrapped: Any) -> int:  # noqa: ANN401 -- pypdfium2 carries no types
    """Return the address behind a pypdfium2 object or raw pointer; 0 for null."""
    return ctypes.cast(getattr(wrapped, "raw", wrapped), c_void_p).value or 0


_FLOATS = POINTER(c_float)
_DOUBLES = POINTER(c_double)
_INTS = POINTER(c_int)
_MATRIX = POINTER(raw.FS_MATRIX)

count_chars = bind(raw.FPDFText_CountChars, c_int, c_void_p)
char_unicode = bind(raw.FPDFText_GetUnicode, c_uint, c_void_p, c_int)
char_has_map_error = bind(raw.FPDFText_HasUnicodeMapError, c_int, c_void_p, c_int)
page_text = bind(raw.FPDFText_GetText, c_int, c_void_p, c_int, c_int, c_void_p)
char_font_weight = bind(raw.FPDFText_GetFontWeight, c_int, c_void_p, c_int)
char_font_info = bind(raw.FPDFText_GetFontInfo, c_ulong, c_void_p, c_int, c_void_p, c_ulong, _INTS)
char_origin = bind(raw.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, _DOUBLES, _DOUBLES)
char_box = bind(raw.FPDFText_GetCharBox, c_int, c_void_p, c_int, _DOUBLES, _DOUBLES, _DOUBLES, _DOUBLES)
glyph_width = bind(raw.FPDFFont_GetGlyphWidth, c_int, c_void_p, c_uint, c_float, _FLOATS)
font_descent = bind(raw.FPDFFont_GetDescent, c_int, c_void_p, c_float, _FLOATS)

page_count_objects = bind(raw.FPDFPage_CountObjects, c_int, c_void_p)
form_count_objects = bind(raw.FPDFFormObj_CountObjects, c_int, c_void_p)
form_object = bind(raw.FPDFFormObj_GetObject, c_size_t, c_void_p, c_ulong)
object_matrix = bind(raw.FPDFPageObj_GetMatrix, c_int, c_void_p, _MATRIX)
clip_count_segments = bind(raw.FPDFClipPath_CountPathSegments, c_int, c_void_p, c_int)
clip_segment = bind(raw.FPDFClipPath_GetPathSegment, c_void_p, c_void_p, c_int, c_int)
