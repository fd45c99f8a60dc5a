"""The rows of a table as a tree: urusan › bidang urusan › program › kegiatan › sub kegiatan, with group rows.

A group row (``kelompok``) has no level of its own: before an urusan it is an agency or UPTD block above everything
(SIPD print); before a program it is a division of the agency below the urusan (E.81).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from normalize.model import Record, Tingkat
from schemas.figures import Gap, Ref, figure_of

_RANK = {
    Tingkat.URUSAN: 10,
    Tingkat.BIDANG_URUSAN: 20,
    Tingkat.PROGRAM: 40,
    Tingkat.KEGIATAN: 50,
    Tingkat.SUB_KEGIATAN: 60,
    Tingkat.BARIS: 70,
}
_GROUP_ABOVE_URUSAN = 0
_GROUP_BELOW_URUSAN = 30


@dataclass(slots=True)
class Branch:
    """One row, the further indicator rows that belong to it, and the rows below it."""

    record: int
    tingkat: Tingkat
    rank: int
    parent: Branch | None = None
    indicators: list[int] = field(default_factory=list)
    children: list[Branch] = field(default_factory=list)

    def walk(self) -> Iterator[Branch]:
        """Yield this row and every row below it, in print order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A total row and what it may add up."""

    record: int
    since_last_total: tuple[Branch, ...]
    """Top rows printed since the total row before."""
    all_before: tuple[Branch, ...]
    """Every top row printed so far."""
    open_branches: tuple[Branch, ...]
    """The last row of each level above it: a subtotal closes one of them (``Jumlah Program ...``)."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Every row of a table in its place."""

    roots: tuple[Branch, ...]
    totals: tuple[TotalRow, ...]

    def walk(self) -> Iterator[Branch]:
        """Yield every row but totals, in print order."""
        for root in self.roots:
            yield from root.walk()


def build_tree(records: Sequence[Record]) -> Tree:
    """Place every record under the nearest row above it that is higher in the hierarchy."""
    roots: list[Branch] = []
    totals: list[TotalRow] = []
    closed = 0
    stack: list[Branch] = []
    levels = [record.tingkat for record in records]
    for index, level in enumerate(levels):
        if level is Tingkat.TOTAL:
            totals.append(TotalRow(index, tuple(roots[closed:]), tuple(roots), tuple(stack)))
            closed = len(roots)
            continue
        if level is Tingkat.INDIKATOR and stack:
            stack[-1].indicators.append(index)
            continue
        branch = Branch(index, level, _rank(levels, index))
        while stack and stack[-1].rank >= branch.rank:
            stack.pop()
        if stack:
            branch.parent = stack[-1]
            stack[-1].children.append(branch)
        else:
            roots.append(branch)
        stack.append(branch)
    return Tree(tuple(roots), tuple(totals))


def _rank(levels: Sequence[Tingkat], index: int) -> int:
    if levels[index] is not Tingkat.KELOMPOK:
        return _RANK.get(levels[index], _RANK[Tingkat.BARIS])
    below = (levels[at] for at in range(index + 1, len(levels)))
    following = next((level for level in below if level not in (Tingkat.KELOMPOK, Tingkat.INDIKATOR)), Tingkat.BARIS)
    above = following in (Tingkat.URUSAN, Tingkat.BIDANG_URUSAN)
    return _GROUP_ABOVE_URUSAN if above else _GROUP_BELOW_URUSAN


def own_refs(records: Sequence[Record], table: int, branch: Branch, column: str) -> tuple[Ref, ...]:
    """Return where a row's own amount is printed: in the row, else in its indicator rows (SIPD prints it there)."""
    if figure_of(records[branch.record].get(column)) is not Gap.NIL:
        return (Ref(table, branch.record, column),)
    return tuple(
        Ref(table, index, column) for index in branch.indicators if figure_of(records[index].get(column)) is not Gap.NIL
    )


def amount_refs(records: Sequence[Record], table: int, branch: Branch, column: str) -> tuple[Ref, ...]:
    """Return the places that make up a row's amount: its own, else those of the rows below it."""
    own = own_refs(records, table, branch, column)
    if own:
        return own
    return tuple(ref for child in branch.children for ref in amount_refs(records, table, child, column))
