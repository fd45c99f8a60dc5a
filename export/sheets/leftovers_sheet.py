"""The sheet ``Sisa``: lines of table pages that stand in no cell, so that nothing printed is out of sight."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from export.sheets.cell_writer import CellWriter
from export.sheets.list_table import add_list_table
from export.sheets.print_setup import accept_numbers_as_text, print_landscape
from export.sheets.styles import QUIET, Styles
from normalize.model import Leftover

SHEET = "Sisa"
HEADER_ROW = 2
ROLES = {
    "caption": "judul tabel",
    "furniture": "kepala/kaki halaman",
    "text": "teks lain",
    "unknown_table": "tabel lain",
    "invisible": "teks tak terlihat",
}
"""Roles as planners read them."""
_HEADERS = (("Hal. PDF", 9), ("Peran", 20), ("Teks", 120))


def write_leftovers_sheet(sheet: Worksheet, leftovers: Sequence[Leftover], styles: Styles) -> None:
    """Write one row per line, in reading order."""
    sheet.write_string(0, 0, "Teks di luar sel tabel", styles.get(bold=True, font_size=14))
    told = "Baris teks pada halaman bertabel yang tidak termasuk sel mana pun; tidak ada kata yang dibuang."
    sheet.write_string(1, 0, told if leftovers else "Tidak ada.", styles.get(font_color=QUIET))
    for column, (_, width) in enumerate(_HEADERS):
        sheet.set_column(column, column, width)
    if not leftovers:
        return
    titles = [title for title, _ in _HEADERS]
    add_list_table(sheet, SHEET, titles, styles, header_row=HEADER_ROW, rows=len(leftovers))
    cells = CellWriter(sheet, styles.get)
    for row, leftover in enumerate(leftovers, start=HEADER_ROW + 1):
        sheet.write_number(row, 0, leftover.page, styles.get(align="center"))
        cells.text(row, 1, ROLES.get(leftover.role, leftover.role))
        cells.text(row, 2, leftover.line.text)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    accept_numbers_as_text(sheet)
    print_landscape(sheet, header=(HEADER_ROW, HEADER_ROW))
