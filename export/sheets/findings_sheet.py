"""The sheet ``Periksa``: every finding as a work list, one click from its cell, with a status to tick."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from xlsxwriter.worksheet import Worksheet

from export.naming import column_label
from export.review.verdict import Status, Verdict, finding_id, to_the_minute
from export.sheets.cell_writer import sheet_text
from export.sheets.column_widths import lines_needed, row_points
from export.sheets.list_table import add_list_table
from export.sheets.marks import table_of
from export.sheets.print_setup import accept_numbers_as_text, print_landscape
from export.sheets.sheet_layout import TableLayout
from export.sheets.styles import BORDER, DOUBT_FILLS, LINK, QUIET, SEVERITY_LABELS, Styles
from export.wording import readable
from extract.findings import Finding, Severity
from normalize.model import Document

STATUSES = tuple(status.value for status in Status)
HEADERS = (
    ("No", 5),
    ("Jenis", 11),
    ("Tabel", 12),
    ("Sel", 8),
    ("Kolom", 32),
    ("Hal. PDF", 8),
    ("Tertulis", 28),
    ("Nilai", 18),
    ("Masalah dan tindakan", 70),
    ("Kode", 14),
    ("Status", 12),
    ("Oleh", 16),
    ("Waktu", 17),
    ("Alasan / catatan", 30),
)
"""Column titles and widths in characters."""
HEADER_ROW = 2
_CELL_COLUMN = 3
_STATUS_COLUMN = 10
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def write_findings_sheet(
    sheet: Worksheet,
    document: Document,
    findings: Sequence[Finding],
    layouts: Sequence[TableLayout],
    styles: Styles,
    verdicts: Mapping[str, Verdict],
) -> None:
    """Write the work list, gravest first, then by page; ``verdicts`` is what people said, by finding name."""
    sheet.write_string(0, 0, "Yang perlu diperiksa", styles.get(bold=True, font_size=14))
    told = "Klik kolom Sel untuk menuju sel yang dimaksud; isi Status setelah dibandingkan dengan PDF."
    sheet.write_string(1, 0, told if findings else "Tidak ada temuan.", styles.get(font_color=QUIET))
    for column, (_, width) in enumerate(HEADERS):
        sheet.set_column(column, column, width)
    if not findings:
        return
    ordered = sorted(findings, key=lambda f: (_ORDER.index(f.severity), f.page or 0))
    titles = [title for title, _ in HEADERS]
    add_list_table(sheet, "Periksa", titles, styles, header_row=HEADER_ROW, rows=len(ordered))
    by_table = {id(layout.table): layout for layout in layouts}
    for number, finding in enumerate(ordered, start=1):
        layout = _layout_of(finding, document, by_table)
        message = readable(finding.message, document, layout.table.key if layout else "")
        verdict = verdicts.get(finding_id(finding), Verdict(Status.OPEN))
        _write_finding(sheet, number, replace(finding, message=message), layout, styles, verdict)
    first, last = HEADER_ROW + 1, HEADER_ROW + len(ordered)
    sheet.data_validation(
        first,
        _STATUS_COLUMN,
        last,
        _STATUS_COLUMN,
        {"validate": "list", "source": list(STATUSES), "error_title": "Status", "error_message": "Pilih dari daftar."},
    )
    done = {
        "type": "formula",
        "criteria": f'=$K{first + 1}<>"{STATUSES[0]}"',
        "format": styles.conditional(font_color=QUIET),
    }
    sheet.conditional_format(first, 0, last, len(HEADERS) - 1, done)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    accept_numbers_as_text(sheet)
    print_landscape(sheet, header=(HEADER_ROW, HEADER_ROW))


def _layout_of(finding: Finding, document: Document, by_table: Mapping[int, TableLayout]) -> TableLayout | None:
    table = table_of(finding, document)
    return None if table is None else by_table.get(id(table))


def _write_finding(
    sheet: Worksheet, number: int, finding: Finding, layout: TableLayout | None, styles: Styles, verdict: Verdict
) -> None:
    row = HEADER_ROW + number
    ruled = {"bottom": 4, "border_color": BORDER}
    text, center = styles.get(text_wrap=True, **ruled), styles.get(align="center", **ruled)
    sheet.write_number(row, 0, number, center)
    label = SEVERITY_LABELS[finding.severity]
    sheet.write_string(row, 1, label, styles.get(bg_color=DOUBT_FILLS[finding.severity], **ruled))
    lines = 1
    for column, shown in enumerate(_texts(finding, layout), start=2):
        sheet.write_string(row, column, sheet_text(shown), text)
        lines = max(lines, lines_needed(sheet_text(shown), HEADERS[column][1]))
    sheet.set_row(row, row_points(lines))
    if finding.page is not None:
        sheet.write_number(row, 5, finding.page, center)
    if layout is not None:
        record = finding.row - 1 if finding.row and finding.row <= len(layout.table.records) else None
        link = layout.link(record, finding.column)
        shown = link.rpartition("!")[2] if record is not None else "lembar"
        sheet.write_url(row, _CELL_COLUMN, link, styles.get(font_color=LINK, underline=1, **ruled), shown)
    sheet.write_string(row, _STATUS_COLUMN, verdict.status.value, center)
    when = to_the_minute(verdict.when)
    for column, said in enumerate((verdict.who, when, verdict.why), start=_STATUS_COLUMN + 1):
        sheet.write_string(row, column, sheet_text(said), text)


def _texts(finding: Finding, layout: TableLayout | None) -> Iterator[str]:
    """Yield the texts from column ``Tabel`` to column ``Kode``; cell and page are written as links and numbers."""
    yield layout.sheet if layout else finding.table
    yield ""
    yield _column_title(finding, layout)
    yield ""
    yield finding.printed
    yield finding.value
    yield finding.message
    yield finding.code


def _column_title(finding: Finding, layout: TableLayout | None) -> str:
    if layout is None:
        return finding.column
    column = next((c for c in layout.table.columns if c.key == finding.column), None)
    return finding.column if column is None else column_label(column)
