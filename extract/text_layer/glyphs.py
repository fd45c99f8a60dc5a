"""Glyphs of one page as columns of numbers: what every text-layer reader produces and word assembly consumes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from extract.frame import Frame

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

SAME_GLYPH_SHIFT = 0.2
"""Two equal glyphs closer than this share of their size are one glyph struck twice (fake bold).

The narrowest advance of a repeated character (``l``, ``.``) is above 0.22 em, so ``11.000`` keeps every digit.
"""

_LANES = float(1 << 15)
"""More points than any page is long, so that letter, lane and place on the lane sort as one number."""

TURN_SHARE = 0.5
"""A page is turned when more than this share of its glyphs read in one other direction."""
UNMAPPED = "\ufffd"
"""Stands for a glyph whose font does not say which character it is."""

_SWAPPED_LIGATURES = {ord(letter) << 8: letter for letter in "fijlt"}
"""``\u7400\u6900`` for ``ti``: a ligature whose bytes a re-distiller wrote the wrong way round."""

PLAIN_SPELLING = {
    0x09: " ",  # Ghostscript writes the space of some fonts as one of these
    0x0A: " ",
    0x0D: " ",
    0x02: "-",  # PDFium's mark for a hyphen at a line end
    0xAD: "-",
    0x2010: "-",
    0x2011: "-",
    0xA0: " ",
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xF0B7: "\u2022",  # the bullet of the Symbol font
    0x200B: "",
    0xFEFF: "",
    **_SWAPPED_LIGATURES,
}
"""Code points that stand for plain characters: hyphens, odd spaces, ligatures, bullets of the Symbol font."""


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

    A box spans the advance width, and from the font's descent up by the font size, in points of the upright page.
    """

    alphabet: tuple[str, ...]
    """The different spellings, so that what is asked of letters is asked once of each."""
    letter: Ints
    """Index of each glyph's spelling in the alphabet."""
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
        return len(self.letter)

    def spelt(self, index: Ints) -> list[str]:
        """Return the spellings of the glyphs that the indices select."""
        alphabet = self.alphabet
        return [alphabet[letter] for letter in self.letter[index].tolist()]

    def each(self, quality: Callable[[str], bool]) -> Flags:
        """Say of each glyph whether its spelling has a quality such as ``str.isspace``."""
        return qualities(self.alphabet, quality)[self.letter]


@dataclass(frozen=True, slots=True)
class PageGlyphs:
    """The glyphs of a page and the frame of its upright view."""

    glyphs: Glyphs
    frame: Frame
    turned: int
    """Clockwise degrees by which the displayed page was turned."""
    text_objects: frozenset[int] = frozenset()
    """The reader's own handles of the text objects, so that they need not be asked what they are again."""


def qualities(alphabet: Sequence[str], quality: Callable[[str], bool]) -> Flags:
    """Say of each spelling whether it has a quality."""
    return np.fromiter(map(quality, alphabet), np.bool_, len(alphabet))


def dominant_quarter(inked: Flags, quarter: Ints) -> int:
    """Return the reading direction (see :attr:`Glyphs.quarter`) of most inked glyphs, 0 when none prevails."""
    counts = np.bincount(quarter[inked], minlength=4)
    best = int(counts.argmax())
    return best if counts[best] > TURN_SHARE * counts.sum() else 0


def settle_fates(glyphs: Glyphs, width: float, height: float) -> Glyphs:
    """Mark the glyphs off a page of ``width`` x ``height`` points and those struck twice."""
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    off_page = (x < 0) | (x > width) | (y < 0) | (y > height)
    on_page = replace(glyphs, fate=np.where(off_page, Fate.OFF_PAGE, glyphs.fate))
    return replace(on_page, fate=np.where(mark_doubled(on_page), Fate.DOUBLED, on_page.fate))


def mark_doubled(glyphs: Glyphs) -> Flags:
    """Say for each glyph whether an earlier visible one with the same character lies in the same place."""
    doubled = np.zeros(len(glyphs), dtype=np.bool_)
    candidates = np.flatnonzero((glyphs.fate == Fate.VISIBLE) & ~glyphs.each(str.isspace))
    if len(candidates) < 2:
        return doubled
    codes = glyphs.letter[candidates]
    x0, top, size = glyphs.x0[candidates], glyphs.top[candidates], glyphs.size[candidates]
    sideways = glyphs.quarter[candidates] % 2 == 1
    along, across = np.where(sideways, top, x0), np.where(sideways, x0, top)
    for offset in (0.0, 0.5):  # two lattices, so that a pair on the border of one is inside a cell of the other
        lane = codes * _LANES + np.floor(across + offset)
        order = np.argsort(lane * _LANES + along, kind="stable")
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
