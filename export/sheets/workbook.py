"""The workbook of one document: summary, print-alike sheets, flat data, findings, left-over text, columns."""

from __future__ import annotations

import gc
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import IO
from zipfile import ZipFile, ZipInfo

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from export.errors import TooManyRowsError
from export.limits import MAX_SHEET_ROWS
from export.naming import sheet_name, table_label
from export.rendered_files import chunks_of
from export.review.verdict import Verdict
from export.sheets.columns_sheet import SHEET as COLUMNS
from export.sheets.columns_sheet import write_columns_sheet
from export.sheets.data_sheet import SHEET as DATA
from export.sheets.data_sheet import write_data_sheet
from export.sheets.findings_sheet import write_findings_sheet
from export.sheets.leftovers_sheet import SHEET as LEFTOVERS
from export.sheets.leftovers_sheet import write_leftovers_sheet
from export.sheets.long_workbook import LongWorkbook
from export.sheets.marks import findings_by_table, table_marks
from export.sheets.sheet_layout import layout_tables, quoted
from export.sheets.styles import Styles
from export.sheets.summary_sheet import SHEET as SUMMARY
from export.sheets.summary_sheet import Summary, SummaryWriter
from export.sheets.table_sheet import write_table_sheet
from extract.findings import Finding
from extract.shelf import ShelfFullError
from normalize.form import TableForm
from normalize.model import Document
from schemas.outcome import RelationCount

FINDINGS = "Periksa"
RESERVED_ROWS = 100
"""Rows a sheet may need besides its records (titles and header)."""
FIXED_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""Date of creation written into every workbook, so that equal input gives equal bytes."""
IN_MEMORY_RECORDS = 2_000
"""Records up to which the sheets are put together in memory, beyond on disk."""
SPOOLED_BYTES = 1 << 20
"""Bytes of a workbook that are held in memory."""
FIRST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""Date of every file in the archive, the first it can tell."""


def workbook_chunks(
    document: Document,
    findings: Sequence[Finding],
    catalogue: Iterable[TableForm],
    checks: Sequence[RelationCount] = (),
    verdicts: Mapping[str, Verdict] | None = None,
) -> Iterator[bytes]:
    """Yield the bytes of the workbook, the same for the same input.

    Raises :class:`~export.errors.TooManyRowsError` when a table is longer than a sheet.
    """
    for table in document.tables:
        if len(table.records) + RESERVED_ROWS > MAX_SHEET_ROWS:
            raise TooManyRowsError(table.title, len(table.records))
    in_memory = sum(len(table.records) for table in document.tables) <= IN_MEMORY_RECORDS
    with _scratch() as written, _scratch() as dated:
        try:
            book = Workbook(written, {"in_memory": True}) if in_memory else LongWorkbook(written)
            _fill(book, document, findings, tuple(catalogue), checks, verdicts or {})
            if not in_memory:
                del book
                gc.collect()  # XlsxWriter's objects refer to each other: they would stay while all else is written
                _with_fixed_dates(written, dated)
        except (OSError, FileCreateError) as error:
            raise ShelfFullError(str(error)) from error
        yield from chunks_of(written if in_memory else dated)


def _scratch() -> tempfile.SpooledTemporaryFile[bytes]:
    return tempfile.SpooledTemporaryFile(SPOOLED_BYTES, prefix="renja-")


def _fill(
    book: Workbook,
    document: Document,
    findings: Sequence[Finding],
    catalogue: tuple[TableForm, ...],
    checks: Sequence[RelationCount],
    verdicts: Mapping[str, Verdict],
) -> None:
    """Write every sheet and close the workbook."""
    book.set_properties({"title": document.name, "author": "renja-tables", "created": FIXED_DATE.replace(tzinfo=None)})
    styles = Styles(book)
    layouts = layout_tables(document, _sheet_names(document), catalogue)
    summary = book.add_worksheet(SUMMARY)
    told_of = findings_by_table(document, findings)
    for layout in layouts:
        marks = table_marks(layout.table, document, told_of.get(id(layout.table), ()))
        write_table_sheet(book.add_worksheet(layout.sheet), layout, marks, styles, f"internal:{quoted(SUMMARY)}!A1")
    told = Summary(document, tuple(findings), layouts, catalogue, tuple(checks))
    SummaryWriter(summary, styles).write(told, FINDINGS)
    write_data_sheet(book.add_worksheet(DATA), document, layouts, styles)
    write_findings_sheet(book.add_worksheet(FINDINGS), document, findings, layouts, styles, verdicts)
    write_leftovers_sheet(book.add_worksheet(LEFTOVERS), document.leftovers, styles)
    write_columns_sheet(book.add_worksheet(COLUMNS), layouts, styles)
    for layout in layouts:
        for name, cells in layout.defined_names():
            book.define_name(name, cells)
    book.close()


def _with_fixed_dates(written: IO[bytes], dated: IO[bytes]) -> None:
    """Copy a workbook without what XlsxWriter takes from its temporary files: dates and permissions."""
    with ZipFile(written) as source, ZipFile(dated, "w") as target:
        for entry in source.infolist():
            copy = ZipInfo(entry.filename, FIRST_ZIP_DATE)
            copy.compress_type, copy.file_size = entry.compress_type, entry.file_size
            with source.open(entry) as data, target.open(copy, "w") as place:
                shutil.copyfileobj(data, place)


def _sheet_names(document: Document) -> dict[int, str]:
    names: dict[int, str] = {}
    taken = [SUMMARY, DATA, FINDINGS, LEFTOVERS, COLUMNS]
    for index, table in enumerate(document.tables):
        names[index] = sheet_name(table_label(table.key), [*taken, *names.values()])
    return names
