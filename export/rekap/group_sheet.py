"""The sheets of totals of a recapitulation: a row per agency, urusan, program or fund, with live sums over ``Data``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from export.rekap.data_sheet import AMOUNT_TITLE, NEXT_TITLE, sumifs
from export.rekap.model import Rekap
from export.rekap.styles import AMOUNT, COUNT, SHARE
from export.rekap.totals import Group, by_agency, groups
from export.sheets.cell_writer import sheet_text
from export.sheets.column_widths import lines_needed, row_points
from export.sheets.print_setup import print_landscape
from export.sheets.styles import BORDER, HEADER_FILL, LEVEL_FILLS, QUIET, Styles
from extract.findings import Severity
from normalize.model import Tingkat

TITLE_ROW, HEADER_ROW = 0, 3
FIRST_ROW = HEADER_ROW + 1
NAME_COLUMN, AMOUNT_COLUMN, SHARE_COLUMN, NEXT_COLUMN = 1, 2, 3, 4
MAX_CRITERION = 255
"""Characters of a criterion that SUMIFS takes."""
_NOT_LITERAL = re.compile(r"[*?~]|^[<>=]")
"""What SUMIFS reads as a pattern or a comparison."""


@dataclass(frozen=True, slots=True)
class Extra:
    """One more column of a sheet of totals."""

    title: str
    width: float
    shown: Callable[[Group], str | int | Decimal | None]
    num_format: str = COUNT


@dataclass(frozen=True, slots=True)
class GroupSheet:
    """One sheet of totals."""

    sheet: str
    title: str
    by: str
    """Column of ``Data`` it groups by."""
    groups: tuple[Group, ...]
    name_width: float
    extras: tuple[Extra, ...]
    note: str = ""

    @property
    def last_row(self) -> int:
        """Row of the last group."""
        return FIRST_ROW + max(len(self.groups), 1) - 1


def group_sheets(rekap: Rekap) -> tuple[GroupSheet, ...]:
    """Return the sheets of totals in the order of the workbook: agencies, urusan, programs, funds."""
    agencies = Extra("Perangkat daerah", 11, lambda group: group.agencies)
    programs = Extra("Program", 10, lambda group: group.programs)
    sub_kegiatan = Extra("Sub kegiatan", 10, lambda group: group.sub_kegiatan)
    return (
        GroupSheet(
            "Perangkat Daerah",
            "Pagu per perangkat daerah",
            "Perangkat Daerah",
            by_agency(rekap),
            46,
            (programs, sub_kegiatan, *_agency_extras(rekap)),
        ),
        GroupSheet(
            "Urusan",
            "Pagu per urusan",
            "Urusan",
            groups(rekap.rows, lambda row: row.urusan),
            52,
            (agencies, programs, sub_kegiatan),
        ),
        GroupSheet(
            "Program",
            "Pagu per program",
            "Program",
            groups(rekap.rows, lambda row: row.program),
            66,
            (agencies, sub_kegiatan),
        ),
        GroupSheet(
            "Sumber Dana",
            "Pagu per sumber dana",
            "Sumber Dana",
            groups(rekap.rows, lambda row: row.fund),
            46,
            (agencies, sub_kegiatan),
            " Prakiraan maju sub kegiatan berdana ganda dihitung pada dana yang pertama.",
        ),
    )


def write_group_sheet(sheet: Worksheet, told: GroupSheet, styles: Styles) -> None:
    """Write one sheet of totals: name, amount, share, prakiraan maju, counts, and the sum below."""
    sheet.write_string(TITLE_ROW, 0, told.title, styles.get(bold=True, font_size=14))
    note = "Terbesar di atas. Jumlah dihitung dari lembar Data, hanya baris dengan Dihitung = ya." + told.note
    sheet.write_string(TITLE_ROW + 1, 0, note, styles.get(font_color=QUIET))
    head = styles.boxed(bold=True, bg_color=HEADER_FILL, align="center", valign="vcenter")
    titles = ("No", told.by, AMOUNT_TITLE, "Bagian", NEXT_TITLE, *(extra.title for extra in told.extras))
    widths = (5.0, told.name_width, 21.0, 9.0, 21.0, *(extra.width for extra in told.extras))
    for column, (title, width) in enumerate(zip(titles, widths, strict=True)):
        sheet.write_string(HEADER_ROW, column, title, head)
        sheet.set_column(column, column, width)
    sheet.set_row(HEADER_ROW, 30)
    for index, group in enumerate(told.groups):
        _write_group(sheet, index, group, told, styles)
    _write_sum(sheet, told, styles)
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.hide_gridlines(2)
    print_landscape(sheet, header=(HEADER_ROW, HEADER_ROW))


def _write_group(sheet: Worksheet, index: int, group: Group, told: GroupSheet, styles: Styles) -> None:
    row = FIRST_ROW + index
    rule = {"bottom": 4, "border_color": BORDER, "valign": "vcenter"}
    name = sheet_text(group.name)
    cell = xl_rowcol_to_cell(row, NAME_COLUMN, col_abs=True)
    live = len(name) <= MAX_CRITERION and not _NOT_LITERAL.search(name)
    amount_look = styles.get(num_format=AMOUNT, **rule)
    sheet.write_number(row, 0, index + 1, styles.get(align="center", font_color=QUIET, **rule))
    sheet.write_string(row, NAME_COLUMN, name, styles.get(text_wrap=True, **rule))
    for column, title, amount in (
        (AMOUNT_COLUMN, AMOUNT_TITLE, group.amount),
        (NEXT_COLUMN, NEXT_TITLE, group.next_amount),
    ):
        if live:
            sheet.write_formula(row, column, sumifs(title, told.by, cell), amount_look, float(amount))
        else:
            sheet.write_number(row, column, float(amount), amount_look)
    _write_share(sheet, row, group.amount, told, styles, rule)
    for column, extra in enumerate(told.extras, start=NEXT_COLUMN + 1):
        _write_extra(sheet, row, column, extra, group, styles, rule)
    sheet.set_row(row, row_points(lines_needed(name, told.name_width)) + 3)


def _write_share(
    sheet: Worksheet, row: int, amount: Decimal, told: GroupSheet, styles: Styles, rule: dict[str, object]
) -> None:
    whole = sum((group.amount for group in told.groups), Decimal(0))
    own = xl_rowcol_to_cell(row, AMOUNT_COLUMN)
    all_ = xl_rowcol_to_cell(told.last_row + 1, AMOUNT_COLUMN, row_abs=True, col_abs=True)
    share = float(amount / whole) if whole else 0.0
    sheet.write_formula(row, SHARE_COLUMN, f"=IF({all_}=0,0,{own}/{all_})", styles.get(num_format=SHARE, **rule), share)


def _write_extra(
    sheet: Worksheet, row: int, column: int, extra: Extra, group: Group, styles: Styles, rule: dict[str, object]
) -> None:
    shown = extra.shown(group)
    if isinstance(shown, Decimal):
        sheet.write_number(row, column, float(shown), styles.get(num_format=extra.num_format, **rule))
    elif isinstance(shown, int):
        sheet.write_number(row, column, shown, styles.get(num_format=extra.num_format, align="center", **rule))
    else:
        sheet.write_string(row, column, sheet_text(shown or ""), styles.get(align="center", **rule))


def _write_sum(sheet: Worksheet, told: GroupSheet, styles: Styles) -> None:
    row = told.last_row + 1
    look = {"bold": True, "bg_color": LEVEL_FILLS[Tingkat.TOTAL], "top": 1, "border_color": BORDER}
    for column in range(NEXT_COLUMN + 1 + len(told.extras)):
        sheet.write_blank(row, column, None, styles.get(**look))
    sheet.write_string(row, NAME_COLUMN, "Jumlah", styles.get(**look))
    for column, amount in (
        (AMOUNT_COLUMN, sum((group.amount for group in told.groups), Decimal(0))),
        (NEXT_COLUMN, sum((group.next_amount for group in told.groups), Decimal(0))),
    ):
        first, last = xl_rowcol_to_cell(FIRST_ROW, column), xl_rowcol_to_cell(told.last_row, column)
        sheet.write_formula(row, column, f"=SUM({first}:{last})", styles.get(num_format=AMOUNT, **look), float(amount))


def _agency_extras(rekap: Rekap) -> Sequence[Extra]:
    printed: dict[str, Decimal | None] = {}
    errors: dict[str, int] = {}
    for agency in rekap.agencies:
        errors[agency.name] = errors.get(agency.name, 0) + agency.open_errors
        if agency.counted:
            printed[agency.name] = agency.printed_total
    told = {entry.agency: 0 for entry in rekap.findings}
    for entry in rekap.findings:
        told[entry.agency] += entry.finding.severity is not Severity.INFO

    def difference(group: Group) -> Decimal | str:
        total = printed.get(group.name)
        return "tak tercetak" if total is None else group.amount - total

    return (
        Extra("Total menurut dokumen (Rp)", 21, lambda group: printed.get(group.name), AMOUNT),
        Extra("Selisih (Rp)", 15, difference, AMOUNT),
        Extra("Kesalahan terbuka", 11, lambda group: errors.get(group.name, 0)),
        Extra("Periksa", 10, lambda group: told.get(group.name, 0)),
    )
