"""A relation between figures that must hold, and what becomes of it under one reading of the document.

Every check over numbers is one of two shapes: a sum of places equals a sum of places, or a place is a percentage of
two others. The checker and the repair evaluate the same relations.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from extract.findings import Severity
from schemas.figures import Figure, FigureAt, Gap, Ref

PERCENT = Decimal(100)


class Outcome(StrEnum):
    """What became of a relation."""

    HELD = "held"
    ROUNDED = "rounded"
    """Within the tolerance, not exact."""
    BROKEN = "broken"
    UNTESTABLE = "untestable"
    """A figure is missing or unreadable: nothing can be said."""


@dataclass(frozen=True, slots=True)
class Relation:
    """``Σ left = Σ right``; with a divisor, ``left = 100 x right / divisor``."""

    name: str
    """Groups relations of one rule in the counts."""
    code: str
    """Finding code when broken."""
    severity: Severity
    left: tuple[Ref, ...]
    """The places said to be the result; the first is where a finding points."""
    right: tuple[tuple[int, Ref], ...]
    """Sign and place."""
    tolerance: Decimal
    """Of the whole relation, in the unit of the left side."""
    divisor: Ref | None = None
    nil_is_zero: bool = False
    """Whether two empty sides agree and an empty side is zero; else an empty side is untestable."""

    @property
    def refs(self) -> tuple[Ref, ...]:
        """Every place it speaks of."""
        divisor = () if self.divisor is None else (self.divisor,)
        return (*self.left, *(ref for _, ref in self.right), *divisor)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A relation under one reading: ``printed`` on the left, ``computed`` on the right."""

    outcome: Outcome
    printed: Decimal = Decimal(0)
    computed: Decimal = Decimal(0)

    @property
    def holds(self) -> bool:
        """Whether it is met, exactly or within the tolerance."""
        return self.outcome in (Outcome.HELD, Outcome.ROUNDED)


_UNTESTABLE = Evaluation(Outcome.UNTESTABLE)


def evaluate(relation: Relation, figure_at: FigureAt) -> Evaluation:
    """Say whether a relation holds when the places hold what ``figure_at`` returns."""
    left = _total((1, figure_at(ref)) for ref in relation.left)
    right = _total((sign, figure_at(ref)) for sign, ref in relation.right)
    if left is Gap.UNREADABLE or right is Gap.UNREADABLE:
        return _UNTESTABLE
    if relation.divisor is not None:
        return _ratio(relation, left, right, figure_at(relation.divisor))
    if relation.nil_is_zero:
        left = Decimal(0) if left is Gap.NIL else left
        right = Decimal(0) if right is Gap.NIL else right
    if isinstance(left, Gap) or isinstance(right, Gap):
        return _UNTESTABLE
    return _compare(left, right, relation.tolerance)


def _ratio(relation: Relation, left: Figure, right: Figure, divisor: Figure) -> Evaluation:
    if isinstance(left, Gap) or isinstance(right, Gap) or isinstance(divisor, Gap):
        return _UNTESTABLE
    if divisor == 0 or (left == 0 and right != 0):
        # Forms print 0 in percentage cells of rows they do not rate; a nought there claims nothing.
        return _UNTESTABLE
    computed = PERCENT * right / divisor
    shown = max(-_exponent(left), 0)
    exact = round(computed, shown) == left
    return Evaluation(Outcome.HELD, left, computed) if exact else _compare(left, computed, relation.tolerance)


def _exponent(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _compare(printed: Decimal, computed: Decimal, tolerance: Decimal) -> Evaluation:
    if printed == computed:
        return Evaluation(Outcome.HELD, printed, computed)
    outcome = Outcome.ROUNDED if abs(printed - computed) <= tolerance else Outcome.BROKEN
    return Evaluation(outcome, printed, computed)


def _total(parts: Iterable[tuple[int, Figure]]) -> Figure:
    """Add up; nil when every part is nil, unreadable when any part is."""
    total: Figure = Gap.NIL
    for sign, part in parts:
        if part is Gap.UNREADABLE:
            return Gap.UNREADABLE
        if isinstance(part, Decimal):
            total = (Decimal(0) if isinstance(total, Gap) else total) + sign * part
    return total
