"""How wide a column and how high a row must be for its text, from the glyph widths of the sheet's font."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

from xlsxwriter.utility import xl_pixel_width

from export.plain_number import grouped
from normalize.form import Kind
from normalize.model import Column, HeaderCell, Table

PIXELS_PER_UNIT = 7
"""Excel's unit of column width, a digit of its standard font."""
TEXT_SCALE = 0.9
"""Width of our text over the standard font's rounded glyph widths (measured on Carlito, Calibri's metric twin)."""
NUMBER_SCALE = 0.98
"""The same for figures, whose glyphs are rounded down; a figure that does not fit shows as ####."""
BOLD_STRETCH = 1.03
"""Bold text needs this much more room."""
PADDING_UNITS = 0.6
"""Room a word needs besides its own width; Excel adds the cell's padding to the width we give."""
MIN_UNITS = 4.5
MAX_TEXT_UNITS = 46.0
MAX_WORD_UNITS = 24.0
"""A longer word is broken rather than given a column of its own width."""
MAX_TABLE_UNITS = 215.0
"""A table wider than this prints too small; its text columns are narrowed first."""
BLOCK_SHAPE = 5.5
"""A wrapped text looks best about this many units wide per line."""
SHORT_TEXT_UNITS = 8.0
"""Texts no wider than this are not wrapped."""
HEADER_LINES_WANTED = 4
"""Lines a header text may take before its column is widened for it."""
LINE_POINTS = 12.75
"""Height of one text line."""
ROW_PADDING_POINTS = 3.0
MAX_ROW_POINTS = 409.0
"""Excel's highest row."""
INDENT_UNITS = 1.3
"""Room one step of indentation takes."""


@lru_cache(maxsize=100_000)
def text_units(text: str) -> float:
    """Return the width of a line of text in units of column width."""
    return float(xl_pixel_width(text)) * TEXT_SCALE / PIXELS_PER_UNIT


def column_widths(table: Table, header: Sequence[HeaderCell]) -> tuple[float, ...]:
    """Return the width of each column in Excel's units.

    Numbers are shown whole and words unbroken; long texts wrap to readable blocks. When the table gets too wide
    to print, its text columns give way, but never below their longest word.
    """
    least = [_least_width(table, index, header) for index in range(len(table.columns))]
    wanted = [
        max(floor, _wanted_width(table, column, index, header))
        for index, (column, floor) in enumerate(zip(table.columns, least, strict=True))
    ]
    surplus = sum(wanted) - MAX_TABLE_UNITS
    slack = sum(want - floor for want, floor in zip(wanted, least, strict=True))
    keep = 1 - min(1.0, surplus / slack) if surplus > 0 and slack > 0 else 1.0
    return tuple(round(floor + (want - floor) * keep, 2) for want, floor in zip(wanted, least, strict=True))


def lines_needed(text: str, width: float, *, bold: bool = False) -> int:
    """Return the lines ``text`` takes, wrapped at words, in a column of ``width`` units."""
    room = max(1.0, width) / (BOLD_STRETCH if bold else 1)
    space = text_units(" ")
    count = 0
    for paragraph in text.split("\n"):
        used, lines = 0.0, 1
        for word in paragraph.split(" "):
            need = text_units(word)
            if used and used + space + need > room:
                lines, used = lines + 1, 0.0
            used += need + (space if used else 0.0)
            if used > room:  # a word wider than the column is broken
                lines += math.ceil(used / room) - 1
                used %= room
        count += lines
    return count


def row_points(lines: int) -> float:
    """Return the height of a row of so many text lines."""
    return min(MAX_ROW_POINTS, max(1, lines) * LINE_POINTS + ROW_PADDING_POINTS)


def _least_width(table: Table, index: int, header: Sequence[HeaderCell]) -> float:
    column = table.columns[index]
    words = [word for cell in _own_cells(header, index) for word in cell.text.split()]
    least = _widest(words) * BOLD_STRETCH
    for record in table.records:
        value = record.get(column.key)
        if value.number is not None and column.kind.is_number:
            shown = xl_pixel_width(grouped(value.number)) * NUMBER_SCALE / PIXELS_PER_UNIT
            least = max(least, shown * BOLD_STRETCH)
        elif column.kind is Kind.KODE:
            least = max(least, _widest(value.text.split("\n")))
        else:
            least = max(least, _widest(value.text.split()) * BOLD_STRETCH)
    ceiling = MAX_WORD_UNITS if column.kind is not Kind.KODE else MAX_TEXT_UNITS
    return max(MIN_UNITS, min(least, ceiling) + PADDING_UNITS)


def _wanted_width(table: Table, column: Column, index: int, header: Sequence[HeaderCell]) -> float:
    wanted = max((text_units(cell.text) / HEADER_LINES_WANTED for cell in _own_cells(header, index)), default=0.0)
    for record in table.records:
        units = text_units(record.get(column.key).text)
        shaped = math.sqrt(units * BLOCK_SHAPE) if units > SHORT_TEXT_UNITS else units
        wanted = max(wanted, shaped)
    return min(wanted, MAX_TEXT_UNITS) + PADDING_UNITS


def _own_cells(header: Iterable[HeaderCell], index: int) -> list[HeaderCell]:
    return [cell for cell in header if cell.column == index and cell.column_span == 1]


def _widest(texts: Iterable[str]) -> float:
    return max((text_units(text) for text in texts), default=0.0)
