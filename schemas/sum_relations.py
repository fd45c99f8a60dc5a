"""Parents as sums of the rows below them, and total rows as sums of the top rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from normalize.model import Record, Table, Tingkat
from schemas.figures import Figure, FigureAt, Gap, Ref, figure_of
from schemas.model import Schema
from schemas.relations import Evaluation, Outcome, Relation, evaluate
from schemas.rounding import printed_step
from schemas.rules import SumRule
from schemas.tree import Branch, TotalRow, Tree, amount_refs, build_tree, own_refs


def sum_relations(table: Table, index: int, schema: Schema) -> Iterator[Relation]:
    """Yield one relation for each parent row with an amount, and for each total row, in every declared column."""
    tree = build_tree(table.records)
    present = {column.key for column in table.columns}
    for rule in schema.rules.sums:
        for column in rule.columns:
            if column in present:
                bare = _unlevelled(table, index, tree, column, schema.form.code_column)
                yield from _parents(table, index, tree, column, rule, bare)
                yield from _totals(table, index, tree, column, rule)


def blank_parents(table: Table, index: int, schema: Schema) -> Iterator[tuple[Ref, tuple[Ref, ...]]]:
    """Yield each blank field of a planning level above others, with the amounts printed below it.

    Columns in which most parents are blank are left out, and so are group rows: there the form prints none by design.
    """
    present = {column.key for column in table.columns}
    parents = [b for b in build_tree(table.records).walk() if b.children and b.tingkat is not Tingkat.KELOMPOK]
    for column in (column for rule in schema.rules.sums for column in rule.columns if column in present):
        above = [
            (branch, parts) for branch in parents if (parts := _parts(table.records, index, branch.children, column))
        ]
        blank = [(branch, parts) for branch, parts in above if not own_refs(table.records, index, branch, column)]
        if len(blank) <= len(above) - len(blank):
            for branch, parts in blank:
                yield Ref(index, branch.record, column), parts


def _parents(
    table: Table, index: int, tree: Tree, column: str, rule: SumRule, unlevelled: Mapping[int, tuple[Ref, ...]]
) -> Iterator[Relation]:
    for branch in tree.walk():
        value = table.records[branch.record].get(column)
        if not branch.children or not value.raw.strip():
            continue
        parts = _parts(table.records, index, branch.children, column)
        parts = unlevelled.get(branch.record, parts)
        nil = figure_of(value) is Gap.NIL
        if nil == bool(parts):
            # A dash above amounts is a blank parent, reported as such; an amount above blanks cannot be tested.
            continue
        places = parts or tuple(Ref(index, child.record, column) for child in branch.children)
        yield Relation(
            name=f"{table.key}: {column}, induk = jumlah rincian",
            code="RJ-CEK-002",
            severity=rule.severity,
            left=(Ref(index, branch.record, column),),
            right=tuple((1, ref) for ref in places),
            tolerance=rule.tolerance * len(places) * printed_step(table, column),
            nil_is_zero=nil,
        )


def _unlevelled(table: Table, index: int, tree: Tree, column: str, code: str) -> dict[int, tuple[Ref, ...]]:
    """Return, by the record of a parent, those rows below it whose amounts are the sums of the others.

    Rows without a code or wording of their own all stand on one level; their amounts tell the kegiatan among them.
    Siblings may be equal by chance, so one head above several rows must be found in the table before a head above one
    is believed.
    """
    found: dict[int, tuple[Ref, ...]] = {}
    several = False
    for branch in tree.walk():
        if any(table.records[child.record].get(code).raw.strip() for child in branch.children):
            continue
        parts = _parts(table.records, index, branch.children, column)
        heads = _heads([figure_of(table.records[ref.record].get(column)) for ref in parts])
        own = tuple(parts[at] for at in heads)
        if own and figure_of(table.records[branch.record].get(column)) == _amount(table, own):
            found[branch.record] = own
            several = several or any(after - at > 2 for at, after in pairwise((*heads, len(parts))))
    return found if several else {}


def _heads(amounts: Sequence[Figure]) -> list[int]:
    """Return the places of amounts that are the sums of those up to the next such place; none where one is not."""
    heads: list[int] = []
    at = 0
    while at < len(amounts):
        rest, end = amounts[at], at + 1
        while end < len(amounts) and not isinstance(rest, Gap) and not isinstance(below := amounts[end], Gap):
            if rest <= 0 and below:
                break
            rest, end = rest - below, end + 1
        if rest != 0 or end == at + 1:
            return []
        heads.append(at)
        at = end
    return heads


def _totals(table: Table, index: int, tree: Tree, column: str, rule: SumRule) -> Iterator[Relation]:
    earlier: list[Ref] = []
    for total in tree.totals:
        target = Ref(index, total.record, column)
        if figure_of(table.records[total.record].get(column)) is Gap.NIL:
            continue
        parts = _total_parts(table, index, total, column, earlier)
        earlier.append(target)
        if parts:
            yield Relation(
                name=f"{table.key}: {column}, total",
                code="RJ-CEK-003",
                severity=rule.severity,
                left=(target,),
                right=tuple((1, ref) for ref in parts),
                tolerance=rule.tolerance * len(parts) * printed_step(table, column),
            )


def _total_parts(table: Table, index: int, total: TotalRow, column: str, earlier: Sequence[Ref]) -> tuple[Ref, ...]:
    """Return what a total row adds up: whichever of the rows it may close comes to its amount, else all top rows."""
    since = _parts(table.records, index, total.since_last_total, column)
    everything = _parts(table.records, index, total.all_before, column)
    single = [_parts(table.records, index, (branch,), column) for branch in total.open_branches]
    choices = [parts for parts in (since, everything, tuple(earlier), *single) if parts]
    printed = figure_of(table.records[total.record].get(column))
    fitting = (parts for parts in choices if printed == _amount(table, parts))
    return next(fitting, choices[0] if choices else ())


def _amount(table: Table, parts: Sequence[Ref]) -> Decimal:
    amounts = (figure_of(table.records[ref.record].get(ref.column)) for ref in parts)
    return sum((amount for amount in amounts if not isinstance(amount, Gap)), Decimal(0))


def _parts(records: Sequence[Record], index: int, branches: Sequence[Branch], column: str) -> tuple[Ref, ...]:
    return tuple(ref for branch in branches for ref in amount_refs(records, index, branch, column))


def lone_culprit(relation: Relation, figure_at: FigureAt) -> Ref | None:
    """Return the single part without which a broken sum would hold exactly, if there is just one."""
    culprits = []
    for position, (_, ref) in enumerate(relation.right):
        rest = relation.right[:position] + relation.right[position + 1 :]
        without = _without(relation, rest, figure_at)
        if without.outcome is Outcome.HELD:
            culprits.append(ref)
    return culprits[0] if len(culprits) == 1 else None


def _without(relation: Relation, rest: tuple[tuple[int, Ref], ...], figure_at: FigureAt) -> Evaluation:
    narrowed = Relation(relation.name, relation.code, relation.severity, relation.left, rest, relation.tolerance)
    return evaluate(narrowed, figure_at)
