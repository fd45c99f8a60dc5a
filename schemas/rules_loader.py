"""Read the ``checks`` part of a schema file; every column it names must be declared."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal, InvalidOperation

from extract.findings import Severity
from normalize.model import Tingkat
from schemas.formula import parse_formula
from schemas.rules import (
    PERCENT_TOLERANCE,
    RUPIAH_PER_TERM,
    EqualityRule,
    FormulaRule,
    MirrorRule,
    NarrativeRule,
    ReferenceRule,
    Rules,
    SplitRule,
    SumRule,
    TextEqualityRule,
)
from schemas.yaml_node import Node


def read_rules(checks: Node | None, columns: Collection[str]) -> Rules:
    """Return the declared rules, none when there is no ``checks`` key; raise SchemaError for an unusable one."""
    if checks is None:
        return Rules()
    checks.allow(
        "formulas", "sums", "equalities", "text_equalities", "mirrors", "splits", "references", "narrative"
    )  # fmt: skip
    narrative = checks.child("narrative")
    return Rules(
        formulas=tuple(_formula(node, columns) for node in checks.nodes_of("formulas")),
        sums=tuple(_sum(node, columns) for node in checks.nodes_of("sums")),
        equalities=tuple(_equality(node, columns) for node in checks.nodes_of("equalities")),
        text_equalities=tuple(_text_equality(node, columns) for node in checks.nodes_of("text_equalities")),
        mirrors=tuple(_mirror(node, columns) for node in checks.nodes_of("mirrors")),
        splits=tuple(_split(node, columns) for node in checks.nodes_of("splits")),
        references=tuple(_reference(node, columns) for node in checks.nodes_of("references")),
        narrative=NarrativeRule() if narrative is None else _narrative(narrative, columns),
    )


def _formula(node: Node, columns: Collection[str]) -> FormulaRule:
    node.allow("formula", "severity", "tolerance")
    spelled = node.need("formula")
    formula = parse_formula(spelled.text())
    if formula is None:
        raise spelled.error(f"'{spelled.text()}' is no formula", "write 'a = b + c' or 'a = b / c' over column names")
    for name in formula.names:
        _require(spelled, name, columns)
    default = PERCENT_TOLERANCE if formula.divisor else RUPIAH_PER_TERM
    severity = Severity.WARNING if formula.divisor else Severity.ERROR
    return FormulaRule(formula, _severity(node, severity), _tolerance(node, default))


def _sum(node: Node, columns: Collection[str]) -> SumRule:
    node.allow("columns", "severity", "tolerance")
    named = node.need("columns").items()
    keys = tuple(_require(item, item.text(), columns) for item in named)
    return SumRule(keys, _severity(node, Severity.ERROR), _tolerance(node, RUPIAH_PER_TERM))


def _equality(node: Node, columns: Collection[str]) -> EqualityRule:
    node.allow("with", "columns", "severity", "tolerance")
    return EqualityRule(
        other=node.need("with").text(),
        columns=_pairs(node.need("columns"), columns),
        severity=_severity(node, Severity.ERROR),
        tolerance=_tolerance(node, RUPIAH_PER_TERM),
    )


def _text_equality(node: Node, columns: Collection[str]) -> TextEqualityRule:
    node.allow("with", "columns", "levels", "severity")
    return TextEqualityRule(
        other=node.need("with").text(),
        columns=_pairs(node.need("columns"), columns),
        levels=tuple(_level(item) for item in node.need("levels").items()),
        severity=_severity(node, Severity.WARNING),
    )


def _mirror(node: Node, columns: Collection[str]) -> MirrorRule:
    node.allow("left", "right", "severity")
    return MirrorRule(
        left=_column(node, "left", columns),
        right=_column(node, "right", columns),
        severity=_severity(node, Severity.WARNING),
    )


def _split(node: Node, columns: Collection[str]) -> SplitRule:
    node.allow("text", "amount", "quantity")
    quantity = _column(node, "quantity", columns) if node.child("quantity") else ""
    return SplitRule(_column(node, "text", columns), _column(node, "amount", columns), quantity)


def _reference(node: Node, columns: Collection[str]) -> ReferenceRule:
    node.allow("text", "amount", "with", "with_amount")
    return ReferenceRule(
        text=_column(node, "text", columns),
        amount=_column(node, "amount", columns),
        other=node.need("with").text(),
        other_amount=node.need("with_amount").text(),
    )


def _narrative(node: Node, columns: Collection[str]) -> NarrativeRule:
    node.allow("allocation", "realisation", "total", "counts")
    named = {
        key: _column(node, key, columns) if node.child(key) else "" for key in ("allocation", "realisation", "total")
    }
    return NarrativeRule(
        allocation=named["allocation"],
        realisation=named["realisation"],
        total=named["total"],
        counts=node.flag_of("counts"),
    )


def _pairs(node: Node, columns: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Read ``ours: theirs`` pairs; the other table may be a user's, so only our side is known here."""
    pairs = []
    for ours in node.mapping():
        theirs = node.need(ours)
        pairs.append((_require(node, ours, columns), theirs.text()))
    return tuple(pairs)


def _column(node: Node, key: str, columns: Collection[str]) -> str:
    named = node.need(key)
    return _require(named, named.text(), columns)


def _require(node: Node, name: str, columns: Collection[str]) -> str:
    if name not in columns:
        raise node.error(f"no column is named '{name}'", "name a column of 'fields'")
    return name


def _severity(node: Node, default: Severity) -> Severity:
    named = node.child("severity")
    if named is None:
        return default
    try:
        return Severity(named.text())
    except ValueError as error:
        raise named.error(f"'{named.text()}' is no severity", f"use one of: {', '.join(Severity)}") from error


def _tolerance(node: Node, default: Decimal) -> Decimal:
    named = node.child("tolerance")
    if named is None:
        return default
    try:
        tolerance = Decimal(named.text())
    except InvalidOperation as error:
        raise named.error(f"'{named.text()}' is no number", "write a number such as 1 or 0.02") from error
    if not tolerance.is_finite() or tolerance < 0:
        raise named.error(f"'{named.text()}' is no tolerance", "write zero or a positive number")
    return tolerance


def _level(node: Node) -> Tingkat:
    try:
        return Tingkat(node.text())
    except ValueError as error:
        raise node.error(f"'{node.text()}' is no level", f"use one of: {', '.join(Tingkat)}") from error
