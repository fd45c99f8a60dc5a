"""Quirks that change which columns a table draws: their order, their numbering, names in a column per level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random
from string import ascii_lowercase

from samples.content.model import Head, Row, SampleTable, Slot

LEVEL_HEADS = (
    ("bidang_urusan", "Bidang Urusan"),
    ("program", "Program"),
    ("kegiatan", "Kegiatan"),
    ("sub_kegiatan", "Sub Kegiatan"),
)
LEVEL_WEIGHT = 1.2
"""Width of each level column; the one column they replace has 3."""


def lettered_numbering(table: SampleTable, _random: Random) -> SampleTable:
    """Write a, b, c ... in the numbering row; formulas need numbers."""
    if table.key in ("ii_1", "ii_1_tc29"):
        return table
    letters = tuple((ascii_lowercase[n], span) for n, (_, span) in enumerate(table.numbering))
    return replace(table, numbering=letters)


def money_first(table: SampleTable, _random: Random) -> SampleTable:
    """Print the amount before the target under one heading."""

    def change(head: Head) -> Head:
        ordered = sorted(head.under, key=lambda child: not _is_money(child))
        return replace(head, under=tuple(ordered))

    return replace(table, heads=tuple(map(change, table.heads)))


def _is_money(head: Head) -> bool:
    return len(head.slots) == 1 and head.slots[0].key.endswith(("pagu_indikatif", "_pagu", "kebutuhan_dana"))


def level_columns(table: SampleTable, _random: Random) -> SampleTable:
    """Print the names of each level in a column of its own."""
    if table.key not in ("iii_1", "iv_1"):
        return table
    names = [slot.name for slot in table.slots]
    place = names.index("uraian")
    heads: list[Head] = []
    for head in table.heads:
        if [slot.key for slot in head.slots] != ["uraian"]:
            heads.append(head)
            continue
        heads += [Head(title, slots=(Slot(f"uraian_{level}", LEVEL_WEIGHT),)) for level, title in LEVEL_HEADS]
    added = len(LEVEL_HEADS) - 1
    keys = frozenset(f"uraian_{level}" for level, _ in LEVEL_HEADS)

    def change(row: Row) -> Row:
        own = row.level if any(row.level == level for level, _ in LEVEL_HEADS) else LEVEL_HEADS[0][0]
        cells = {**row.cells, f"uraian_{own}": row.cells["uraian"]} if row.cells.get("uraian") else row.cells
        merged = (row.merged_up - {"uraian"}) | keys if "uraian" in row.merged_up else row.merged_up
        wide = {
            name: span + added if names.index(name) <= place < names.index(name) + span else span
            for name, span in row.wide.items()
        }
        return replace(row, cells=cells, merged_up=merged, wide=wide)

    return replace(
        table,
        heads=tuple(heads),
        rows=tuple(map(change, table.rows)),
        numbering=tuple(_widened(table.numbering, place, len(LEVEL_HEADS))),
    )


def _widened(numbering: Sequence[tuple[str, int]], place: int, columns: int) -> Iterator[tuple[str, int]]:
    """Yield the numbering with the cell over one physical column spanning as many as stand there now."""
    start = 0
    for text, span in numbering:
        yield text, columns if start == place else span
        start += span
