"""Check an output of ``renja convert`` as it is now, after people worked in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from export.file_names import RECORD_FILE
from export.naming import table_name
from export.plain_number import plain
from export.reading.folder_reader import read_folder
from export.reading.workbook_reader import ReadBack, read_workbook
from export.reading.workbook_reader_findings import Ticket
from export.review.record_file import read_record
from export.review.verdict import Status
from export.sheets.marks import table_of
from extract.findings import Finding, Severity
from normalize.model import Document
from schemas.check import check_document
from schemas.model import Schema
from schemas.nomenclature import Nomenclature
from schemas.outcome import RelationCount

GRAVITY = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_ACCEPTED = frozenset({Status.RIGHT, Status.IGNORED})
"""What a person may say of a finding so that it is not told again; "Diperbaiki" must show in the figures."""
_CHECKED = "RJ-CEK-"
_NARRATIVE = frozenset({"RJ-CEK-011", "RJ-CEK-012", "RJ-CEK-013"})
_CODE_TREE = "RJ-CODE-008"
_NOMENCLATURE = frozenset({"RJ-CODE-004", "RJ-CODE-005", "RJ-CODE-006"})
_ABOUT_FILES = "RJ-EXPORT-"

Identity = tuple[str, str, str, str]
"""Code, table name, column and value: what is left of a finding when rows have moved."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What is wrong with an output now."""

    document: Document
    findings: tuple[Finding, ...]
    """Gravest first; tables are named as their CSVs are."""
    cells: Mapping[tuple[str, int, str], str]
    """Where a field stands in the workbook: by table name, row and column."""
    counts: tuple[RelationCount, ...]
    accepted: int
    """Findings that still hold and that a person marked "Benar" or "Abaikan"."""
    unchecked: tuple[str, ...]
    """Tables of a kind no schema declares."""

    def cell_of(self, finding: Finding) -> str:
        """Return the cell a finding is about (``III.1!F12``), empty when it is about none."""
        return self.cells.get((finding.table, finding.row or 0, finding.column), "")


def read_output(path: Path) -> ReadBack:
    """Return what a workbook or an output folder holds; raise ``NotOurOutputError`` for anything else."""
    return read_folder(path) if path.is_dir() else read_workbook(path)


def check_output(path: Path, schemas: Mapping[str, Schema], *, nomenclature: Nomenclature | None = None) -> CheckReport:
    """Return the checks of a workbook or an output folder.

    Everything that can be computed anew is; a doubt of reading stands until its field is changed or its status says
    that somebody looked. Raises :class:`~export.reading.read_errors.NotOurOutputError`.
    """
    read = read_output(path)
    prose = _prose(path, read.document)
    checked = check_document(read.document, schemas, narrative=prose, nomenclature=nomenclature)
    fresh = [_named(found, read.document) for found in checked.findings]
    anew = _Anew(has_prose=bool(prose), has_nomenclature=nomenclature is not None)
    accepted = Counter(_identity(t.finding) for t in read.tickets if t.status in _ACCEPTED and anew.covers(t.finding))
    standing: list[Finding] = []
    told_before = 0
    for found in fresh:
        if accepted[_identity(found)]:
            accepted[_identity(found)] -= 1
            told_before += 1
        else:
            standing.append(found)
    doubts = [t.finding for t in read.tickets if _still_doubted(t, read.document) and not anew.covers(t.finding)]
    findings = sorted((*read.problems, *doubts, *standing), key=lambda f: (GRAVITY.index(f.severity), f.table))
    return CheckReport(
        document=read.document,
        findings=tuple(findings),
        cells=read.cells,
        counts=checked.counts,
        accepted=told_before,
        unchecked=tuple(table_name(table) for table in read.document.tables if table.key not in schemas),
    )


def gravest(findings: Sequence[Finding]) -> Severity | None:
    """Return the gravest severity among findings."""
    return min((found.severity for found in findings), key=GRAVITY.index, default=None)


@dataclass(frozen=True, slots=True)
class _Anew:
    """Which findings the checks of this run would tell again, were they still true."""

    has_prose: bool
    has_nomenclature: bool

    def covers(self, found: Finding) -> bool:
        """Say whether this run has looked for such a finding itself."""
        if found.code in _NARRATIVE:
            return self.has_prose
        if found.code in _NOMENCLATURE:
            return self.has_nomenclature
        return found.code.startswith((_CHECKED, _CODE_TREE))


def _still_doubted(ticket: Ticket, document: Document) -> bool:
    """Say whether a doubt of reading stands: nobody decided, and its field holds what it held."""
    found = ticket.finding
    if ticket.status is not Status.OPEN or found.code.startswith(_ABOUT_FILES):
        return False
    table = next((table for table in document.tables if table_name(table) == found.table), None)
    if table is None or not found.row or found.row > len(table.records):
        return True
    column = next((column for column in table.columns if column.key == found.column), None)
    if column is None or not column.kind.is_number:
        return True
    number = table.records[found.row - 1].get(found.column).number
    return _canonical(found.value) == ("" if number is None else plain(number))


def _named(found: Finding, document: Document) -> Finding:
    table = table_of(found, document)
    return found if table is None else replace(found, table=table_name(table))


def _identity(found: Finding) -> Identity:
    value = _canonical(found.value) if found.value else " ".join(found.printed.split())
    return found.code, found.table, found.column, value


def _canonical(text: str) -> str:
    """Return a number as plain text however many zeros it was written with; other text as it is."""
    try:
        return plain(Decimal(text))
    except InvalidOperation:
        return text


def _prose(path: Path, document: Document) -> str:
    """Return the text outside the tables: all of it from the record of the conversion, else what the output holds."""
    folder = path if path.is_dir() else path.with_suffix("")
    record = folder / RECORD_FILE
    if record.is_file():
        return read_record(record).prose
    return "\n".join(_lines(document))


def _lines(document: Document) -> Iterator[str]:
    return (leftover.line.text for leftover in document.leftovers)
