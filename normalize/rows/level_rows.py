"""Rows whose name is printed in one column per level, made one row per level.

The deepest name of a printed row owns its other cells, but for those merged down with a name above it. That is a row of
its own where it is new; printed again on every row (as spreadsheets do) it is the same row; overleaf it may be the rest
of a merged cell. Where names stand side by side every row names the deepest level, so a first row overleaf without it
is the rest of a cut row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from normalize.fold import squeeze
from normalize.headers.level_columns import ORDER
from normalize.model import Tingkat
from normalize.rows.body_row import BodyRow, PlacedCell, joined
from normalize.rows.page_break import reads_on


def split_by_level(
    printed: Sequence[BodyRow], levels: Mapping[int, Tingkat], name: str, before: list[BodyRow]
) -> list[BodyRow]:
    """Return the rows of a part, one per level; the rest of a merged name goes to its row among those ``before``.

    ``levels`` holds the level of each grid column that is headed by one, ``name`` is the key all of them share.
    """
    rows: list[BodyRow] = []
    split = [_pieces(row, levels, name) for row in printed]
    beside = any(len(pieces) > 1 for pieces in split)
    for number, pieces in enumerate(split):
        overleaf = number == 0 and bool(before)
        if overleaf and beside and pieces[-1].level not in (None, max(levels.values(), key=ORDER.index)):
            for piece in pieces:
                _give_back(piece, before, name)
            rest = {key: cells for key, cells in pieces[-1].fields.items() if key != name}
            if rest:
                rows.append(replace(pieces[-1], fields=rest, level=None))
            continue
        deepest = pieces[-1]
        for piece in pieces[:-1]:
            named = _last_named((*before, *rows), piece.level)
            if named is not None and _text(named, name) == _text(piece, name):
                continue
            if overleaf and named is not None and _is_rest(named, piece, pieces, levels, name):
                _give_back(piece, before, name)
            else:
                merged = _merged_with(piece, deepest, name)
                rows.append(replace(piece, fields={**piece.fields, **merged}))
                deepest = replace(
                    deepest, fields={key: cells for key, cells in deepest.fields.items() if key not in merged}
                )
        rows.append(deepest)
    return rows


def _merged_with(piece: BodyRow, deepest: BodyRow, name: str) -> dict[str, tuple[PlacedCell, ...]]:
    """Return the fields of a printed row that are merged down over the same rows as a name above the deepest one."""
    merged = _rows_of(piece.fields[name])
    if merged == _rows_of(deepest.fields[name]):
        return {}
    return {key: cells for key, cells in deepest.fields.items() if key != name and _rows_of(cells) == merged}


def _rows_of(cells: Sequence[PlacedCell]) -> set[tuple[int, int]]:
    """Return where the printed cells of a field begin in the grid, and over how many rows they run."""
    return {(placed.cell.row, placed.cell.row_span) for placed in cells if placed.cell.lines}


def _give_back(piece: BodyRow, before: list[BodyRow], name: str) -> None:
    """Put the rest of a name that a page break cut behind its beginning; a name without one opens a row."""
    named = _last_named(before, piece.level)
    rest = replace(piece, fields={name: piece.fields[name]})
    if named is None:
        before.append(rest)
    else:
        before[before.index(named)] = joined(named, rest)


def _pieces(row: BodyRow, levels: Mapping[int, Tingkat], name: str) -> list[BodyRow]:
    """Return the names of a printed row by level, outermost first; the last one with all other cells."""
    names: dict[Tingkat, list[PlacedCell]] = {}
    for placed in row.fields.get(name, ()):
        cell = placed.cell
        over = {levels.get(column) for column in range(cell.column, cell.column + cell.column_span)}
        level = over.pop()
        if over or level is None:  # a group or total row: its label runs over the columns
            return [row]
        names.setdefault(level, []).append(placed)
    if not names:
        return [row]
    ordered = sorted(names, key=ORDER.index)
    pieces = [replace(row, fields={name: tuple(names[level])}, spanning=False, level=level) for level in ordered[:-1]]
    deepest = ordered[-1]
    return [*pieces, replace(row, fields={**row.fields, name: tuple(names[deepest])}, level=deepest)]


def _last_named(rows: Sequence[BodyRow], level: Tingkat | None) -> BodyRow | None:
    """Return the row a name of this level would repeat: the last of the level, unless a level above came since."""
    for row in reversed(rows):
        if row.level is level:
            return row
        if row.level is not None and level is not None and ORDER.index(row.level) < ORDER.index(level):
            return None
    return None


def _is_rest(
    named: BodyRow, piece: BodyRow, pieces: Sequence[BodyRow], levels: Mapping[int, Tingkat], name: str
) -> bool:
    """Say whether a name overleaf goes on with a merged cell: its wording runs on, or no level below it begins."""
    printed = sorted(set(levels.values()), key=ORDER.index)
    below = [level for level in printed if piece.level is not None and ORDER.index(level) > ORDER.index(piece.level)]
    skipped = len(below) > 1 and all(other.level is not below[0] for other in pieces)
    return skipped or reads_on(_text(named, name), _text(piece, name))


def _text(row: BodyRow, name: str) -> str:
    return " ".join(squeeze(placed.cell.text) for placed in row.fields.get(name, ()))
