"""Which figures of a table are the sum of figures below them, so that the workbook can carry a live formula.

Only an exact equality counts: where the printed figure differs from the sum, the printed figure stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from export.hierarchy import children_of
from export.plain_number import fits_excel
from normalize.form import Kind
from normalize.model import Table, Tingkat

MAX_RANGES = 100
"""Ranges in one formula; Excel takes 255 arguments, and no one reads more than this."""

Span = tuple[int, int]
"""First and last record (0-based, both included) of a range without foreign figures."""


def live_sums(table: Table) -> Mapping[tuple[int, str], tuple[Span, ...]]:
    """Return, for each (record, rupiah column) that equals the sum of its children, the ranges to add up."""
    children = children_of(table)
    sums: dict[tuple[int, str], tuple[Span, ...]] = {}
    for column in table.columns:
        if column.kind is not Kind.RUPIAH:
            continue
        figures = [record.get(column.key).number for record in table.records]
        for parent, members in children.items():
            for cells in (members, _with_indicators(table, members)):
                spans = _sum_spans(figures, parent, cells)
                if spans:
                    sums[parent, column.key] = spans
                    break
    return sums


def _with_indicators(table: Table, members: Sequence[int]) -> tuple[int, ...]:
    """Return ``members`` with their further indicators: the SIPD print puts the amount on the indicator's row."""
    cells: list[int] = []
    for member in members:
        cells.append(member)
        for index in range(member + 1, len(table.records)):
            if table.records[index].tingkat is not Tingkat.INDIKATOR:
                break
            cells.append(index)
    return tuple(cells)


def _sum_spans(figures: Sequence[Decimal | None], parent: int, cells: Sequence[int]) -> tuple[Span, ...]:
    """Return the ranges of ``cells`` when they add up to the parent's figure, else none."""
    total = figures[parent]
    parts = {index: figure for index in cells if (figure := figures[index]) is not None}
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
