"""Fold printed header and caption text to a form in which wording, not typography, is compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

YEAR = re.compile(r"\b(20[0-4]\d|19[89]\d)\b")
YEAR_MARK = "tahun"
"""What a year folds to, so that ``Rencana Tahun 2024`` and ``Rencana Tahun 2031`` compare equal."""

_SAME_WORDS = tuple(
    (re.compile(rf"\b(?:{printed})\b"), word)
    for printed, word in (
        ("thn|th", YEAR_MARK),
        ("prog", "program"),
        ("keg", "kegiatan"),
        ("ind", "indikator"),
        ("ket", "keterangan"),
        ("lok", "lokasi"),
        ("skpd|opd|pd", "perangkat daerah"),
        ("sampai dengan", "s d"),
    )
)
"""Abbreviations and names of one thing that agencies print for another in headers."""
_UNIT_OF_MONEY = re.compile(
    r" (?:x )?(?:1 ?)?000(?: 000)?(?: 00)?\b"
    r"| (?:dalam )?(?:rp |rupiah )?(?:ribu|juta|jt|mil[iy]ar)(?:an)?(?: rp| rupiah)?$"
)
"""The ``000`` of ``(Rp.000)``, or ``ribu rupiah``: a unit, no wording."""
_REPEATED = re.compile(r"\b(perangkat daerah|tahun)(?: \1)+\b")

_LETTER_SPACED = re.compile(r"\b(?:\w ){3,}\w\b")
_N_YEAR = re.compile(r"\b(?:tahun|thn|th)?\.? ?\(?n ?([-+]) ?([1-5])\)?(?=\W|$)|\(n\)|\btahun n\b")
_PUNCTUATION = re.compile(r"[^\w%]+")


def squeeze(text: str) -> str:
    """Return the text on one line with single spaces and letter-spaced words (``J U M L A H``) closed up."""
    line = " ".join(unicodedata.normalize("NFKC", text).split())
    return _LETTER_SPACED.sub(lambda match: match.group().replace(" ", ""), line)


def years_in(text: str) -> tuple[int, ...]:
    """Return the years printed in the text, in order."""
    return tuple(int(year) for year in YEAR.findall(text))


@lru_cache(maxsize=8192)
def fold_header(text: str) -> str:
    """Return lower-case words of a header cell without punctuation, years and relative years folded to one mark."""
    folded = YEAR.sub(YEAR_MARK, squeeze(text).casefold())
    folded = _N_YEAR.sub(f" {YEAR_MARK} ", folded)
    folded = " ".join(_PUNCTUATION.sub(" ", folded).replace("_", " ").split())
    for pattern, word in _SAME_WORDS:
        folded = pattern.sub(word, folded)
    folded = _UNIT_OF_MONEY.sub("", folded).strip()
    folded = _REPEATED.sub(r"\1", folded)
    return YEAR_MARK if folded == "n" else folded


def fold_caption(text: str) -> str:
    """Return the caption in lower case on one line, punctuation kept, as caption patterns expect it."""
    return squeeze(text).casefold()


def slug(text: str) -> str:
    """Return the text as a column key of lower-case ASCII letters, digits and underscores."""
    plain = unicodedata.normalize("NFKD", squeeze(text)).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
