"""How finely a money column is printed: a column in thousands rounds every amount to a thousand rupiah."""

from __future__ import annotations

from decimal import Decimal

from normalize.model import Table


def printed_step(table: Table, key: str) -> Decimal:
    """Return the rupiah of the last place printed in a column: 1 without a unit, 10.000 for millions as ``47,25``."""
    unit = next((column.unit_factor for column in table.columns if column.key == key), Decimal(1))
    if unit == 1:
        return Decimal(1)
    printed = (record.get(key).number for record in table.records)
    places = (_decimals(number / unit) for number in printed if number is not None)
    return max(Decimal(1), unit.scaleb(-max(places, default=0)))


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
