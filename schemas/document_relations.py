"""Every relation between figures that the schemas declare for the tables of one document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from extract.findings import Severity
from normalize.model import Document
from schemas.check_equalities import rule_pairs
from schemas.equality_relations import row_relations, total_relations
from schemas.formula_relations import formula_relations
from schemas.model import Schema
from schemas.relations import Relation
from schemas.sum_relations import sum_relations


def binding_relations(document: Document, schemas: Mapping[str, Schema]) -> Iterator[Relation]:
    """Yield the relations that must hold, those declared as mere information left out."""
    return (relation for relation in _relations(document, schemas) if relation.severity is not Severity.INFO)


def _relations(document: Document, schemas: Mapping[str, Schema]) -> Iterator[Relation]:
    for index, table in enumerate(document.tables):
        if table.key in schemas:
            yield from formula_relations(table, index, schemas[table.key])
            yield from sum_relations(table, index, schemas[table.key])
    for rule, pair in rule_pairs(document, schemas):
        yield from row_relations(document, pair, rule)
        yield from total_relations(document, pair.ours, pair.theirs, rule)
