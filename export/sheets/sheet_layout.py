"""Where things stand on a table's sheet; computed before anything is written, so that sheets can link to cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell

from export.sheets.cell_writer import sheet_text
from export.sheets.column_widths import column_widths
from export.sheets.print_header import header_cells, header_rows, numbering_header_row, numbering_row
from export.sheets.range_names import TRAITS, range_names, trait_key
from normalize.form import TableForm
from normalize.model import Document, HeaderCell, Table, Tingkat

TITLE_ROW = 1
"""Row of the first title line; the row above holds our links."""


@dataclass(frozen=True, slots=True)
class TableLayout:
    """The places of one table on its sheet (rows and columns 0-based)."""

    table: Table
    sheet: str
    title: tuple[str, ...]
    header: tuple[HeaderCell, ...]
    header_rows: int
    numbering: tuple[str, ...]
    """Numbering texts to be written below the header; empty when the printed header already holds them."""
    numbering_header_row: int | None
    """Header row that is the printed numbering."""
    level_column: int | None
    widths: tuple[float, ...]

    @property
    def header_row(self) -> int:
        """First row of the header."""
        return TITLE_ROW + len(self.title) + 1

    @property
    def first_record_row(self) -> int:
        """Row of the first record."""
        return self.header_row + self.header_rows + bool(self.numbering)

    @property
    def last_row(self) -> int:
        """Last row that holds anything."""
        return self.first_record_row + len(self.table.records) - 1

    @property
    def page_column(self) -> int:
        """Column beside the table that tells the page of the PDF."""
        return len(self.table.columns) + 1

    @property
    def tingkat_column(self) -> int:
        """Column that tells the level of each row."""
        return self.page_column + 1

    @property
    def confidence_column(self) -> int:
        """Column that tells the lowest confidence of each row."""
        return self.page_column + 2

    def defined_names(self) -> Iterator[tuple[str, str]]:
        """Yield (name, range) for each column of the table and each of ours, over the rows of the records."""
        places = dict(
            zip(map(trait_key, TRAITS), (self.page_column, self.tingkat_column, self.confidence_column), strict=True)
        )
        places |= {column.key: index for index, column in enumerate(self.table.columns)}
        last = max(self.first_record_row, self.last_row)
        for key, name in range_names(self.table).items():
            cells = xl_range_abs(self.first_record_row, places[key], last, places[key])
            yield name, f"={quoted(self.sheet)}!{cells}"

    def column_of(self, key: str) -> int | None:
        """Return the sheet column of a table column."""
        return next((index for index, column in enumerate(self.table.columns) if column.key == key), None)

    def link(self, record: int | None = None, key: str = "") -> str:
        """Return an internal link to the sheet, a record (0-based), or one of its cells."""
        row = 0 if record is None else self.first_record_row + record
        cell = xl_rowcol_to_cell(row, self.column_of(key) or 0)
        return f"internal:{quoted(self.sheet)}!{cell}"

    def ranges(self, column: int, spans: Iterable[tuple[int, int]]) -> str:
        """Return record spans of one column as the arguments of a SUM."""
        first = self.first_record_row
        return ",".join(
            xl_range(first + start, column, first + end, column)
            if end > start
            else xl_rowcol_to_cell(first + start, column)
            for start, end in spans
        )


def quoted(sheet: str) -> str:
    """Return a sheet name as formulas and links want it."""
    return "'" + sheet.replace("'", "''") + "'"


def layout_tables(
    document: Document, sheets: Mapping[int, str], catalogue: Iterable[TableForm]
) -> tuple[TableLayout, ...]:
    """Return the layout of each table; ``sheets`` names the sheet of each by position."""
    forms = {form.key: form for form in catalogue}
    return tuple(_layout(table, sheets[index], forms.get(table.key)) for index, table in enumerate(document.tables))


def indents(table: Table) -> Mapping[Tingkat, int]:
    """Return how far each level is indented: one step per level the table really has."""
    order = (Tingkat.URUSAN, Tingkat.BIDANG_URUSAN, Tingkat.PROGRAM, Tingkat.KEGIATAN, Tingkat.SUB_KEGIATAN)
    present = {record.tingkat for record in table.records}
    steps = [level for level in order if level in present]
    return {level: step for step, level in enumerate(steps)}


def _layout(table: Table, sheet: str, form: TableForm | None) -> TableLayout:
    wanted = form.level_column if form else "uraian"
    keys = [column.key for column in table.columns]
    header = header_cells(table)
    return TableLayout(
        table=table,
        sheet=sheet,
        title=tuple(line.strip() for line in sheet_text(table.title).split("\n") if line.strip()) or (sheet,),
        header=header,
        header_rows=header_rows(table),
        numbering=numbering_row(table),
        numbering_header_row=numbering_header_row(table),
        level_column=keys.index(wanted) if wanted in keys else None,
        widths=column_widths(table, header),
    )
