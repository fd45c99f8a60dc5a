"""The workbook of one document: summary, print-alike sheets, flat data, findings, left-over text, columns."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from xlsxwriter import Workbook

from export.errors import TooManyRowsError
from export.limits import MAX_SHEET_ROWS
from export.naming import sheet_name, table_label
from export.review.verdict import Verdict
from export.sheets.columns_sheet import SHEET as COLUMNS
from export.sheets.columns_sheet import write_columns_sheet
from export.sheets.data_sheet import SHEET as DATA
from export.sheets.data_sheet import write_data_sheet
from export.sheets.findings_sheet import write_findings_sheet
from export.sheets.leftovers_sheet import SHEET as LEFTOVERS
from export.sheets.leftovers_sheet import write_leftovers_sheet
from export.sheets.marks import table_marks
from export.sheets.sheet_layout import layout_tables, quoted
from export.sheets.styles import Styles
from export.sheets.summary_sheet import SHEET as SUMMARY
from export.sheets.summary_sheet import Summary, SummaryWriter
from export.sheets.table_sheet import write_table_sheet
from extract.findings import Finding
from normalize.form import TableForm
from normalize.model import Document
from schemas.outcome import RelationCount

FINDINGS = "Periksa"
RESERVED_ROWS = 100
"""Rows a sheet may need besides its records (titles and header)."""
FIXED_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""Date of creation written into every workbook, so that equal input gives equal bytes."""


def render_workbook(
    document: Document,
    findings: Sequence[Finding],
    catalogue: Iterable[TableForm],
    checks: Sequence[RelationCount] = (),
    verdicts: Mapping[str, Verdict] | None = None,
) -> bytes:
    """Return the workbook as bytes, the same for the same input.

    Raises :class:`~export.errors.TooManyRowsError` when a table is longer than a sheet.
    """
    for table in document.tables:
        if len(table.records) + RESERVED_ROWS > MAX_SHEET_ROWS:
            raise TooManyRowsError(table.title, len(table.records))
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    book.set_properties({"title": document.name, "author": "renja-tables", "created": FIXED_DATE.replace(tzinfo=None)})
    styles = Styles(book)
    catalogue = tuple(catalogue)
    layouts = layout_tables(document, _sheet_names(document), catalogue)
    summary = book.add_worksheet(SUMMARY)
    for layout in layouts:
        sheet = book.add_worksheet(layout.sheet)
        marks = table_marks(layout.table, document, findings)
        write_table_sheet(sheet, layout, marks, styles, f"internal:{quoted(SUMMARY)}!A1")
    told = Summary(document, tuple(findings), layouts, catalogue, tuple(checks))
    SummaryWriter(summary, styles).write(told, FINDINGS)
    write_data_sheet(book.add_worksheet(DATA), document, layouts, styles)
    write_findings_sheet(book.add_worksheet(FINDINGS), document, findings, layouts, styles, verdicts or {})
    write_leftovers_sheet(book.add_worksheet(LEFTOVERS), document.leftovers, styles)
    write_columns_sheet(book.add_worksheet(COLUMNS), layouts, styles)
    for layout in layouts:
        for name, cells in layout.defined_names():
            book.define_name(name, cells)
    book.close()
    return stream.getvalue()


def _sheet_names(document: Document) -> dict[int, str]:
    names: dict[int, str] = {}
    taken = [SUMMARY, DATA, FINDINGS, LEFTOVERS, COLUMNS]
    for index, table in enumerate(document.tables):
        names[index] = sheet_name(table_label(table.key), [*taken, *names.values()])
    return names
