"""Checks inside one row: mirrored halves, amounts split inside a text, and amounts quoted for a named sub kegiatan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from rapidfuzz import fuzz

from extract.findings import Finding
from normalize.model import Document, Tingkat
from schemas.equality_relations import first_table
from schemas.figures import Gap, Ref, figure_of, rupiah
from schemas.model import Schema
from schemas.money_text import money_in, quantities_in
from schemas.outcome import Check, finding_at
from schemas.relations import Outcome
from schemas.row_match import RowGroup, fold_name, group_amount, row_groups
from schemas.rules import MirrorRule, ReferenceRule, SplitRule

SAME_NAME_PERCENT = 92.0
"""Likeness from which two names differ by spelling only, not by what they name."""

_SUB_KEGIATAN = "sub kegiatan"


def check_row_texts(document: Document, schemas: Mapping[str, Schema]) -> Iterator[Check]:
    """Yield the checks of every table that look at texts of single rows."""
    for index, table in enumerate(document.tables):
        if table.key not in schemas:
            continue
        rules = schemas[table.key].rules
        for mirror in rules.mirrors:
            yield _check_mirror(document, index, mirror)
        for split in rules.splits:
            yield _check_split(document, index, split)
        for reference in rules.references:
            yield _check_reference(document, index, reference, schemas)


def _check_mirror(document: Document, index: int, rule: MirrorRule) -> Check:
    table = document.tables[index]
    findings: list[Finding] = []
    outcomes: list[tuple[str, Outcome]] = []
    for number, record in enumerate(table.records):
        left, right = record.get(rule.left).text, record.get(rule.right).text
        if not left or not right:
            continue
        same = fuzz.ratio(fold_name(left), fold_name(right)) >= SAME_NAME_PERCENT
        outcomes.append((f"{table.key}: {rule.left} = {rule.right}", Outcome.HELD if same else Outcome.BROKEN))
        if not same:
            detail = f"'{_line(left)}' dan '{_line(right)}'"
            findings.append(finding_at(document, Ref(index, number, rule.right), "RJ-CEK-008", detail, rule.severity))
    return Check(tuple(findings), tuple(outcomes))


def _check_split(document: Document, index: int, rule: SplitRule) -> Check:
    table = document.tables[index]
    findings: list[Finding] = []
    outcomes: list[tuple[str, Outcome]] = []
    for number, record in enumerate(table.records):
        text = record.get(rule.text).text
        parts = money_in(text)
        amount = figure_of(record.get(rule.amount))
        if len(parts) > 1 and isinstance(amount, Decimal):
            total = sum(parts, Decimal(0))
            outcomes.append((f"{table.key}: {rule.amount} = rincian {rule.text}", _same(total, amount)))
            if total != amount:
                detail = f"rincian berjumlah {rupiah(total)}, pagunya {rupiah(amount)}"
                findings.append(finding_at(document, Ref(index, number, rule.text), "RJ-CEK-009", detail))
        if rule.quantity:
            counted = _check_quantity(document, Ref(index, number, rule.quantity), text)
            findings.extend(counted.findings)
            outcomes.extend(counted.outcomes)
    return Check(tuple(findings), tuple(outcomes))


def _check_quantity(document: Document, ref: Ref, text: str) -> Check:
    table = document.tables[ref.table]
    value = table.records[ref.record].get(ref.column)
    parts = quantities_in(text)
    units = {unit for _, unit in parts}
    if len(parts) < 2 or len(units) != 1 or value.number is None or value.unit.casefold() not in units:
        return Check()
    total = Decimal(sum(count for count, _ in parts))
    outcome = _same(total, value.number)
    outcomes = ((f"{table.key}: {ref.column} = rincian target", outcome),)
    if outcome is Outcome.HELD:
        return Check((), outcomes)
    detail = f"rincian berjumlah {rupiah(total)} {value.unit}, targetnya {rupiah(value.number)} {value.unit}"
    return Check((finding_at(document, ref, "RJ-CEK-010", detail),), outcomes)


def _check_reference(document: Document, index: int, rule: ReferenceRule, schemas: Mapping[str, Schema]) -> Check:
    other = first_table(document, rule.other)
    if other is None or rule.other not in schemas:
        return Check()
    table, other_table = document.tables[index], document.tables[other]
    groups = [
        group for group in row_groups(other_table, other, schemas[rule.other]) if group.tingkat is Tingkat.SUB_KEGIATAN
    ]
    findings: list[Finding] = []
    outcomes: list[tuple[str, Outcome]] = []
    for number, record in enumerate(table.records):
        amount = figure_of(record.get(rule.amount))
        group = _named_group(record.get(rule.text).text, groups)
        if isinstance(amount, Gap) or group is None:
            continue
        expected = group_amount(other_table, group, rule.other_amount)
        if expected is None:
            continue
        outcomes.append((f"{table.key} = {rule.other}: {rule.amount} sub kegiatan", _same(amount, expected)))
        if amount != expected:
            detail = f"tertulis {rupiah(amount)}, pagu '{group.label}' di tabel {rule.other} {rupiah(expected)}"
            findings.append(finding_at(document, Ref(index, number, rule.amount), "RJ-CEK-018", detail))
    return Check(tuple(findings), tuple(outcomes))


def _named_group(text: str, groups: list[RowGroup]) -> RowGroup | None:
    """Return the sub kegiatan a text names after its last ``Sub Kegiatan``, None when it names none for sure."""
    folded = " ".join(text.casefold().split())
    _, mark, name = folded.rpartition(_SUB_KEGIATAN)
    if not mark:
        return None
    wanted = fold_name(name)
    alike = [group for group in groups if fuzz.ratio(wanted, group.name) >= SAME_NAME_PERCENT]
    return alike[0] if len(alike) == 1 else None


def _same(left: Decimal, right: Decimal) -> Outcome:
    return Outcome.HELD if left == right else Outcome.BROKEN


def _line(text: str) -> str:
    return " ".join(text.split())
