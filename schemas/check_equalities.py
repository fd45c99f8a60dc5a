"""Compare tables that print the same figures: III.1 with IV.1 and with the lampiran, row by row and in total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from extract.findings import Finding
from normalize.model import Document
from schemas.check_relations import check_relations
from schemas.equality_relations import (
    TablePair,
    amounts_by_name,
    first_table,
    pair_tables,
    row_relations,
    total_relations,
)
from schemas.figures import Ref, figures_of, rupiah
from schemas.model import Schema
from schemas.outcome import Check, finding_at
from schemas.relations import Outcome, evaluate
from schemas.row_match import RowGroup, group_amount
from schemas.rules import EqualityRule
from schemas.tree import Branch


def rule_pairs(document: Document, schemas: Mapping[str, Schema]) -> Iterator[tuple[EqualityRule, TablePair]]:
    """Yield every declared equality of two tables that are both there, with their rows matched.

    An equality that follows from two others already yielded is left out: it would report their findings again.
    """
    linked: dict[str, set[str]] = {}
    for key, schema in schemas.items():
        for rule in schema.rules.equalities:
            ours, theirs = first_table(document, key), first_table(document, rule.other)
            if ours is None or theirs is None or rule.other not in schemas or not rule.columns:
                continue
            if linked.get(key, set()) & linked.get(rule.other, set()):
                continue
            linked.setdefault(key, set()).add(rule.other)
            linked.setdefault(rule.other, set()).add(key)
            yield rule, pair_tables(document, schemas, ours, theirs, rule.columns[0])


def check_equalities(document: Document, schemas: Mapping[str, Schema]) -> Iterator[Check]:
    """Yield the check of every declared equality; a parent that differs only because its rows do is not reported."""
    for rule, pair in rule_pairs(document, schemas):
        relations = tuple(row_relations(document, pair, rule))
        figure_at = figures_of(document)
        broken = {relation.left[0] for relation in relations if evaluate(relation, figure_at).outcome is Outcome.BROKEN}
        lonely = _lonely(document, pair, rule)
        roots = {(group.table, branch.record) for group in lonely for branch in group.branches}
        silenced = {
            ref
            for ref in broken
            for group in pair.our_groups
            for branch in group.branches
            if branch.record == ref.record and _explained_below(branch, pair.ours, ref.column, broken, roots)
        }
        yield check_relations(document, relations, silenced)
        yield Check(tuple(_lonely_findings(document, pair, rule, lonely)))
        for column, _ in rule.columns:
            totals = [r for r in total_relations(document, pair.ours, pair.theirs, rule) if r.left[0].column == column]
            yield check_relations(document, totals, reasons=_reason(document, pair, column, lonely))


def _explained_below(branch: Branch, table: int, column: str, broken: set[Ref], roots: set[tuple[int, int]]) -> bool:
    below = [child for child in branch.walk() if child is not branch]
    return any(Ref(table, child.record, column) in broken or (table, child.record) in roots for child in below)


def _lonely(document: Document, pair: TablePair, rule: EqualityRule) -> tuple[RowGroup, ...]:
    """Return the lowest groups with an amount that the other table lacks."""
    partners = set(pair.partners.values())
    ours = [group for index, group in enumerate(pair.our_groups) if index not in pair.partners]
    theirs = [group for index, group in enumerate(pair.their_groups) if index not in partners]
    our_levels = {group.tingkat for group in pair.our_groups}
    their_levels = {group.tingkat for group in pair.their_groups}
    columns = {pair.ours: [our for our, _ in rule.columns], pair.theirs: [their for _, their in rule.columns]}
    candidates = [group for group in ours if group.tingkat in their_levels]
    candidates += [group for group in theirs if group.tingkat in our_levels]
    return tuple(
        group
        for group in candidates
        if not any(branch.children for branch in group.branches)
        and any(group_amount(document.tables[group.table], group, column) for column in columns[group.table])
    )


def _lonely_findings(
    document: Document, pair: TablePair, rule: EqualityRule, lonely: tuple[RowGroup, ...]
) -> Iterator[Finding]:
    for group in lonely:
        table = document.tables[group.table]
        other = document.tables[pair.theirs if group.table == pair.ours else pair.ours]
        side = 0 if group.table == pair.ours else 1
        column = next(pairs[side] for pairs in rule.columns if group_amount(table, group, pairs[side]))
        amount = group_amount(table, group, column) or Decimal(0)
        detail = f"'{group.label}' sebesar {rupiah(amount)} tidak ada di tabel {other.key}"
        yield finding_at(document, Ref(group.table, group.branches[0].record, column), "RJ-CEK-006", detail)


def _reason(document: Document, pair: TablePair, column: str, lonely: tuple[RowGroup, ...]) -> str:
    """Say what the rows that only our table has come to: usually the whole difference of the totals."""
    amounts = [
        amount
        for group in lonely
        if group.table == pair.ours and (amount := group_amount(document.tables[pair.ours], group, column))
    ]
    if not amounts:
        return ""
    key = document.tables[pair.ours].key
    return f"{len(amounts)} baris yang hanya ada di tabel {key} berjumlah {rupiah(sum(amounts, Decimal(0)))}"


def check_repeated_tables(document: Document, schemas: Mapping[str, Schema]) -> Check:
    """Report tables that print rows of an earlier table of their kind over again."""
    findings = []
    first: dict[str, int] = {}
    printed: dict[str, frozenset[tuple[object, ...]]] = {}
    for index, table in enumerate(document.tables):
        if table.key not in schemas or first.setdefault(table.key, index) == index:
            continue
        schema = schemas[table.key]
        if table.key not in printed:
            printed[table.key] = amounts_by_name(document.tables[first[table.key]], first[table.key], schema)
        again = amounts_by_name(table, index, schema)
        if again and again <= printed[table.key]:
            detail = f"tabel {table.key} ke-{table.ordinal} mengulang baris tabel pertama"
            findings.append(finding_at(document, Ref(index, 0, ""), "RJ-CEK-016", detail))
    return Check(tuple(findings))
