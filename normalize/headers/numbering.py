"""The numbering row of a form: ``1 | 2 | 12 = 8+9+10+11 | (14) | 8=(7/6)``, or ``a | b | c``, ``i | ii | iii``.

It closes the header, and its formulas tell variants of a form apart (Permendagri 86/2017 prints ``14 = 13/5 x 100``
where the 54/2010 form prints ``15 = 14/5 x 100``).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache

MIN_NUMBERED_CELLS = 3
"""Fewer ordinals than this are no numbering row (a body row may hold ``1`` and ``2``)."""
MIN_ORDINAL_SHARE = 0.8
"""Share of the non-blank cells that must be ordinals, and of neighbours that must rise."""
MANY_ORDINALS = 6
MIN_SHARE_OF_MANY = 0.6
"""Among so many rising ordinals some may be misread in a scan (``1`` as ``i``)."""
MIN_COUNTED = 4
"""Ordinals that count on without a gap beside which one may be anything."""
MIN_LETTERED_CELLS = 5
"""Fewer letters or Roman numerals in a row are no numbering row: ``I | II | III | IV`` are the quarters of E.81."""
MAX_FIRST_ORDINAL = 3
"""A numbering row cut by the page's left part may begin late, but not later than this."""

_LETTERS = list("abcdefghijklmnopqrstuvwxyz")
_TENS, _ONES = ("", "X", "XX"), ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_ROMANS = [tens + one for tens in _TENS for one in _ONES]
_LEADING_NUMBER = re.compile(r"\(?(\d{1,2})\)?\.?(.*)")
_SUFFIX = re.compile(r"\(?\d{1,2}\)?\.?\s*\(?(k|rp)\.?\)?", re.IGNORECASE)
_FORMULA = re.compile(r"[=:(][\d+\-–x×*/:().,=%]*\d[\d+\-–x×*/:().,=%]*")
_WORD = re.compile(r"[^\W\d_]{3,}")
"""A printed word: no reader makes one of an ordinal, so the row names something and is body."""


@lru_cache(maxsize=4096)
def ordinal(text: str) -> int | None:
    """Return the ordinal a numbering cell prints, or None when the cell is no ordinal."""
    printed = text.replace(label_beside(text), "") if label_beside(text) else text
    match = _LEADING_NUMBER.fullmatch("".join(printed.replace("()", "").split()).casefold())
    if match is None or not (match.group(2) == "" or _FORMULA.fullmatch(match.group(2))):
        return None
    return int(match.group(1))


def label_beside(text: str) -> str:
    """Return the ``K`` or ``Rp`` that a numbering cell prints beside its ordinal (``5K | 5Rp``), blank without."""
    match = _SUFFIX.fullmatch(" ".join(text.split()))
    return match.group(1) if match else ""


def is_numbering_row(texts: Sequence[str]) -> bool:
    """Say whether the row's cell texts (blank ones included) are a numbering row."""
    printed = [text for text in texts if text.strip()]
    if _counts_in_letters(printed):
        return True
    ordinals = [number for number in map(ordinal, printed) if number is not None]
    if any(_WORD.search(text) and not any(map(str.isdigit, text)) for text in printed):
        return False
    if _counts_but_for_one(ordinals) and len(ordinals) >= MIN_ORDINAL_SHARE * len(printed):
        return True
    share = MIN_SHARE_OF_MANY if len(ordinals) >= MANY_ORDINALS else MIN_ORDINAL_SHARE
    if len(ordinals) < MIN_NUMBERED_CELLS or len(ordinals) < share * len(printed):
        return False
    labelled = any(map(label_beside, printed))
    rising = sum(1 for left, right in itertools.pairwise(ordinals) if left < right or (labelled and left == right))
    return ordinals[0] <= MAX_FIRST_ORDINAL and rising >= MIN_ORDINAL_SHARE * (len(ordinals) - 1)


def _counts_but_for_one(ordinals: Sequence[int]) -> bool:
    """Say whether the ordinals count on without a gap when one is left out: a rest of ruling is read as ``1``."""
    if len(ordinals) <= MIN_COUNTED:
        return False
    shorter = ([*ordinals[:place], *ordinals[place + 1 :]] for place in range(len(ordinals)))
    return any(
        1 <= rest[0] <= MAX_FIRST_ORDINAL and rest == list(range(rest[0], rest[0] + len(rest))) for rest in shorter
    )


def _counts_in_letters(printed: Sequence[str]) -> bool:
    """Say whether the cells count in small letters or in Roman numerals, from the first one without a gap."""
    counted = ["".join(text.split()).strip("().") for text in printed]
    if len(counted) < MIN_LETTERED_CELLS:
        return False
    return counted == _LETTERS[: len(counted)] or [text.upper() for text in counted] == _ROMANS[: len(counted)]
