"""Every grid of a document as drawn, known or not: JSON with spans, one CSV a grid, one workbook.

The JSON form is described in :mod:`extract.raw`.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from xlsxwriter import Workbook

from export.csv_profile import CsvProfile, render_csv
from export.json_bytes import json_bytes
from export.sheets.cell_writer import sheet_text
from export.sheets.workbook import FIXED_DATE
from extract.model import Grid, PageContent
from extract.raw import raw_document

WORKBOOK_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def render_raw_tables(contents: Sequence[PageContent], profile: CsvProfile) -> Mapping[str, bytes]:
    """Return ``mentah.json``, ``mentah.xlsx`` and one ``mentah_h<page>_<n>.csv`` per grid.

    In a CSV a spanning cell fills its first place only; its header row numbers the columns, since what the table's own
    header is nobody has declared.
    """
    grids = {f"h{grid.page}_{n}": grid for page in contents for n, grid in enumerate(page.grids, start=1)}
    files = {"mentah.json": json_bytes(raw_document(contents)), "mentah.xlsx": _workbook(grids)}
    for name, grid in grids.items():
        header = [f"kolom_{number}" for number in range(1, grid.columns + 1)]
        files[f"mentah_{name}.csv"] = render_csv(header, _texts(grid), profile)
    return files


def _texts(grid: Grid) -> list[list[str]]:
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


def _workbook(grids: Mapping[str, Grid]) -> bytes:
    """Return a workbook with one sheet per grid, spans merged, all cells text."""
    stream = io.BytesIO()
    book = Workbook(stream, WORKBOOK_OPTIONS)
    book.set_properties({"author": "renja-tables", "created": FIXED_DATE.replace(tzinfo=None)})
    look = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    for name, grid in grids.items():
        sheet = book.add_worksheet(name)
        for cell in grid.cells:
            text = sheet_text(cell.text)
            if cell.row_span == cell.column_span == 1:
                sheet.write_string(cell.row, cell.column, text, look)
            else:
                last_row, last_column = cell.row + cell.row_span - 1, cell.column + cell.column_span - 1
                sheet.merge_range(cell.row, cell.column, last_row, last_column, "", look)
                sheet.write_string(cell.row, cell.column, text, look)
    if not grids:
        book.add_worksheet("tanpa tabel")
    book.close()
    return stream.getvalue()
