"""The sheet ``Kolom``: what every column of every table is, so that people and programs can read the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from export.plain_number import plain
from export.sheets.cell_writer import CellWriter
from export.sheets.list_table import add_list_table
from export.sheets.print_setup import accept_numbers_as_text, print_landscape
from export.sheets.range_names import TRAITS, range_names, trait_key
from export.sheets.sheet_layout import TableLayout
from export.sheets.styles import QUIET, Styles
from normalize.model import Column

SHEET = "Kolom"
HEADER_ROW = 2
HEADERS = (
    ("Lembar", 12),
    ("Kunci tabel", 14),
    ("Ke", 5),
    ("Kunci kolom", 30),
    ("Judul baku", 34),
    ("Kepala tercetak", 60),
    ("Jenis", 11),
    ("Nomor tercetak", 18),
    ("Pengali", 9),
    ("Kolom baku", 11),
    ("Isi ke bawah", 12),
    ("Urutan", 8),
    ("Nama rentang", 44),
)
"""Column titles and widths in characters."""
PATH_MARK = " › "
"""Stands between the levels of a printed header."""
YES, NO = "ya", "tidak"
TRAIT_KIND = "keterangan"
"""Kind of our own columns beside the table."""
_TRAIT_NOTES = {
    "halaman": "Halaman PDF tempat baris ini mulai",
    "tingkat": "Tingkat baris dalam hierarki",
    "keyakinan": "Keyakinan terendah pada baris ini",
}


def write_columns_sheet(sheet: Worksheet, layouts: Sequence[TableLayout], styles: Styles) -> None:
    """Write one row per column, in the order of the tables."""
    sheet.write_string(0, 0, "Keterangan kolom", styles.get(bold=True, font_size=14))
    told = "Nama rentang dapat dipakai dalam rumus; renja check memakainya untuk membaca kembali buku kerja ini."
    sheet.write_string(1, 0, told, styles.get(font_color=QUIET))
    rows = [row for layout in layouts for row in _rows(layout)]
    titles = [title for title, _ in HEADERS]
    add_list_table(sheet, SHEET, titles, styles, header_row=HEADER_ROW, rows=max(1, len(rows)))
    cells = CellWriter(sheet, styles.get)
    for number, row in enumerate(rows, start=HEADER_ROW + 1):
        for position, text in enumerate(row):
            cells.code(number, position, text)
    for position, (_, width) in enumerate(HEADERS):
        sheet.set_column(position, position, width)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    accept_numbers_as_text(sheet)
    print_landscape(sheet, header=(HEADER_ROW, HEADER_ROW))


def _rows(layout: TableLayout) -> list[tuple[str, ...]]:
    names = range_names(layout.table)
    start = (layout.sheet, layout.table.key, str(layout.table.ordinal))
    rows = [(*start, *_described(column), names[column.key]) for column in layout.table.columns]
    rows += [
        (*start, trait, _TRAIT_NOTES[trait], "", TRAIT_KIND, "", "", NO, NO, "", names[trait_key(trait)])
        for trait in TRAITS
    ]
    return rows


def _described(column: Column) -> tuple[str, ...]:
    return (
        column.key,
        column.title,
        PATH_MARK.join(" ".join(part.split()) for part in column.header_path),
        column.kind.value,
        column.numbering,
        "" if column.unit_factor == Decimal(1) else plain(column.unit_factor),
        YES if column.declared else NO,
        YES if column.fill_down else NO,
        str(column.order),
    )
