"""The same figure in two tables: rows of the same name or code, and the totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from normalize.model import Document, Table, Tingkat
from schemas.figures import Gap, Ref, figure_of
from schemas.model import Schema
from schemas.relations import Relation
from schemas.row_match import RowGroup, group_amount, match_groups, row_groups
from schemas.rules import EqualityRule
from schemas.tree import Branch, build_tree, own_refs


@dataclass(frozen=True, slots=True)
class TablePair:
    """Two tables with their rows matched."""

    ours: int
    theirs: int
    our_groups: tuple[RowGroup, ...]
    their_groups: tuple[RowGroup, ...]
    partners: Mapping[int, int]
    """Index of ``our_groups`` to index of ``their_groups``."""


def pair_tables(
    document: Document, schemas: Mapping[str, Schema], ours: int, theirs: int, amounts: tuple[str, str]
) -> TablePair:
    """Match the rows of two tables; ``amounts`` are the columns by which rows left over are recognised."""
    our_table, their_table = document.tables[ours], document.tables[theirs]
    our_groups = row_groups(our_table, ours, schemas[our_table.key])
    their_groups = row_groups(their_table, theirs, schemas[their_table.key])

    def amount(group: RowGroup) -> Decimal | None:
        if group.table == ours:
            return group_amount(our_table, group, amounts[0])
        return group_amount(their_table, group, amounts[1])

    return TablePair(ours, theirs, our_groups, their_groups, match_groups(our_groups, their_groups, amount))


def first_table(document: Document, key: str) -> int | None:
    """Return the index of the first table of a kind; further ones of the kind repeat or continue it."""
    return next((index for index, table in enumerate(document.tables) if table.key == key), None)


def row_relations(document: Document, pair: TablePair, rule: EqualityRule) -> Iterator[Relation]:
    """Yield one relation for each matched pair of row groups and each pair of columns."""
    our_table, their_table = document.tables[pair.ours], document.tables[pair.theirs]
    for ours, theirs in _columns(our_table, their_table, rule):
        for index, partner in pair.partners.items():
            our_group, their_group = pair.our_groups[index], pair.their_groups[partner]
            left = _group_refs(our_table, our_group, ours)
            right = _group_refs(their_table, their_group, theirs)
            yield Relation(
                name=f"{our_table.key} = {their_table.key}: {ours}, baris",
                code="RJ-CEK-004",
                severity=rule.severity,
                left=left or (Ref(pair.ours, our_group.branches[0].record, ours),),
                right=tuple((1, ref) for ref in right or (Ref(pair.theirs, their_group.branches[0].record, theirs),)),
                tolerance=rule.tolerance,
                nil_is_zero=bool(left) == bool(right)
                or _claims_nothing(document, our_group, their_group, ours, theirs),
            )


def _claims_nothing(document: Document, our_group: RowGroup, their_group: RowGroup, ours: str, theirs: str) -> bool:
    """Say whether the empty side of a pair means zero: a printed dash does, and a blank in a row with none below it.

    A blank above other rows means only that the form prints no amount on that level.
    """
    return all(
        document.tables[group.table].records[branch.record].get(column).raw.strip() or not branch.children
        for group, column in ((our_group, ours), (their_group, theirs))
        for branch in group.branches
    )


def total_relations(document: Document, ours: int, theirs: int, rule: EqualityRule) -> Iterator[Relation]:
    """Yield one relation for each pair of columns in which both tables print a total."""
    our_table, their_table = document.tables[ours], document.tables[theirs]
    for our_column, their_column in _columns(our_table, their_table, rule):
        left, right = _grand_total(our_table, ours, our_column), _grand_total(their_table, theirs, their_column)
        if left is not None and right is not None:
            yield Relation(
                name=f"{our_table.key} = {their_table.key}: {our_column}, total",
                code="RJ-CEK-005",
                severity=rule.severity,
                left=(left,),
                right=((1, right),),
                tolerance=rule.tolerance,
            )


def _columns(our_table: Table, their_table: Table, rule: EqualityRule) -> Iterator[tuple[str, str]]:
    ours = {column.key for column in our_table.columns}
    theirs = {column.key for column in their_table.columns}
    return ((our, their) for our, their in rule.columns if our in ours and their in theirs)


def _group_refs(table: Table, group: RowGroup, column: str) -> tuple[Ref, ...]:
    return tuple(ref for branch in group.branches for ref in own_refs(table.records, group.table, branch, column))


def _grand_total(table: Table, index: int, column: str) -> Ref | None:
    for number in range(len(table.records) - 1, -1, -1):
        record = table.records[number]
        if record.tingkat is Tingkat.TOTAL and figure_of(record.get(column)) is not Gap.NIL:
            return Ref(index, number, column)
    return None


def amounts_by_name(table: Table, index: int, schema: Schema) -> frozenset[tuple[object, ...]]:
    """Return the rows of a table that print amounts, each as its level, its name and its summed columns.

    A later table of the kind that has none but those of the first prints it over again.
    """
    columns = tuple(dict.fromkeys(column for rule in schema.rules.sums for column in rule.columns))
    found = set()
    for branch in build_tree(table.records).walk():
        amounts = tuple(_printed_amount(table, index, branch, column) for column in columns)
        if any(amount is not None for amount in amounts) and branch.tingkat is not Tingkat.KELOMPOK:
            name = table.records[branch.record].get(schema.form.level_column).text.casefold()
            found.add((branch.tingkat, "".join(name.split()), *amounts))
    return frozenset(found)


def _printed_amount(table: Table, index: int, branch: Branch, column: str) -> object:
    refs = own_refs(table.records, index, branch, column)
    figures = [figure_of(table.records[ref.record].get(ref.column)) for ref in refs]
    return sum(figure for figure in figures if not isinstance(figure, Gap)) if figures else None
