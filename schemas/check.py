"""Check a document: everything its schemas declare, its prose, and its codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from normalize.model import Document
from schemas.check_code_tree import check_code_tree
from schemas.check_codes import check_codes
from schemas.check_equalities import check_equalities, check_repeated_tables
from schemas.check_narrative import check_narrative
from schemas.check_relations import check_blank_parents, check_relations
from schemas.check_targets import check_text_equalities
from schemas.check_texts import check_row_texts
from schemas.formula_relations import formula_relations
from schemas.model import Schema
from schemas.nomenclature import Nomenclature
from schemas.outcome import Check, CheckResult, gather
from schemas.sum_relations import blank_parents, sum_relations


def check_document(
    document: Document, schemas: Mapping[str, Schema], *, narrative: str = "", nomenclature: Nomenclature | None = None
) -> CheckResult:
    """Return what does not hold in a document, and for every rule how often it held, broke or could not be tested.

    ``narrative`` is the prose of the document, ``nomenclature`` the official list to look codes up in. Printed figures
    are never changed here; :func:`schemas.repair.repair_document` settles doubtful readings first.
    """
    return gather(_checks(document, schemas, narrative, nomenclature))


def _checks(
    document: Document, schemas: Mapping[str, Schema], narrative: str, nomenclature: Nomenclature | None
) -> Iterator[Check]:
    for index, table in enumerate(document.tables):
        if table.key in schemas:
            schema = schemas[table.key]
            yield check_relations(document, formula_relations(table, index, schema))
            yield check_relations(document, sum_relations(table, index, schema))
            yield check_blank_parents(document, blank_parents(table, index, schema))
    yield check_repeated_tables(document, schemas)
    yield from check_equalities(document, schemas)
    yield from check_text_equalities(document, schemas)
    yield from check_row_texts(document, schemas)
    yield from check_narrative(document, schemas, narrative)
    yield check_code_tree(document, schemas)
    if nomenclature is not None:
        yield check_codes(document, schemas, nomenclature)
