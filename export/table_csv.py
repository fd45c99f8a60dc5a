"""One logical table as the columns and rows of its CSV (the layout of the output contract)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from export.csv_profile import CsvCell
from export.naming import column_label
from normalize.form import Kind
from normalize.model import Column, Record, Table

CONFIDENCE_PLACES = Decimal("0.001")
"""Confidences are written to three decimals, so that a last-bit difference never changes a file."""


class Part(StrEnum):
    """What of a record one CSV column shows."""

    FIELD = "field"
    AMOUNT = "nilai"
    UNIT = "satuan"
    TINGKAT = "tingkat"
    PAGE = "halaman"
    CONFIDENCE = "keyakinan"


@dataclass(frozen=True, slots=True)
class CsvColumn:
    """One column of a table's CSV; ``column`` is the table column it shows, ``None`` for the record's own traits."""

    name: str
    part: Part
    column: Column | None = None

    @property
    def is_number(self) -> bool:
        """Whether its fields are plain decimals."""
        if self.part is Part.FIELD:
            return self.column is not None and self.column.kind.is_number
        return self.part in (Part.AMOUNT, Part.CONFIDENCE)

    @property
    def title(self) -> str:
        """What the column shows, for people."""
        if self.column is None:
            return _TRAIT_TITLES[self.part]
        path = column_label(self.column)
        return path if self.part is Part.FIELD else f"{path} ({self.part.value})"


_TRAIT_TITLES = {
    Part.TINGKAT: "Tingkat baris",
    Part.PAGE: "Halaman pertama baris ini",
    Part.CONFIDENCE: "Keyakinan terendah pada baris ini (0-1)",
}


def csv_columns(table: Table) -> tuple[CsvColumn, ...]:
    """Return the columns of a table's CSV in contract order.

    Declared columns, then ``x_`` columns, then ``_nilai`` and ``_satuan`` of each quantity, then ``tingkat``,
    ``halaman`` and ``keyakinan``. Names are unique even when a printed header collides with one of ours.
    """
    fields = [c for c in table.columns if c.declared] + [c for c in table.columns if not c.declared]
    columns = [CsvColumn(column.key, Part.FIELD, column) for column in fields]
    for column in fields:
        if column.kind is Kind.KUANTITAS:
            columns.append(CsvColumn(f"{column.key}_nilai", Part.AMOUNT, column))
            columns.append(CsvColumn(f"{column.key}_satuan", Part.UNIT, column))
    columns.extend(CsvColumn(part.value, part) for part in (Part.TINGKAT, Part.PAGE, Part.CONFIDENCE))
    return tuple(_with_unique_names(columns))


def csv_rows(table: Table, columns: tuple[CsvColumn, ...]) -> Iterator[list[CsvCell]]:
    """Yield one row of cells per record."""
    for record in table.records:
        yield [_cell(record, column) for column in columns]


def _cell(record: Record, column: CsvColumn) -> CsvCell:
    match column.part:
        case Part.TINGKAT:
            return record.tingkat.value
        case Part.PAGE:
            return record.page
        case Part.CONFIDENCE:
            return rounded_confidence(record.confidence)
        case _:
            assert column.column is not None
            value = record.get(column.column.key)
            if column.part is Part.UNIT:
                return value.unit if value.number is not None else None
            return value.number if column.is_number else value.text


def rounded_confidence(confidence: float) -> Decimal:
    """Return a confidence as a decimal of three places."""
    return Decimal(str(confidence)).quantize(CONFIDENCE_PLACES)


def _with_unique_names(columns: list[CsvColumn]) -> Iterator[CsvColumn]:
    # Declared names and traits are promised by the contract, so only an x_ column gives way.
    taken = {c.name for c in columns if c.column is None or c.column.declared}
    for column in columns:
        if column.column is None or column.column.declared:
            yield column
            continue
        name, ordinal = column.name, 1
        while name in taken:
            ordinal += 1
            name = f"{column.name}_{ordinal}"
        taken.add(name)
        yield CsvColumn(name, column.part, column.column)
