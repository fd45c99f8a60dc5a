"""The sheet ``Data``: the flat rows as an Excel table, ready to filter, pivot, or copy into SIPD."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from export.sheets.cell_writer import CellWriter
from export.sheets.flat_columns import Role
from export.sheets.flat_rows import FlatRow, flat_rows
from export.sheets.list_table import add_list_table
from export.sheets.print_setup import PAPER_A3, accept_numbers_as_text, print_landscape
from export.sheets.sheet_layout import TableLayout
from export.sheets.styles import Styles
from export.table_csv import rounded_confidence
from normalize.model import BLANK, Document, Tingkat, Value

SHEET = "Data"
ROW_POINTS = 15.0
"""One line a row, whatever the length of its texts: the sheet is for filtering, the print-alike ones for reading."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What a flat row is told besides its own fields."""

    document: Document
    layouts: Sequence[TableLayout]


@dataclass(frozen=True, slots=True)
class _FlatColumn:
    """One column of the sheet: title, width in characters, and what it shows of a row (text or number)."""

    title: str
    width: float
    shown: Callable[[FlatRow, _Context], str | Decimal | None]
    look: Mapping[str, str] = field(default_factory=dict)
    """XlsxWriter properties of its cells that differ from the others'."""


def _text(role: Role) -> Callable[[FlatRow, _Context], str]:
    return lambda row, _: row.fields.get(role, BLANK).text


def _amount(role: Role) -> Callable[[FlatRow, _Context], Decimal | None]:
    return lambda row, _: row.fields.get(role, BLANK).number


def _parent(level: Tingkat) -> Callable[[FlatRow, _Context], str]:
    return lambda row, _: row.parents.get(level, "")


def _unit(row: FlatRow, _: _Context) -> str:
    target: Value = row.fields.get(Role.TARGET, BLANK)
    return target.unit or row.fields.get(Role.SATUAN, BLANK).text


_COLUMNS = (
    _FlatColumn("Tabel", 10, lambda row, context: context.layouts[row.table].sheet),
    _FlatColumn("Tahun", 7, lambda _, context: str(context.document.year or "")),
    _FlatColumn("Perangkat Daerah", 24, lambda _, context: context.document.agency),
    _FlatColumn("Unit/Kelompok", 18, _parent(Tingkat.KELOMPOK)),
    _FlatColumn("Urusan", 20, _parent(Tingkat.URUSAN)),
    _FlatColumn("Bidang Urusan", 24, _parent(Tingkat.BIDANG_URUSAN)),
    _FlatColumn("Program", 30, _parent(Tingkat.PROGRAM)),
    _FlatColumn("Kegiatan", 30, _parent(Tingkat.KEGIATAN)),
    _FlatColumn("Kode", 18, _text(Role.KODE)),
    _FlatColumn("Sub Kegiatan", 36, _text(Role.URAIAN)),
    _FlatColumn("Tingkat", 13, lambda row, _: row.tingkat.value.replace("_", " ")),
    _FlatColumn("Sasaran", 24, _text(Role.SASARAN)),
    _FlatColumn("Indikator", 34, _text(Role.INDIKATOR)),
    _FlatColumn("Target", 16, _text(Role.TARGET)),
    _FlatColumn("Nilai Target", 11, _amount(Role.TARGET)),
    _FlatColumn("Satuan", 13, _unit),
    _FlatColumn("Pagu (Rp)", 18, _amount(Role.PAGU)),
    _FlatColumn("Realisasi", 12, _text(Role.REALISASI)),
    _FlatColumn("Realisasi (Rp)", 18, _amount(Role.REALISASI_RP)),
    _FlatColumn("Lokasi", 20, _text(Role.LOKASI)),
    _FlatColumn("Sumber Dana", 20, _text(Role.SUMBER_DANA)),
    _FlatColumn("Kelompok Sasaran", 20, _text(Role.KELOMPOK_SASARAN)),
    _FlatColumn("Prioritas Nasional", 20, _text(Role.PRIORITAS_NASIONAL)),
    _FlatColumn("Prioritas Daerah", 20, _text(Role.PRIORITAS_DAERAH)),
    _FlatColumn("Target Maju", 16, _text(Role.TARGET_MAJU)),
    _FlatColumn("Nilai Target Maju", 11, _amount(Role.TARGET_MAJU)),
    _FlatColumn("Pagu Maju (Rp)", 18, _amount(Role.PAGU_MAJU)),
    _FlatColumn("Penanggung Jawab", 24, _text(Role.PENANGGUNG_JAWAB)),
    _FlatColumn("Catatan", 24, _text(Role.CATATAN)),
    _FlatColumn("Baris", 7, lambda row, _: Decimal(row.number)),
    _FlatColumn("Halaman PDF", 9, lambda row, _: Decimal(row.page)),
    _FlatColumn("Keyakinan", 10, lambda row, _: rounded_confidence(row.confidence), {"num_format": "0.0%"}),
)
COLUMN_TITLES = tuple(column.title for column in _COLUMNS)
"""The same for every document, so that sheets of several agencies can be stacked."""


def write_data_sheet(sheet: Worksheet, document: Document, layouts: Sequence[TableLayout], styles: Styles) -> None:
    """Write the flat rows below one header row, as the Excel table ``Data``."""
    context = _Context(document, layouts)
    # Gone through twice, for a long document's flat rows are too many to be held together.
    count = sum(1 for _ in flat_rows(document))
    # An Excel table needs a row below its header, even when there is nothing to show.
    add_list_table(sheet, SHEET, COLUMN_TITLES, styles, header_row=0, rows=max(1, count))
    cells = CellWriter(sheet, styles.get)
    for position, column in enumerate(_COLUMNS):
        sheet.set_column(position, position, column.width)
    sheet.set_row(0, 28)
    for index, row in enumerate(flat_rows(document), start=1):
        sheet.set_row(index, ROW_POINTS)
        for position, column in enumerate(_COLUMNS):
            shown = column.shown(row, context)
            if isinstance(shown, Decimal):
                cells.number(index, position, shown, **column.look)
            elif shown:
                cells.code(index, position, shown)
    sheet.freeze_panes(1, 0)
    accept_numbers_as_text(sheet)
    # The sheet is for filtering, but whoever prints its many columns should be able to read them.
    print_landscape(sheet, header=(0, 0), paper=PAPER_A3)
