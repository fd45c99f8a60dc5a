"""Kode printed over several grid columns: neighbours under one ``Kode`` heading taken as one logical column.

Agencies draw a code as four to six narrow columns, with one heading over all of them, with a heading for each part
(``Urusan``, ``Bidang``, ``Program`` ...) below it, or with ``Kode`` over the first and nothing over the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.model import Grid
from normalize.codes import parse_code
from normalize.fold import fold_header
from normalize.form import Kind, TableForm
from normalize.headers.columns import PrintedGroup
from normalize.headers.header import Header
from normalize.model import Column

MIN_CODED_SHARE = 0.5
"""Share of the entries of a running-number column that are codes from which it is a column of codes."""
MIN_CODED = 3
"""Codes it must hold."""
MIN_CODE_POINTS = 2
"""Points of a code that is no numbering: ``2.07.01`` is one, ``1.2`` may be either."""

_CODE_HEADING = re.compile(r"^(?:kode|no kode|no rek)\b")
_CODE_PART = re.compile(r"(?:[\dXx]{1,4}|-)(?:\s*\.\s*[\dXx]{1,4})*\.?")


def merge_code_columns(groups: Sequence[PrintedGroup], grid: Grid, header: Header) -> tuple[PrintedGroup, ...]:
    """Return the groups with every run of code columns made one; others are left as they are."""
    merged: list[PrintedGroup] = []
    for group in groups:
        before = merged[-1] if merged else None
        if (
            before is not None
            and _belongs(before, group, grid, header)
            and _holds_code_parts((before, group), grid, header)
        ):
            shared = len(before.path) > 1 and group.path[:1] == before.path[:1]
            levels = 1 if shared else len(before.path)
            merged[-1] = PrintedGroup(
                (*before.grid_columns, *group.grid_columns),
                before.path[:levels],
                before.numbering,
                before.reading[:levels],
            )
        else:
            merged.append(group)
    return tuple(merged)


def with_codes_for_numbers(columns: Sequence[Column], form: TableForm, numbers: Iterable[str]) -> tuple[Column, ...]:
    """Return the columns, that of running numbers as one of codes where its entries are codes.

    E.81 counts its rows; many agencies print the code of the nomenclature there. ``numbers`` are its entries.
    """
    if form.code_column in {column.key for column in columns}:
        return tuple(columns)
    printed = [text for text in numbers if text]
    coded = sum(text.count(".") >= MIN_CODE_POINTS and parse_code(text) is not None for text in printed)
    if coded < max(MIN_CODED, MIN_CODED_SHARE * len(printed)):
        return tuple(columns)
    return tuple(replace(column, kind=Kind.KODE) if column.key == form.number_column else column for column in columns)


def _belongs(before: PrintedGroup, group: PrintedGroup, grid: Grid, header: Header) -> bool:
    """Say whether a group stands under the code heading of the group before it, or under none."""
    if not before.path or not _CODE_HEADING.match(fold_header(before.path[0])):
        return False
    if not group.path or (group.path[0] == before.path[0] and len(group.path) > 1):
        return True
    return group.path == before.path[:1] and any(
        cell.row < header.rows
        and cell.lines
        and cell.column <= before.grid_columns[0]
        and cell.column + cell.column_span > group.grid_columns[0]
        for cell in grid.cells
    )


def _holds_code_parts(groups: Sequence[PrintedGroup], grid: Grid, header: Header) -> bool:
    """Say whether nothing but parts of a code is printed in the body of the groups."""
    columns = {column for group in groups for column in group.grid_columns}
    cells = [
        cell
        for cell in grid.cells
        if cell.row >= header.rows
        and cell.lines
        and all(column in columns for column in range(cell.column, cell.column + cell.column_span))
    ]
    return all(_CODE_PART.fullmatch("".join(cell.text.split())) for cell in cells)
