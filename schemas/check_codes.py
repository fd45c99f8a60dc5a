"""Codes of a document in the official nomenclature: is there such a code, of which edition, and of that name."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import fuzz

from extract.findings import Finding, Severity
from normalize.codes import CodeScheme, parse_code
from normalize.model import Document, Record
from schemas.coded_tables import coded_tables
from schemas.figures import Ref
from schemas.model import Schema
from schemas.nomenclature import CodeEntry, CodeStatus, Nomenclature
from schemas.outcome import Check, finding_at
from schemas.relations import Outcome
from schemas.row_match import fold_name

SPELLING_PERCENT = 92.0
"""Likeness of two names from which their difference is one of spelling, worth knowing but not worth work."""


def check_codes(document: Document, schemas: Mapping[str, Schema], nomenclature: Nomenclature) -> Check:
    """Look every code of every table up; a code of another edition is named as such, never called wrong."""
    findings: list[Finding] = []
    outcomes: list[tuple[str, Outcome]] = []
    for index, table, form in coded_tables(document, schemas):
        column = form.code_column
        for number, record in enumerate(table.records):
            printed = record.get(column).text
            code = parse_code(printed) if printed else None
            if code is None or code.scheme is not CodeScheme.NOMENCLATURE:
                continue
            entry = nomenclature.look_up(printed, document.year)
            if entry is None:
                continue
            found = entry.status is CodeStatus.FOUND
            outcomes.append((f"{table.key}: kode {code.level}", Outcome.HELD if found else Outcome.BROKEN))
            ref = Ref(index, number, column)
            if not found:
                findings.append(_missing(document, ref, code.text, entry, nomenclature))
            elif (name := record.get(form.level_column).text) and _letters(name) != _letters(entry.name):
                outcomes.append((f"{table.key}: nama menurut kode", Outcome.BROKEN))
                findings.append(_other_name(document, Ref(index, number, form.level_column), record, entry))
            elif name:
                outcomes.append((f"{table.key}: nama menurut kode", Outcome.HELD))
    return Check(tuple(findings), tuple(outcomes))


def _missing(document: Document, ref: Ref, code: str, entry: CodeEntry, nomenclature: Nomenclature) -> Finding:
    if entry.status is CodeStatus.OLD_EDITION:
        replaced = f", kini {entry.successor}" if entry.successor else ""
        return finding_at(document, ref, "RJ-CODE-005", f"{code} tidak ada dalam {nomenclature.source}{replaced}")
    return finding_at(document, ref, "RJ-CODE-004", f"{code} tidak ada dalam {nomenclature.source}")


def _other_name(document: Document, ref: Ref, record: Record, entry: CodeEntry) -> Finding:
    printed = record.get(ref.column).text
    alike = fuzz.ratio(fold_name(printed), fold_name(entry.name)) >= SPELLING_PERCENT
    detail = f"'{' '.join(printed.split())}', resminya '{entry.name}'"
    return finding_at(document, ref, "RJ-CODE-006", detail, Severity.INFO if alike else None)


def _letters(name: str) -> str:
    return fold_name(name).replace(" ", "")
