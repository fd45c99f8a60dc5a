"""Choose among readings by the relations that must hold: local narrowing, then proof that nothing breaks.

Each relation keeps only the readings that occur in some combination under which it holds. A relation no combination
can satisfy is the document's own error or hides another misreading: it decides nothing. What is left with one reading
is settled only when, with everything settled in place, every relation that speaks of it (and could hold at all) holds.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemas.figures import FigureAt, Ref, reading_of
from schemas.relations import Outcome, Relation, evaluate

MAX_COMBINATIONS = 1024
"""Combinations of readings tried for one relation; one with more waits until others have narrowed it."""

Domains = dict[Ref, tuple[Decimal, ...]]


@dataclass(frozen=True, slots=True)
class Settled:
    """One figure with the reading chosen and the relations that hold with it."""

    number: Decimal
    by: tuple[Relation, ...]


def settle(
    domains: Mapping[Ref, tuple[Decimal, ...]], relations: Sequence[Relation], figure_at: FigureAt
) -> dict[Ref, Settled]:
    """Return the figures that the relations settle; figures left open or contested are not in it."""
    touching = [relation for relation in relations if any(ref in domains for ref in relation.refs)]
    narrowed, contested = _narrow(dict(domains), touching, figure_at)
    chosen = {ref: values[0] for ref, values in narrowed.items() if len(values) == 1 and ref not in contested}
    return _prove(chosen, [relation for relation in touching if _satisfiable(relation, domains, figure_at)], figure_at)


def _narrow(domains: Domains, relations: Sequence[Relation], figure_at: FigureAt) -> tuple[Domains, set[Ref]]:
    contested: set[Ref] = set()
    tried: dict[Relation, tuple[tuple[Decimal, ...], ...]] = {}
    changed = True
    while changed:
        changed = False
        for relation in relations:
            open_refs = sorted({ref for ref in relation.refs if ref in domains and ref not in contested})
            state = tuple(domains[ref] for ref in open_refs)
            if tried.get(relation) == state:
                continue
            tried[relation] = state
            kept = _kept(relation, open_refs, domains, figure_at)
            for ref, values in kept.items():
                remaining = tuple(value for value in domains[ref] if value in values)
                if not remaining:
                    contested.add(ref)
                elif remaining != domains[ref]:
                    domains[ref] = remaining
                    changed = True
    return domains, contested


def _kept(relation: Relation, refs: Sequence[Ref], domains: Domains, figure_at: FigureAt) -> dict[Ref, set[Decimal]]:
    """Return for each place the readings with which the relation can hold; empty when it decides nothing."""
    if not refs or math.prod(len(domains[ref]) for ref in refs) > MAX_COMBINATIONS:
        return {}
    holding: list[tuple[Decimal, ...]] = []
    for combination in itertools.product(*(domains[ref] for ref in refs)):
        evaluation = evaluate(relation, reading_of(dict(zip(refs, combination, strict=True)), figure_at))
        if evaluation.outcome is Outcome.UNTESTABLE:
            return {}
        if evaluation.holds:
            holding.append(combination)
    if not holding:
        return {}
    return {ref: {combination[position] for combination in holding} for position, ref in enumerate(refs)}


def _satisfiable(relation: Relation, domains: Mapping[Ref, tuple[Decimal, ...]], figure_at: FigureAt) -> bool:
    """Say whether some combination of readings could make a relation hold; too many to try count as yes."""
    refs = sorted({ref for ref in relation.refs if ref in domains})
    if math.prod(len(domains[ref]) for ref in refs) > MAX_COMBINATIONS:
        return True
    return any(
        evaluate(relation, reading_of(dict(zip(refs, combination, strict=True)), figure_at)).outcome
        is not Outcome.BROKEN
        for combination in itertools.product(*(domains[ref] for ref in refs))
    )


def _prove(chosen: dict[Ref, Decimal], relations: Sequence[Relation], figure_at: FigureAt) -> dict[Ref, Settled]:
    """Take back every choice that leaves a relation broken, until all that is left is borne out."""
    while True:
        reading = reading_of(chosen, figure_at)
        outcomes = [(relation, evaluate(relation, reading)) for relation in relations]
        bearing: dict[Ref, list[Relation]] = {ref: [] for ref in chosen}
        broken: set[Ref] = set()
        for relation, evaluation in outcomes:
            for ref in set(relation.refs) & chosen.keys():
                if evaluation.holds:
                    bearing[ref].append(relation)
                elif evaluation.outcome is Outcome.BROKEN:
                    broken.add(ref)
        refused = {ref for ref in chosen if ref in broken or not bearing[ref]}
        if not refused:
            return {ref: Settled(number, tuple(bearing[ref])) for ref, number in chosen.items()}
        chosen = {ref: number for ref, number in chosen.items() if ref not in refused}
