"""Printed grid columns to the keys of a table: one key a grid column, several grid columns may share one.

A header cell over several grid columns is one logical column (kode over six sub-columns), unless the form knows an
unlabelled neighbour under it (the satuan of E.81's column 5).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.model import Grid
from normalize.fold import fold_header, slug, years_in
from normalize.form import TAHUN, ColumnForm, Kind
from normalize.headers.header import Header
from normalize.headers.match import Assignment, Printed
from normalize.headers.money_unit import unit_factor
from normalize.model import Column

MAX_SAMPLE_ROWS = 40
"""Body rows looked at to tell what a column holds."""
MAX_SLUG = 48
"""Characters of an ``x_`` key."""

_WORDY = re.compile(r"[^\W\d_]{5,}")
"""A word too long for a code: ``X.XX`` and ``UPTD`` may stand in one, a name may not."""
_RELATIVE_YEAR = re.compile(r"\b[nN]\b(?:\s*([-–+])\s*(\d))?")

LooksLike = Callable[[str], frozenset[Kind]]
"""Returns the kinds a cell text could be."""


@dataclass(frozen=True, slots=True)
class PrintedGroup:
    """Neighbouring grid columns under one lowest header cell."""

    grid_columns: tuple[int, ...]
    path: tuple[str, ...]
    """As printed."""
    numbering: str
    reading: tuple[str, ...]
    """The path as it is understood."""


def group_columns(header: Header) -> tuple[PrintedGroup, ...]:
    """Return the logical columns a header draws, left to right."""
    numbers = range(len(header.paths))
    groups: list[PrintedGroup] = []
    for _, run in itertools.groupby(numbers, key=lambda n: header.leaves[n] if header.leaves[n] >= 0 else -1 - n):
        members = tuple(run)
        numbering = next((header.numbering[n] for n in members if header.numbering[n]), "")
        groups.append(PrintedGroup(members, header.paths[members[0]], numbering, header.readings[members[0]]))
    return tuple(groups)


def printed_columns(
    groups: Sequence[PrintedGroup], grid: Grid, header: Header, looks_like: LooksLike
) -> tuple[Printed, ...]:
    """Return the groups as the matcher wants them, with what their body cells hold."""
    owner = {column: number for number, group in enumerate(groups) for column in group.grid_columns}
    counts: list[dict[Kind, int]] = [dict.fromkeys((Kind.RUPIAH, Kind.PERSEN, Kind.KODE), 0) for _ in groups]
    filled = [0] * len(groups)
    for cell in grid.cells:
        if not header.rows <= cell.row < header.rows + MAX_SAMPLE_ROWS or not cell.lines:
            continue
        number = owner[cell.column]
        if owner[min(cell.column + cell.column_span, grid.columns) - 1] != number:
            continue
        filled[number] += 1
        for kind in looks_like(cell.text) & counts[number].keys():
            counts[number][kind] += 1
        counts[number][Kind.KODE] += not _WORDY.search(cell.text)
    return tuple(
        Printed(
            path=tuple(fold_header(part) for part in group.reading if fold_header(part)),
            numbering=group.numbering,
            year=_year_of(group.reading, None) if any(map(years_in, group.reading)) else "",
            fits={kind: count / filled[n] for kind, count in counts[n].items()} if filled[n] else None,
        )
        for n, group in enumerate(groups)
    )


def resolve_columns(
    groups: Sequence[PrintedGroup],
    assignment: Assignment,
    forms: Sequence[ColumnForm],
    year: int | None,
    unit: Decimal = Decimal(1),
) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """Return the table's columns in printed order and the column key of every grid column.

    ``year`` is the plan year, for relative header years (``n-1``); a declared key whose year is nowhere printed keeps
    the ordinal of its repetition. ``unit`` is the factor the caption prints for money; a header's own factor stands
    before it.
    """
    followers = {form.unlabelled_after: form for form in forms if form.unlabelled_after}
    assigned = {column.key for column in assignment.columns if column is not None}
    columns: list[Column] = []
    keys: dict[int, str] = {}
    used: set[str] = set()
    for group, form in zip(groups, assignment.columns, strict=True):
        members = group.grid_columns
        follower = followers.get(form.key) if form is not None and len(members) > 1 else None
        if follower is not None and follower.key not in assigned:
            parts: list[tuple[ColumnForm | None, tuple[int, ...]]] = [(form, members[:1]), (follower, members[1:])]
        else:
            parts = [(form, members)]
        for part_form, part_members in parts:
            column = _column(group, part_form, used, year)
            if part_form is not None:
                column = replace(column, order=forms.index(part_form))
            if column.declared and column.kind is Kind.RUPIAH and column.unit_factor == 1:
                column = replace(column, unit_factor=unit)
            columns.append(column)
            used.add(column.key)
            keys.update(dict.fromkeys(part_members, column.key))
    return tuple(columns), tuple(keys[number] for number in sorted(keys))


def _column(group: PrintedGroup, form: ColumnForm | None, used: set[str], year: int | None) -> Column:
    title = " › ".join(group.path)
    if form is None:
        stem = _undeclared_key(group.path)
        stem = stem if stem != "x" else f"x_kolom_{group.grid_columns[0] + 1}"
        return Column(_unique(stem, used), title, Kind.TEKS, group.path, declared=False, numbering=group.numbering)
    key = form.key
    if TAHUN in key:
        key = _unique(key.replace(TAHUN, _year_of(group.reading, year)), used)
    return Column(
        key=key,
        title=title or form.title,
        kind=form.kind,
        header_path=group.path,
        fill_down=form.fill_down,
        unit_factor=unit_factor(group.path) if form.kind is Kind.RUPIAH else Decimal(1),
        numbering=group.numbering,
    )


def _undeclared_key(path: Sequence[str]) -> str:
    """Return ``x_`` and the header's words; of a long header the outer levels are cut, since the leaf tells more."""
    words = slug(" ".join(path))
    if len(words) <= MAX_SLUG - 2 or not path:
        return f"x_{words}" if words else "x"
    leaf = slug(path[-1])[: MAX_SLUG // 2].strip("_")
    outer = slug(" ".join(path[:-1]))[: MAX_SLUG - 3 - len(leaf)].strip("_")
    return f"x_{outer}_{leaf}" if outer else f"x_{words}"[:MAX_SLUG].rstrip("_")


def _year_of(path: Sequence[str], year: int | None) -> str:
    for part in reversed(path):
        years = years_in(part)
        if years:
            return str(years[-1])
        relative = _RELATIVE_YEAR.search(part)
        if relative:
            offset = int((relative.group(1) or "+").replace("–", "-") + (relative.group(2) or "0"))
            if year is not None:
                return str(year + offset)
            return f"n{'_min_' if offset < 0 else '_plus_'}{abs(offset)}" if offset else "n"
    return "n" if year is None else str(year)


def _unique(stem: str, used: set[str]) -> str:
    if stem not in used:
        return stem
    return next(name for number in itertools.count(2) if (name := f"{stem}_{number}") not in used)
