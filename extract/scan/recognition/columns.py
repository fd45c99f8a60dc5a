"""Which readings of a page stand in line, one below the other: what a column's entries have in common tells misfits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from extract.scan.cell_text import LineCrop
from extract.scan.engine import Reading

COLUMN_REACH = 0.5
"""Glyph heights by which the edge or middle of an entry may miss that of its column's others."""
GROUPED = re.compile(r"^(Rp\.?)?\d{1,3}([.,]\d{3})+([.,]\d{1,2})?$")
UNGROUPED = re.compile(r"^(Rp\.?)?\d{5,}$")
LEAST_GROUPED = 2
"""Entries with separators that make one of as many digits without them doubtful."""
UNGROUPED_SURE = 0.8
"""Highest confidence of a number whose separators seem lost: one of them may have been a decimal comma."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The reading of a crop that is all ink of its cell, and where its ink stands, in pixels of the page."""

    at: int
    """Which of the page's crops."""
    text: str
    """What was read, without spaces; empty when nothing was."""
    left: float
    right: float
    middle: float
    """Of its rows."""

    @property
    def width(self) -> float:
        """Width of its ink."""
        return self.right - self.left


def entries_of(crops: Sequence[LineCrop], readings: Sequence[Reading]) -> list[Entry]:
    """Return the entries of all cells of one line."""
    entries = []
    for at, (crop, reading) in enumerate(zip(crops, readings, strict=True)):
        if not crop.alone:
            continue
        columns, rows = np.flatnonzero(crop.ink.any(axis=0)), np.flatnonzero(crop.ink.any(axis=1))
        left, right = float(crop.left + columns[0]), float(crop.left + columns[-1] + 1)
        middle = crop.top + float(rows[0] + rows[-1] + 1) / 2
        entries.append(Entry(at, reading.text.replace(" ", ""), left, right, middle))
    return entries


def column_of(entry: Entry, entries: Sequence[Entry], glyph_height: float) -> list[Entry]:
    """Return the other entries in line with one: by the same edge or middle, whichever gathers most."""
    reach = COLUMN_REACH * glyph_height
    others = [other for other in entries if other.at != entry.at]
    sides = (
        [other for other in others if abs(other.left - entry.left) <= reach],
        [other for other in others if abs(other.right - entry.right) <= reach],
        [other for other in others if abs(other.left + other.right - entry.left - entry.right) <= 2 * reach],
    )
    return max(sides, key=len)


def with_ungrouped_doubted(crops: Sequence[LineCrop], readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings of a page's crops, long numbers without separators doubted where their column prints them."""
    entries = entries_of(crops, readings)
    result = list(readings)
    for entry in entries:
        if not UNGROUPED.match(entry.text):
            continue
        column = column_of(entry, entries, crops[entry.at].glyph_height)
        if sum(GROUPED.match(other.text) is not None for other in column) >= LEAST_GROUPED:
            first, *rest = readings[entry.at].glyphs
            first = replace(first, confidence=min(first.confidence, UNGROUPED_SURE))
            result[entry.at] = Reading((first, *rest))
    return result
