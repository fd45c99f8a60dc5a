"""Amounts and quantities inside running text: ``DAU : Rp. 914.290.172,- (164 orang)``."""

from __future__ import annotations

import re
from decimal import Decimal

from normalize.form import Kind
from normalize.numbers.model import Notation
from normalize.numbers.read import read_number

MONEY = re.compile(r"\bRp\s*\.?\s*(\d[\d.,]*\d|\d)", re.IGNORECASE)
"""An amount marked ``Rp``; its figures are the first group."""
_QUANTITY = re.compile(r"\(\s*(\d+)\s+([^\W\d_][\w/]*)\s*\)")


def read_money(token: str) -> Decimal | None:
    """Read one amount of Indonesian prose (``47.065.330``); None when it is not well formed."""
    return read_number(token, Kind.RUPIAH, Notation.ID).value


def read_percent(token: str) -> Decimal | None:
    """Read one percentage of Indonesian prose (``99,05``); None when it is not well formed."""
    return read_number(token, Kind.PERSEN, Notation.ID).value


def money_in(text: str) -> tuple[Decimal, ...]:
    """Return every amount marked ``Rp`` that can be read, in order."""
    amounts = (read_money(match.group(1)) for match in MONEY.finditer(text))
    return tuple(amount for amount in amounts if amount is not None)


def quantities_in(text: str) -> tuple[tuple[int, str], ...]:
    """Return every ``(164 orang)`` as count and unit, in order."""
    return tuple((int(count), unit.casefold()) for count, unit in _QUANTITY.findall(text))
