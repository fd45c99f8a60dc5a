"""Numbers of recognised (scanned) print: the recogniser's other readings weighed by grammar and notation.

A recogniser keeps digits far better than separators: on degraded pages it confuses ``,`` and ``.`` in three amounts of
ten and drops some. So a separator may be settled by what a money column can print, and says so; a digit never is:
other digits stay alternatives, for arithmetic to choose among.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from extract.model import Word
from normalize.form import Kind
from normalize.numbers.quantity import may_hide_figure
from normalize.numbers.read import Notation, NumberReading, NumberRule, read_number
from normalize.rows.body_row import PlacedCell

DOUBTED_BELOW = 0.9
"""Recogniser's confidence under which a number has to be looked at."""
MIN_RIVAL = 0.02
"""Confidence a rival reading needs to be kept."""
MAX_RIVALS = 8
SEPARATOR_SETTLED = 0.6
"""Confidence of an amount whose separators were settled by its grouping."""

LONGEST_LONE_FIGURE = 3
"""Characters."""
DISPUTED_TEXT = 0.6
"""Confidence of a word that two engines read differently; less than half of those are wrong."""
MOST_RIVAL_WORDS = 3
UNDRAWN_SURE = 0.98
"""Highest confidence of a recognised field in a table without rulings: where its words belong is inferred as well."""
STRAY_MARK = 0.6
"""Confidence of a number beside a mark (``:``, ``-``) that is taken for dirt."""

_MEANS_SOMETHING = re.compile(r"[\w%]")
_SEPARATED = re.compile(r"\d+(?:[.,](?:\d{3})+)+")


class RecognitionDoubt(StrEnum):
    """Finding codes of doubtful recognised numbers."""

    UNSURE = "RJ-OCR-001"
    """Read with little confidence."""
    SEPARATORS = "RJ-OCR-004"
    """Separators contradict each other or are missing; the digits were kept."""


def field_confidence(cells: Sequence[PlacedCell]) -> float:
    """Return the lowest confidence of the field's words, lower yet where no rulings draw a recognised cell."""
    lowest = min(placed.cell.confidence for placed in cells)
    inferred = lowest < 1 and not all(placed.is_drawn for placed in cells)
    return min(lowest, UNDRAWN_SURE) if inferred else lowest


def disputed_words(cells: Sequence[PlacedCell], settled: Collection[str] = ()) -> str:
    """Return the words of a text that engines read differently, each with the other reading; empty when there are none.

    Written for a finding (Indonesian): ``Jumiah (mungkin Jumlah)``. Readings in ``settled`` are told otherwise already.
    """
    disputed = [
        f"{word.text} (mungkin {word.alternatives[0].text})"
        for word in _words(cells)
        if word.confidence <= DISPUTED_TEXT and word.alternatives and not any(read in word.text for read in settled)
    ]
    more = ", ..." if len(disputed) > MOST_RIVAL_WORDS else ""
    return ", ".join(disputed[:MOST_RIVAL_WORDS]) + more


def read_recognised(cells: Sequence[PlacedCell], kind: Kind, notation: Notation | None) -> NumberReading:
    """Read a number column's field from what the recogniser saw, its other readings as alternatives.

    A well-formed first reading stays. Of an ill-formed amount whose separators all stand at groups of three the digits
    are kept, flagged :attr:`RecognitionDoubt.SEPARATORS`. A number that reads well but for a stray mark beside it is
    kept, flagged :attr:`RecognitionDoubt.UNSURE`.
    """
    raw = _text(cells, None, "")
    first = read_number(raw, kind, notation)
    rivals = tuple(
        reading.value
        for text in _rival_texts(cells)
        if (reading := read_number(text, kind, notation)).value is not None and not reading.problem
    )
    if first.nil or (first.value is not None and not first.problem):
        return replace(first, alternatives=_distinct(first.value, (*first.alternatives, *rivals)))
    bare = _without_strays(raw)
    if bare and bare != raw.strip():
        beside = read_number(bare, kind, notation)
        if beside.value is not None and not beside.problem:
            return replace(
                beside,
                raw=raw,
                confidence=STRAY_MARK,
                alternatives=_distinct(beside.value, (*beside.alternatives, *rivals)),
                problem=RecognitionDoubt.UNSURE,
            )
    digits = grouped_digits(bare) if kind is Kind.RUPIAH else None
    if digits is None:
        return replace(first, alternatives=_distinct(first.value, (*first.alternatives, *rivals)))
    return NumberReading(
        raw=raw,
        value=digits,
        rule=NumberRule.GROUPED,
        confidence=SEPARATOR_SETTLED,
        alternatives=_distinct(digits, rivals),
        problem=RecognitionDoubt.SEPARATORS,
    )


def is_unsure_quantity(text: str, count: int, confidence: float) -> bool:
    """Say whether a recognised quantity has to be looked at; ``count`` is how many numbers were found in it.

    A short text without any figure is looked at too: a lone 1 or 4 is read ``i`` or ``d``. So is, however sure the
    recogniser was, a unit behind letters that digits are read as, and a figure with a stray mark at its side.
    """
    if confidence < 1 and count and _without_strays(text) != " ".join(text.split()):
        return True
    if confidence < 1 and not count and may_hide_figure(text):
        return True
    return confidence < DOUBTED_BELOW and (count > 0 or len(text) <= LONGEST_LONE_FIGURE)


def grouped_digits(text: str) -> Decimal | None:
    """Return the digits of an amount when every separator printed has a multiple of three digits after it."""
    if sum(_SEPARATED.fullmatch(line) is not None for line in text.split()) > 1:
        return None  # two amounts one below the other, not one that wraps
    token = "".join(text.split())
    if not _SEPARATED.fullmatch(token):
        return None
    digits = re.sub(r"[.,]", "", token)
    return Decimal(digits) if not digits.startswith("0") else None


def _without_strays(text: str) -> str:
    """Return the field without the lines, and the words at both ends, that hold no letter, digit or percent sign."""
    lines = [line.split() for line in text.splitlines() if _MEANS_SOMETHING.search(line)]
    words = [word for line in lines for word in line]
    while words and not _MEANS_SOMETHING.search(words[-1]):
        words.pop()
    while words and not _MEANS_SOMETHING.search(words[0]):
        words.pop(0)
    return " ".join(words)


def _rival_texts(cells: Sequence[PlacedCell]) -> Iterator[str]:
    """Yield the field with one word read otherwise, the likeliest first."""
    rivals = sorted(
        ((other.confidence, word, other.text) for word in _words(cells) for other in word.alternatives),
        key=lambda rival: -rival[0],
    )
    likely = (rival for rival in rivals if rival[0] >= MIN_RIVAL)
    for _, word, text in itertools.islice(likely, MAX_RIVALS):
        yield _text(cells, word, text)


def _text(cells: Sequence[PlacedCell], replaced: Word | None, by: str) -> str:
    return "\n".join(
        " ".join(by if word is replaced else word.text for word in line.words)
        for placed in cells
        for line in placed.cell.lines
    )


def _words(cells: Sequence[PlacedCell]) -> Iterator[Word]:
    return (word for placed in cells for line in placed.cell.lines for word in line.words)


def _distinct(value: Decimal | None, others: Sequence[Decimal]) -> tuple[Decimal, ...]:
    return tuple(dict.fromkeys(other for other in others if other != value))
