"""What reading a number gives: a value with its doubts, never a bare float.

Nothing here knows how a number is read; :mod:`normalize.numbers.read` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Notation(StrEnum):
    """Which separator groups thousands and which one marks decimals."""

    ID = "id"
    """``1.234.567,89``"""
    EN = "en"
    """``1,234,567.89``"""

    @property
    def group(self) -> str:
        """The thousands separator."""
        return "." if self is Notation.ID else ","

    @property
    def decimal(self) -> str:
        """The decimal separator."""
        return "," if self is Notation.ID else "."


class NumberRule(StrEnum):
    """By which rule a value was read; it travels to the workbook so that a reader can ask why."""

    NIL = "nil"
    PLAIN = "plain"
    GROUPED = "grouped"
    DECIMAL = "decimal"
    GROUP_BY_KIND = "group_by_kind"
    """``102,150`` taken as thousands because of what the column holds."""
    DECIMAL_BY_KIND = "decimal_by_kind"
    """``100,000`` taken as a decimal because the column holds percentages."""
    MIXED_CENTS = "mixed_cents"
    """``2.807.870.000.00``: the group separator repeated before the cents."""
    WITH_WORDS = "with_words"
    """The only number among words."""
    REFUSED = "refused"


class NumberProblem(StrEnum):
    """Finding codes of doubtful numbers."""

    ILL_FORMED = "RJ-NUM-001"
    """Groups out of place or cut off (``390,210,4``): no value."""
    MANY = "RJ-NUM-002"
    """More than one number where one belongs: no value."""
    NOT_A_NUMBER = "RJ-NUM-003"
    """Text where a number belongs: no value."""
    WRONG_UNIT = "RJ-NUM-004"
    """A percentage in a money column, or money in a percentage column: no value."""
    MIXED_SEPARATORS = "RJ-NUM-005"
    """The two notations mixed inside one number."""
    AMBIGUOUS = "RJ-NUM-006"
    """Two well-formed readings, and only the kind of the column speaks for the one chosen."""
    OTHER_NOTATION = "RJ-NUM-007"
    """A money value whose decimals contradict the notation of its column: it may be cut off."""
    MAYBE_CUT = "RJ-NUM-008"
    """Well formed, but shaped like the beginning of a longer amount (``66,1``)."""
    WRAPPED = "RJ-NUM-009"
    """Joined over a gap although each part could be a number of its own."""
    SIGN = "RJ-NUM-010"
    """The dash may be a minus, a bullet, or a nil mark."""
    WITH_WORDS = "RJ-NUM-011"
    """Words stand beside the number."""
    FOOTNOTE = "RJ-NUM-012"
    """A digit that may be a footnote mark was left out of the number."""


@dataclass(frozen=True, slots=True)
class NumberReading:
    """One printed number and what it was taken for."""

    raw: str
    """As given, untouched."""
    value: Decimal | None
    rule: str
    """A :class:`NumberRule`."""
    confidence: float
    """0 to 1; exactly 1.0 only when the print allows one reading alone. A nil is 1.0 too."""
    alternatives: tuple[Decimal, ...] = ()
    """Other readings of the same print, best first; never holds :attr:`value`."""
    nil: bool = False
    """Deliberately empty: blank, ``-``, ``–``, ``Rp -``, ``,-``, ``n/a``."""
    problem: str = ""
    """A :class:`NumberProblem`, or empty when nothing is doubtful."""
    notation: Notation | None = None
    """The notation this print proves by itself."""
