"""Corrections a person made on the review page: read strictly, merged, and put into a document.

A corrected value keeps the printed text and its place; only what was made of the print changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from export.naming import table_name
from export.plain_number import plain
from export.review.verdict import CORRECTED_RULE, Status, Verdict, finding_id, to_the_minute
from export.sheets.marks import table_of
from extract.finding_codes import finding
from extract.findings import Finding
from normalize.form import Kind
from normalize.model import Column, Document, Record, Table, Value
from normalize.numbers.quantity import read_quantity
from normalize.numbers.read import Notation
from schemas.figures import rupiah

CORRECTED_CODE = "RJ-FIX-004"

Place = tuple[str, int, str]
"""Table name, 1-based record number, column key."""

_NUMBER = re.compile(r"-?\d{1,24}(\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Correction:
    """One field as a person typed it."""

    table: str
    """Table name, as its CSV: ``iii_1``, ``iii_1_2``."""
    row: int
    """1-based record number."""
    column: str
    before: str
    """The value it replaces: a plain decimal in number columns, else the text."""
    after: str
    """The new value in the same form; empty for a blank field."""
    who: str
    when: str
    why: str = ""

    @property
    def place(self) -> Place:
        """The field it is about."""
        return self.table, self.row, self.column

    @property
    def changes(self) -> bool:
        """Whether it changes anything; one that does not takes an earlier one back."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said about one finding without changing a value."""

    finding: str
    """Its name, see :func:`export.review.verdict.finding_id`."""
    status: Status
    who: str
    when: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionSet:
    """All that was said about one reading of one PDF."""

    source_sha256: str
    reading: str
    """:attr:`export.review.record_file.Reading.fingerprint`."""
    corrections: tuple[Correction, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def merged(self, later: CorrectionSet) -> CorrectionSet:
        """Return both sets as one; about the same field or finding the later word counts, and may take it back."""
        corrections = {entry.place: entry for entry in (*self.corrections, *later.corrections)}
        decisions = {entry.finding: entry for entry in (*self.decisions, *later.decisions)}
        return replace(
            later,
            corrections=tuple(corrections[place] for place in sorted(corrections) if corrections[place].changes),
            decisions=tuple(decisions[name] for name in sorted(decisions) if decisions[name].status is not Status.OPEN),
        )


@dataclass(frozen=True, slots=True)
class Corrected:
    """A document after corrections."""

    document: Document
    findings: tuple[Finding, ...]
    """The doubts of reading that still stand, then one finding for each correction."""
    verdicts: Mapping[str, Verdict]
    """By :func:`export.review.verdict.finding_id`."""


class CorrectionMismatchError(ValueError):
    """A correction does not fit the document it should be put into."""


def shown_value(column: Column, value: Value) -> str:
    """Return a field as corrections name it: a plain decimal in number columns, else the text."""
    if column.kind.is_number:
        return "" if value.number is None else plain(value.number)
    return value.text


def apply_corrections(document: Document, doubts: Sequence[Finding], corrections: CorrectionSet) -> Corrected:
    """Return the document with every correction put in; ``doubts`` are the findings of its reading.

    A doubt about a corrected field is settled: the finding of the correction takes its place and names its code.
    Raises :class:`CorrectionMismatchError` for a field that does not exist, holds another value than the correction
    replaces, or cannot take the new one.
    """
    tables = {table_name(table): table for table in document.tables}
    by_table: dict[str, list[Correction]] = {}
    for entry in corrections.corrections:
        by_table.setdefault(entry.table, []).append(entry)
    if unknown := by_table.keys() - tables.keys():
        raise CorrectionMismatchError(f"there is no table {min(unknown)}")
    changed = {name: _corrected_table(tables[name], entries) for name, entries in by_table.items()}
    document = replace(document, tables=tuple(changed.get(table_name(table), table) for table in document.tables))

    settled: dict[Place, list[str]] = {}
    standing: list[Finding] = []
    places = {entry.place for entry in corrections.corrections}
    for doubt in doubts:
        table = table_of(doubt, document)
        place = (table_name(table), doubt.row or 0, doubt.column) if table else None
        if place is not None and place in places:
            settled.setdefault(place, []).append(doubt.code)
        else:
            standing.append(doubt)
    verdicts = {
        entry.finding: Verdict(entry.status, entry.who, entry.when, entry.why) for entry in corrections.decisions
    }
    told = []
    for entry in corrections.corrections:
        report = _report(tables[entry.table], entry, settled.get(entry.place, ()))
        told.append(report)
        verdicts[finding_id(report)] = Verdict(Status.CORRECTED, entry.who, entry.when, entry.why)
    return Corrected(document, (*standing, *told), verdicts)


def _corrected_table(table: Table, entries: Iterable[Correction]) -> Table:
    columns = {column.key: column for column in table.columns}
    records = list(table.records)
    for entry in entries:
        if not 1 <= entry.row <= len(records):
            raise CorrectionMismatchError(f"table {entry.table} has no row {entry.row}")
        if entry.column not in columns:
            raise CorrectionMismatchError(f"table {entry.table} has no column {entry.column}")
        record, column = records[entry.row - 1], columns[entry.column]
        value = record.get(entry.column)
        if shown_value(column, value) != entry.before:
            raise CorrectionMismatchError(
                f"table {entry.table}, row {entry.row}, column {entry.column}: holds "
                f"'{shown_value(column, value)}', but the correction replaces '{entry.before}'"
            )
        records[entry.row - 1] = _corrected_record(record, column, _corrected_value(column, value, entry))
    return replace(table, records=tuple(records))


def _corrected_value(column: Column, value: Value, entry: Correction) -> Value:
    sure = replace(value, rule=CORRECTED_RULE, confidence=1.0, alternatives=(), unit="", number=None)
    if column.kind.is_number:
        if not entry.after:
            return replace(sure, text="")
        if not _NUMBER.fullmatch(entry.after):
            raise CorrectionMismatchError(
                f"table {entry.table}, row {entry.row}, column {entry.column}: '{entry.after}' is no plain decimal"
            )
        return replace(sure, text=entry.after, number=Decimal(entry.after))
    if column.kind is Kind.KUANTITAS:
        quantity = read_quantity(entry.after, Notation.ID)
        # A person can type what has two readings, too; then the cell stays doubtful.
        return replace(
            sure,
            text=entry.after,
            number=quantity.value,
            unit=quantity.unit,
            confidence=quantity.confidence,
            alternatives=quantity.alternatives,
        )
    return replace(sure, text=entry.after)


def _corrected_record(record: Record, column: Column, value: Value) -> Record:
    values = {**record.values, column.key: value}
    lowest_before = min((field.confidence for field in record.values.values()), default=1.0)
    lowest = min(field.confidence for field in values.values())
    # A row doubted for more than its fields (a join over a page break) keeps that doubt.
    confidence = lowest if record.confidence == lowest_before else record.confidence
    return replace(record, values=values, confidence=confidence)


def _report(table: Table, entry: Correction, settled: Sequence[str]) -> Finding:
    record = table.records[entry.row - 1]
    value = record.get(entry.column)
    source = value.sources[0] if value.sources else None
    column = next(column for column in table.columns if column.key == entry.column)
    before, after = (_told(column, said) for said in (entry.before, entry.after))
    detail = f"semula {before}, menjadi {after}, oleh {entry.who} ({to_the_minute(entry.when)})"
    if entry.why:
        detail += f", alasan: {entry.why}"
    if settled:
        detail += f", menjawab {', '.join(dict.fromkeys(settled))}"
    return finding(
        CORRECTED_CODE,
        detail,
        page=source.page if source else record.page,
        bbox=source.bbox if source else None,
        table=entry.table,
        row=entry.row,
        column=entry.column,
        printed=value.raw,
        value=entry.after,
    )


def _told(column: Column, said: str) -> str:
    """Return a value as people read it."""
    if not said:
        return "(kosong)"
    return rupiah(Decimal(said)) if column.kind.is_number else said
