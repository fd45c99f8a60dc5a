"""The sheet ``Data`` of a recapitulation: every row of every plan, ready to filter and pivot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from xlsxwriter.worksheet import Worksheet

from export.naming import table_label
from export.plain_number import fits_excel, plain
from export.rekap.model import Rekap, RekapRow
from export.rekap.styles import AMOUNT
from export.sheets.cell_writer import sheet_text
from export.sheets.list_table import add_list_table
from export.sheets.print_setup import PAPER_A3, accept_numbers_as_text, print_landscape
from export.sheets.styles import QUIET, Styles

SHEET = "Data"
TABLE = "Data"
COUNTED, NOT_COUNTED = "ya", "tidak"
AMOUNT_TITLE, NEXT_TITLE, COUNTED_TITLE = "Pagu (Rp)", "Prakiraan Maju (Rp)", "Dihitung"


Shown: TypeAlias = str | Decimal | int | None


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    width: float
    shown: Callable[[RekapRow, Rekap], Shown]


_COLUMNS = (
    _Column("Perangkat Daerah", 30, lambda row, _: row.agency),
    _Column("Unit/Kelompok", 20, lambda row, _: row.unit),
    _Column("Urusan", 26, lambda row, _: row.urusan),
    _Column("Program", 38, lambda row, _: row.program),
    _Column("Kegiatan", 34, lambda row, _: row.kegiatan),
    _Column("Kode", 20, lambda row, _: row.code),
    _Column("Sub Kegiatan", 40, lambda row, _: row.name),
    _Column("Indikator", 34, lambda row, _: row.indicator),
    _Column("Target", 16, lambda row, _: row.target),
    _Column(AMOUNT_TITLE, 19, lambda row, _: row.amount),
    _Column(NEXT_TITLE, 19, lambda row, _: row.next_amount),
    _Column("Sumber Dana", 22, lambda row, _: row.fund),
    _Column("Lokasi", 20, lambda row, _: row.place),
    _Column(COUNTED_TITLE, 10, lambda row, _: COUNTED if row.counted else NOT_COUNTED),
    _Column("Tahun", 8, lambda row, rekap: rekap.agencies[row.output].year),
    _Column("Tabel", 10, lambda row, _: _label(row.table)),
    _Column("Kode dari", 10, lambda row, _: _label(row.code_from) if row.code_from else ""),
    _Column("Baris", 7, lambda row, _: row.number),
    _Column("Hal. PDF", 9, lambda row, _: row.page),
    _Column("Keluaran", 24, lambda row, rekap: rekap.agencies[row.output].output),
)


def write_rekap_data(sheet: Worksheet, rekap: Rekap, styles: Styles) -> None:
    """Write the rows below one header row, as the Excel table ``Data``; rows that do not count are grey."""
    # An Excel table needs a row below its header, even when there is nothing to show.
    last = max(1, len(rekap.rows))
    add_list_table(sheet, TABLE, [column.title for column in _COLUMNS], styles, header_row=0, rows=last)
    for position, column in enumerate(_COLUMNS):
        sheet.set_column(position, position, column.width)
    sheet.set_row(0, 28)
    for index, row in enumerate(rekap.rows, start=1):
        look = {} if row.counted else {"font_color": QUIET}
        for position, column in enumerate(_COLUMNS):
            _write(sheet, (index, position), column.shown(row, rekap), styles, look)
    place = [column.title for column in _COLUMNS].index(COUNTED_TITLE)
    sheet.data_validation(1, place, last, place, {"validate": "list", "source": [COUNTED, NOT_COUNTED]})
    sheet.freeze_panes(1, 1)
    accept_numbers_as_text(sheet)
    print_landscape(sheet, header=(0, 0), paper=PAPER_A3)


def _write(sheet: Worksheet, place: tuple[int, int], shown: Shown, styles: Styles, look: Mapping[str, str]) -> None:
    if isinstance(shown, Decimal) and fits_excel(shown):
        sheet.write_number(*place, float(shown), styles.get(num_format=AMOUNT, **look))
    elif isinstance(shown, Decimal):
        sheet.write_string(*place, plain(shown), styles.get(align="right", **look))
    elif isinstance(shown, int):
        sheet.write_number(*place, shown, styles.get(align="center", **look))
    elif shown:
        sheet.write_string(*place, sheet_text(shown), styles.get(num_format="@", **look))


def sumifs(column: str, by: str, cell: str) -> str:
    """Return the formula that adds up a column of ``Data`` over the counted rows whose ``by`` is in ``cell``."""
    return f'=SUMIFS({TABLE}[{column}],{TABLE}[{by}],{cell},{TABLE}[{COUNTED_TITLE}],"{COUNTED}")'


def _label(table: str) -> str:
    key, _, ordinal = table.rpartition("_")
    if ordinal.isdigit() and key in ("iii_1", "iv_1", "lampiran"):
        return f"{table_label(key)} ({ordinal})"
    return table_label(table)
