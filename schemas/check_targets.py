"""Compare the targets two tables print for the same sub kegiatan: quantities in texts, never silently settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from extract.findings import Finding
from normalize.model import Document, Table
from schemas.equality_relations import TablePair, first_table, pair_tables
from schemas.figures import Ref, value_at
from schemas.model import Schema
from schemas.outcome import Check, finding_at
from schemas.relations import Outcome
from schemas.row_match import RowGroup
from schemas.rules import TextEqualityRule


def check_text_equalities(document: Document, schemas: Mapping[str, Schema]) -> Iterator[Check]:
    """Yield the check of quantities (targets) that two tables print for the same row."""
    for key, schema in schemas.items():
        for rule in schema.rules.text_equalities:
            ours, theirs = first_table(document, key), first_table(document, rule.other)
            amounts = next((e.columns[0] for e in schema.rules.equalities if e.other == rule.other), None)
            if ours is None or theirs is None or amounts is None or rule.other not in schemas:
                continue
            yield _compare_texts(document, pair_tables(document, schemas, ours, theirs, amounts), rule)


def _compare_texts(document: Document, pair: TablePair, rule: TextEqualityRule) -> Check:
    our_table, their_table = document.tables[pair.ours], document.tables[pair.theirs]
    findings: list[Finding] = []
    outcomes: list[tuple[str, Outcome]] = []
    for ours, pattern in rule.columns:
        theirs = _resolve(their_table, pattern)
        name = f"{our_table.key} = {their_table.key}: {ours}, teks"
        for index, partner in pair.partners.items():
            group, other = pair.our_groups[index], pair.their_groups[partner]
            if group.tingkat not in rule.levels or len(group.branches) != 1 or len(other.branches) != 1:
                continue
            left, right = _only_text(our_table, group, ours), _only_text(their_table, other, theirs)
            outcome = _same_quantity(document, left, right)
            outcomes.append((name, outcome))
            if outcome is Outcome.BROKEN and left is not None and right is not None:
                detail = (
                    f"'{group.label}': {_text(document, left)} di tabel {our_table.key}, "
                    f"{_text(document, right)} di tabel {their_table.key}"
                )
                findings.append(finding_at(document, left, "RJ-CEK-007", detail, rule.severity))
    return Check(tuple(findings), tuple(outcomes))


def _resolve(table: Table, pattern: str) -> str:
    """Return the column a key with ``{tahun}`` stands for in this table."""
    head, mark, tail = pattern.partition("{tahun}")
    if not mark:
        return pattern
    return next(
        (c.key for c in table.columns if c.key.startswith(head) and c.key[len(head) :].removesuffix(tail).isdigit()), ""
    )


def _only_text(table: Table, group: RowGroup, column: str) -> Ref | None:
    """Return the place of a group's quantity when it has exactly one."""
    branch = group.branches[0]
    places = [
        Ref(group.table, index, column)
        for index in (branch.record, *branch.indicators)
        if table.records[index].get(column).text
    ]
    return places[0] if len(places) == 1 else None


def _same_quantity(document: Document, left: Ref | None, right: Ref | None) -> Outcome:
    if left is None or right is None:
        return Outcome.UNTESTABLE
    ours, theirs = value_at(document, left), value_at(document, right)
    if ours.number is not None and theirs.number is not None:
        return Outcome.HELD if ours.number == theirs.number else Outcome.BROKEN
    same = "".join(ours.text.casefold().split()) == "".join(theirs.text.casefold().split())
    return Outcome.HELD if same else Outcome.UNTESTABLE


def _text(document: Document, ref: Ref) -> str:
    return " ".join(value_at(document, ref).text.split())
