"""Column formulas of a table as relations: the declared ones, and those the document prints in its numbering row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.findings import Severity
from normalize.form import Kind
from normalize.model import Column, Table
from schemas.figures import Ref
from schemas.formula import Formula, parse_formula
from schemas.model import Schema
from schemas.relations import Relation
from schemas.rules import PERCENT_TOLERANCE, RUPIAH_PER_TERM, FormulaRule

_ORDINAL = re.compile(r"\s*\(?\s*(\d{1,2})")


def formula_relations(table: Table, index: int, schema: Schema) -> Iterator[Relation]:
    """Yield one relation for each row and formula whose columns the table has."""
    kinds = {column.key: column.kind for column in table.columns}
    for rule in formula_rules(table, schema):
        if not all(name in kinds for name in rule.formula.names):
            continue
        code = "RJ-CEK-014" if rule.severity is Severity.INFO else _code(rule.formula)
        for number in range(len(table.records)):
            yield Relation(
                name=f"{table.key}: {rule.formula}",
                code=code,
                severity=rule.severity,
                left=(Ref(index, number, rule.formula.target),),
                right=tuple((sign, Ref(index, number, name)) for sign, name in rule.formula.terms),
                tolerance=rule.tolerance,
                divisor=Ref(index, number, rule.formula.divisor) if rule.formula.divisor else None,
            )


def formula_rules(table: Table, schema: Schema) -> tuple[FormulaRule, ...]:
    """Return the formulas that govern a table; one printed in its numbering row replaces the declared one."""
    declared = {rule.formula.target: rule for rule in schema.rules.formulas}
    kinds = {column.key: column.kind for column in table.columns}
    for formula in printed_formulas(table.columns):
        known = declared.get(formula.target)
        if known is not None:
            declared[formula.target] = FormulaRule(formula, known.severity, known.tolerance)
            continue
        money = all(kinds[name] is Kind.RUPIAH for name in formula.names[1:])
        severity = Severity.WARNING if money else Severity.INFO
        tolerance = PERCENT_TOLERANCE if formula.divisor else RUPIAH_PER_TERM
        declared[formula.target] = FormulaRule(formula, severity, tolerance)
    return tuple(declared.values())


def printed_formulas(columns: Sequence[Column]) -> Iterator[Formula]:
    """Yield the formulas of the numbering row in column keys, K columns paired with K and Rp with Rp."""
    by_ordinal: dict[str, list[Column]] = {}
    for column in columns:
        if match := _ORDINAL.match(column.numbering):
            by_ordinal.setdefault(match.group(1), []).append(column)
    for column in columns:
        formula = parse_formula(column.numbering)
        if formula is None or not all(name in by_ordinal for name in formula.names):
            continue
        partners = {name: _partner(column, by_ordinal[name]) for name in formula.names}
        named = {name: partner.key for name, partner in partners.items() if partner is not None}
        if len(named) == len(partners) and named[formula.target] == column.key:
            yield Formula(
                column.key,
                tuple((sign, named[name]) for sign, name in formula.terms),
                named[formula.divisor] if formula.divisor else "",
            )


def _partner(column: Column, candidates: Sequence[Column]) -> Column | None:
    """Return the column of an ordinal that is counted with ``column``: the only one, or the one of the same part."""
    if len(candidates) == 1:
        return candidates[0]
    part = column.key.rsplit("_", 1)[-1]
    same = [candidate for candidate in candidates if candidate.key.rsplit("_", 1)[-1] == part]
    return same[0] if len(same) == 1 else None


def _code(formula: Formula) -> str:
    return "RJ-CEK-015" if formula.divisor else "RJ-CEK-001"
