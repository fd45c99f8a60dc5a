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
    text = (files("normalize.text") / "lexicon.txt").read_text(encoding="utf-8")
    return Lexicon(frozenset(text.split()))


class PrintedWords:
    """The words that the lines seen so far print.

    The first and the last word of a line are not counted: they may be halves of a word cut by wrapping.
    """

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        """Begin with some lines."""
        self._counts: dict[str, int] = {}
        self.add(lines)

    def add(self, lines: Iterable[Line]) -> None:
        """See more lines."""
        count_words(self._counts, (word.text for line in lines for word in line.words[1:-1]))

    def lexicon(self) -> Lexicon:
        """Return the shipped words and those that were printed."""
        return Lexicon(shipped_lexicon().shipped, letter_runs(self._counts))


def count_words(counts: dict[str, int], texts: Iterable[str]) -> None:
    """Count words as printed; those without a letter, as most words of a table are, take no room."""
    for text in texts:
        if text in counts:
            counts[text] += 1
        elif _LETTERS.search(text):
            counts[text] = 1


def letter_runs(counts: Mapping[str, int]) -> dict[str, int]:
    """Return how often each case folded run of letters occurs in counted words."""
    runs: Counter[str] = Counter()
    for text, count in counts.items():
        for run in _LETTERS.findall(text.casefold()):
            runs[run] += count
    return dict(runs)
