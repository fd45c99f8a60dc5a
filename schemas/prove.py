"""The whole proof of one document: settle what is doubtful, check what must hold, and join the findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from extract.findings import Finding
from normalize.model import Document
from normalize.tables.column_doubts import with_doubted_columns
from schemas.check import check_document
from schemas.model import Schema
from schemas.nomenclature import Nomenclature
from schemas.outcome import RelationCount
from schemas.repair import repair_document

_SETTLED_CODES = frozenset({"RJ-FIX-001", "RJ-FIX-002"})
_OPEN_CODE = "RJ-FIX-003"
_NUMBER_DOUBTS = ("RJ-NUM-", "RJ-OCR-001", "RJ-OCR-004")

Place = tuple[str, int | None, str, int | None]


@dataclass(frozen=True, slots=True)
class Proof:
    """A document with its doubts settled or told, and how every rule fared in it."""

    document: Document
    """Its findings are those of reading that still stand, then of repair, then of the checks."""
    counts: tuple[RelationCount, ...]


def prove_document(
    document: Document, schemas: Mapping[str, Schema], *, narrative: str = "", nomenclature: Nomenclature | None = None
) -> Proof:
    """Return the document after repair, with every finding, and the counts of the checks.

    A doubt about a number that arithmetic has settled gives way to the finding of the repair; a doubt that stands is
    told once, by the finding that says what is wrong with the print.
    """
    repaired, repairs = repair_document(document, schemas)
    checked = check_document(repaired, schemas, narrative=narrative, nomenclature=nomenclature)
    findings = (*_joined(document.findings, repairs), *checked.findings)
    return Proof(replace(with_doubted_columns(repaired), findings=findings), checked.counts)


def _joined(read: Iterable[Finding], repairs: Iterable[Finding]) -> tuple[Finding, ...]:
    read, repairs = tuple(read), tuple(repairs)
    settled = {_place(finding) for finding in repairs if finding.code in _SETTLED_CODES}
    doubted = {_place(finding) for finding in read if finding.code.startswith(_NUMBER_DOUBTS)}
    standing = [f for f in read if not (f.code.startswith(_NUMBER_DOUBTS) and _place(f) in settled)]
    told = [f for f in repairs if not (f.code == _OPEN_CODE and _place(f) in doubted)]
    return (*standing, *told)


def _place(finding: Finding) -> Place:
    """Return the field a finding is about; the page tells two tables of one kind apart."""
    return finding.table, finding.row, finding.column, finding.page
