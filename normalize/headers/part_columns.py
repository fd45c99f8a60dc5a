"""The columns of one part of a table, and which of them rest on a guess because their header was misread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from extract.model import Grid
from normalize.fold import fold_header
from normalize.form import TableForm
from normalize.headers.code_columns import merge_code_columns
from normalize.headers.column_proof import unproven_columns
from normalize.headers.columns import LooksLike, PrintedGroup, group_columns, printed_columns, resolve_columns
from normalize.headers.columns_by_place import place_columns
from normalize.headers.header import Header, IsHeaderText
from normalize.headers.level_columns import merge_level_columns
from normalize.headers.match import Assignment, Printed, assign_columns
from normalize.model import Column, Tingkat

OTHER_ON_PAGES = "judulnya terbaca lain di halaman lain"
"""Why a column is not proven whose header two pages read as two columns'."""


class GuessedFrom(StrEnum):
    """What a misread column header was understood by, for planners."""

    LABELS = "dari judul di sekitarnya"
    PLACE = "dari letaknya"
    PAGES = "dari halaman lain"


@dataclass(frozen=True, slots=True)
class Guess:
    """A column that its header as read would not have named."""

    printed: str
    """The header as read."""
    source: GuessedFrom


@dataclass(frozen=True, slots=True)
class PartColumns:
    """The columns that one grid's header names."""

    columns: tuple[Column, ...]
    keys: tuple[str, ...]
    """Column key of every grid column."""
    likeness: dict[str, float] = field(default_factory=dict)
    """Per declared column key the score of its header."""
    guesses: dict[str, Guess] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    """Per column key why it is not proven to be that column, Indonesian."""
    recognised: bool = False
    """Whether a recogniser read the header."""


@dataclass(frozen=True, slots=True)
class TableSense:
    """What a table tells about all its columns."""

    form: TableForm
    year: int | None
    """The plan year its caption prints."""
    unit: Decimal
    """The factor its caption prints for money."""


@dataclass(frozen=True, slots=True)
class PrintedHeader:
    """The printed columns of a grid, as they are resolved and as the matcher wants them."""

    groups: tuple[PrintedGroup, ...]
    printed: tuple[Printed, ...]
    levels: Mapping[int, Tingkat] = field(default_factory=dict)
    """The level of each grid column headed by one, where these columns are one name."""


def printed_header(
    grid: Grid, header: Header, looks_like: LooksLike, *, levels: Mapping[int, Tingkat] | None = None
) -> PrintedHeader:
    """Return the printed columns of a grid, sub-columns of a code taken together, and those of ``levels``."""
    groups = merge_code_columns(group_columns(header), grid, header)
    if levels:
        groups = merge_level_columns(groups, levels)
    return PrintedHeader(groups, printed_columns(groups, grid, header, looks_like), levels or {})


def part_columns(shown: PrintedHeader, assignment: Assignment, sense: TableSense) -> PartColumns:
    """Return the columns that an assignment gives the printed ones."""
    columns, keys = resolve_columns(shown.groups, assignment, sense.form.columns, sense.year, sense.unit)
    likeness = {
        keys[group.grid_columns[0]]: score
        for group, declared, score in zip(shown.groups, assignment.columns, assignment.scores, strict=True)
        if declared is not None
    }
    return PartColumns(columns, keys, likeness)


def guessed_by_place(part: PartColumns) -> PartColumns:
    """Return the columns of a header that nobody can read, each a guess by its place."""
    guesses = {column.key: Guess(column.title, GuessedFrom.PLACE) for column in part.columns}
    return replace(part, guesses=guesses, recognised=True)


def misread_columns(
    shown: PrintedHeader, bare: PrintedHeader, assignment: Assignment, sense: TableSense, is_header_text: IsHeaderText
) -> PartColumns:
    """Return the columns of a header that a recogniser read, those that its own wording does not name as guesses.

    ``bare`` is the header with its labels as they were read, ``assignment`` how ``shown`` matches the form.
    """
    named = part_columns(bare, assign_columns(bare.printed, sense.form), sense)
    labelled = part_columns(shown, assignment, sense)
    closed = place_columns(shown.printed, assignment, sense.form, is_header_text)
    placed = part_columns(shown, closed, sense)
    declared = {column.key: column.title for column in placed.columns if column.declared}
    reread = {number for group in shown.groups if group.reading != group.path for number in group.grid_columns}
    guesses: dict[str, Guess] = {}
    for number, (by_name, by_label, key) in enumerate(zip(named.keys, labelled.keys, placed.keys, strict=True)):
        if key not in declared or key == by_name:
            continue
        if by_label != key:
            guesses[key] = Guess(declared[key], GuessedFrom.PLACE)
        elif number in reread:
            guesses[key] = Guess(declared[key], GuessedFrom.LABELS)
    doubts = {
        placed.keys[shown.groups[number].grid_columns[0]]: doubt
        for number, doubt in unproven_columns(bare.printed, closed, sense.form).items()
    }
    return replace(placed, guesses=guesses, doubts=doubts, recognised=True)


def with_pages_agreed(
    part: PartColumns, aligned: Sequence[str], before: Sequence[str], known: Sequence[Column]
) -> PartColumns:
    """Return the columns of a later part, those without a name called as the columns they stand under.

    ``aligned`` is the key each grid column stands under on the page before, ``before`` that page's keys, ``known`` the
    table's columns so far. An undeclared column is called as an undeclared one was; under a declared one it is that
    column where a recogniser may have misread the header or its cell shows only the beginning of the label, and then a
    guess.
    """
    declared = {column.key: column for column in known if column.declared}
    names: dict[str, str] = {}
    guesses, doubts = dict(part.guesses), dict(part.doubts)
    for column, old in _stands_under(part, aligned):
        if column.declared:
            if part.recognised and old in declared and old != column.key:
                doubts |= dict.fromkeys((column.key, old), OTHER_ON_PAGES)
            continue
        if old not in declared:
            names[column.key] = old
        elif (
            (part.recognised or _is_cut_short(column, declared[old]))
            and old not in part.keys
            and not _swallows(old, aligned, before)
        ):
            names[column.key] = old
            guesses[old] = Guess(column.title, GuessedFrom.PAGES)
    return replace(
        part,
        columns=tuple(replace(column, key=names.get(column.key, column.key)) for column in part.columns),
        keys=tuple(names.get(key, key) for key in part.keys),
        guesses=guesses,
        doubts=doubts,
    )


def names_found_later(part: PartColumns, aligned: Sequence[str], known: Sequence[Column]) -> dict[str, Column]:
    """Return, per undeclared key of the pages before, the declared column that this part's header makes of it."""
    held = {column.key: column for column in known}
    return {
        old: column
        for column, old in _stands_under(part, aligned)
        if part.recognised and column.declared and column.key not in held and not held[old].declared
    }


def _stands_under(part: PartColumns, aligned: Sequence[str]) -> Iterator[tuple[Column, str]]:
    """Yield the columns that stand under a single one of the page before, with its key."""
    for column in part.columns:
        above = {old for key, old in zip(part.keys, aligned, strict=True) if key == column.key}
        if len(above) == 1:
            yield column, above.pop()


def _is_cut_short(column: Column, whole: Column) -> bool:
    """Say whether a header cell, too low for its text, shows only the first words of the label on the page before."""
    shown, label = (fold_header(" ".join(each.header_path)) for each in (column, whole))
    return bool(shown) and label.startswith(f"{shown} ")


def _swallows(key: str, aligned: Sequence[str], before: Sequence[str]) -> bool:
    """Say whether a neighbour of a column on the page before is gone: the ruling between them was lost."""
    order = list(dict.fromkeys(before))
    place = order.index(key)
    return any(neighbour not in aligned for neighbour in order[max(0, place - 1) : place + 2])
