"""Read one printed number strictly: right, or flagged, or blank and flagged.

A cell is folded, the marks around the number are taken off (:mod:`normalize.numbers.affix`), parts separated by
wrapping are joined when, and only when, the whole is well formed, and the token is read by the grammar
(:mod:`normalize.numbers.grammar`) under the rules of its column (:mod:`normalize.numbers.choice`). Characters that
recognition confuses are not repaired here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from normalize.form import Kind
from normalize.numbers.affix import SPREADSHEET_ERROR, Peeled, is_nil, peel, plain_dashes
from normalize.numbers.choice import DOUBTFUL, Choice, acceptable, choose, joinable
from normalize.numbers.model import Notation, NumberProblem, NumberReading, NumberRule

__all__ = [
    "Notation",
    "NotationVotes",
    "NumberProblem",
    "NumberReading",
    "NumberRule",
    "count_notations",
    "read_number",
]

MARKED = 0.95
"""Factor on the confidence of a value that had a footnote mark taken off."""

_NUMERIC = re.compile(r"[0-9.,\s]*[0-9][0-9.,\s]*")
# A number among words: not glued to a letter (P3R, AK1), separators only between digits.
NUMBER_AMONG_WORDS = re.compile(r"(?<![^\W_])(?<![.,][0-9])[0-9]+(?:[.,]+[0-9]+)*(?![^\W_])")

_NO_CENTS_INSIDE = re.compile(r"^[.,][-=]+")


@dataclass(frozen=True, slots=True)
class NotationVotes:
    """How many cells of a column prove each notation."""

    indonesian: int
    english: int

    @property
    def winner(self) -> Notation | None:
        """The notation of the majority; None on a tie or without votes."""
        if self.indonesian == self.english:
            return None
        return Notation.ID if self.indonesian > self.english else Notation.EN


@lru_cache(maxsize=16384)  # a column is read for its notation, for its kind and for its values
def read_number(text: str, kind: Kind, notation: Notation | None) -> NumberReading:
    """Read the number printed in one cell.

    ``text`` may hold newlines and spaces from wrapping. ``kind`` is what the column holds: :attr:`Kind.RUPIAH` and
    :attr:`Kind.PERSEN` have rules of their own, every other kind is read as a count. ``notation`` is the one inferred
    for the column, or None. Never raises; a value that is not certain carries a :class:`NumberProblem`.
    """
    folded = plain_dashes(text)
    if is_nil(folded):
        return NumberReading(text, None, NumberRule.NIL, 1.0, nil=True)
    peeled = peel(folded)
    if not _NUMERIC.fullmatch(peeled.core):
        return _among_words(text, folded, kind, notation)
    if (kind is Kind.RUPIAH and peeled.percent) or (kind is Kind.PERSEN and (peeled.money or peeled.cents_mark)):
        return _refused(text, NumberProblem.WRONG_UNIT)
    choice = _joined(peeled, kind, notation)
    return _finish(text, peeled, kind, choice)


def count_notations(texts: Iterable[str], kind: Kind) -> NotationVotes:
    """Count the cells that prove a notation by themselves.

    In money columns a lone group of three (``570,000``) counts as well when no cell proves more: rupiah have no
    thousandths.
    """
    proofs = dict.fromkeys(Notation, 0)
    hints = dict.fromkeys(Notation, 0)
    for text in texts:
        reading = read_number(text, kind, None)
        if reading.value is None or reading.problem:
            continue
        if reading.notation is not None:
            proofs[reading.notation] += 1
        elif reading.rule == NumberRule.GROUP_BY_KIND and kind is Kind.RUPIAH:
            hints[Notation.ID if Notation.ID.group in peel(plain_dashes(text)).core else Notation.EN] += 1
    votes = proofs if any(proofs.values()) else hints
    return NotationVotes(votes[Notation.ID], votes[Notation.EN])


def _refused(raw: str, problem: NumberProblem, alternatives: tuple[Decimal, ...] = ()) -> NumberReading:
    return NumberReading(raw, None, NumberRule.REFUSED, 0.0, alternatives, problem=problem)


def _joined(peeled: Peeled, kind: Kind, notation: Notation | None) -> Choice:
    """Read the core, joining its parts if that gives a well-formed number."""
    parts = peeled.core.split()
    token = "".join(parts)
    if len(parts) == 1:
        return choose(token, peeled.cents_mark, kind, notation)
    alone = [acceptable(part, kind) for part in parts]
    if not joinable(token, kind):
        problem = NumberProblem.MANY if any(alone) else NumberProblem.ILL_FORMED
        return Choice(None, NumberRule.REFUSED, 0.0, (), problem)
    choice = choose(token, peeled.cents_mark, kind, notation)
    if all(alone) and choice.value is not None:
        # "256,9 3" may be one number or two; the joined one is what narrow cells print.
        apart = tuple(
            reading.value for part in parts if (reading := choose(part, "", kind, notation)).value is not None
        )
        return replace(
            choice,
            confidence=min(choice.confidence, DOUBTFUL),
            alternatives=_others(choice.value, (*choice.alternatives, *apart)),
            problem=choice.problem or NumberProblem.WRAPPED,
            notation=None,
        )
    return choice


def _finish(raw: str, peeled: Peeled, kind: Kind, choice: Choice) -> NumberReading:
    """Apply the sign and the doubts that come from what stood around the number."""
    if peeled.negative:
        choice = _signed(peeled, kind, choice)
    confidence, problem = choice.confidence, choice.problem
    if peeled.footnote:
        confidence *= MARKED
    if peeled.footnote_digit and choice.value is not None:
        confidence, problem = min(confidence, DOUBTFUL), problem or NumberProblem.FOOTNOTE
    notation = choice.notation if choice.value is not None else None
    return NumberReading(
        raw, choice.value, choice.rule, confidence, choice.alternatives, problem=problem or "", notation=notation
    )


def _signed(peeled: Peeled, kind: Kind, choice: Choice) -> Choice:
    """Make the choice negative, or doubtful when the dash may be a bullet or a nil mark."""
    opposites = tuple(_negated(other) for other in choice.alternatives)
    if choice.value is None:
        return replace(choice, alternatives=opposites)
    value = _negated(choice.value)
    if not peeled.sign_is_certain:
        # "- 500.000": bullet, nil mark or minus. No reading is better than the other.
        return Choice(None, NumberRule.REFUSED, 0.0, (choice.value, value), choice.problem or NumberProblem.SIGN)
    is_bare_integer = choice.rule == NumberRule.PLAIN
    fractional = kind is not Kind.RUPIAH and choice.rule == NumberRule.DECIMAL
    # "(45.000)", "-13,8" and "-4%" are negative; "(1)" may be a number in a list, "-4" a bullet.
    if peeled.percent or fractional or (peeled.accounting and not is_bare_integer):
        return replace(choice, value=value, alternatives=opposites)
    return replace(
        choice,
        value=value,
        confidence=min(choice.confidence, DOUBTFUL),
        alternatives=_others(value, (choice.value, *opposites)),
        problem=choice.problem or NumberProblem.SIGN,
    )


def _negated(value: Decimal) -> Decimal:
    """Return the opposite with every digit: the minus operator would round to the context's 28."""
    return value.copy_negate() if value else value


def _among_words(raw: str, folded: str, kind: Kind, notation: Notation | None) -> NumberReading:
    """Read a cell that holds more than a number: the only number is taken and flagged, several are refused."""
    if SPREADSHEET_ERROR.search(folded):
        return _refused(raw, NumberProblem.NOT_A_NUMBER)
    found = [match.group() for match in NUMBER_AMONG_WORDS.finditer(folded)]
    if not found:
        digits = any(character.isdigit() for character in folded)
        return _refused(raw, NumberProblem.ILL_FORMED if digits else NumberProblem.NOT_A_NUMBER)
    readings = [choose(token, "", kind, notation) for token in found]
    if len(readings) > 1:
        values = tuple(reading.value for reading in readings if reading.value is not None)
        return _refused(raw, NumberProblem.MANY, tuple(dict.fromkeys(values)))
    reading = readings[0]
    if reading.value is None or _says_otherwise(folded, found[0]):
        return _refused(raw, reading.problem or NumberProblem.NOT_A_NUMBER, reading.alternatives)
    return NumberReading(
        raw,
        reading.value,
        NumberRule.WITH_WORDS,
        min(reading.confidence, DOUBTFUL),
        reading.alternatives,
        problem=reading.problem or NumberProblem.WITH_WORDS,
    )


def _says_otherwise(text: str, token: str) -> bool:
    """Say whether digits or separators of ``text`` lie outside ``token``, or a dash or percent sign touches it."""
    before, _, after = text.partition(token)
    after = _NO_CENTS_INSIDE.sub("", after)
    rest = before + after
    if any(character.isdigit() for character in rest):
        return True
    return before.endswith(("-", ".", ",")) or after.lstrip().startswith(("%", "-")) or after[:1] in {".", ","}


def _others(value: Decimal, candidates: Iterable[Decimal]) -> tuple[Decimal, ...]:
    return tuple(dict.fromkeys(other for other in candidates if other != value))
