"""Choose among the well-formed readings of a token by what its column holds and which notation prevails there.

The readings themselves come from :mod:`normalize.numbers.grammar`. Every rule here is about the domain: rupiah have
no thousandths, percentages are seldom above a thousand, counts are whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from normalize.form import Kind
from normalize.numbers.grammar import (
    CENT_DIGITS,
    GROUP_DIGITS,
    Form,
    mixed_groups,
    repeated_before_cents,
    well_formed,
)
from normalize.numbers.model import Notation, NumberProblem, NumberRule

CERTAIN = 1.0
"""Confidence of a print with one reading."""
BACKED = 0.95
"""Two readings, but kind and notation of the column agree on one."""
OTHER_NOTATION = 0.9
"""One reading, in the other notation than the column's."""
BY_KIND = 0.8
"""Two readings, and only the kind decides."""
DOUBTFUL = 0.6
"""A value that must be looked at."""
AGAINST = 0.5
"""Two readings, and the notation of the column speaks against the one chosen."""

LONGEST_LONE_INTEGER = 3
"""Digits before a decimal separator up to which money may be the start of a longer, cut-off amount."""
WRAPPED_DECIMALS = 3
"""Most decimals a number may get by joining parts."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What one token was taken for; see :class:`normalize.numbers.model.NumberReading` for the fields."""

    value: Decimal | None
    rule: NumberRule
    confidence: float
    alternatives: tuple[Decimal, ...] = ()
    problem: NumberProblem | None = None
    notation: Notation | None = None


def choose(token: str, cents_mark: str, kind: Kind, notation: Notation | None) -> Choice:
    """Read ``token`` (digits and separators, no white space), which a ``,-`` with separator ``cents_mark`` may follow.

    ``notation`` is the one inferred for the column, or None when nothing is known.
    """
    forms = well_formed(token)
    if cents_mark and forms:
        forms = _before_cents_mark(forms)
    if not forms:
        return _irregular(token)
    if len(forms) > 1:
        return _ambiguous(forms, kind, notation)
    form = forms[0]
    proven = form.notation
    if cents_mark and form.notation is not None and cents_mark == form.notation.group:
        proven = form.notation if form.groups > 1 else None
    choice = _money(form, notation) if kind is Kind.RUPIAH else _number(form, notation)
    return Choice(choice.value, choice.rule, choice.confidence, choice.alternatives, choice.problem, proven)


def acceptable(token: str, kind: Kind) -> bool:
    """Say whether ``token`` can stand alone as a number of this kind without a doubt about its shape."""
    return any(_natural(form, kind) for form in well_formed(token))


def joinable(token: str, kind: Kind) -> bool:
    """Say whether parts joined to ``token`` make a number worth reading."""
    if repeated_before_cents(token):
        return True
    most = CENT_DIGITS if kind is Kind.RUPIAH else WRAPPED_DECIMALS
    return any(form.decimals <= most for form in well_formed(token))


def _natural(form: Form, kind: Kind) -> bool:
    if kind is not Kind.RUPIAH:
        return form.decimals <= CENT_DIGITS
    if form.decimals == 0 or form.cents_are_zero:
        return True
    return form.decimals == CENT_DIGITS and form.integer_digits > LONGEST_LONE_INTEGER


def _before_cents_mark(forms: tuple[Form, ...]) -> tuple[Form, ...]:
    """Before ``,-`` stand whole rupiah, or zero cents already printed."""
    return tuple(form for form in forms if form.decimals == 0) or tuple(form for form in forms if form.cents_are_zero)


def _irregular(token: str) -> Choice:
    if (found := repeated_before_cents(token)) is not None:
        value, notation = found
        return Choice(value, NumberRule.MIXED_CENTS, DOUBTFUL, (), NumberProblem.MIXED_SEPARATORS, notation)
    digits = mixed_groups(token)
    if digits is not None:
        return Choice(None, NumberRule.REFUSED, 0.0, (digits,), NumberProblem.MIXED_SEPARATORS)
    return Choice(None, NumberRule.REFUSED, 0.0, (), NumberProblem.ILL_FORMED)


def _ambiguous(forms: tuple[Form, ...], kind: Kind, notation: Notation | None) -> Choice:
    """``102,150``: thousands in money and counts, a decimal in percentages."""
    grouped = next(form for form in forms if form.groups)
    decimal = next(form for form in forms if not form.groups)
    by_kind, chosen, other = (
        (NumberRule.DECIMAL_BY_KIND, decimal, grouped)
        if kind is Kind.PERSEN
        else (NumberRule.GROUP_BY_KIND, grouped, decimal)
    )
    if kind is Kind.RUPIAH and notation in (chosen.notation, None):
        # Rupiah have no thousandths: where the column does not speak against it, the other reading is no rival.
        return Choice(chosen.value, by_kind, CERTAIN if notation else BACKED)
    if notation is chosen.notation:
        return Choice(chosen.value, by_kind, BACKED, (other.value,))
    confidence = BY_KIND if notation is None else AGAINST
    return Choice(chosen.value, by_kind, confidence, (other.value,), NumberProblem.AMBIGUOUS)


def _number(form: Form, notation: Notation | None) -> Choice:
    contradicts = notation is not None and form.notation not in (None, notation)
    return Choice(form.value, _rule(form), OTHER_NOTATION if contradicts else CERTAIN)


def _money(form: Form, notation: Notation | None) -> Choice:
    if form.decimals >= GROUP_DIGITS:
        # "1.234,567": as well 1,234,567 with one separator mistaken. Nothing in the print decides.
        as_groups = (form.value.scaleb(form.decimals),) if form.decimals == GROUP_DIGITS else ()
        alternatives = (*as_groups, form.value)
        return Choice(None, NumberRule.REFUSED, 0.0, alternatives, NumberProblem.MIXED_SEPARATORS)
    if not _natural(form, Kind.RUPIAH):
        return Choice(form.value, _rule(form), AGAINST, (), NumberProblem.MAYBE_CUT)
    if notation is None or form.notation in (None, notation):
        return Choice(form.value, _rule(form), CERTAIN)
    if form.groups:
        return Choice(form.value, _rule(form), OTHER_NOTATION)
    # "570,00" where commas group: the last digit may have been cut off.
    return Choice(form.value, _rule(form), DOUBTFUL, (), NumberProblem.OTHER_NOTATION)


def _rule(form: Form) -> NumberRule:
    if form.groups:
        return NumberRule.GROUPED
    return NumberRule.DECIMAL if form.decimals else NumberRule.PLAIN
