"""Decide where the words of a page are to be read: in its text layer, in its picture, or nowhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extract.frame import Frame
from extract.model import BBox, PageOrigin
from extract.text_layer.drawing import PagePaths
from extract.text_layer.glyphs import UNMAPPED, Fate, Glyphs

PICTURE_SHARE = 0.5
"""A page this much covered by pictures is a scan unless visible text says otherwise."""
INK_PICTURE_SHARE = 0.05
"""A textless page with pictures at least this large is worth recognising."""
FEW_GLYPHS = 250
"""No more visible glyphs than this over a full picture are its page number, heading or stamp."""
COVERED_SHARE = 0.5
"""From this share of text objects under an opaque picture the picture is what one reads."""
INVISIBLE_SHARE = 0.5
"""From this share of invisible glyphs a picture's text layer is somebody's recognition of it."""
MANY_OUTLINES = 150
"""Letter-sized filled curves from which the text may be drawn as outlines."""
UNMAPPED_SHARE = 0.1
"""Share of glyphs without a character from which a text layer cannot be trusted."""
MEASURED_LETTERS = 120
"""Fewest letters on which the spelling of a page is judged."""
VOWEL_SHARE = (0.25, 0.6)
"""Vowels among the letters of a page; 0.38 to 0.44 in Indonesian and English."""
GARBAGE_SHARE = 0.3
"""Share of impossible words from which a text layer lies."""
COVER_CELLS = 40
"""The page is laid out in this many cells each way to measure how much of it pictures cover."""

_VOWELS = frozenset("aeiou")
_IMPOSSIBLE = re.compile(
    r"[a-z][A-Z]+[a-z]|[A-Za-z]\d+[A-Za-z]|[^\W\d_][\^~|\\{}<>@#$*_=]+[^\W\d_]|[\x00-\x08\ue000-\uf8ff\ufffd]"
)
"""A capital inside a word, digits between letters, symbols between letters, or no character at all."""


@dataclass(frozen=True, slots=True)
class Triage:
    """The decision and what it rests on."""

    origin: PageOrigin
    evidence: tuple[tuple[str, str], ...]
    """(name, value) pairs; the first is the reason."""


def classify_page(glyphs: Glyphs, paths: PagePaths, frame: Frame) -> Triage:
    """Decide from the glyphs, the drawn shapes and the pictures of one page."""
    inked = ~glyphs.each(str.isspace)
    visible = inked & (glyphs.fate == Fate.VISIBLE)
    seen = int(visible.sum())
    hidden = int((inked & (glyphs.fate == Fate.INVISIBLE)).sum())
    pictures = covered_share(paths.images, frame.width, frame.height)
    covered = paths.covered_texts / max(1, paths.texts)
    words = _rough_words(glyphs)
    unmapped = int((visible & glyphs.each(UNMAPPED.__eq__)).sum()) / max(1, seen)
    vowels = vowel_share(words)
    garbage = garbage_share(words)
    origin, reason = _decide(
        _Measures(seen, hidden, pictures, covered, paths.outline_shapes, bool(paths.rulings), unmapped, vowels, garbage)
    )
    return Triage(
        origin,
        (
            ("reason", reason),
            ("visible_glyphs", str(seen)),
            ("invisible_glyphs", str(hidden)),
            ("picture_share", f"{pictures:.2f}"),
            ("covered_text_share", f"{covered:.2f}"),
            ("outline_shapes", str(paths.outline_shapes)),
            ("unmapped_share", f"{unmapped:.2f}"),
            ("vowel_share", "" if vowels is None else f"{vowels:.2f}"),
            ("garbage_share", f"{garbage:.2f}"),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Measures:
    """The figures the decision rests on."""

    seen: int
    hidden: int
    pictures: float
    covered: float
    outlines: int
    ruled: bool
    unmapped: float
    vowels: float | None
    garbage: float


def _decide(m: _Measures) -> tuple[PageOrigin, str]:
    """Return the origin and the reason, most telling evidence first."""
    odd_spelling = m.vowels is not None and not VOWEL_SHARE[0] <= m.vowels <= VOWEL_SHARE[1]
    rules: tuple[tuple[bool, PageOrigin, str], ...] = (
        (m.seen == 0 and m.pictures >= INK_PICTURE_SHARE, PageOrigin.RASTER, "picture_without_visible_text"),
        (m.outlines >= MANY_OUTLINES and m.outlines > m.seen, PageOrigin.RASTER, "text_drawn_as_outlines"),
        (m.seen == 0, PageOrigin.DIGITAL if m.ruled else PageOrigin.EMPTY, "no_visible_text"),
        (m.covered >= COVERED_SHARE, PageOrigin.RASTER, "text_under_a_picture"),
        (m.pictures >= PICTURE_SHARE and m.seen <= FEW_GLYPHS, PageOrigin.RASTER, "heading_over_a_scan"),
        (
            m.pictures >= PICTURE_SHARE and m.hidden >= INVISIBLE_SHARE * (m.hidden + m.seen),
            PageOrigin.RASTER,
            "invisible_text_over_a_scan",
        ),
        (m.unmapped >= UNMAPPED_SHARE, PageOrigin.RASTER, "glyphs_without_characters"),
        (m.garbage >= GARBAGE_SHARE, PageOrigin.RASTER, "impossible_words"),
        (odd_spelling, PageOrigin.RASTER, "spelling_of_no_language"),
    )
    return next(((origin, reason) for holds, origin, reason in rules if holds), (PageOrigin.DIGITAL, "visible_text"))


def covered_share(boxes: Sequence[BBox], width: float, height: float) -> float:
    """Return the share of a ``width`` x ``height`` page that the boxes cover together."""
    cells = np.zeros((COVER_CELLS, COVER_CELLS), dtype=np.bool_)
    for box in boxes:
        columns = np.clip(np.round(np.array([box.x0, box.x1]) / width * COVER_CELLS).astype(int), 0, COVER_CELLS)
        rows = np.clip(np.round(np.array([box.top, box.bottom]) / height * COVER_CELLS).astype(int), 0, COVER_CELLS)
        cells[rows[0] : rows[1], columns[0] : columns[1]] = True
    return float(cells.mean())


def vowel_share(words: Sequence[str]) -> float | None:
    """Return the share of vowels among the letters of spelt-out words; None when there are too few to judge.

    Words in capitals may be acronyms (``SKPD``, ``RPJMD``) and say nothing about the spelling.
    """
    text = "".join([word for word in words if not word.isupper()]).lower()
    letters = sum(map(str.isalpha, text))
    if letters < MEASURED_LETTERS:
        return None
    return sum(text.count(vowel) for vowel in _VOWELS) / letters


def garbage_share(words: Sequence[str]) -> float:
    """Return the share of words with letters that no language or numbering would write."""
    lettered = impossible = 0
    for word in words:
        if word.isalpha() and (word.islower() or word.istitle() or word.isupper()):  # most words: nothing to search
            lettered += 1
        elif any(map(str.isalpha, word)) or UNMAPPED in word:
            lettered += 1
            impossible += _IMPOSSIBLE.search(word) is not None
    return impossible / lettered if lettered else 0.0


def _rough_words(glyphs: Glyphs) -> list[str]:
    """Cut the visible text at spaces and wide jumps; enough to judge spelling by."""
    visible = np.flatnonzero(glyphs.fate == Fate.VISIBLE)
    if not len(visible):
        return []
    gap = np.abs(glyphs.x0[visible][1:] - glyphs.x1[visible][:-1])
    drop = np.abs(glyphs.bottom[visible][1:] - glyphs.bottom[visible][:-1])
    broken = (gap > 0.14 * glyphs.size[visible][1:]) | (drop > 0.3 * glyphs.size[visible][1:])
    letters = glyphs.spelt(visible)
    for before in np.flatnonzero(broken).tolist():
        letters[before] += " "
    return "".join(letters).split()
