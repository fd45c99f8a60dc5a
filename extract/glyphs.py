"""Glyphs of one page as columns of numbers: what every text-layer reader produces and word assembly consumes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

SAME_GLYPH_SHIFT = 0.2
"""Two equal glyphs closer than this share of their size are one glyph struck twice (fake bold).

The narrowest advance of a repeated character (``l``, ``.``) is above 0.22 em, so ``11.000`` keeps every digit.
"""


class Fate(IntEnum):
    """Whether a reader of the printed page sees the glyph."""

    VISIBLE = 0
    INVISIBLE = 1
    """Render mode 3, full transparency, or white on nothing."""
    OFF_PAGE = 2
    """Outside the crop box."""
    WATERMARK = 3
    """Slanted or faint."""
    DOUBLED = 4
    """The second strike of a fake-bold glyph."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Parallel columns, one entry a glyph, in the order of the content stream.

    Boxes span the advance width and the ascent to the descent of the font, in points of the upright page.
    """

    text: tuple[str, ...]
    x0: Floats
    top: Floats
    x1: Floats
    bottom: Floats
    size: Floats
    """Font size in points, the page's scale included."""
    run: Ints
    """Ordinal of the text object; glyphs of one object were set by one command."""
    quarter: Ints
    """Reading direction: 0 rightwards, 1 upwards, 2 leftwards, 3 downwards, on the upright page."""
    bold: Flags
    white: Flags
    """Set in the colour of paper."""
    fate: Ints
    """:class:`Fate` of each."""

    def __len__(self) -> int:
        """Count the glyphs."""
        return len(self.text)


def mark_doubled(glyphs: Glyphs) -> Flags:
    """Say for each glyph whether an earlier visible one with the same character lies in the same place."""
    doubled = np.zeros(len(glyphs), dtype=np.bool_)
    candidates = np.flatnonzero(
        (glyphs.fate == Fate.VISIBLE) & np.fromiter((not t.isspace() for t in glyphs.text), np.bool_, len(glyphs))
    )
    if len(candidates) < 2:
        return doubled
    codes = np.fromiter((hash(glyphs.text[i]) for i in candidates), np.int64, len(candidates))
    x0, top, size = glyphs.x0[candidates], glyphs.top[candidates], glyphs.size[candidates]
    sideways = glyphs.quarter[candidates] % 2 == 1
    along, across = np.where(sideways, top, x0), np.where(sideways, x0, top)
    for offset in (0.0, 0.5):  # two lattices, so that a pair on the border of one is inside a cell of the other
        order = np.lexsort((along, np.floor(across + offset), codes))
        first, second = order[:-1], order[1:]
        reach = SAME_GLYPH_SHIFT * np.minimum(size[first], size[second])
        same = (
            (codes[first] == codes[second])
            & (np.abs(along[second] - along[first]) < reach)
            & (np.abs(across[second] - across[first]) < reach)
            & (np.abs(size[second] - size[first]) < reach)
        )
        doubled[candidates[np.maximum(first, second)[same]]] = True
    return doubled
