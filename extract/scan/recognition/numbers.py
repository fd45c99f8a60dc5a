"""Numbers read twice: what two engines and the ink agree on is sure, what they do not is doubtful and says so.

Nothing is settled by what a number ought to look like; that is for later stages, which get the alternatives.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import replace

from extract.model import Alternative
from extract.scan.cell_text import LineCrop
from extract.scan.engine import DISPUTED, Glyph, Reading
from extract.scan.glyph_geometry import bar_at, digit_band, tail_width
from extract.scan.recognition.separators import (
    SEPARATORS,
    single_separators,
    with_lost_separators,
    with_separators_weighed,
)

DIGIT_FOR = {"O": "0", "o": "0", "D": "0", "Q": "0", "l": "1", "I": "1", "i": "1", "Z": "2", "z": "2",
             "S": "5", "s": "5", "G": "6", "b": "6", "B": "8", "g": "9", "q": "9"}  # fmt: skip
"""Letters an engine gives for a digit of the same shape."""
NUMERALS = frozenset("0123456789.,")
BARS = "|![]"
LEAST_RUN_DIGITS = 2
"""A run with fewer digits may be an outline label (``I.1``); its letters stay letters."""
LEAST_DIGIT_SHARE = 0.5
"""Share of digits from which a run of characters is a number with misread characters, not a word."""
AGREED = 0.98
"""Confidence of a character that both engines read alike."""
UNCONFIRMED_LETTER = 0.7
"""Highest confidence of a digit put in a letter's place because of its shape."""
LEAST_OFFERED = 0.05
"""Confidence from which the engine's own digit is taken for a letter before the digit of its shape."""
LONE_ZERO = re.compile(r"^[Oo0]$")
LEAST_PERCENT_WIDTH = 0.95
"""Digit heights; 98 of 100 percent signs are wider, 98 of 100 digits narrower than 0.9."""


def is_number_like(text: str) -> bool:
    """Say whether a line is a number, perhaps misread: mostly digits and separators, no word among them."""
    bare = text.replace(" ", "")
    if not bare:
        return False
    if LONE_ZERO.match(bare):
        return True
    digits = sum(character.isdigit() for character in bare)
    letters = sum(character.isalpha() for character in bare)
    return digits > 0 and digits >= LEAST_DIGIT_SHARE * (digits + letters) and not re.search(r"[A-Za-z]{3}", bare)


def has_number(text: str) -> bool:
    """Say whether a line holds any digit: then a second engine is worth asking."""
    return any(character.isdigit() for character in text)


def settle_number(reading: Reading, crop: LineCrop, second: Reading | None) -> Reading:
    """Return the reading with letters among digits, separators and disputed digits weighed.

    ``second`` is another engine's reading of the same crop; None leaves digits at the first engine's confidence.
    """
    glyphs = _letters_as_digits(reading.glyphs)
    if second is not None:
        glyphs = _compared(glyphs, second, crop)
    glyphs = single_separators(_without_bars(_ones_before_letters(glyphs, crop)))
    return Reading(tuple(with_separators_weighed(with_lost_separators(glyphs, crop), crop)))


def _ones_before_letters(glyphs: Sequence[Glyph], crop: LineCrop) -> list[Glyph]:
    """Doubt a 1 between a digit and a capital (``6 IKM`` is read ``61KM``), and read a plain bar there as I."""
    result = list(glyphs)
    for index in range(1, len(glyphs) - 1):
        before, glyph, after = glyphs[index - 1 : index + 2]
        if glyph.text not in ("1", "I", "l") or not before.text[-1:].isdigit() or not after.text[:1].isupper():
            continue
        text, other = ("I", "1") if bar_at(crop, (glyph.start + glyph.end) / 2) else (glyph.text, "I")
        if other == text:
            other = "1"
        result[index] = replace(
            glyph,
            text=text,
            confidence=min(glyph.confidence, DISPUTED),
            alternatives=(Alternative(other, round(1 - DISPUTED, 4)),),
        )
    return result


def _without_bars(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Leave out bars at the ends of a line: what is left of a ruling; the neighbour keeps the doubt."""
    kept = list(glyphs)
    for end in (-1, 0):
        while len(kept) > 1 and kept[end].text in BARS:
            bar = kept.pop(end)
            if kept[end].text == " ":
                kept.pop(end)
                continue
            neighbour = kept[end]
            one = neighbour.text + "1" if end else "1" + neighbour.text
            kept[end] = replace(
                neighbour,
                confidence=min(neighbour.confidence, UNCONFIRMED_LETTER),
                alternatives=(*neighbour.alternatives, Alternative(one, round(0.2 * bar.confidence, 4))),
            )
    return kept


def _letters_as_digits(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Read letters that stand among digits as the digits of their shape; outline labels (``I.1``, ``1.b``) stay."""
    text = "".join(glyph.text if len(glyph.text) == 1 else "?" for glyph in glyphs)
    if LONE_ZERO.match(text):
        return [_as_digit(glyphs[0])] if glyphs[0].text != "0" else list(glyphs)
    result = list(glyphs)
    for run in re.finditer(r"\S+", text):
        digits = sum(character.isdigit() for character in run.group())
        if digits < LEAST_RUN_DIGITS or not is_number_like(run.group()):
            continue
        for index in range(run.start(), run.end()):
            before = text[index - 1] if index > run.start() else ""
            after = text[index + 1] if index + 1 < run.end() else ""
            inside = bool(before) and (before in NUMERALS) and (not after or after in NUMERALS)
            leading = not before and (after.isdigit() or (text[index] in "Oo" and after in SEPARATORS))
            if text[index] in DIGIT_FOR and (inside or leading):
                result[index] = _as_digit(glyphs[index])
    return result


def _as_digit(glyph: Glyph) -> Glyph:
    """Read a letter in a number as the digit of its shape, the letter kept as an alternative."""
    digit = DIGIT_FOR.get(glyph.text)
    if digit is None:
        return glyph
    rivals = [alternative for alternative in glyph.alternatives if alternative.text.isdigit()]
    offered = max(rivals, key=lambda rival: rival.confidence, default=Alternative(digit, 0.0))
    chosen = offered.text if offered.confidence > LEAST_OFFERED else digit
    shape = glyph.confidence if chosen == digit else 0.0
    others = tuple(a for a in glyph.alternatives if a.text not in (chosen, *DIGIT_FOR))
    return replace(
        glyph,
        text=chosen,
        confidence=round(min(UNCONFIRMED_LETTER, offered.confidence + shape), 4),
        alternatives=(*others, Alternative(glyph.text, 0.05)),
    )


def _compared(glyphs: Sequence[Glyph], second: Reading, crop: LineCrop) -> list[Glyph]:
    """Raise the confidence of characters both engines read, lower that of disputed ones and keep both readings."""
    own = [index for index, glyph in enumerate(glyphs) if glyph.text != " "]
    theirs = [glyph for glyph in second.glyphs if glyph.text != " "]
    result: list[Glyph | None] = list(glyphs)
    mine_text = "".join(_folded(glyphs[index].text) for index in own)
    their_text = "".join(_folded(glyph.text)[:1] for glyph in theirs)
    matcher = difflib.SequenceMatcher(None, mine_text, their_text, autojunk=False)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        mine, others = own[start:end], theirs[other_start:other_end]
        text = "".join(glyph.text for glyph in others)
        if tag == "equal":
            _confirm(result, mine, others)
        elif tag == "insert":
            _add_missing(result, own, start, text)
        elif "%" in text and end == len(own) and not any(glyphs[index].text == "%" for index in mine):
            if _wide_enough_for_percent(glyphs, mine, crop):
                _as_percent(result, mine, text)
            else:
                _dispute_all(result, mine, text)
        elif tag == "delete" and start and glyphs[own[start - 1]].text == "%":
            # The right loop of a percent sign, read once more as a digit.
            for index in mine:
                result[index] = None
        else:
            _dispute_all(result, mine, text)
    return [glyph for glyph in result if glyph is not None]


def _confirm(result: list[Glyph | None], indexes: Sequence[int], others: Sequence[Glyph]) -> None:
    """Raise what both engines read alike; characters alike only in shape (``I``, ``1``) are disputed."""
    for index, other in zip(indexes, others, strict=True):
        glyph = result[index]
        if glyph is None or glyph.text in SEPARATORS:
            continue
        if glyph.text == other.text:
            result[index] = replace(glyph, confidence=max(glyph.confidence, AGREED))
        else:
            _dispute(result, index, other.text)


def _add_missing(result: list[Glyph | None], own: Sequence[int], start: int, text: str) -> None:
    """Doubt the character beside which the second engine sees more ink: it may be two."""
    if not own:
        return
    at = own[start - 1] if start else own[0]
    glyph = result[at]
    if glyph is not None:
        _dispute(result, at, glyph.text + text if start else text + glyph.text)


def _folded(character: str) -> str:
    """Return the character as it is compared: separators alike, letters as the digit of their shape."""
    if character in SEPARATORS or character in ";:'‘’":
        return ","
    return DIGIT_FOR.get(character, character)


def _dispute(result: list[Glyph | None], index: int, text: str) -> None:
    """Add the second engine's reading of one character and cap the first's confidence."""
    glyph = result[index]
    if glyph is None:
        return
    others = tuple(alternative for alternative in glyph.alternatives if alternative.text != text)
    result[index] = replace(
        glyph,
        confidence=min(glyph.confidence, DISPUTED),
        alternatives=(Alternative(text, round(1 - DISPUTED, 4)), *others),
    )


def _dispute_all(result: list[Glyph | None], indexes: Sequence[int], text: str) -> None:
    """Spread the second engine's different reading over the characters it stands for."""
    parts = list(text) if len(text) == len(indexes) else [text, *[""] * (len(indexes) - 1)]
    for index, part in zip(indexes, parts, strict=True):
        _dispute(result, index, part)


def _wide_enough_for_percent(glyphs: Sequence[Glyph], indexes: Sequence[int], crop: LineCrop) -> bool:
    """Say whether the ink of a lone last digit is as wide as a percent sign; two digits always are."""
    if len(indexes) != 1 or indexes[0] == 0:
        return len(indexes) > 1
    glyph, previous = glyphs[indexes[0]], glyphs[indexes[0] - 1]
    band = digit_band(crop, [])
    if band is None:
        return False
    width = tail_width(band, (previous.start + previous.end) / 2, (glyph.start + glyph.end) / 2)
    return width >= LEAST_PERCENT_WIDTH


def _as_percent(result: list[Glyph | None], indexes: Sequence[int], text: str) -> None:
    """Believe the second engine where it sees a percent sign and the first digits: 96, 9 or 6 look like one."""
    first = result[indexes[0]] if indexes else None
    if first is None:
        return
    read = "".join(glyph.text for index in indexes if (glyph := result[index]) is not None)
    last = result[indexes[-1]] or first
    lookalike = read in {"96", "9", "6", "86", "98", "8", "0", "90", "06", "G", "°"}
    if not lookalike:
        _dispute_all(result, indexes, text)
        return
    result[indexes[0]] = Glyph(text, first.start, last.end, DISPUTED, (Alternative(read, round(1 - DISPUTED, 4)),))
    for index in indexes[1:]:
        result[index] = None
