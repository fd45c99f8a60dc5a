"""Rejoin the printed lines of a cell: wraps closed, words cut by wrapping mended, list items on lines of their own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.model import Line
from normalize.codes import is_code_of_list, parse_code
from normalize.form import Kind
from normalize.numbers.choice import acceptable, joinable
from normalize.text.items import split_items
from normalize.text.lexicon import Lexicon

LARGEST_PADDING = 6.0
"""Points between a cell's border and its text beyond which the margin is alignment and not padding (Word uses 5.4)."""
GLYPH_SLACK = 0.5
"""Points by which a glyph may seem to fit and yet not, for rounding in the file."""
WIDE_GLYPH = 1.5
"""Width of a token's first glyph, at most, against the mean of its glyphs (``an,``)."""
MOST_PIECES = 4
"""Lines over which the rest of one word may be cut."""
SHORT_TAIL = 2
"""Letters up to which the unknown end of a cut word is mended without knowing the whole word."""

_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_NUMERIC = re.compile(r"[0-9.,]+")
_BEGUN_CODE = re.compile(r"[1-9](\.\d{2}){1,2}\.(\d\.)?(\d{2}\.)?")
_CLOSING = re.compile(r"[)\].,;]+")
_LETTER_END = re.compile(r"[^\W\d_]+$")
_LETTER_START = re.compile(r"^[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Break:
    """A line break inside a cell, with what the geometry says about it."""

    before: str
    """Last token of the upper line, with what was cut off it on the lines above."""
    after: str
    """First token of the lower line."""
    longer: tuple[str, ...]
    """The same with the tokens of the lines after it, as far as a word cut more than once may reach."""
    length: int
    """Characters of the upper token on its own line."""
    alone: bool
    """The upper token is all its line holds."""
    full: bool
    """Not even the first glyph of the lower token would have fitted behind the upper one."""
    nearly_full: bool
    """A glyph :data:`WIDE_GLYPH` times as wide as its mean glyph would not have."""


def clean_text(text: str) -> str:
    """Mend what fonts and text layers do to characters; newlines stay.

    Ligatures are spelt out, accents composed (NFC), odd spaces become a space, soft hyphens, zero-width and control
    characters go, doubled spaces shrink to one.
    """
    if text.isascii() and text.isprintable():  # nothing to mend on one line of plain characters
        return " ".join(text.split())
    mended = unicodedata.normalize("NFC", "".join(_LIGATURES.get(ch, ch) for ch in text))
    kept = []
    for ch in mended.replace("\r\n", "\n").replace("\r", "\n"):
        category = unicodedata.category(ch)
        if ch == "\n":
            kept.append(ch)
        elif category == "Zs" or ch == "\t" or category in {"Zl", "Zp"}:
            kept.append(" ")
        elif category not in {"Cc", "Cf", "Cs"}:
            kept.append(ch)
    return "\n".join(" ".join(line.split()) for line in "".join(kept).split("\n")).strip("\n")


def join_lines(lines: Sequence[Line], left: float, right: float, lexicon: Lexicon) -> str:
    """Return the clean text of one cell from its printed lines.

    ``left`` and ``right`` are the x of the cell's inner edges in points. Lines are joined by one space, except where
    a token was cut by wrapping; list items stand on lines of their own (:func:`normalize.text.items.split_items`).
    """
    printed = [(line, clean_text(line.text).replace("\n", " ")) for line in lines]
    printed = [(line, text) for line, text in printed if text]
    if not printed:
        return ""
    room = _text_width([line for line, _ in printed], left, right)
    joined: list[str] = [printed[0][1]]
    for number, ((line, _), (below, text_below)) in enumerate(pairwise(printed)):
        rest = [text for _, text in printed[number + 1 : number + 1 + MOST_PIECES]]
        seam = _seam(line, joined[-1], below, rest, room)
        glue, tail = _glue(seam, lexicon)
        if tail != seam.before:
            joined[-1] = joined[-1].removesuffix(seam.before) + tail
        if glue:
            joined.append(text_below)
        else:
            joined[-1] += text_below
    return split_items(joined)


def _text_width(lines: Sequence[Line], left: float, right: float) -> float:
    """Return the width the printer had for text: the cell without its padding, told by the line nearest the border."""
    margin = min(min(line.bbox.x0 - left, right - line.bbox.x1) for line in lines)
    return right - left - 2 * min(max(margin, 0.0), LARGEST_PADDING)


def _seam(line: Line, above: str, below: Line, rest: Sequence[str], room: float) -> _Break:
    """Return the break between two lines.

    ``above`` is the text up to it, its last token mended already, ``rest`` the texts of the lines below.
    """
    first = below.words[0]
    glyph = first.bbox.width / max(len(first.text), 1)
    left = room - line.bbox.width - GLYPH_SLACK
    return _Break(
        before=above.rpartition(" ")[2],
        after=rest[0].partition(" ")[0],
        longer=tuple(_longer(rest)),
        length=len(line.words[-1].text),
        alone=len(line.words) == 1,
        full=left < glyph,
        nearly_full=left < WIDE_GLYPH * glyph,
    )


def _longer(rest: Sequence[str]) -> Iterator[str]:
    """Yield the first token of some lines, longer by each line that is nothing but one token."""
    token = ""
    for text in rest:
        token += text.partition(" ")[0]
        yield token
        if " " in text:
            return


def _glue(seam: _Break, lexicon: Lexicon) -> tuple[str, str]:
    """Return what goes between the two tokens (a space or nothing) and the upper token as it should stand."""
    before, after = seam.before, seam.after
    if _CLOSING.fullmatch(after) or before.endswith("("):
        return "", before
    if (before[-1] == "/" and len(before) > 1) or (after[0] == "/" and len(after) > 1 and seam.full):
        return "", before
    if len(before) > 1 and before[-1] == "-" and before[-2].isalpha() and after[0].isalpha():
        return "", _before_hyphen(before, after, lexicon)
    if before[-1] in "0123456789.," and after[0] in "0123456789.,":
        return ("" if _is_cut_number(seam) else " "), before
    return ("" if _is_cut_word(seam, lexicon) else " "), before


def _before_hyphen(before: str, after: str, lexicon: Lexicon) -> str:
    """Drop a hyphen that only divided a word; keep it in ``non-formal`` and ``anak-anak``."""
    head = _LETTER_END.search(before[:-1])
    tail = _LETTER_START.match(after)
    if head is None or tail is None or tail.group()[0].isupper() != head.group().isupper():
        return before
    halves_are_words = lexicon.knows(head.group()) and lexicon.knows(tail.group())
    if lexicon.knows(head.group() + tail.group()) and not halves_are_words:
        return before[:-1]
    return before


def _is_cut_number(seam: _Break) -> bool:
    after = seam.after.removesuffix("%")
    joined = seam.before + after
    if not after or not _NUMERIC.fullmatch(joined):
        return False
    if (code := parse_code(joined)) is not None and not code.problem and seam.before[-1] == ".":
        return True
    whole_by_this = is_code_of_list(joined) and (seam.after[0] == "." or not is_code_of_list(seam.before))
    if seam.full and (whole_by_this or _BEGUN_CODE.fullmatch(seam.before)):
        return True
    if not joinable(joined, Kind.RUPIAH):
        return False
    parts_are_numbers = acceptable(seam.before, Kind.RUPIAH) and acceptable(after, Kind.RUPIAH)
    # The rest of a cut number is shorter than what filled the line; "2023" / "2024" are two. Where one digit fills a
    # line, every larger number is cut.
    shorter = len(after) < seam.length or seam.length == 1
    return not parts_are_numbers or (seam.alone and seam.full and shorter)


def _is_cut_word(seam: _Break, lexicon: Lexicon) -> bool:
    """Decide by geometry and by words.

    A printer cuts a word only where the next glyph does not fit, and most printers only a word too long for an empty
    line, which therefore begins its line.
    """
    head, tail = _LETTER_END.search(seam.before), _LETTER_START.match(seam.after)
    if head is None or tail is None or not seam.nearly_full or _starts_a_word(head.group(), tail.group()):
        return False
    wholes = [head.group() + longer.group() for text in seam.longer if (longer := _LETTER_START.match(text))]
    whole_known = any(map(lexicon.knows, wholes))
    head_known, tail_known = lexicon.knows(head.group()), lexicon.knows(tail.group())
    if whole_known and not head_known and not tail_known:
        return True
    if not seam.full:
        return False
    if whole_known and not (head_known and tail_known):
        return True
    if not seam.alone:
        return False
    if whole_known:
        return any(lexicon.count(whole) > 0 for whole in wholes)
    if head_known:
        return False
    return not tail_known or len(tail.group()) <= SHORT_TAIL


def _starts_a_word(head: str, tail: str) -> bool:
    """Say whether the case of ``tail`` shows a new word: ``Kota`` / ``Baru`` but not ``KOT`` / ``A``."""
    return tail[0].isupper() and not head.isupper()
