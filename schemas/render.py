"""Show declared table kinds as text, for ``renja schema list`` and ``renja schema show``."""

from __future__ import annotations

from collections.abc import Mapping

from normalize.form import ColumnForm
from schemas.model import Schema
from schemas.rules import EqualityRule, Rules, TextEqualityRule

MAX_HEADERS_SHOWN = 3
"""Header alternatives printed for one column; the YAML file holds all of them."""


def render_schema_list(schemas: Mapping[str, Schema]) -> str:
    """Return one line a table kind: key, number of columns, title."""
    width = max((len(key) for key in schemas), default=0)
    return "\n".join(
        f"{key:<{width}}  {len(schema.form.columns):>2} columns  {schema.form.title}" for key, schema in schemas.items()
    )


def render_schema(schema: Schema) -> str:
    """Return a table kind with its columns and the headers by which they are recognised."""
    form = schema.form
    lines = [f"{form.key}: {form.title}", f"file: {schema.source.name}", "", "columns:"]
    width = max(len(column.key) for column in form.columns)
    for column in form.columns:
        lines.append(f"  {column.key:<{width}}  {column.kind:<9}  {_traits(column)}".rstrip())
        lines.extend(f"  {'':<{width}}    {' > '.join(path)}" for path in column.headers[:MAX_HEADERS_SHOWN])
        hidden = len(column.headers) - MAX_HEADERS_SHOWN
        if hidden > 0:
            lines.append(f"  {'':<{width}}    ... and {hidden} more")
    if form.captions:
        lines += ["", "captions (regular expressions):", *(f"  {caption}" for caption in form.captions)]
    if form.keywords:
        lines += ["", "title words:", *(f"  {keyword}" for keyword in form.keywords)]
    rules = _rules(schema.rules)
    if rules:
        lines += ["", "must hold:", *(f"  {rule}" for rule in rules)]
    return "\n".join(lines)


def _rules(rules: Rules) -> list[str]:
    """Spell out what a schema declares, one line a rule."""
    told = [f"{rule.formula}  ({rule.severity})" for rule in rules.formulas]
    told += [f"a parent is the sum of its rows: {', '.join(rule.columns)}  ({rule.severity})" for rule in rules.sums]
    equalities: tuple[EqualityRule | TextEqualityRule, ...] = (*rules.equalities, *rules.text_equalities)
    for equality in equalities:
        pairs = ", ".join(f"{ours} = {theirs}" for ours, theirs in equality.columns)
        told.append(f"rows equal table {equality.other}: {pairs}  ({equality.severity})")
    told += [f"{rule.left} names what {rule.right} names  ({rule.severity})" for rule in rules.mirrors]
    told += [f"amounts in {rule.text} add up to {rule.amount}" for rule in rules.splits]
    told += [f"{rule.amount} is that of the row of {rule.other} named in {rule.text}" for rule in rules.references]
    return told


def _traits(column: ColumnForm) -> str:
    traits = [f"column {column.numbering}" if column.numbering else ""]
    traits += ["optional" if column.optional else "", "fill down" if column.fill_down else ""]
    if column.unlabelled_after:
        traits.append(f"unlabelled, after {column.unlabelled_after}")
    return ", ".join(trait for trait in traits if trait)
