"""Short entries of a column of small numbers: a 1 is read ``I``, and only the column tells that it is a number.

A lone character has no neighbours that would say whether it is a digit. The column's other entries do: where they are
numbers, a letter of a digit's shape that continues their count is that digit, doubted; any other misfit is doubted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.model import Alternative
from extract.scan.cell_text import LineCrop
from extract.scan.engine import DISPUTED, UNREAD, Glyph, Reading
from extract.scan.recognition.columns import Entry, column_of, entries_of
from extract.scan.recognition.numbers import DIGIT_FOR

SHORT_NUMBER = re.compile(r"^\(?(\d{1,3})[.)]?$")
LONGER_NUMBER = re.compile(r"^[\d.,]*\d[\d.,%]*$")
ROMAN = re.compile(r"^[IVX]+[.)]?$")
PUNCTUATION = frozenset(".()")
DASHES = frozenset("-–—")
LONGEST_ENTRY = 3.5
"""Glyph heights; three digits in brackets are narrower."""
LEAST_NUMBERS = 3
"""Numbers in a column from which another entry is expected to be one."""
NUMBERS_SHARE = 2 / 3
"""Of a column's short entries that must be numbers; in an outline letters stand between them."""
ONES = {"I": "1", "l": "1", "i": "1", "L": "1", "|": "1", "]": "1", "[": "1", "!": "1", "j": "1"}
"""Characters of an upright stroke; an L is a 1 with its full stop run together."""


@dataclass(frozen=True, slots=True)
class _Count:
    """The numbers of a column next above and below a place."""

    above: int | None
    below: int | None

    @classmethod
    def around(cls, middle: float, numbers: Sequence[tuple[float, int]]) -> _Count:
        """Return the count around a row; ``numbers`` are (middle, number)."""
        above = max((place for place in numbers if place[0] < middle), default=None)
        below = min((place for place in numbers if place[0] > middle), default=None)
        return cls(above and above[1], below and below[1])

    @property
    def lacks(self) -> int | None:
        """The one number between the two, if one is missing; a count begins at 1."""
        above = self.above or 0
        return above + 1 if self.below == above + 2 else None

    def continued_by(self, number: int) -> bool:
        """Say whether a number follows the one above or precedes the one below, contradicting neither."""
        follows = self.above is not None and self.above + 1 == number
        precedes = self.below is not None and self.below - 1 == number
        return (follows or self.above is None) and (precedes or self.below is None) and (follows or precedes)


def with_column_numbers(crops: Sequence[LineCrop], readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings of a page's crops with misfits in columns of small numbers read as digits or doubted.

    Ink in which nothing was read is marked as unread where the count lacks a number.
    """
    entries = [
        entry for entry in entries_of(crops, readings) if entry.width < LONGEST_ENTRY * crops[entry.at].glyph_height
    ]
    result = list(readings)
    for entry in entries:
        if SHORT_NUMBER.match(entry.text) or LONGER_NUMBER.match(entry.text):
            continue
        column = column_of(entry, entries, crops[entry.at].glyph_height)
        numbers = [(other.middle, int(found[1])) for other in column if (found := SHORT_NUMBER.match(other.text))]
        if len(numbers) >= max(LEAST_NUMBERS, NUMBERS_SHARE * sum(bool(other.text) for other in column)):
            count = _Count.around(entry.middle, numbers)
            result[entry.at] = _settled(readings[entry.at], entry, count)
    return result


def _settled(reading: Reading, entry: Entry, count: _Count) -> Reading:
    """Return a misfit of a column of numbers as the number it continues the count with, or doubted."""
    if not reading.glyphs:
        mark = Glyph(UNREAD, 0.0, entry.width, 0.0)
        return reading if count.lacks is None else Reading((mark,))
    if entry.text in DASHES:
        return reading if count.lacks is None else _doubted(reading, str(count.lacks))
    digits = [_digit(glyph) for glyph in reading.glyphs if glyph.text != " "]
    spelled = Reading(tuple(glyph for glyph in digits if glyph is not None))
    found = SHORT_NUMBER.match(spelled.text) if None not in digits else None
    if found is not None and count.continued_by(int(found[1])):
        return spelled
    is_word = any(glyph is None for glyph in digits) and any(map(str.isalpha, entry.text))
    if is_word or ROMAN.match(entry.text):
        return reading
    return _doubted(reading, str(count.lacks) if count.lacks is not None else "")


def _doubted(reading: Reading, other: str) -> Reading:
    """Cap a reading's confidence; ``other`` is what may be printed instead, empty when nothing tells."""
    first, *rest = (replace(glyph, confidence=min(glyph.confidence, DISPUTED)) for glyph in reading.glyphs)
    if other and not rest:
        first = replace(first, alternatives=(Alternative(other, round(1 - DISPUTED, 4)), *first.alternatives))
    return Reading((first, *rest))


def _digit(glyph: Glyph) -> Glyph | None:
    """Return a character as the digit it may be, doubted; None when it has no likeness to any."""
    if glyph.text.isdigit() or glyph.text in PUNCTUATION:
        return glyph
    offered = max(
        (other for other in glyph.alternatives if other.text.isdigit()),
        key=lambda other: other.confidence,
        default=None,
    )
    digit = offered.text if offered is not None else (DIGIT_FOR | ONES).get(glyph.text)
    if digit is None:
        return None
    others = tuple(other for other in glyph.alternatives if other.text != digit)
    sure = round(1 - DISPUTED, 4)
    return Glyph(digit, glyph.start, glyph.end, DISPUTED, (Alternative(glyph.text, sure), *others))
