"""The print-alike sheet of one table: title, merged header, numbering, typed and bordered cells, print set-up."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from xlsxwriter.worksheet import Worksheet

from export.hierarchy import children_of
from export.page_spans import page_spans
from export.sheets.cell_writer import CellWriter, sheet_text
from export.sheets.column_widths import INDENT_UNITS, PIXELS_PER_UNIT, lines_needed, row_points
from export.sheets.live_sums import Span, live_sums
from export.sheets.marks import Mark
from export.sheets.print_setup import ALL_CELLS, print_landscape
from export.sheets.sheet_layout import TITLE_ROW, TableLayout, indents
from export.sheets.styles import (
    CORRECTED_FILL,
    DOUBT_FILLS,
    HEADER_FILL,
    LEVEL_FILLS,
    LINK,
    NUMBERING_FILL,
    QUIET,
    Styles,
)
from export.table_csv import rounded_confidence
from normalize.form import Kind
from normalize.model import Column, Record, Tingkat, Value

MARGIN_INCHES = 0.4
MAX_FROZEN_WIDTH = 60.0
"""Characters of columns that may stay fixed at the left; more would leave no room to scroll."""
TRAIT_TITLES = ("Hal. PDF", "Tingkat", "Keyakinan")
TRAIT_WIDTHS = (7.0, 13.0, 9.5)
"""Titles and widths of our own columns beside the table, in the order of :data:`export.sheets.range_names.TRAITS`."""
NOTE_WIDTH = 320
NOTE_LINE_PIXELS = 17
"""Size of a note's box in pixels."""
NUMBERING_LOOK = {"font_size": 8, "align": "center", "valign": "vcenter", "bg_color": NUMBERING_FILL, "num_format": "@"}
NIL_PRINTS = frozenset({"-", "–", "—"})
"""Prints for "nothing here" that are shown as printed in number columns."""


def write_table_sheet(
    sheet: Worksheet, layout: TableLayout, marks: Mapping[tuple[int, str], Mark], styles: Styles, home: str
) -> None:
    """Write one table; ``home`` is the link back to the summary."""
    cells = CellWriter(sheet, styles.boxed)
    _write_top(sheet, layout, styles, home)
    _write_header(sheet, layout, styles)
    sums = live_sums(layout.table)
    parents = children_of(layout.table)
    steps = indents(layout.table)
    for index, record in enumerate(layout.table.records):
        row = layout.first_record_row + index
        bold = record.bold or index in parents or record.tingkat is Tingkat.TOTAL
        for position, column in enumerate(layout.table.columns):
            mark = marks.get((index, column.key))
            look = _look(record, mark)
            if bold:
                look["bold"] = True
            if position == layout.level_column and steps.get(record.tingkat):
                look |= {"indent": steps[record.tingkat], "align": "left"}  # without "left" it would count from the top
            formula = _formula(layout, position, sums.get((index, column.key), ()))
            write_value(cells, (row, position), column, record.get(column.key), formula, look)
            if mark:
                _write_note(sheet, row, position, mark)
        sheet.set_row(row, row_points(_record_lines(layout, record, steps.get(record.tingkat, 0), bold=bold)))
        _write_traits(sheet, row, layout, record, styles)
    _set_up(sheet, layout)


def _write_traits(sheet: Worksheet, row: int, layout: TableLayout, record: Record, styles: Styles) -> None:
    """Write what we know of a row besides its fields; ``renja check`` reads it back."""
    quiet = {"align": "center", "font_color": QUIET}
    sheet.write_number(row, layout.page_column, record.page, styles.get(**quiet))
    sheet.write_string(row, layout.tingkat_column, record.tingkat.value.replace("_", " "), styles.get(**quiet))
    confidence = float(rounded_confidence(record.confidence))
    sheet.write_number(row, layout.confidence_column, confidence, styles.get(num_format="0.0%", **quiet))


def write_value(
    cells: CellWriter, place: tuple[int, int], column: Column, value: Value, formula: str, look: Mapping[str, Any]
) -> None:
    """Write one field by its column's kind: numbers as numbers, codes and quantities as the text that was printed.

    A number column whose print could not be read stays blank, as in the CSV; its note tells what was printed.
    """
    row, position = place
    if column.kind.is_number:
        if value.number is not None:
            cells.number(row, position, value.number, formula, **look)
        elif value.text.strip() in NIL_PRINTS:
            cells.text(row, position, value.text.strip(), align="right", **look)
        else:
            cells.text(row, position, "", **look)
    elif column.kind is Kind.KUANTITAS and value.text.strip() in NIL_PRINTS:
        cells.text(row, position, value.text.strip(), align="right", **look)
    elif column.kind is Kind.KUANTITAS and value.number is not None and _is_bare_number(value):
        cells.number(row, position, value.number, **look)
    elif column.kind is Kind.TEKS:
        cells.text(row, position, value.text, **look)
    else:
        cells.code(row, position, value.text, **look)


def _is_bare_number(value: Value) -> bool:
    return not value.unit and all(c.isdigit() or c in ".,-−  " for c in value.text)


def _record_lines(layout: TableLayout, record: Record, steps: int, *, bold: bool) -> int:
    """Return the lines of a record's highest cell; not every program fits row heights by itself."""
    lines = 1
    for position, column in enumerate(layout.table.columns):
        if column.kind.is_number:
            continue
        width = layout.widths[position] - (steps * INDENT_UNITS if position == layout.level_column else 0)
        lines = max(lines, lines_needed(sheet_text(record.get(column.key).text), width, bold=bold))
    return lines


def _look(record: Record, mark: Mark | None) -> dict[str, Any]:
    look: dict[str, Any] = {}
    if mark:
        look["bg_color"] = CORRECTED_FILL if mark.corrected else DOUBT_FILLS[mark.severity]
    elif record.tingkat in LEVEL_FILLS:
        look["bg_color"] = LEVEL_FILLS[record.tingkat]
    return look


def _formula(layout: TableLayout, column: int, spans: tuple[Span, ...]) -> str:
    return f"=SUM({layout.ranges(column, spans)})" if spans else ""


def _write_note(sheet: Worksheet, row: int, column: int, mark: Mark) -> None:
    lines = lines_needed(mark.note, NOTE_WIDTH / PIXELS_PER_UNIT)
    size = {"width": NOTE_WIDTH, "height": NOTE_LINE_PIXELS * (lines + 1)}
    sheet.write_comment(row, column, sheet_text(mark.note), {"author": "renja", "font_size": 9, **size})


def _write_top(sheet: Worksheet, layout: TableLayout, styles: Styles, home: str) -> None:
    table = layout.table
    sheet.write_url(0, 0, home, styles.get(font_color=LINK, underline=1), "« Ringkasan")
    pages = page_spans(table.pages, dash="–")
    told = f"Halaman PDF {pages} · {len(table.records)} baris · jenis tabel {table.confidence:.0%} pasti"
    sheet.write_string(0, min(2, len(table.columns)), told, styles.get(font_color=QUIET))
    for offset, line in enumerate(layout.title):
        sheet.write_string(TITLE_ROW + offset, 0, line, styles.get(bold=True, font_size=12))
    sheet.set_row(layout.header_row - 1, 6)


def _write_header(sheet: Worksheet, layout: TableLayout, styles: Styles) -> None:
    titles = styles.boxed(bold=True, align="center", valign="vcenter", bg_color=HEADER_FILL)
    numbers = styles.boxed(**NUMBERING_LOOK)
    heights = [1] * layout.header_rows
    for cell in layout.header:
        row, text = layout.header_row + cell.row, sheet_text(cell.text)
        look = numbers if cell.row == layout.numbering_header_row else titles
        last_row, last_column = row + cell.row_span - 1, cell.column + cell.column_span - 1
        if cell.row_span > 1 or cell.column_span > 1:
            sheet.merge_range(row, cell.column, last_row, last_column, "", look)
        if text:
            sheet.write_string(row, cell.column, text, look)
        else:
            sheet.write_blank(row, cell.column, None, look)
        # Excel does not fit rows to merged cells, so the last row a text reaches makes the room for it.
        lines = lines_needed(text, sum(layout.widths[cell.column : last_column + 1]), bold=True)
        reached = cell.row + cell.row_span - 1
        above = sum(heights[cell.row : reached])
        heights[reached] = max(heights[reached], lines - above)
    for offset, lines in enumerate(heights):
        sheet.set_row(layout.header_row + offset, row_points(lines))
    quiet = styles.get(font_color=QUIET, align="center", valign="bottom", text_wrap=True)
    for column, told in enumerate(TRAIT_TITLES, start=layout.page_column):
        sheet.write_string(layout.header_row + layout.header_rows - 1, column, told, quiet)
    for column, text in enumerate(layout.numbering):
        CellWriter(sheet, styles.boxed).text(layout.first_record_row - 1, column, text, **NUMBERING_LOOK)


def _set_up(sheet: Worksheet, layout: TableLayout) -> None:
    for column, width in enumerate(layout.widths):
        sheet.set_column(column, column, width)
    sheet.set_column(len(layout.widths), len(layout.widths), 1.5)
    for column, width in enumerate(TRAIT_WIDTHS, start=layout.page_column):
        sheet.set_column(column, column, width)
    fixed = 0
    if layout.level_column is not None and sum(layout.widths[: layout.level_column + 1]) <= MAX_FROZEN_WIDTH:
        fixed = layout.level_column + 1
    sheet.freeze_panes(layout.first_record_row, fixed)
    sheet.ignore_errors({"number_stored_as_text": ALL_CELLS, "formula_differs": ALL_CELLS})
    print_landscape(sheet, header=(layout.header_row, layout.first_record_row - 1))
    sheet.set_margins(MARGIN_INCHES, MARGIN_INCHES, MARGIN_INCHES, MARGIN_INCHES + 0.3)
    sheet.print_area(TITLE_ROW, 0, max(layout.last_row, layout.first_record_row), len(layout.widths) - 1)


def printed_totals(layout: TableLayout) -> tuple[tuple[int, Column, Decimal], ...]:
    """Return the figures of the total rows: (record, column, value)."""
    return tuple(
        (index, column, number)
        for index, record in enumerate(layout.table.records)
        if record.tingkat is Tingkat.TOTAL
        for column in layout.table.columns
        if column.kind is Kind.RUPIAH and (number := record.get(column.key).number) is not None
    )
