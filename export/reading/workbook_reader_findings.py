"""The sheet ``Periksa`` read back: what was doubted, and what people said about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.utils.exceptions import CellCoordinatesException

from export.naming import column_label
from export.reading.workbook_reader_columns import Placed, list_rows
from export.review.verdict import Status
from export.sheets.findings_sheet import HEADERS
from export.sheets.styles import SEVERITY_LABELS
from extract.findings import Finding, Severity

SHEET = "Periksa"
_SEVERITIES = {label: severity for severity, label in SEVERITY_LABELS.items()}


@dataclass(frozen=True, slots=True)
class Ticket:
    """One line of the work list."""

    finding: Finding
    """As the workbook tells it: without a box, with the record's row at the time of writing."""
    status: Status


def read_tickets(book: Workbook, tables: Sequence[Placed]) -> tuple[Ticket, ...]:
    """Return the work list; lines without a code, as people add them, are left out."""
    if SHEET not in book.sheetnames:
        return ()
    by_sheet = {table.written_as: table for table in tables}
    return tuple(_tickets(list_rows(book, SHEET, HEADERS[0][0]), by_sheet))


def _tickets(rows: Iterator[Mapping[str, object]], by_sheet: Mapping[str, Placed]) -> Iterator[Ticket]:
    statuses = {status.value.casefold(): status for status in Status}
    for row in rows:
        texts = {title: "" if cell is None else str(cell).strip() for title, cell in row.items()}
        if not texts.get("Kode"):
            continue
        table = by_sheet.get(texts.get("Tabel", ""))
        page = texts.get("Hal. PDF", "")
        yield Ticket(
            Finding(
                code=texts["Kode"],
                severity=_SEVERITIES.get(texts.get("Jenis", ""), Severity.ERROR),
                message=texts.get("Masalah dan tindakan", ""),
                page=int(page) if page.isdigit() else None,
                table=table.name if table else texts.get("Tabel", ""),
                row=_row(texts.get("Sel", ""), table),
                column=_key(texts.get("Kolom", ""), table),
                printed=texts.get("Tertulis", ""),
                value=texts.get("Nilai", ""),
            ),
            # An unknown status is not trusted to be a decision.
            statuses.get(texts.get("Status", "").casefold(), Status.OPEN),
        )


def _row(cell: str, table: Placed | None) -> int | None:
    """Return the record a cell such as ``F12`` belongs to."""
    first = min((span.first for span in table.spans.values()), default=None) if table else None
    if first is None:
        return None
    try:
        row = coordinate_from_string(cell.upper())[1]
    except CellCoordinatesException:
        return None
    return row - first + 1 if row >= first else None


def _key(label: str, table: Placed | None) -> str:
    columns = table.columns if table else []
    return next((column.key for column in columns if column_label(column) == label), label)
