"""The workbook of a recapitulation: a page to look at, totals, what to check, and the rows they are made of."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from export.errors import TooManyRowsError
from export.limits import MAX_SHEET_ROWS
from export.rekap.charts import BAR_COLOURS, bar_chart, chart_height
from export.rekap.checks import MISSING_AGENCY
from export.rekap.data_sheet import SHEET as DATA
from export.rekap.data_sheet import write_rekap_data
from export.rekap.findings_sheet import SHEET as FINDINGS
from export.rekap.findings_sheet import write_rekap_findings
from export.rekap.group_sheet import (
    AMOUNT_COLUMN,
    FIRST_ROW,
    NAME_COLUMN,
    NEXT_COLUMN,
    GroupSheet,
    group_sheets,
    write_group_sheet,
)
from export.rekap.model import Rekap, next_total, total
from export.rekap.styles import AMOUNT, COUNT
from export.rekap.totals import count_sub_kegiatan
from export.sheets.print_setup import PAPER_A4
from export.sheets.sheet_layout import quoted
from export.sheets.styles import LINK, QUIET, SEVERITY_LABELS, Styles
from export.sheets.workbook import FIXED_DATE
from extract.findings import Severity

SUMMARY = "Ringkasan"
_COLUMN_UNITS = 15.0
_COLUMNS = 10
_COLUMN_PIXELS = 110
"""Width of the summary's columns, in Excel's units and in pixels."""
_WIDE_PIXELS = _COLUMN_PIXELS * 5 - 12
"""Width of a chart: half of the page less a gap."""
_CHART_ROW = 9
_ROW_PIXELS = 20
_GAP_ROWS = 1


@dataclass(frozen=True, slots=True)
class _Fact:
    """One figure at the top of the summary."""

    name: str
    number: float
    num_format: str
    formula: str = ""


def render_rekap(rekap: Rekap) -> bytes:
    """Return the workbook as bytes, the same for the same input.

    Raises :class:`~export.errors.TooManyRowsError` when the rows do not fit on a sheet.
    """
    if len(rekap.rows) + 1 > MAX_SHEET_ROWS:
        raise TooManyRowsError("Rekap", len(rekap.rows))
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    book.set_properties({"title": "Rekap Renja", "author": "renja-tables", "created": FIXED_DATE.replace(tzinfo=None)})
    styles = Styles(book)
    summary = book.add_worksheet(SUMMARY)
    told = group_sheets(rekap)
    for group in told:
        write_group_sheet(book.add_worksheet(group.sheet), group, styles)
    write_rekap_findings(book.add_worksheet(FINDINGS), rekap, styles)
    write_rekap_data(book.add_worksheet(DATA), rekap, styles)
    _write_summary(book, summary, rekap, told, styles)
    book.close()
    return stream.getvalue()


def _write_summary(book: Workbook, sheet: Worksheet, rekap: Rekap, told: Sequence[GroupSheet], styles: Styles) -> None:
    years = sorted({agency.year for agency in rekap.agencies if agency.year is not None})
    sheet.write_string(0, 0, "Rekap Renja Perangkat Daerah", styles.get(bold=True, font_size=18, font_color=LINK))
    plural = "Tahun rencana " + ", ".join(map(str, years)) if years else "Tahun rencana tidak ditemukan"
    sheet.write_string(1, 0, plural, styles.get(font_size=11, font_color=QUIET))
    sheet.set_row(0, 28)
    sheet.set_column(0, _COLUMNS - 1, _COLUMN_UNITS)
    label = styles.get(font_color=QUIET, font_size=9, top=2, top_color=LINK, valign="vcenter")
    sheet.set_row(3, 22)
    for index, fact in enumerate(_facts(rekap, told)):
        column = index * 2
        sheet.merge_range(3, column, 3, column + 1, fact.name, label)
        look = styles.get(bold=True, font_size=16, num_format=fact.num_format, align="left", valign="vcenter")
        sheet.merge_range(4, column, 4, column + 1, "", look)
        if fact.formula:
            sheet.write_formula(4, column, fact.formula, look, fact.number)
        else:
            sheet.write_number(4, column, fact.number, look)
    sheet.set_row(4, 26)
    _write_warning(sheet, rekap, styles)
    _insert_charts(book, sheet, told)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(PAPER_A4)
    sheet.set_margins(0.4, 0.4, 0.4, 0.5)  # inches
    sheet.fit_to_pages(1, 1)


def _facts(rekap: Rekap, told: Sequence[GroupSheet]) -> tuple[_Fact, ...]:
    agencies = told[0]
    row = agencies.last_row + 1

    def sum_cell(column: int) -> str:
        return f"={quoted(agencies.sheet)}!{xl_rowcol_to_cell(row, column)}"

    names = len(agencies.groups)
    told_next = sum(group.next_amount > 0 for group in agencies.groups)
    listed = ""
    if rekap.expected is not None:
        missing = sum(entry.finding.code == MISSING_AGENCY for entry in rekap.findings)
        listed = f" ({rekap.expected - missing} dari {rekap.expected} dalam daftar)"
    return (
        _Fact(f"Perangkat daerah{listed}", names, COUNT),
        _Fact("Pagu indikatif (Rp)", float(total(rekap.counted)), AMOUNT, sum_cell(AMOUNT_COLUMN)),
        _Fact(
            "Prakiraan maju (Rp)" + ("" if told_next == names else f", dari {told_next} perangkat daerah"),
            float(next_total(rekap.counted)),
            AMOUNT,
            sum_cell(NEXT_COLUMN),
        ),
        _Fact("Program", sum(group.programs for group in agencies.groups), COUNT),
        _Fact("Sub kegiatan", count_sub_kegiatan(rekap.counted), COUNT),
    )


def _write_warning(sheet: Worksheet, rekap: Rekap, styles: Styles) -> None:
    counts = Counter(entry.finding.severity for entry in rekap.findings)
    grave = [
        f"{counts[severity]} {SEVERITY_LABELS[severity].lower()}"
        for severity in (Severity.ERROR, Severity.WARNING)
        if counts[severity]
    ]
    link = styles.get(font_color=LINK, underline=1)
    told = f"Perlu diperiksa: {', '.join(grave)} »" if grave else "Tidak ada yang perlu diperiksa »"
    sheet.write_url(6, 0, f"internal:{quoted(FINDINGS)}!A1", link, told)
    left_out = len(rekap.rows) - len(rekap.counted)
    if left_out:
        note = f"{left_out} baris tercetak dua kali atau dari keluaran ganda tidak dihitung (Dihitung = tidak)."
        sheet.write_string(7, 0, note, styles.get(font_color=QUIET))


def _insert_charts(book: Workbook, sheet: Worksheet, told: Sequence[GroupSheet]) -> None:
    """Put the agencies at the left, urusan and funds below each other at the right."""
    agencies, urusan, _, funds = told
    row = _CHART_ROW
    _insert(book, sheet, agencies, BAR_COLOURS["agency"], (row, 0))
    _insert(book, sheet, urusan, BAR_COLOURS["urusan"], (row, 5))
    row += -(-chart_height(len(urusan.groups)) // _ROW_PIXELS) + _GAP_ROWS
    _insert(book, sheet, funds, BAR_COLOURS["fund"], (row, 5))


def _insert(book: Workbook, sheet: Worksheet, told: GroupSheet, colour: str, place: tuple[int, int]) -> None:
    if not told.groups:
        return
    largest = float(told.groups[0].amount)
    cells = (told.sheet, FIRST_ROW, told.last_row, NAME_COLUMN, AMOUNT_COLUMN)
    chart = bar_chart(book, told.title, cells, colour, largest=largest)
    chart.set_size({"width": _WIDE_PIXELS, "height": chart_height(len(told.groups))})
    sheet.insert_chart(*place, chart, {"object_position": 3, "description": told.title})
