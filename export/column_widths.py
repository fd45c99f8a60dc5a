"""How wide a column and how high a row must be for its text, estimated in characters of the sheet's font."""

from __future__ import annotations

import math
from collections.abc import Sequence

from export.plain_number import grouped
from normalize.form import Kind
from normalize.model import HeaderCell, Table

MIN_WIDTH = 5.0
MAX_TEXT_WIDTH = 46.0
"""Column widths in characters."""
HEADER_LINES_WANTED = 4
"""Lines a header text may take before its column is widened for it."""
WIDTH_MARGIN = 1.8
"""Room for padding and for the wider glyphs of capitals."""
BOLD_STRETCH = 1.08
"""Bold text needs this much more room."""
LINE_POINTS = 13.5
"""Height of one text line in points."""
MAX_ROW_POINTS = 409.0
"""Excel's highest row."""
SHORT_TEXT = 8
"""Characters that are never worth wrapping."""
BLOCK_SHAPE = 5.5
"""A wrapped text looks best about this many characters wide per line of height."""


def column_width(table: Table, index: int, header: Sequence[HeaderCell]) -> float:
    """Return a width that shows numbers whole, breaks no word, and wraps long texts to a readable block."""
    column = table.columns[index]
    width = MIN_WIDTH
    for cell in header:
        if cell.column != index or cell.column_span > 1:
            continue
        longest = max((len(word) for word in cell.text.split()), default=0) * BOLD_STRETCH
        width = max(width, longest, len(cell.text) / HEADER_LINES_WANTED)
    for record in table.records:
        value = record.get(column.key)
        if column.kind.is_number and value.number is not None:
            width = max(width, len(grouped(value.number)) * BOLD_STRETCH)
            continue
        text = value.text
        longest = max((len(word) for word in text.split()), default=0)
        width = max(width, min(longest, MAX_TEXT_WIDTH), _comfortable(text, column.kind))
    return min(width, MAX_TEXT_WIDTH) + WIDTH_MARGIN


def _comfortable(text: str, kind: Kind) -> float:
    """Return the width at which ``text`` makes a block whose shape :data:`BLOCK_SHAPE` describes."""
    if kind is Kind.KODE:
        return float(max((len(line) for line in text.split("\n")), default=0))
    return math.sqrt(len(text) * BLOCK_SHAPE) if len(text) > SHORT_TEXT else float(len(text))


def row_points(lines: int) -> float:
    """Return the height of a row of so many text lines."""
    return min(MAX_ROW_POINTS, max(1, lines) * LINE_POINTS + 2)


def lines_needed(text: str, width: float) -> int:
    """Estimate the lines ``text`` takes in a column of ``width`` characters, wrapped at words."""
    room = max(1.0, width - 1)
    count = 0
    for paragraph in text.split("\n"):
        used, lines = 0.0, 1
        for word in paragraph.split(" "):
            need = len(word) + (1 if used else 0)
            if used and used + need > room:
                lines += 1
                used = 0.0
                need = len(word)
            used += need
            if used > room:
                lines += math.ceil(used / room) - 1
                used = used % room
        count += lines
    return count
