"""Settle doubtful readings by arithmetic; printed figures that were read for sure are never touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.findings import Finding
from normalize.model import Document, Record, Value
from normalize.record_shelf import rewritten
from schemas.document_relations import binding_relations
from schemas.figures import Ref, figures_of, rupiah, value_at
from schemas.model import Schema
from schemas.outcome import finding_at
from schemas.relations import Outcome, Relation, evaluate
from schemas.repair_candidates import candidates, is_doubtful
from schemas.repair_solver import Settled, settle

REPAIRED_RULE = "diperbaiki_aritmetika"
"""Rule name of a value that arithmetic changed."""
REPAIRED_BY_ONE = 0.97
"""Confidence of a changed reading that one relation asked for."""
MAX_ROUNDS = 5
"""Rounds of settling: what one round settles or confirms lets the next ask more of the rest."""
BORNE_OUT = 0.995
"""Confidence of a changed reading that two or more relations bear out, and of one confirmed as read."""


def repair_document(document: Document, schemas: Mapping[str, Schema]) -> tuple[Document, tuple[Finding, ...]]:
    """Return the document with doubtful figures settled, and a finding for each.

    A doubtful figure is one with alternatives, cut off, or read with little confidence. It is settled by the one
    reading under which the relations hold; when none or several do, it stays as read. Each repair tells the printed
    text, the old and the new value and the relation used; the printed text is kept in :attr:`Value.raw`.
    """
    findings: list[Finding] = []
    still_open: list[Ref] = []
    for _ in range(MAX_ROUNDS):
        # What speaks of sure figures only decides nothing, and that is most of what a document prints.
        relations = [
            relation
            for relation in binding_relations(document, schemas)
            if any(_is_unsure(value_at(document, ref)) for ref in relation.refs)
        ]
        figure_at = figures_of(document)
        domains = candidates(document, relations, figure_at)
        settled = settle(domains, relations, figure_at)
        still_open = sorted(domains.keys() - settled.keys())
        findings.extend(_report(document, ref, settled[ref]) for ref in sorted(settled))
        values = {ref: _settled_value(value_at(document, ref), choice) for ref, choice in settled.items()}
        repaired = _with_values(document, values)
        confirmed = _confirmed(repaired, relations, settled)
        if not values and not confirmed:
            break
        document = _with_values(repaired, confirmed)
    findings.extend(_report_open(document, ref) for ref in still_open)
    return document, tuple(findings)


def _is_unsure(value: Value) -> bool:
    """Say whether a figure may be settled or confirmed."""
    return is_doubtful(value) or (value.number is not None and value.confidence < BORNE_OUT)


def _settled_value(value: Value, choice: Settled) -> Value:
    if value.number == choice.number:
        return replace(value, alternatives=(), confidence=max(value.confidence, BORNE_OUT))
    confidence = REPAIRED_BY_ONE if len(choice.by) == 1 else BORNE_OUT
    return replace(value, number=choice.number, alternatives=(), confidence=confidence, rule=REPAIRED_RULE)


def _confirmed(document: Document, relations: Sequence[Relation], settled: Mapping[Ref, Settled]) -> dict[Ref, Value]:
    """Return the figures read with some doubt that an exact sum of several figures bears out as read."""
    figure_at = figures_of(document)
    broken: set[Ref] = set()
    held: set[Ref] = set()
    for relation in relations:
        outcome = evaluate(relation, figure_at).outcome
        if outcome is Outcome.BROKEN:
            broken.update(relation.refs)
        elif outcome is Outcome.HELD and relation.divisor is None:
            held.update(ref for ref in relation.refs if figure_at(ref) != 0)
    values = {ref: value_at(document, ref) for ref in held - broken - settled.keys()}
    return {
        ref: replace(value, confidence=BORNE_OUT)
        for ref, value in values.items()
        if value.number is not None
        and not value.alternatives
        and value.rule != REPAIRED_RULE
        and value.confidence < BORNE_OUT
    }


def _with_values(document: Document, values: Mapping[Ref, Value]) -> Document:
    if not values:
        return document
    by_table: dict[int, dict[int, dict[str, Value]]] = {}
    for ref, value in values.items():
        by_table.setdefault(ref.table, {}).setdefault(ref.record, {})[ref.column] = value
    tables = list(document.tables)
    for index, rows in by_table.items():
        records = tables[index].records
        changed = (_with_fields(record, rows.get(number)) for number, record in enumerate(records))
        tables[index] = replace(tables[index], records=rewritten(records, changed))
    return replace(document, tables=tuple(tables))


def _with_fields(record: Record, changed: Mapping[str, Value] | None) -> Record:
    if not changed:
        return record
    values = {**record.values, **changed}
    lowest_before = min((value.confidence for value in record.values.values()), default=1.0)
    lowest = min((value.confidence for value in values.values()), default=1.0)
    # A row doubted for more than its fields (a join over a page break) keeps that doubt.
    confidence = lowest if record.confidence == lowest_before else record.confidence
    return replace(record, values=values, confidence=confidence)


def _report(document: Document, ref: Ref, choice: Settled) -> Finding:
    value = value_at(document, ref)
    names = "; ".join(dict.fromkeys(relation.name for relation in choice.by))
    if choice.number == value.number:
        return finding_at(document, ref, "RJ-FIX-002", f"{_read(value)} menurut {names}")
    detail = f"tercetak '{_line(value.raw)}', semula {_read(value)}, menjadi {rupiah(choice.number)} menurut {names}"
    return replace(finding_at(document, ref, "RJ-FIX-001", detail), value=f"{choice.number:f}")


def _report_open(document: Document, ref: Ref) -> Finding:
    value = value_at(document, ref)
    return finding_at(document, ref, "RJ-FIX-003", f"tercetak '{_line(value.raw)}', dibaca {_read(value)}")


def _read(value: Value) -> str:
    return "kosong" if value.number is None else rupiah(value.number)


def _line(text: str) -> str:
    return " ".join(text.split())
