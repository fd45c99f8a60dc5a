"""Which record of a table stands below which, from the levels alone."""

from __future__ import annotations

from collections.abc import Mapping

from normalize.model import Table, Tingkat

RANKS = {
    Tingkat.KELOMPOK: 0,
    Tingkat.URUSAN: 1,
    Tingkat.BIDANG_URUSAN: 2,
    Tingkat.PROGRAM: 3,
    Tingkat.KEGIATAN: 4,
    Tingkat.SUB_KEGIATAN: 5,
    Tingkat.BARIS: 6,
}
"""Depth of the levels that have parents or children; further indicators and totals stand outside."""


def children_of(table: Table) -> Mapping[int, tuple[int, ...]]:
    """Return the direct children of each record that has any (0-based positions).

    Those of a total are the topmost records since the total before it.
    """
    children: dict[int, list[int]] = {}
    open_parents: list[tuple[int, int]] = []
    roots: list[int] = []
    for index, record in enumerate(table.records):
        if record.tingkat is Tingkat.TOTAL:
            children[index] = roots
            open_parents, roots = [], []
            continue
        rank = RANKS.get(record.tingkat)
        if rank is None:
            continue
        while open_parents and open_parents[-1][0] >= rank:
            open_parents.pop()
        if open_parents:
            children.setdefault(open_parents[-1][1], []).append(index)
        else:
            roots.append(index)
        open_parents.append((rank, index))
    return {parent: tuple(members) for parent, members in children.items() if members}
