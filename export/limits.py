"""What a spreadsheet cannot hold, reported before anything is written so that nothing is lost in silence.

The limits are those of Microsoft's "Excel specifications and limits"; the CSVs keep the whole value.
"""

from __future__ import annotations

from collections.abc import Iterator

from export.naming import table_name
from export.plain_number import EXCEL_DIGITS, fits_excel, plain, significant_digits
from export.plain_text import unprintable_count
from extract.finding_codes import finding
from extract.findings import Finding
from normalize.model import Document, Record, Table, Value

MAX_CELL_CHARS = 32_767
"""Characters in one cell."""
MAX_CELL_LINE_FEEDS = 253
"""Line feeds in one cell."""
MAX_SHEET_ROWS = 1_048_576
"""Rows of one sheet."""

CODE_PRECISION = "RJ-EXPORT-001"
CODE_LONG_TEXT = "RJ-EXPORT-002"
CODE_UNPRINTABLE = "RJ-EXPORT-003"

CUT_MARK = " … [terpotong; teks lengkap ada di CSV]"
"""Closes a text that was cut to fit a cell."""


def limit_findings(document: Document) -> tuple[Finding, ...]:
    """Return a finding for each value the workbook shows otherwise than the CSV."""
    return tuple(
        finding
        for table in document.tables
        for number, record in enumerate(table.records, start=1)
        for finding in _record_findings(table, number, record)
    )


def fit_text(text: str) -> str:
    """Return ``text`` as a cell can hold it: line feeds beyond the limit become spaces, the end is cut."""
    if text.count("\n") > MAX_CELL_LINE_FEEDS:
        lines = text.split("\n")
        kept = MAX_CELL_LINE_FEEDS + 1
        text = "\n".join([*lines[: kept - 1], " ".join(lines[kept - 1 :])])
    if len(text) > MAX_CELL_CHARS:
        text = text[: MAX_CELL_CHARS - len(CUT_MARK)] + CUT_MARK
    return text


def _record_findings(table: Table, number: int, record: Record) -> Iterator[Finding]:
    for column in table.columns:
        value = record.get(column.key)
        for code, detail in _value_problems(value):
            source = value.sources[0] if value.sources else None
            yield finding(
                code,
                detail,
                page=source.page if source else record.page,
                bbox=source.bbox if source else None,
                table=table_name(table),
                row=number,
                column=column.key,
                printed=value.raw if code == CODE_PRECISION else "",
                value=plain(value.number) if code == CODE_PRECISION and value.number is not None else "",
            )


def _value_problems(value: Value) -> Iterator[tuple[str, str]]:
    """Yield the finding code and what is particular to this value."""
    if value.number is not None and not fits_excel(value.number):
        yield CODE_PRECISION, f"{significant_digits(value.number)} digit, Excel menyimpan {EXCEL_DIGITS}"
    if len(value.text) > MAX_CELL_CHARS:
        yield CODE_LONG_TEXT, f"{len(value.text)} huruf, satu sel memuat {MAX_CELL_CHARS}"
    if count := unprintable_count(value.text):
        yield CODE_UNPRINTABLE, f"{count} karakter"
