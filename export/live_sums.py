"""Which figures of a table are the sum of figures below them, so that the workbook can carry a live formula.

Only an exact equality counts: where the printed figure differs from the sum, the printed figure stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from export.plain_number import fits_excel
from normalize.form import Kind
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

MAX_RANGES = 100
"""Ranges in one formula; Excel takes 255 arguments, and no one reads more than this."""

Span = tuple[int, int]
"""First and last record (0-based, both included) of a range without foreign figures."""


def live_sums(table: Table) -> Mapping[tuple[int, str], tuple[Span, ...]]:
    """Return, for each (record, rupiah column) that equals the sum of its children, the ranges to add up."""
    children = _children(table)
    sums: dict[tuple[int, str], tuple[Span, ...]] = {}
    for column in table.columns:
        if column.kind is not Kind.RUPIAH:
            continue
        figures = [record.get(column.key).number for record in table.records]
        for parent, members in children.items():
            spans = _sum_spans(figures, parent, members)
            if spans:
                sums[parent, column.key] = spans
    return sums


def _children(table: Table) -> dict[int, list[int]]:
    """Return the direct children of each record; those of a total are the topmost records before it."""
    children: dict[int, list[int]] = {}
    open_parents: list[tuple[int, int]] = []
    roots: list[int] = []
    for index, record in enumerate(table.records):
        if record.tingkat is Tingkat.TOTAL:
            children[index] = list(roots)
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
    return children


def _sum_spans(figures: Sequence[Decimal | None], parent: int, members: Sequence[int]) -> tuple[Span, ...]:
    total = figures[parent]
    parts = {index: figure for index in members if (figure := figures[index]) is not None}
    if total is None or not parts or total != sum(parts.values()):
        return ()
    if not all(fits_excel(number) for number in (total, *parts.values())):
        return ()  # numbers kept as text would be left out of a SUM
    spans = tuple(_spans(sorted(parts), figures))
    return spans if len(spans) <= MAX_RANGES else ()


def _spans(members: Sequence[int], figures: Sequence[Decimal | None]) -> Iterator[Span]:
    """Join neighbouring members into ranges when only blank cells lie between them."""
    first = last = members[0]
    for member in members[1:]:
        if any(figure is not None for figure in figures[last + 1 : member]):
            yield first, last
            first = member
        last = member
    yield first, last
