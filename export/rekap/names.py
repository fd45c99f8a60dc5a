"""One spelling for one name: agencies, urusan, programs and funds as people of one city write them differently."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from export.rekap.model import UNSAID

_WORD = re.compile(r"[^\W_]+")
_URUSAN = re.compile(r"^urusan pemerintahan(?: bidang)?\s+", re.IGNORECASE)
_SMALL_WORDS = frozenset({"dan", "atau", "serta", "di", "ke", "dari", "yang", "dengan", "untuk", "pada", "dalam"})
_ACRONYMS = frozenset(
    {"RSUD", "UPTD", "UPT", "DPRD", "KUKM", "KB", "SDM", "P3R", "DAU", "DAK", "DBH", "PAD", "CHT", "RI", "UMKM", "ESDM"}
)
_VOWEL = re.compile(r"[AEIOUaeiou]")


def fold(text: str) -> str:
    """Return the words of a name in lower case, without punctuation."""
    return " ".join(_WORD.findall(text.casefold()))


def one_line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def readable_name(text: str) -> str:
    """Return a name printed in capitals as people write it; other names stay as they are."""
    text = one_line(text)
    if not text.isupper():
        return text
    return " ".join(_word(word, first=not index) for index, word in enumerate(text.split(" ")))


def urusan_name(text: str) -> str:
    """Return the name of an urusan without the words every urusan begins with."""
    text = one_line(text)
    return readable_name(_URUSAN.sub("", text) or text)


def spellings(names: Iterable[str]) -> Mapping[str, str]:
    """Return, by folded name, the spelling most often met; of equals the first in the alphabet."""
    met: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        met[fold(name)][name] += 1
    return {folded: min(counts, key=lambda name: (-counts[name], name)) for folded, counts in met.items()}


def spelt(name: str, known: Mapping[str, str]) -> str:
    """Return the common spelling of a name; a blank one is told to be unsaid."""
    return known.get(fold(name), name) or UNSAID


def _word(word: str, *, first: bool) -> str:
    if "/" in word:
        return "/".join(_word(part, first=first) for part in word.split("/"))
    bare = word.strip("(),.;")
    if bare in _ACRONYMS or not _VOWEL.search(bare):
        return word
    if word.casefold() in _SMALL_WORDS and not first:
        return word.casefold()
    return "-".join(_capital(part) for part in word.split("-"))


def _capital(part: str) -> str:
    start = 1 if part.startswith("(") else 0
    return part[: start + 1] + part[start + 1 :].casefold()
