"""Body rows of a stitched table: which printed cells make which field, and which rows a page break cut in two."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.model import Cell, GridMethod
from normalize.fold import fold_header, squeeze
from normalize.form import Kind, TableForm
from normalize.headers.header import rows_of
from normalize.headers.numbering import is_numbering_row
from normalize.model import Column
from normalize.rows.body_row import BodyRow, PlacedCell, joined
from normalize.rows.level_rows import split_by_level
from normalize.rows.page_break import begins_level, goes_on
from normalize.tables.stitched import Part, StitchedTable

_LEADING_ORDINAL = re.compile(r"^(?P<no>[IVX]{1,5}|[A-Z]|\d{1,2})(?P<mark>[.)]?)$")


def body_rows(table: StitchedTable) -> Iterator[BodyRow]:
    """Yield the logical rows of a table in reading order, rows cut by a page break made whole."""
    kinds = {column.key: column.kind for column in table.columns}
    # A name overleaf may be the rest of one far above where each level has a column; elsewhere of the last row only.
    only_last_changes = not any(part.levels for part in table.parts)
    rows: list[BodyRow] = []
    open_above = False
    for part in table.parts:
        printed = list(_rows_of_part(part, table.form, kinds, table.columns))
        fresh = split_by_level(printed, part.levels, table.form.name_column, rows) if part.levels else printed
        closed = not (open_above or part.grid.open_top)
        if rows and fresh and goes_on(rows[-1], fresh[0], kinds, table.form, closed=closed):
            rows[-1] = joined(rows[-1], fresh.pop(0))
        elif rows and fresh:
            rows[-1], fresh[0] = _give_back(rows[-1], fresh[0], table)
        rows.extend(fresh)
        open_above = part.grid.open_bottom
        if only_last_changes:
            yield from rows[:-1]
            del rows[:-1]
    yield from rows


def _rows_of_part(part: Part, form: TableForm, kinds: dict[str, Kind], columns: Sequence[Column]) -> Iterator[BodyRow]:
    """Yield the part's body rows, repeated header and numbering rows left out."""
    labels = {column.key: frozenset(map(fold_header, column.header_path)) for column in columns}
    is_drawn = part.grid.method is GridMethod.RULED
    for number, cells in enumerate(rows_of(part.grid)):
        if number < part.header.rows:
            continue
        printed = [cell for cell in cells if cell.lines]
        if not printed or is_numbering_row([cell.text for cell in cells]):
            continue
        fields: dict[str, tuple[PlacedCell, ...]] = {}
        spanning = False
        for cell in printed:
            covered = list(dict.fromkeys(part.keys[cell.column : cell.column + cell.column_span]))
            spanning = spanning or len(covered) > 1
            for key, piece in _place(cell, covered, form, kinds):
                fields[key] = (*fields.get(key, ()), PlacedCell(part.page_of(cell), piece, is_drawn))
        if all(fold_header(placed.cell.text) in labels[key] for key, cells_ in fields.items() for placed in cells_):
            continue
        yield BodyRow(part.grid.page, fields, spanning)


def _place(cell: Cell, covered: Sequence[str], form: TableForm, kinds: dict[str, Kind]) -> list[tuple[str, Cell]]:
    """Return the field (or the number and name fields) that a cell over several columns belongs to."""
    if len(covered) == 1:
        return [(covered[0], cell)]
    name = form.name_column if form.name_column in covered else ""
    if not name:
        name = next((key for key in covered if kinds[key] is Kind.TEKS and key != form.number_column), covered[0])
    if form.number_column in covered and cell.lines:
        first = cell.lines[0].words
        spaced = squeeze(cell.lines[0].text).split()[0] != first[0].text  # J U M L A H
        if len(first) > 1 and not spaced and _LEADING_ORDINAL.match(first[0].text):
            return _split_ordinal(cell, form.number_column, name)
    return [(name, cell)]


def _split_ordinal(cell: Cell, number_key: str, name_key: str) -> list[tuple[str, Cell]]:
    head = cell.lines[0]
    number_line = type(head)(head.words[:1], head.words[0].bbox)
    rest = head.words[1:]
    rest_box = rest[0].bbox
    for word in rest[1:]:
        rest_box = rest_box.union(word.bbox)
    name_lines = (type(head)(rest, rest_box), *cell.lines[1:])
    return [
        (number_key, Cell(cell.row, cell.column, cell.row_span, 1, cell.bbox, (number_line,))),
        (name_key, Cell(cell.row, cell.column, cell.row_span, cell.column_span, cell.bbox, name_lines)),
    ]


def _give_back(upper: BodyRow, lower: BodyRow, table: StitchedTable) -> tuple[BodyRow, BodyRow]:
    """Return both rows with the texts that a merged cell carried over the page break put back where they began.

    A further indicator has no name of its own: a name beside its indicator and target is the rest of the merged cell
    that names the activity, as are other texts the activity had already begun.
    """
    form = table.form
    name = form.name_column
    own = {form.number_column, form.code_column} & lower.fields.keys()
    if own or lower.spanning or name not in lower.fields or name not in upper.fields:
        return upper, lower
    ordered = sorted(table.columns, key=lambda column: column.order)
    targets = {column.key for column in ordered if column.kind is Kind.KUANTITAS and column.key in lower.fields}
    if not targets or any(column.kind.is_number and column.key in lower.fields for column in ordered):
        return upper, lower
    if begins_level(lower.fields[name]):
        return upper, lower
    measured = {left.key for left, right in itertools.pairwise(ordered) if right.key in targets}
    carried = {
        column.key
        for column in ordered
        if column.kind is Kind.TEKS and column.key in lower.fields.keys() & upper.fields.keys() - measured
    }
    rest = BodyRow(lower.page, {key: lower.fields[key] for key in carried}, spanning=False)
    kept = {key: cells for key, cells in lower.fields.items() if key not in carried}
    return joined(upper, rest), replace(lower, fields=kept)
