"""A scanned table whose header is illegible, read by its title and the order of its columns.

A dark head turns black in a fax. Where the title names a form, the grid has just as many columns as the form numbers,
and its columns of money hold money and no other column does, the order says what each column is. That is a guess for
every column, and told as one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.model import Cell, Grid
from normalize.codes import parse_code
from normalize.form import TAHUN, ColumnForm, Kind, TableForm
from normalize.headers.columns import LooksLike
from normalize.headers.header import MAX_HEADER_ROWS, Header, header_of_height, rows_of
from normalize.headers.identify import Candidate
from normalize.headers.match import Assignment

MIN_MONEY_COLUMNS = 2
"""Columns of money by which the order is verified; one may be anywhere."""
MIN_MONEY_SHARE = 0.8
"""Share of the printed cells of a column of money that must be amounts."""
MIN_AMOUNTS = 2
"""Amounts each of these columns must hold."""
MIN_CODES_SHARE = 0.5
"""Share of the first column's printed cells that are codes where a form may begin with a number or a code."""
TITLED_SCORE = 0.6
"""Score of a form that only the title and the order tell."""
_AMOUNT = re.compile(r"(?:rp\.?)?\d{1,3}(?:[.,]\d{3}){2,}(?![\d.,]*[.,]\d{4})", re.IGNORECASE)
"""Millions and more, which only money is; its cents may be misread."""


def read_by_title(grid: Grid, form: TableForm, looks_like: LooksLike) -> tuple[Header, Candidate] | None:
    """Return the illegible header of a grid and the form its title names, None where the body does not bear it out."""
    rows = rows_of(grid)
    columns = _numbered_columns(form, rows)
    if len(columns) != grid.columns or any(TAHUN in column.key for column in columns):
        return None
    money = [place for place, column in enumerate(columns) if column.kind is Kind.RUPIAH]
    height = next(
        (row for row, cells in enumerate(rows) if any(c.column in money and _is_amount(c.text) for c in cells)), 0
    )
    if len(money) < MIN_MONEY_COLUMNS or not 0 < height <= MAX_HEADER_ROWS:
        return None
    body = [cell for cells in rows[height:] for cell in cells if cell.lines and cell.column_span == 1]
    for place in range(grid.columns):
        printed = [cell.text for cell in body if cell.column == place]
        amounts = [text for text in printed if _is_amount(text)]
        figures = sum(_is_amount(text) or Kind.RUPIAH in looks_like(text) for text in printed)
        if place in money and (len(amounts) < MIN_AMOUNTS or figures < MIN_MONEY_SHARE * len(printed)):
            return None
        if place not in money and columns[place].kind is Kind.TEKS and len(amounts) >= MIN_AMOUNTS:
            return None
    header = header_of_height(grid, height)
    # Every grid column is one column: the labels over several are as illegible as the others.
    header = replace(header, cells=tuple((number,) for number in range(grid.columns)))
    return header, _candidate(form, columns)


def _numbered_columns(form: TableForm, rows: Sequence[Sequence[Cell]]) -> list[ColumnForm]:
    """Return the columns that the form's numbering row counts, a code or a running number first as the grid has it."""
    columns = [column for column in form.columns if column.numbering and not column.unlabelled_after]
    number, code = (
        next((column for column in columns if column.key == key), None)
        for key in (form.number_column, form.code_column)
    )
    if number is not None and code is not None and number.numbering == code.numbering:
        first = [cell.text for cells in rows for cell in cells if cell.column == 0 and cell.lines]
        coded = sum(parse_code(text) is not None for text in first) >= MIN_CODES_SHARE * len(first)
        columns.remove(number if coded else code)
    return columns


def _is_amount(text: str) -> bool:
    return _AMOUNT.match("".join(text.split())) is not None


def _candidate(form: TableForm, columns: Sequence[ColumnForm]) -> Candidate:
    return Candidate(
        form=form,
        assignment=Assignment(tuple(columns), (TITLED_SCORE,) * len(columns)),
        score=TITLED_SCORE,
        wording=0.0,
        named=True,
        national=False,
        foreign_label=False,
        missing=0.0,
        evidence=("header illegible, title and order of columns",),
    )
