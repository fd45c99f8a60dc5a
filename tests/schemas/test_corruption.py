"""Figures spoilt on purpose in a whole Renja: each ends up right, told, or outside every relation; none is silent."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from normalize.form import Kind
from normalize.model import Document, Table, Value
from normalize.numbers.read import count_notations, read_number
from schemas.document_relations import binding_relations
from schemas.figures import Ref, figures_of, value_at
from schemas.formula_relations import formula_relations
from schemas.model import Schema
from schemas.relations import Outcome, evaluate
from schemas.repair import repair_document

SPOILT_SHARE = 0.01
SEEDS = range(8)
NUMBER_KINDS = (Kind.RUPIAH, Kind.PERSEN)


def spoil(raw: str, rng: random.Random) -> str:
    """Change a digit, lose one, cut the end, confuse a separator, or wrap the line inside."""
    digits = [index for index, character in enumerate(raw) if character.isdigit()]
    separators = [index for index, character in enumerate(raw) if character in ",."]
    how = rng.choice(["digit", "drop", "cut", "wrap", "separator"])
    if len(digits) < 2 or (how == "separator" and not separators):
        return raw
    if how == "digit":
        at = rng.choice(digits)
        return raw[:at] + rng.choice([digit for digit in "0123456789" if digit != raw[at]]) + raw[at + 1 :]
    if how == "drop":
        at = rng.choice(digits)
        return raw[:at] + raw[at + 1 :]
    if how == "cut":
        return raw[:-1]
    if how == "separator":
        at = rng.choice(separators)
        return raw[:at] + ("." if raw[at] == "," else ",") + raw[at + 1 :]
    at = rng.randrange(1, max(len(raw), 2))
    return raw[:at] + "\n" + raw[at:]


def read_again(table: Table, rng: random.Random, confidence: float) -> Table:
    """Read every figure of a table from its print, some of them spoilt and read with this confidence."""
    records = [dict(record.values) for record in table.records]
    for column in table.columns:
        if column.kind not in NUMBER_KINDS:
            continue
        prints = {n: values[column.key].raw for n, values in enumerate(records) if column.key in values}
        spoilt = {n: spoil(raw, rng) if rng.random() < SPOILT_SHARE else raw for n, raw in prints.items()}
        notation = count_notations(spoilt.values(), column.kind).winner
        for number, raw in spoilt.items():
            reading = read_number(raw, column.kind, notation)
            sure = 1.0 if raw == prints[number] else confidence
            records[number][column.key] = Value(
                raw,
                raw,
                reading.value,
                rule=reading.rule,
                confidence=min(sure, reading.confidence),
                alternatives=reading.alternatives,
            )
    changed = (replace(record, values=values) for record, values in zip(table.records, records, strict=True))
    return replace(table, records=tuple(changed))


def numbers(document: Document) -> dict[Ref, Decimal | None]:
    return {
        Ref(index, row, column.key): record.get(column.key).number
        for index, table in enumerate(document.tables)
        for row, record in enumerate(table.records)
        for column in table.columns
        if column.kind in NUMBER_KINDS and record.get(column.key).raw
    }


def fates(document: Document, schemas: dict[str, Schema], seed: int, confidence: float) -> Counter[str]:
    """Count what became of every figure that was first read wrong, and of right ones made wrong by repair."""
    rng = random.Random(seed)  # noqa: S311 -- a repeatable test, not a secret
    spoilt = replace(document, tables=tuple(read_again(table, rng, confidence) for table in document.tables))
    repaired, _ = repair_document(spoilt, schemas)
    relations = list(binding_relations(repaired, schemas))
    for index, table in enumerate(repaired.tables):
        relations.extend(formula_relations(table, index, schemas[table.key]))
    figure_at = figures_of(repaired)
    told: set[Ref] = set()
    tested: set[Ref] = set()
    for relation in relations:
        outcome = evaluate(relation, figure_at).outcome
        if outcome in (Outcome.BROKEN, Outcome.ROUNDED):
            told.update(relation.refs)
        if outcome is not Outcome.UNTESTABLE and relation.divisor is None:
            tested.update(relation.refs)
    before = numbers(spoilt)
    count: Counter[str] = Counter()
    for ref, right in numbers(document).items():
        value = value_at(repaired, ref)
        if value.number == right:
            count["repaired"] += before[ref] != right
        elif before[ref] == right:
            count["made wrong"] += 1
        elif value.number is None or ref in told or value.confidence < 0.99:
            count["told"] += 1
        else:
            count["silent, checked" if ref in tested else "silent, unchecked"] += 1
    return count


@pytest.mark.parametrize("confidence", [1.0, 0.7])
@pytest.mark.parametrize("sample", ["payakumbuh-digital", "renja-contoh"])
def test_no_wrong_figure_inside_a_checked_sum_is_silent(
    read_sample: Callable[[str], Document], schemas: dict[str, Schema], sample: str, confidence: float
) -> None:
    document = read_sample(sample)
    total: Counter[str] = Counter()
    for seed in SEEDS:
        total += fates(document, schemas, seed, confidence)
    assert total["silent, checked"] == 0
    assert total["made wrong"] == 0
    assert total["repaired"] > 0
    assert total["told"] > 0
