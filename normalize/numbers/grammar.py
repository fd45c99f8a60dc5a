"""The strict grammar of one number token: digits and separators, group positions checked.

A token is read in the Indonesian and the English notation; every well-formed reading is returned and none is
preferred. Choosing between two is the business of :mod:`normalize.numbers.choice`, which knows the column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from normalize.numbers.model import Notation

GROUP_DIGITS = 3
CENT_DIGITS = 2

# ASCII digits only: Decimal would also take Arabic-Indic ones, which no Indonesian print means.
_PLAIN = re.compile(r"0|[1-9][0-9]*")
_GROUPED = {n: re.compile(rf"([1-9][0-9]{{0,2}}(?:\{n.group}[0-9]{{3}})+)(?:\{n.decimal}([0-9]+))?") for n in Notation}
_DECIMAL = {n: re.compile(rf"(0|[1-9][0-9]*)\{n.decimal}([0-9]+)") for n in Notation}
_REPEATED_BEFORE_CENTS = re.compile(r"([1-9][0-9]{0,2}(?:([.,])[0-9]{3})(?:\2[0-9]{3})*)\2(00)")
_ANY_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:[.,][0-9]{3})+")


@dataclass(frozen=True, slots=True)
class Form:
    """One well-formed reading of a token."""

    value: Decimal
    notation: Notation | None
    """None for plain digits, which look the same in both."""
    integer_digits: int
    groups: int
    """Thousands separators in it."""
    decimals: int
    """Digits after the decimal separator."""

    @property
    def cents_are_zero(self) -> bool:
        """Whether it carries exactly the two zeros of ``,00``."""
        return self.decimals == CENT_DIGITS and self.value == self.value.to_integral_value()


def well_formed(token: str) -> tuple[Form, ...]:
    """Return every strict reading of ``token``: none, one, or two (``102,150`` alone has two).

    ``token`` is ASCII digits, ``.`` and ``,`` without white space or sign; anything else has no reading.
    """
    if _PLAIN.fullmatch(token):
        return (Form(Decimal(token), None, len(token), 0, 0),)
    forms = []
    for notation in Notation:
        match = _GROUPED[notation].fullmatch(token) or _DECIMAL[notation].fullmatch(token)
        if match is None:
            continue
        integer, decimals = match.group(1), match.group(2) or ""
        digits = integer.replace(notation.group, "")
        value = Decimal(f"{digits}.{decimals}" if decimals else digits)
        forms.append(Form(value, notation, len(digits), integer.count(notation.group), len(decimals)))
    return tuple(forms)


def repeated_before_cents(token: str) -> tuple[Decimal, Notation] | None:
    """Read ``2.807.870.000.00``, where the group separator also stands before two zero cents.

    Returns the value and the notation of its groups; None for any other token. Only ``00`` is taken for cents: two
    other digits there are as well the beginning of a group that was cut off.
    """
    match = _REPEATED_BEFORE_CENTS.fullmatch(token)
    if match is None:
        return None
    separator = match.group(2)
    notation = Notation.ID if separator == Notation.ID.group else Notation.EN
    return Decimal(match.group(1).replace(separator, "") + ".00"), notation


def mixed_groups(token: str) -> Decimal | None:
    """Return the digits of ``1.234,567,890`` as one integer: every group right, the separators mixed; else None."""
    if not _ANY_GROUPS.fullmatch(token) or len(set(token) & {".", ","}) < len(Notation):
        return None
    return Decimal(token.replace(".", "").replace(",", ""))
