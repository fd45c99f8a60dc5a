"""Evaluate relations over a document and say of each broken one where, by how much and, if it shows, why."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal

from extract.findings import Finding, Severity
from normalize.model import Document
from schemas.figures import FigureAt, Gap, Ref, figures_of, rupiah
from schemas.outcome import Check, finding_at, place_name
from schemas.relations import Evaluation, Outcome, Relation, evaluate
from schemas.sum_relations import lone_culprit

MAX_PLACES_NAMED = 4
"""Places listed in one message; a long sum says how many more there are."""


_COMPUTED = {
    "RJ-CEK-002": "rinciannya berjumlah",
    "RJ-CEK-003": "rinciannya berjumlah",
    "RJ-CEK-004": "di sana",
    "RJ-CEK-005": "di sana",
}
"""How a message introduces the other figure, by finding code."""


def check_relations(
    document: Document, relations: Iterable[Relation], silenced: Collection[Ref] = (), reasons: str = ""
) -> Check:
    """Evaluate every relation; broken ones whose place is ``silenced`` are counted but not reported."""
    figure_at = figures_of(document)
    findings: list[Finding] = []
    outcomes: list[tuple[str, Outcome]] = []
    for relation in relations:
        evaluation = evaluate(relation, figure_at)
        outcomes.append((relation.name, evaluation.outcome))
        if evaluation.outcome is Outcome.BROKEN and relation.left[0] not in silenced:
            findings.append(describe(document, relation, evaluation, figure_at, reasons))
        elif evaluation.outcome is Outcome.ROUNDED and relation.severity is not Severity.INFO:
            findings.append(
                finding_at(document, relation.left[0], "RJ-CEK-019", _difference(document, relation, evaluation))
            )
    return Check(tuple(findings), tuple(outcomes))


def describe(
    document: Document, relation: Relation, evaluation: Evaluation, figure_at: FigureAt, reasons: str = ""
) -> Finding:
    """Build the finding of one broken relation."""
    detail = _difference(document, relation, evaluation)
    if relation.code in ("RJ-CEK-002", "RJ-CEK-003"):
        culprit = lone_culprit(relation, figure_at)
        if culprit is not None:
            detail += f"; cocok bila {place_name(document, culprit)} tidak dihitung"
    if reasons:
        detail += f"; {reasons}"
    return finding_at(document, relation.left[0], relation.code, detail, relation.severity)


def _difference(document: Document, relation: Relation, evaluation: Evaluation) -> str:
    """Say what is printed, what it should be, by how much they differ, and where the other figure comes from."""
    gap = abs(round(evaluation.printed - evaluation.computed, 2))
    return (
        f"tertulis {rupiah(evaluation.printed)}, {_COMPUTED.get(relation.code, 'hitungannya')} "
        f"{rupiah(round(evaluation.computed, 2))} (selisih {rupiah(gap)}) menurut {_sources(document, relation)}"
    )


def _sources(document: Document, relation: Relation) -> str:
    """Name where the computed figure comes from."""
    target = relation.left[0]
    refs = [ref for _, ref in relation.right] + ([relation.divisor] if relation.divisor else [])
    same_row = all((ref.table, ref.record) == (target.table, target.record) for ref in refs)
    if same_row:
        titles = {column.key: column.title for column in document.tables[target.table].columns}
        return "kolom " + "; ".join(titles.get(ref.column, ref.column) for ref in refs)
    named = [place_name(document, ref) for ref in refs[:MAX_PLACES_NAMED]]
    if len(refs) > MAX_PLACES_NAMED:
        named.append(f"{len(refs) - MAX_PLACES_NAMED} baris lain")
    other = document.tables[refs[0].table].key
    table = f"tabel {other} " if refs[0].table != target.table else ""
    return table + ", ".join(named)


def check_blank_parents(document: Document, blanks: Iterable[tuple[Ref, tuple[Ref, ...]]]) -> Check:
    """Report parent rows that are blank in a column where the rows below them have amounts."""
    figure_at = figures_of(document)
    findings = []
    for parent, parts in blanks:
        amounts = [figure for ref in parts if not isinstance(figure := figure_at(ref), Gap)]
        if any(amounts):
            detail = f"jumlah rinciannya {rupiah(sum(amounts, Decimal(0)))}"
            findings.append(finding_at(document, parent, "RJ-CEK-017", detail))
    return Check(tuple(findings))
