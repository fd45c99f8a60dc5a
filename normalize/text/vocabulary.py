"""Words a recogniser misread, mended by the vocabulary of planning where only one known word can have been meant.

A correction is dearer than a misreading, because nobody looks for it. So a word is mended only if it is none that any
list or the document knows, if every difference is one that print and recogniser confuse (``r`` and ``i``, ``rn`` and
``m``, a lost space), and if exactly one word of the vocabulary is that close. Codes, figures, names and abbreviations
are left.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from extract.model import Line
from normalize.text.lexicon import count_words, letter_runs, shipped_lexicon

SHORTEST = 6
"""Letters of the shortest word that is mended; among shorter ones too many differ in one letter."""
LONG = 12
"""Letters from which a word may hold two confusions."""
SURE_WORD = 0.98
"""Recogniser's confidence from which a word stands as it was read."""
REPEATED = 3
"""Times a document prints a word with such confidence before it counts as one that exists."""
LISTED_OFTEN = 8
"""Times an official list must hold a word before others are mended to it: lists have misprints of their own."""
SHORTEST_PART = 4
"""Letters of each of two words printed without the space between them."""

WRITTEN_OTHERWISE = {"kabupaten kota": "kabupaten/kota"}
"""Pairs that the nomenclature does not part by a space."""
MISREAD_PHRASES = {"suh kegiatan": "sub kegiatan", "sab kegiatan": "sub kegiatan", "sob kegiatan": "sub kegiatan"}
"""Short words that only the next one makes plain."""
_LETTERS = re.compile(r"[^\W\d_]+")
_CONFUSED = ("ijltrf", "aeocs", "nuhmr", "bh", "gqy", "vy", "kxh", "pr")
"""Letters that low resolution makes alike."""
_THIN = frozenset("ijltrf")
"""Letters that are lost, or seen where none is."""
_MERGED = (("rn", "m"), ("ri", "n"), ("cl", "d"), ("li", "h"), ("ii", "u"), ("vv", "w"), ("m", "rn"), ("n", "ri"))
"""What is read for what was printed."""
_ALIKE = frozenset((one, other) for group in _CONFUSED for one in group for other in group if one != other)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that exist, and those of them that a misread word may be mended to."""

    targets: frozenset[str]
    known: frozenset[str]
    """All words that exist, targets among them."""
    _meant: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    """Answers given before."""

    def meant(self, word: str) -> str:
        """Return the one known word, or two words, that a case folded word must be; blank if there is no such."""
        if word not in self._meant:
            self._meant[word] = self._find(word)
        return self._meant[word]

    def _find(self, word: str) -> str:
        if len(word) < SHORTEST or word in self.known:
            return ""
        near: dict[str, int] = {}
        for spelled, spent in _spellings(word):
            for target, edits in self._near(spelled, (2 if len(word) >= LONG else 1) - spent):
                near[target] = min(near.get(target, spent + edits), spent + edits)
        parted = list(self._parted(word))
        if len(near) + len(parted) != 1:
            return ""
        if parted:
            return parted[0]
        (target, spent), *_ = near.items()
        return target if not self._is_contested(word, target, spent) else ""

    def _near(self, word: str, allowed: int) -> Iterator[tuple[str, int]]:
        if allowed < 0:
            return
        found = process.extract_iter(word, self.targets, scorer=Levenshtein.distance, score_cutoff=allowed)
        for target, distance, _ in found:
            if _is_misread(word, target):
                yield target, int(distance)

    def _parted(self, word: str) -> Iterator[str]:
        for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            if word[:cut] in self.targets and word[cut:] in self.targets:
                parted = f"{word[:cut]} {word[cut:]}"
                yield WRITTEN_OTHERWISE.get(parted, parted)

    def _is_contested(self, word: str, target: str, spent: int) -> bool:
        """Say whether another word is as near, or the word may be the half of another that a line break cut."""
        rivals = process.extract_iter(word, self.known, scorer=Levenshtein.distance, score_cutoff=spent)
        if any(rival != target and (rival in self.targets or _is_misread(word, rival)) for rival, _, _ in rivals):
            return True
        if target.startswith(word) or target.endswith(word):
            return False
        return any(other.startswith(word) or other.endswith(word) for other in self.known)


def _spellings(word: str) -> Iterator[tuple[str, int]]:
    """Yield the word and what it is with one pair of letters told apart, with the confusions that takes."""
    yield word, 0
    for read, printed in _MERGED:
        for match in re.finditer(read, word):
            yield word[: match.start()] + printed + word[match.end() :], 1


def _is_misread(word: str, target: str) -> bool:
    """Say whether a recogniser may read ``word`` where ``target`` is printed."""
    return all(
        (word[edit.src_pos], target[edit.dest_pos]) in _ALIKE
        if edit.tag == "replace"
        else (word[edit.src_pos] if edit.tag == "delete" else target[edit.dest_pos]) in _THIN
        for edit in Levenshtein.editops(word, target)
    )


@cache
def shipped_vocabulary() -> Vocabulary:
    """Return the words that come with the package.

    ``vocabulary.txt`` holds the words of the nomenclature (Kepmendagri 900.1.15.5-1317/2023) that recur in it and those
    of ``lexicon.txt``; ``vocabulary_near.txt`` holds other words that look like one of them (from the Indonesian word
    list of Tesseract, Apache License 2.0).
    """
    targets, near = (
        frozenset((files("normalize.text") / name).read_text(encoding="utf-8").split())
        for name in ("vocabulary.txt", "vocabulary_near.txt")
    )
    return Vocabulary(targets, targets | near | shipped_lexicon().shipped)


class SurelyRead:
    """The words that were read with confidence in the lines seen so far."""

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        """Begin with some lines."""
        self._counts: dict[str, int] = {}
        self.add(lines)

    def add(self, lines: Iterable[Line]) -> None:
        """See more lines."""
        sure = (word.text for line in lines for word in line.words if word.confidence >= SURE_WORD)
        count_words(self._counts, sure)

    def vocabulary(self, names: Iterable[str] = ()) -> Vocabulary:
        """Return the shipped words, those of ``names`` (an official list) and those read again and again.

        What a document repeats with confidence exists, whatever the lists say, but nothing is mended to it: a
        recogniser repeats its mistakes too.
        """
        listed = Counter(
            run for name in names for run in _LETTERS.findall(name.casefold()) if len(run) >= SHORTEST_PART
        )
        shipped = shipped_vocabulary()
        often = frozenset(run for run, count in listed.items() if count >= LISTED_OFTEN)
        repeated = frozenset(run for run, count in letter_runs(self._counts).items() if count >= REPEATED)
        return Vocabulary(shipped.targets | often, shipped.known | listed.keys() | repeated)
