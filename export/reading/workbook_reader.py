"""Our own workbook back to a document, after people worked in it.

Columns are found by their defined names, so inserted rows and columns, renamed sheets and new sort orders of sheets do
no harm. What a workbook does not carry stays empty: boxes, the pages' reports, the tables of no known kind, and the
print of numbers, for which their plain form stands.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from export.reading.read_errors import NotOurOutputError
from export.reading.workbook_reader_cells import Shown, quantity_notation, read_cell
from export.reading.workbook_reader_columns import Placed, placed_tables
from export.reading.workbook_reader_findings import Ticket, read_tickets
from export.reading.workbook_reader_summary import read_facts, read_leftovers
from export.sheets.range_names import trait_key
from export.sheets.sheet_layout import TITLE_ROW
from extract.finding_codes import finding
from extract.findings import Finding
from normalize.form import Kind
from normalize.model import Column, Document, Record, Table, Tingkat, Value

_NOTE_PRINTED = re.compile(r"^Tertulis: (.*)$", re.MULTILINE)
_BLANK_PRINT = "(kosong)"
_LEVELS = {level.value: level for level in Tingkat}


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What one of our outputs holds now."""

    document: Document
    problems: tuple[Finding, ...]
    """What could not be read back as it should."""
    tickets: tuple[Ticket, ...]
    """The work list with what people said."""
    cells: Mapping[tuple[str, int, str], str]
    """Cell (``III.1!F12``) by table name, 1-based record and column key; empty for a folder of CSVs."""


@dataclass(frozen=True, slots=True)
class _Books:
    """A workbook twice: as its formulas, and as their stored results."""

    formulas: Workbook
    results: Workbook


def read_workbook(path: Path) -> ReadBack:
    """Return the document of one of our workbooks; raise :class:`~export.reading.read_errors.NotOurOutputError`."""
    books = _load(path)
    placed = placed_tables(books.results)
    if not placed:
        raise NotOurOutputError(path, "it lists no columns: its sheet 'Kolom' is missing or empty")
    problems: list[Finding] = []
    cells: dict[tuple[str, int, str], str] = {}
    facts = read_facts(books.results)
    tables = []
    for table in placed:
        if not table.sheet:
            problems.append(finding("RJ-BACA-008", table.written_as, table=table.name))
            continue
        reader = _TableReader(books, table, problems, cells)
        pages, confidence = facts.tables.get(table.written_as, ((), 1.0))
        tables.append(reader.read(pages, confidence))
    document = Document(
        name=facts.name or path.stem,
        tables=tuple(tables),
        unknown=(),
        leftovers=tuple(read_leftovers(books.results)),
        findings=(),
        pages=(),
        agency=facts.agency,
        year=facts.year,
    )
    return ReadBack(document, tuple(problems), read_tickets(books.results, placed), cells)


class _TableReader:
    """Reads the rows of one table."""

    def __init__(
        self, books: _Books, placed: Placed, problems: list[Finding], cells: dict[tuple[str, int, str], str]
    ) -> None:
        self._placed = placed
        self._formulas: Worksheet = books.formulas[placed.sheet]
        self._results: Worksheet = books.results[placed.sheet]
        self._problems = problems
        self._cells = cells
        self._name = placed.name

    def read(self, pages: tuple[int, ...], confidence: float) -> Table:
        """Return the table; what is wrong goes to the problems."""
        columns = tuple(column for column in self._placed.columns if column.key in self._placed.spans)
        for column in self._placed.missing:
            self._problems.append(finding("RJ-BACA-007", column.title, table=self._name, column=column.key))
        notations = {
            column.key: quantity_notation(
                str(cell) for row in self._rows() if isinstance(cell := self._result(column.key, row), str)
            )
            for column in columns
            if column.kind is Kind.KUANTITAS
        }
        records: list[Record] = []
        for row in self._rows():
            if all(self._result(key, row) is None for key in (*(c.key for c in columns), trait_key("tingkat"))):
                continue  # a blank row somebody left
            values: dict[str, Value] = {}
            for column in columns:
                value, code = read_cell(column, self._shown(column.key, row), notations.get(column.key))
                self._cells[self._name, len(records) + 1, column.key] = self._address(column.key, row)
                if value.raw or value.text:
                    values[column.key] = value
                if code:
                    self._problems.append(self._problem(code, len(records) + 1, column, value, row))
            records.append(self._record(row, values, columns, records))
        return Table(
            key=self._placed.key,
            title=self._title(),
            columns=columns,
            records=tuple(records),
            pages=pages or tuple(sorted({record.page for record in records})),
            ordinal=self._placed.ordinal,
            confidence=confidence,
        )

    def _rows(self) -> Iterator[int]:
        """Yield the sheet's rows of the table; rows typed right below the last one belong to it."""
        spans = self._placed.spans.values()
        first, last = min(span.first for span in spans), max(span.last for span in spans)
        yield from range(first, last + 1)
        keys = [column.key for column in self._placed.columns if column.key in self._placed.spans]
        row = last + 1
        while row <= self._results.max_row and any(self._result(key, row) is not None for key in keys):
            yield row
            row += 1

    def _record(self, row: int, values: dict[str, Value], columns: tuple[Column, ...], above: list[Record]) -> Record:
        told = str(self._trait("tingkat", row) or "").strip().casefold().replace(" ", "_")
        tingkat = _LEVELS.get(told)
        if tingkat is None:
            tingkat = Tingkat.BARIS
            self._problems.append(
                finding(
                    "RJ-BACA-003",
                    f"{self._placed.sheet} baris {row}",
                    table=self._name,
                    row=len(above) + 1,
                    column=columns[0].key if columns else "",
                    printed=told,
                )
            )
        page, confidence = self._trait("halaman", row), self._trait("keyakinan", row)
        return Record(
            values=values,
            tingkat=tingkat,
            page=int(page) if isinstance(page, (int, float)) else above[-1].page if above else 1,
            confidence=float(confidence) if isinstance(confidence, (int, float)) else 1.0,
        )

    def _title(self) -> str:
        lines = []
        for row in range(TITLE_ROW + 1, min(span.first for span in self._placed.spans.values())):
            text = self._results.cell(row, 1).value
            if text is None:
                break
            lines.append(str(text))
        return "\n".join(lines)

    def _problem(self, code: str, record: int, column: Column, value: Value, row: int) -> Finding:
        detail = f"{self._placed.sheet} {self._address(column.key, row).rpartition('!')[2]}"
        number = "" if value.number is None else f"{value.number:f}"
        return finding(
            code, detail, table=self._name, row=record, column=column.key, printed=value.text or value.raw, value=number
        )

    def _shown(self, key: str, row: int) -> Shown:
        span = self._placed.spans[key]
        cell: Cell = self._formulas.cell(row, span.column)
        note = _NOTE_PRINTED.search(cell.comment.text) if cell.comment else None
        printed = note[1].strip() if note and note[1].strip() != _BLANK_PRINT else ""
        return Shown(
            content=self._result(key, row),
            is_formula=cell.data_type == "f",
            is_percent="%" in (cell.number_format or ""),
            printed=printed,
        )

    def _result(self, key: str, row: int) -> object:
        span = self._placed.spans.get(key)
        return self._results.cell(row, span.column).value if span else None

    def _trait(self, trait: str, row: int) -> object:
        return self._result(trait_key(trait), row)

    def _address(self, key: str, row: int) -> str:
        return f"{self._placed.sheet}!{get_column_letter(self._placed.spans[key].column)}{row}"


def _load(path: Path) -> _Books:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotOurOutputError(path, error.strerror or str(error)) from error
    try:
        return _Books(load_workbook(io.BytesIO(data)), load_workbook(io.BytesIO(data), data_only=True))
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise NotOurOutputError(path, "it is no xlsx workbook, or damaged") from error
