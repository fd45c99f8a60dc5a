"""What the review page knows of a document, as compact JSON values: tables with their boxes, findings, corrections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from export.json_bytes import Json
from export.limits import limit_findings
from export.naming import column_label, table_label, table_name
from export.plain_number import plain
from export.review.corrections import CorrectionSet, shown_value
from export.review.record_file import Reading
from export.review.verdict import finding_id
from export.sheets.marks import table_of
from export.sheets.print_header import header_cells, header_rows
from export.wording import readable
from extract.findings import Finding, Severity
from extract.model import BBox
from extract.page_image import PageImage
from normalize.model import Column, Document, Record, Table, Value

_GRAVITY = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def pages_to_show(document: Document, findings: Iterable[Finding]) -> tuple[int, ...]:
    """Return the pages that hold tables or findings, ascending."""
    pages = {page for table in document.tables for page in table.pages}
    pages |= {
        source.page
        for table in document.tables
        for r in table.records
        for v in r.values.values()
        for source in v.sources
    }
    pages |= {finding.page for finding in findings if finding.page is not None}
    return tuple(sorted(pages))


def review_data(
    reading: Reading, pictures: Sequence[PageImage], applied: CorrectionSet | None = None
) -> Mapping[str, Json]:
    """Return the data of the page; ``applied`` are corrections of an earlier round, shown as already made."""
    document = reading.document
    findings = (*reading.findings, *limit_findings(document))
    ordered = sorted(findings, key=lambda f: (_GRAVITY.index(f.severity), f.page or 0))
    return {
        "name": document.name,
        "agency": document.agency,
        "year": document.year,
        "source": {"name": reading.source.name, "sha256": reading.source.sha256},
        "reading": reading.fingerprint,
        "tables": [_table(table) for table in document.tables],
        "findings": [_finding(finding, document) for finding in ordered],
        "pages": [
            {"n": picture.number, "w": round(picture.width, 2), "h": round(picture.height, 2)} for picture in pictures
        ],
        "applied": {
            "corrections": [asdict(entry) for entry in applied.corrections] if applied else [],
            "decisions": [asdict(entry) for entry in applied.decisions] if applied else [],
        },
    }


def _table(table: Table) -> Mapping[str, Json]:
    label = table_label(table.key) + (f" ({table.ordinal})" if table.ordinal > 1 else "")
    return {
        "name": table_name(table),
        "label": label,
        "title": " ".join(table.title.split()),
        "columns": [
            {"key": column.key, "title": column_label(column), "kind": column.kind.value} for column in table.columns
        ],
        "headerRows": header_rows(table),
        "header": [[c.row, c.column, c.row_span, c.column_span, c.text] for c in header_cells(table)],
        "records": [_record(record, table.columns) for record in table.records],
    }


def _record(record: Record, columns: Sequence[Column]) -> Mapping[str, Json]:
    pages = {record.page} | {source.page for value in record.values.values() for source in value.sources}
    return {
        "level": record.tingkat.value,
        "bold": record.bold,
        "pages": sorted(pages),
        "cells": [_cell(column, record.get(column.key)) for column in columns],
    }


def _cell(column: Column, value: Value) -> Json:
    """Return a field without what is usual: 0 for a blank one, no printed text where it equals the value."""
    shown, raw = shown_value(column, value), value.raw
    cell: dict[str, Json] = {}
    if shown:
        cell["v"] = shown
    if raw and raw != shown:
        cell["raw"] = raw
    if value.confidence < 1:
        cell["sure"] = round(value.confidence, 3)
    if value.alternatives:
        if value.number is not None and shown != plain(value.number):
            cell["number"] = plain(value.number)
        cell["others"] = [plain(number) for number in value.alternatives]
    if value.sources:
        cell["at"] = [[source.page, *_box(source.bbox)] for source in value.sources]
    return cell or 0


def _finding(finding: Finding, document: Document) -> Mapping[str, Json]:
    table = table_of(finding, document)
    index = next((i for i, known in enumerate(document.tables) if known is table), None)
    row = finding.row if table is not None and finding.row and finding.row <= len(table.records) else None
    keys = [column.key for column in table.columns] if table is not None else []
    return {
        "id": finding_id(finding),
        "code": finding.code,
        "severity": finding.severity.value,
        "message": readable(finding.message, document, table.key if table is not None else ""),
        "page": finding.page,
        "box": None if finding.bbox is None else _box(finding.bbox),
        "table": index,
        "row": row,
        "column": keys.index(finding.column) if finding.column in keys else None,
        "printed": " ".join(finding.printed.split()),
        "value": finding.value,
    }


def _box(box: BBox) -> list[float]:
    return [round(edge, 1) for edge in (box.x0, box.top, box.x1, box.bottom)]
