"""The flat view of a document: one row per sub kegiatan and indicator, parents and merged cells filled down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from export.hierarchy import RANKS, children_of
from export.sheets.flat_columns import Role, flat_sources
from normalize.model import BLANK, Column, Document, Record, Table, Tingkat, Value

PARENTS = (Tingkat.KELOMPOK, Tingkat.URUSAN, Tingkat.BIDANG_URUSAN, Tingkat.PROGRAM, Tingkat.KEGIATAN)

OWN_ROLES = (
    Role.INDIKATOR,
    Role.TARGET,
    Role.PAGU,
    Role.REALISASI,
    Role.REALISASI_RP,
    Role.TARGET_MAJU,
    Role.PAGU_MAJU,
)
"""What makes a row worth reading by itself."""


@dataclass(frozen=True, slots=True)
class FlatRow:
    """One row of the flat sheet."""

    table: int
    """Position of the table in the document."""
    number: int
    """1-based record number in that table."""
    parents: Mapping[Tingkat, str]
    """Names of the levels above."""
    fields: Mapping[Role, Value]
    tingkat: Tingkat
    page: int
    confidence: float


def flat_rows(document: Document) -> Iterator[FlatRow]:
    """Yield the rows of every table with planning levels, in printed order.

    A further indicator of a sub kegiatan is a row of its own with the names filled in and the figures left as
    printed, so that sums over the sheet count no amount twice.
    """
    for position, table in enumerate(document.tables):
        yield from _table_rows(position, table)


def _table_rows(position: int, table: Table) -> Iterator[FlatRow]:
    sources = flat_sources(table)
    if Role.URAIAN not in sources:
        return
    parents: dict[Tingkat, str] = {}
    carried: dict[Role, Value] = {}
    has_children = children_of(table)
    leaf: Record | None = None
    for index, record in enumerate(table.records):
        _carry(record, sources, carried)
        if record.tingkat in PARENTS:
            _open_level(parents, record.tingkat, _field(record, sources[Role.URAIAN]).text)
        fields = {role: _field(record, columns) for role, columns in sources.items()} | carried
        if record.tingkat is Tingkat.INDIKATOR:
            if leaf is None:
                continue  # a further indicator of a programme or kegiatan, which have no rows here
            fields |= {role: _field(leaf, sources[role]) for role in (Role.URAIAN, Role.KODE) if role in sources}
        elif record.tingkat in (Tingkat.KEGIATAN, Tingkat.SUB_KEGIATAN) and index not in has_children:
            leaf = record
            if _says_nothing(fields) and _next_is_indicator(table, index):
                continue  # the SIPD print puts everything but the name on the indicator's row
        else:
            leaf = None
            continue
        above = {level: name for level, name in parents.items() if level is not leaf.tingkat}
        yield FlatRow(position, index + 1, above, fields, leaf.tingkat, record.page, record.confidence)


def _says_nothing(fields: Mapping[Role, Value]) -> bool:
    return not any(fields[role].text for role in OWN_ROLES if role in fields)


def _next_is_indicator(table: Table, index: int) -> bool:
    following = table.records[index + 1 : index + 2]
    return bool(following) and following[0].tingkat is Tingkat.INDIKATOR


def _open_level(parents: dict[Tingkat, str], level: Tingkat, name: str) -> None:
    """Enter a level and leave all deeper ones."""
    for other in [other for other in parents if RANKS[other] >= RANKS[level]]:
        del parents[other]
    parents[level] = name


def _carry(record: Record, sources: Mapping[Role, tuple[Column, ...]], carried: dict[Role, Value]) -> None:
    """Remember the values of columns whose cells are merged downwards in print."""
    for role, columns in sources.items():
        if any(column.fill_down for column in columns):
            value = _field(record, columns)
            if value.text:
                carried[role] = value


def _field(record: Record, columns: tuple[Column, ...]) -> Value:
    """Return the first value a record has in ``columns``."""
    values = (record.get(column.key) for column in columns)
    return next((value for value in values if value.text or value.number is not None), BLANK)
