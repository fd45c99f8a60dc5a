"""Every relation between figures that the schemas declare for the tables of one document."""

from __future__ import annotations

from collections.abc import Mapping

from extract.findings import Severity
from normalize.model import Document
from schemas.check_equalities import rule_pairs
from schemas.equality_relations import row_relations, total_relations
from schemas.formula_relations import formula_relations
from schemas.model import Schema
from schemas.relations import Relation
from schemas.sum_relations import sum_relations


def binding_relations(document: Document, schemas: Mapping[str, Schema]) -> tuple[Relation, ...]:
    """Return the relations that must hold, those declared as mere information left out."""
    relations: list[Relation] = []
    for index, table in enumerate(document.tables):
        if table.key in schemas:
            relations.extend(formula_relations(table, index, schemas[table.key]))
            relations.extend(sum_relations(table, index, schemas[table.key]))
    for rule, pair in rule_pairs(document, schemas):
        relations.extend(row_relations(document, pair, rule))
        relations.extend(total_relations(document, pair.ours, pair.theirs, rule))
    return tuple(relation for relation in relations if relation.severity is not Severity.INFO)
