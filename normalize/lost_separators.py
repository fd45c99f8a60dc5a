"""Recognised figures whose decimal comma seems lost beside figures of the same kind: ``865 %`` among ``86,5 %``.

Such a figure is well-formed, so nothing else doubts it. Its value is kept: only the page can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from normalize.draft_row import DraftRow
from normalize.form import Kind
from normalize.model import Column, Record, Value
from normalize.quantity import canonical_unit
from normalize.recognised import SEPARATOR_SETTLED, RecognitionDoubt
from normalize.values import Doubt

FULL_SHARE = 100
"""Percent that targets beyond are rare."""
MIN_OTHERS = 2
"""Figures of a column that must agree before one is held against them."""
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
            if against := _beside(column, value, record, counted) or _among(index, column, value, records):
                yield index, Doubt(column.key, str(RecognitionDoubt.SEPARATORS), against)


def with_doubt(record: Record, key: str) -> Record:
    """Return the record with the field no surer than a figure whose separators were not legible."""
    doubted = replace(record.values[key], confidence=min(record.values[key].confidence, SEPARATOR_SETTLED))
    values: Mapping[str, Value] = {**record.values, key: doubted}
    return replace(record, values=values, confidence=min(record.confidence, doubted.confidence))


def _beside(column: Column, value: Value, record: Record, columns: Sequence[Column]) -> str:
    """Return the figure of the same row and unit that has the same digits and a comma, told; blank if none."""
    for other in columns:
        held = record.values.get(other.key)
        if other is column or other.kind is not column.kind or held is None or not held.number or not value.number:
            continue
        same_unit = canonical_unit(held.unit) == canonical_unit(value.unit)
        if same_unit and _SEPARATOR.search(held.raw) and value.number / held.number in _LOST:
            return f"di sebelahnya tertulis {' '.join(held.raw.split())}"
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
