"""Codes of one table among themselves: well formed, and each under the code of the row above it.

A misread digit of a code shows here without any official list: ``2.07.03.2.01`` cannot stand below ``2.07.02``.
"""

from __future__ import annotations

from collections.abc import Mapping

from extract.findings import Finding
from normalize.codes import Code, CodeScheme, parse_code
from normalize.model import Document, Table
from schemas.coded_tables import coded_tables
from schemas.figures import Ref
from schemas.model import Schema
from schemas.outcome import Check, finding_at
from schemas.relations import Outcome
from schemas.tree import Branch, build_tree

MOSTLY = 0.5
"""Share of codes that must be of the nomenclature before the rest counts as ill formed: agencies have codes too."""


def check_code_tree(document: Document, schemas: Mapping[str, Schema]) -> Check:
    """Report codes that are none where most are, and codes that do not begin with the code of their parent row."""
    findings: list[Finding] = []
    outcomes: list[tuple[str, Outcome]] = []
    for index, table, form in coded_tables(document, schemas):
        column = form.code_column
        read = _codes(table, column)
        printed = sum(bool(record.get(column).text) for record in table.records)
        if len(read) < MOSTLY * printed:
            continue
        for number, record in enumerate(table.records):
            if record.get(column).text and number not in read:
                detail = f"tercetak '{record.get(column).text}'"
                findings.append(finding_at(document, Ref(index, number, column), "RJ-CODE-007", detail))
        for branch in build_tree(table.records).walk():
            parent = _parent_code(branch, read)
            if branch.record not in read or parent is None:
                continue
            code = read[branch.record]
            if _is_template(code) != _is_template(parent):
                continue
            under = code.text.startswith(f"{parent.text}.")
            outcomes.append((f"{table.key}: kode di bawah induknya", Outcome.HELD if under else Outcome.BROKEN))
            if not under:
                detail = f"{code.text} di bawah {parent.text}"
                findings.append(finding_at(document, Ref(index, branch.record, column), "RJ-CODE-008", detail))
    return Check(tuple(findings), tuple(outcomes))


def _codes(table: Table, column: str) -> dict[int, Code]:
    """Return the nomenclature codes of a table by record index."""
    codes = ((number, parse_code(record.get(column).text)) for number, record in enumerate(table.records))
    return {number: code for number, code in codes if code is not None and code.scheme is CodeScheme.NOMENCLATURE}


def _is_template(code: Code) -> bool:
    """Say whether a code is one of the ``X.XX`` programs that stand under every bidang."""
    return code.text.startswith("X")


def _parent_code(branch: Branch, read: Mapping[int, Code]) -> Code | None:
    """Return the code of the nearest row above in the hierarchy that has one."""
    above = branch.parent
    while above is not None and above.record not in read:
        above = above.parent
    return None if above is None else read[above.record]
