"""The sheet ``Periksa`` of a recapitulation: what must be settled before its sums are used."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from export.rekap.model import Rekap
from export.review.verdict import Status
from export.sheets.cell_writer import sheet_text
from export.sheets.column_widths import lines_needed, row_points
from export.sheets.list_table import add_list_table
from export.sheets.print_setup import print_landscape
from export.sheets.styles import BORDER, DOUBT_FILLS, QUIET, SEVERITY_LABELS, Styles
from extract.findings import Severity

SHEET = "Periksa"
HEADERS = (
    ("No", 5),
    ("Jenis", 11),
    ("Perangkat Daerah", 34),
    ("Masalah dan tindakan", 92),
    ("Kode", 15),
    ("Status", 12),
)
HEADER_ROW = 2
_MESSAGE, _STATUS = 3, 5
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def write_rekap_findings(sheet: Worksheet, rekap: Rekap, styles: Styles) -> None:
    """Write one line per finding, gravest first, then in the order of the checks."""
    sheet.write_string(0, 0, "Yang perlu diperiksa sebelum rekap dipakai", styles.get(bold=True, font_size=14))
    told = "Temuan tiap dokumen ada pada buku kerja masing-masing." if rekap.findings else "Tidak ada temuan."
    sheet.write_string(1, 0, told, styles.get(font_color=QUIET))
    for column, (_, width) in enumerate(HEADERS):
        sheet.set_column(column, column, width)
    print_landscape(sheet, header=(HEADER_ROW, HEADER_ROW))
    if not rekap.findings:
        return
    ordered = sorted(rekap.findings, key=lambda entry: _ORDER.index(entry.finding.severity))
    last = HEADER_ROW + len(ordered)
    titles = [title for title, _ in HEADERS]
    add_list_table(sheet, SHEET, titles, styles, header_row=HEADER_ROW, rows=len(ordered))
    rule = {"bottom": 4, "border_color": BORDER}
    for number, entry in enumerate(ordered, start=1):
        row, found = HEADER_ROW + number, entry.finding
        fill = {"bg_color": DOUBT_FILLS[found.severity], **rule}
        sheet.write_number(row, 0, number, styles.get(align="center", **rule))
        sheet.write_string(row, 1, SEVERITY_LABELS[found.severity], styles.get(**fill))
        texts = (entry.agency, found.message, found.code)
        for column, text in enumerate(texts, start=2):
            sheet.write_string(row, column, sheet_text(text), styles.get(text_wrap=True, **rule))
        sheet.write_string(row, _STATUS, Status.OPEN.value, styles.get(align="center", **rule))
        lines = max(lines_needed(text, HEADERS[column][1]) for column, text in enumerate(texts, start=2))
        sheet.set_row(row, row_points(lines))
    statuses = {"validate": "list", "source": [status.value for status in Status]}
    sheet.data_validation(HEADER_ROW + 1, _STATUS, last, _STATUS, statuses)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
