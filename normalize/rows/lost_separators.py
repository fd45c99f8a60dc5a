"""Recognised figures whose decimal comma seems lost beside figures of the same kind: ``865 %`` among ``86,5 %``.

Such a figure is well-formed, so nothing else doubts it. Its value is kept: only the page can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from normalize.form import Kind
from normalize.model import Column, Record, Value
from normalize.numbers.quantity import canonical_unit
from normalize.rows.draft_row import DraftRow
from normalize.rows.recognised import SEPARATOR_SETTLED, RecognitionDoubt
from normalize.rows.values import Doubt

FULL_SHARE = 100
"""Percent that targets beyond are rare."""
MIN_OTHERS = 2
"""Figures of a column that must agree before one is held against them."""
MIN_IN_ROW = 3
"""Figures of a row with decimals that are held against one without."""
SAME_SIZE = 2
"""Figures of one thing in several years differ by less than this factor."""
OTHERS_SHARE = 0.8
"""Share of them that must."""
_LOST = (Decimal(10), Decimal(100), Decimal(1000))
"""By how much a figure grows that loses its comma."""
_SEPARATOR = re.compile(r"\d[.,]\d")
_COUNTED = (Kind.KUANTITAS, Kind.PERSEN)


def lost_separators(
    columns: Sequence[Column], rows: Sequence[DraftRow], records: Sequence[Record]
) -> Iterator[tuple[int, Doubt]]:
    """Yield the index of each record with a figure that seems to have lost its comma, and the doubt about it."""
    counted = [column for column in columns if column.kind in _COUNTED]
    for index, (row, record) in enumerate(zip(rows, records, strict=True)):
        for column in counted:
            value = record.values.get(column.key)
            if value is None or value.number is None or _SEPARATOR.search(value.raw):
                continue
            if not row.fields[column.key].recognised:
                continue
            others = [*_same_unit(column, value, record, counted)]
            if against := _beside(value, others) or _among(index, column, value, records):
                yield index, Doubt(column.key, str(RecognitionDoubt.SEPARATORS), against)


def doubted_value(value: Value) -> Value:
    """Return the value no surer than a figure whose separators were not legible."""
    return replace(value, confidence=min(value.confidence, SEPARATOR_SETTLED))


def _same_unit(column: Column, value: Value, record: Record, columns: Sequence[Column]) -> Iterator[Value]:
    """Yield the other figures of the row that count the same thing."""
    for other in columns:
        held = record.values.get(other.key)
        if other is column or other.kind is not column.kind or held is None or held.number is None:
            continue
        if canonical_unit(held.unit) == canonical_unit(value.unit):
            yield held


def _beside(value: Value, others: Sequence[Value]) -> str:
    """Return what the figures of the same row and unit tell against this one; blank if nothing.

    One of them has the same digits and a comma, or nearly all have decimals and this one is of their size with as many.
    """
    parted = [held for held in others if _SEPARATOR.search(held.raw)]
    for held in parted:
        if held.number and value.number and value.number / held.number in _LOST:
            return f"di sebelahnya tertulis {' '.join(held.raw.split())}"
    decimals = [-int(held.number.as_tuple().exponent) for held in parted if held.number is not None]
    if len(parted) < max(MIN_IN_ROW, OTHERS_SHARE * len(others)) or min(decimals) < 1 or value.number is None:
        return ""
    sizes = [abs(held.number) for held in parted if held.number]
    restored = abs(value.number).scaleb(-max(decimals))
    if sizes and min(sizes) / SAME_SIZE <= restored <= max(sizes) * SAME_SIZE < abs(value.number):
        return "yang lain di baris ini tertulis dengan koma"
    return ""


def _among(index: int, column: Column, value: Value, records: Sequence[Record]) -> str:
    """Return what the column's other figures of the unit tell against this one; blank if nothing."""
    assert value.number is not None
    percent = column.kind is Kind.PERSEN or canonical_unit(value.unit).startswith("%")
    if not percent or value.number <= FULL_SHARE:
        return ""
    others = [
        held
        for number, record in enumerate(records)
        if number != index and (held := record.values.get(column.key)) is not None and held.number is not None
    ]
    others = [held for held in others if canonical_unit(held.unit) == canonical_unit(value.unit)]
    parted = sum(_SEPARATOR.search(held.raw) is not None for held in others)
    small = sum(held.number is not None and held.number <= FULL_SHARE for held in others)
    enough = max(MIN_OTHERS, OTHERS_SHARE * len(others))
    if small >= enough and (column.kind is Kind.KUANTITAS or parted >= enough):
        return "yang lain di kolom ini paling banyak 100 %"
    return ""
