"""Which words exist: a small list of planning Indonesian and the words a document itself prints whole.

Used to tell a word cut by wrapping (``Peningkata`` / ``n``) from two words on two lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from extract.model import Line

_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Known words, case folded, with how often the document prints each."""

    shipped: frozenset[str]
    counts: Mapping[str, int] = field(default_factory=dict)

    def knows(self, word: str) -> bool:
        """Say whether every run of letters in ``word`` is a known word; without letters there is nothing to know."""
        runs = _LETTERS.findall(word.casefold())
        return bool(runs) and all(run in self.shipped or run in self.counts for run in runs)

    def count(self, word: str) -> int:
        """Return how often the document prints ``word`` inside a line."""
        return self.counts.get(word.casefold(), 0)


@cache
def shipped_lexicon() -> Lexicon:
    """Return the words that come with the package (``lexicon.txt``, one lower-case word a line)."""
    text = (files("normalize") / "lexicon.txt").read_text(encoding="utf-8")
    return Lexicon(frozenset(text.split()))


def document_lexicon(lines: Iterable[Line]) -> Lexicon:
    """Return the shipped words and those the lines of a document print.

    The first and the last word of a line are not counted: they may be halves of a word cut by wrapping.
    """
    counts: Counter[str] = Counter()
    for line in lines:
        for word in line.words[1:-1]:
            counts.update(_LETTERS.findall(word.text.casefold()))
    return Lexicon(shipped_lexicon().shipped, dict(counts))
