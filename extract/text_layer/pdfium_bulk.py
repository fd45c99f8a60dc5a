"""PDFium's functions for thousands of calls in a row: one fact of every glyph, run or path of a page.

Such a loop runs inside ``map``, PDFium writes into the rows of an array, and the functions declare no argument types:
checking and wrapping the arguments would cost more than the calls. Every handle and address must therefore come as a
:data:`Pointer` (a bare number would be cut to 32 bits); indices are plain numbers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from ctypes import c_double, c_int, c_size_t, c_void_p
from typing import Any, TypeAlias

from numpy.typing import NDArray
from pypdfium2 import raw

from extract.text_layer.pdfium_calls import Function, bind

Pointer: TypeAlias = Any
"""A handle or an address, wrapped for a call; ctypes gives the wrapper no name."""

pointer = c_void_p.from_param
"""Wrap one handle or address."""


def pointers(addresses: Iterable[int]) -> list[Pointer]:
    """Wrap handles or addresses."""
    return list(map(pointer, addresses))


def each(function: Function, *arguments: Iterable[Any]) -> None:
    """Call a function with the first of all arguments, the second of all, and so on; what it returns is dropped."""
    deque(map(function, *arguments), maxlen=0)


def rows(array: NDArray[Any]) -> Iterator[Pointer]:
    """Yield the address of every row of a matrix; the array must outlive the calls that write there."""
    return map(pointer, _starts(array))


def fields(array: NDArray[Any]) -> tuple[Iterator[Pointer], ...]:
    """Return the addresses of every column's entries, for functions that take one pointer a value."""
    starts, size = _starts(array), array.itemsize
    return tuple(
        map(pointer, range(starts.start + at, starts.stop + at, starts.step)) for at in range(0, starts.step, size)
    )


def _starts(array: NDArray[Any]) -> range:
    start = int(array.ctypes.data)
    return range(start, start + array.nbytes, array.shape[1] * array.itemsize)


char_text_object = bind(raw.FPDFText_GetTextObject, c_size_t)
char_font_size = bind(raw.FPDFText_GetFontSize, c_double)
char_fill_color = bind(raw.FPDFText_GetFillColor, c_int)
char_matrix = bind(raw.FPDFText_GetMatrix, c_int)
char_loose_box = bind(raw.FPDFText_GetLooseCharBox, c_int)
text_render_mode = bind(raw.FPDFTextObj_GetTextRenderMode, c_int)
text_font = bind(raw.FPDFTextObj_GetFont, c_size_t)

page_object = bind(raw.FPDFPage_GetObject, c_size_t)
object_type = bind(raw.FPDFPageObj_GetType, c_int)
object_bounds = bind(raw.FPDFPageObj_GetBounds, c_int)
object_fill_color = bind(raw.FPDFPageObj_GetFillColor, c_int)
object_stroke_color = bind(raw.FPDFPageObj_GetStrokeColor, c_int)
object_matrix = bind(raw.FPDFPageObj_GetMatrix, c_int)
object_stroke_width = bind(raw.FPDFPageObj_GetStrokeWidth, c_int)
object_clip_path = bind(raw.FPDFPageObj_GetClipPath, c_size_t)
clip_count_paths = bind(raw.FPDFClipPath_CountPaths, c_int)
path_draw_mode = bind(raw.FPDFPath_GetDrawMode, c_int)
path_count_segments = bind(raw.FPDFPath_CountSegments, c_int)
path_segment = bind(raw.FPDFPath_GetPathSegment, c_size_t)
segment_point = bind(raw.FPDFPathSegment_GetPoint, c_int)
segment_type = bind(raw.FPDFPathSegment_GetType, c_int)
segment_closes = bind(raw.FPDFPathSegment_GetClose, c_int)
