"""What a check of a whole document returns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extract.finding_codes import finding
from extract.findings import Finding, Severity
from normalize.model import Document
from schemas.figures import Ref, value_at
from schemas.relations import Outcome


@dataclass(frozen=True, slots=True)
class RelationCount:
    """How often one rule was met."""

    name: str
    held: int = 0
    rounded: int = 0
    """Met within the tolerance."""
    broken: int = 0
    untestable: int = 0


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Findings about a document, and how every rule fared."""

    findings: tuple[Finding, ...]
    counts: tuple[RelationCount, ...]

    def count(self, name: str) -> RelationCount:
        """Return the count of one rule, zeros when it was never met with."""
        return next((count for count in self.counts if count.name == name), RelationCount(name))


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found: its findings and the outcome of each test by rule name."""

    findings: tuple[Finding, ...] = ()
    outcomes: tuple[tuple[str, Outcome], ...] = ()


def gather(checks: Iterable[Check]) -> CheckResult:
    """Join checks; findings keep their order, counts are sorted by first appearance."""
    findings: list[Finding] = []
    tally: dict[str, dict[Outcome, int]] = {}
    for check in checks:
        findings.extend(check.findings)
        for name, outcome in check.outcomes:
            rule = tally.setdefault(name, dict.fromkeys(Outcome, 0))
            rule[outcome] += 1
    counts = tuple(
        RelationCount(
            name,
            held=rule[Outcome.HELD],
            rounded=rule[Outcome.ROUNDED],
            broken=rule[Outcome.BROKEN],
            untestable=rule[Outcome.UNTESTABLE],
        )
        for name, rule in tally.items()
    )
    return CheckResult(tuple(findings), counts)


def finding_at(document: Document, ref: Ref, code: str, detail: str, severity: Severity | None = None) -> Finding:
    """Build a finding that points at one field: page and box of its first printed place, else of its record."""
    table, value = document.tables[ref.table], value_at(document, ref)
    source = value.sources[0] if value.sources else None
    return finding(
        code,
        detail,
        severity=severity,
        page=source.page if source else table.records[ref.record].page,
        bbox=source.bbox if source else None,
        table=table.key,
        row=ref.record + 1,
        column=ref.column,
        printed=value.raw,
        value="" if value.number is None else f"{value.number:f}",
    )


def place_name(document: Document, ref: Ref) -> str:
    """Name a field for a message: ``baris 12 (halaman 21)``."""
    return f"baris {ref.record + 1} (halaman {document.tables[ref.table].records[ref.record].page})"
