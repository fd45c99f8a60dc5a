"""Doubts as they appear on cells: a fill for the gravest one and a note that tells them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from export.naming import table_name
from export.plain_number import plain
from export.review.verdict import CORRECTED_RULE
from export.wording import readable
from extract.findings import Finding, Severity
from normalize.model import Document, Record, Table, Value

DOUBTFUL_BELOW = 0.8
"""Confidence under which a cell is marked even when no finding names it."""
MAX_NOTE_CHARS = 1_500
"""Characters of a note that still fit its box."""

_GRAVITY = (Severity.INFO, Severity.WARNING, Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a cell in doubt carries."""

    severity: Severity
    note: str
    corrected: bool = False
    """A person typed the value."""


def table_of(finding: Finding, document: Document) -> Table | None:
    """Return the table a finding speaks of; of several of one kind, the one printed on its page."""
    for table in document.tables:
        if finding.table == table_name(table) and (finding.page is None or finding.page in table.pages):
            return table
    same_kind = [table for table in document.tables if finding.table in (table.key, table_name(table))]
    return next((table for table in same_kind if finding.page in table.pages), same_kind[0] if same_kind else None)


def findings_by_table(document: Document, findings: Iterable[Finding]) -> Mapping[int, Sequence[Finding]]:
    """Return the findings that speak of each table, by the identity of the table."""
    spoken: dict[int, list[Finding]] = {}
    for finding in findings:
        table = table_of(finding, document) if finding.row is not None else None
        if table is not None:
            spoken.setdefault(id(table), []).append(finding)
    return spoken


def table_marks(table: Table, document: Document, findings: Iterable[Finding]) -> Mapping[tuple[int, str], Mark]:
    """Return the marks of a table by (0-based record, column key); ``findings`` speak of it.

    A finding about a whole row stands on the row's first column; one about a whole table marks no cell.
    """
    spoken: dict[tuple[int, str], list[Finding]] = {}
    keys = {column.key for column in table.columns}
    for finding in findings:
        if finding.row is None or not 1 <= finding.row <= len(table.records):
            continue
        key = finding.column if finding.column in keys else table.columns[0].key
        told = replace(finding, message=readable(finding.message, document, table.key))
        spoken.setdefault((finding.row - 1, key), []).append(told)
    marks: dict[tuple[int, str], Mark] = {}
    for index, record in enumerate(table.records):
        for column in table.columns:
            said = spoken.get((index, column.key), [])
            value = record.get(column.key)
            if said or value.confidence < DOUBTFUL_BELOW or value.alternatives:
                severity = max((finding.severity for finding in said), key=_GRAVITY.index, default=Severity.INFO)
                marks[index, column.key] = Mark(severity, _note(record, value, said), value.rule == CORRECTED_RULE)
    return marks


def _note(record: Record, value: Value, findings: Sequence[Finding]) -> str:
    printed = " ".join((value.raw or next((f.printed for f in findings if f.printed), "")).split())
    pages = sorted({source.page for source in value.sources}) or [record.page]
    lines = [f"Tertulis: {printed or '(kosong)'}", f"Halaman PDF: {', '.join(map(str, pages))}"]
    if value.number is not None:
        lines.append(f"Dibaca: {plain(value.number)}")
    if value.alternatives:
        lines.append("Kemungkinan lain: " + "; ".join(plain(number) for number in value.alternatives))
    if value.confidence < 1:
        lines.append(f"Keyakinan: {value.confidence:.0%}")
    lines += [f"{finding.code}: {finding.message}" for finding in findings]
    return "\n".join(lines)[:MAX_NOTE_CHARS]
