"""Which readings of a doubtful figure may be tried: those its reader saw, and a near misreading that a sum asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from rapidfuzz.distance import Levenshtein

from normalize.model import Document, Value
from schemas.figures import FigureAt, Gap, Ref, figure_of, reading_of, value_at
from schemas.relations import Relation, evaluate

DOUBTED_BELOW = 0.9
"""Confidence under which a figure without alternatives may have been misread by a digit."""
MAX_DIGITS_CUT = 3
"""Digits a cut-off amount (``66,127,6``) may have lost at its end."""

_NOT_DIGIT = re.compile(r"\D")


def is_doubtful(value: Value) -> bool:
    """Say whether arithmetic may settle this figure: other readings exist, or it was cut or read badly."""
    if value.alternatives:
        return True
    unreadable = figure_of(value) is Gap.UNREADABLE
    return unreadable or (value.number is not None and value.confidence < DOUBTED_BELOW)


def candidates(
    document: Document, relations: Iterable[Relation], figure_at: FigureAt
) -> dict[Ref, tuple[Decimal, ...]]:
    """Return the readings to try for each doubtful figure that some relation speaks of, the one read first.

    A sum may ask for a reading no reader saw only when all its other figures are sure: with two in doubt it would fit
    one to the error of the other.
    A figure with no second reading is left out: there is nothing to choose. The confident figures never appear.
    """
    asked: dict[Ref, list[Relation]] = {}
    for relation in relations:
        for ref in set(relation.refs):
            if is_doubtful(value_at(document, ref)):
                asked.setdefault(ref, []).append(relation)
    found: dict[Ref, tuple[Decimal, ...]] = {}
    for ref, speaking in sorted(asked.items()):
        value = value_at(document, ref)
        readings = [] if value.number is None else [value.number]
        readings.extend(value.alternatives)
        if not value.alternatives:
            readings.extend(
                demanded
                for relation in speaking
                if not any(other != ref and is_doubtful(value_at(document, other)) for other in relation.refs)
                and (demanded := _demanded(relation, ref, figure_at)) is not None
                and _near(demanded, value)
            )
        distinct = tuple(dict.fromkeys(readings))
        if len(distinct) > 1 or (distinct and value.number is None):
            found[ref] = distinct
    return found


def _demanded(relation: Relation, ref: Ref, figure_at: FigureAt) -> Decimal | None:
    """Return the value a sum asks of one place when all its other places are as read, None when it cannot tell."""
    if relation.divisor is not None or relation.refs.count(ref) != 1 or evaluate(relation, figure_at).holds:
        # A sum that holds within its rounding asks for nothing: agencies round, and their rupiah is not ours to fit.
        return None
    at_zero = reading_of({ref: Decimal(0)}, figure_at)
    evaluation = evaluate(relation, at_zero)
    gap = evaluation.computed - evaluation.printed
    if ref in relation.left:
        return gap if gap > 0 else None
    sign = next(sign for sign, place in relation.right if place == ref)
    demanded = -gap * sign
    return demanded if demanded > 0 else None


def _near(demanded: Decimal, value: Value) -> bool:
    """Say whether a value could be what was printed: one digit off, or printed digits with the end cut off."""
    printed = _NOT_DIGIT.sub("", value.raw)
    spelled = {_NOT_DIGIT.sub("", f"{demanded:f}"), _NOT_DIGIT.sub("", f"{demanded:.2f}")}
    cut = value.number is None and any(
        digits.startswith(printed) and 0 < len(digits) - len(printed) <= MAX_DIGITS_CUT for digits in spelled
    )
    return bool(printed) and (cut or any(Levenshtein.distance(printed, digits) <= 1 for digits in spelled))
