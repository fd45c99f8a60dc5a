"""Specks that stand where print stands: a short dash in a small typeface is no larger than dust, but in its place.

At 150 dpi the dash for *none* may be three pixels square. Size and shape do not tell it from dust; a dash stands in
line with its column's entries and at the height of its row's text, and dust lies anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extract.scan.cell_text import DASH_SPECK, LineCrop
from extract.scan.engine import Glyph, Reading
from extract.scan.glyph_geometry import is_dust

COLUMN_REACH = 0.25
"""Glyph heights by which the edge or middle of a speck may miss that of its column's entries."""
ROW_REACH = 0.3
"""Glyph heights by which the middle of a speck may miss that of a line of its row."""
LEAST_FELLOWS = 2
"""Entries of a column with which a speck must be in line."""
MOST_OUT_OF_PLACE = 0.25
"""Dust beside each speck in its place that a clean page may show."""
PRINTED_SPECK = 0.6
"""Confidence of a dash told by its place alone."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a crop's ink stands on the page, pixels."""

    left: float
    right: float
    middle: float
    """Of its rows."""

    @property
    def center(self) -> float:
        """Middle of its columns."""
        return (self.left + self.right) / 2


def with_printed_specks(crops: Sequence[LineCrop], readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings of a page's crops with a doubted dash for each lone speck that stands where print stands.

    Where dust lies about too, none is a dash: half of all dust is in line with something.
    """
    dust = [at for at, crop in enumerate(crops) if not readings[at].glyphs and is_dust(crop.ink, crop.glyph_height)]
    specks = {at: _place(crops[at]) for at in dust if _may_be_dash(crops[at])}
    places = [
        *(_place(crop) for crop, reading in zip(crops, readings, strict=True) if reading.glyphs),
        *specks.values(),
    ]
    placed = [at for at, place in specks.items() if _in_place(place, places, crops[at].glyph_height)]
    result = list(readings)
    if len(dust) - len(placed) > MOST_OUT_OF_PLACE * len(placed):
        return result
    for at in placed:
        columns = np.flatnonzero(crops[at].ink.any(axis=0))
        result[at] = Reading((Glyph("-", float(columns[0]), float(columns[-1] + 1), PRINTED_SPECK),))
    return result


def _may_be_dash(crop: LineCrop) -> bool:
    """Say whether dust is its cell's only ink, not the smallest, and not upright."""
    rows, columns = crop.ink.any(axis=1), crop.ink.any(axis=0)
    if not crop.alone:
        return False
    width, height = (int(np.ptp(np.flatnonzero(side))) + 1 for side in (columns, rows))
    return width >= DASH_SPECK[0] * crop.glyph_height and width + 1 >= height and width < crop.glyph_height


def _place(crop: LineCrop) -> _Place:
    columns, rows = np.flatnonzero(crop.ink.any(axis=0)), np.flatnonzero(crop.ink.any(axis=1))
    if not len(columns):
        return _Place(crop.left, crop.left, crop.top)
    return _Place(
        float(crop.left + columns[0]), float(crop.left + columns[-1] + 1), crop.top + float(rows[0] + rows[-1] + 1) / 2
    )


def _in_place(speck: _Place, others: Sequence[_Place], glyph_height: float) -> bool:
    """Say whether a speck stands in line with entries above or below it and at the height of text beside it."""
    beside = [other for other in others if abs(other.middle - speck.middle) <= ROW_REACH * glyph_height]
    apart = [other for other in others if abs(other.middle - speck.middle) > glyph_height]
    reach = COLUMN_REACH * glyph_height
    fellows = max(
        sum(abs(other.left - speck.left) <= reach for other in apart),
        sum(abs(other.right - speck.right) <= reach for other in apart),
        sum(abs(other.center - speck.center) <= reach for other in apart),
    )
    return len(beside) > 1 and fellows >= LEAST_FELLOWS  # itself is beside itself
