"""The ways ``renja check`` tells what it found: a compact list for people, CSV and JSON for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

from export.csv_profile import PLAIN, CsvCell, render_csv
from export.json_bytes import Json, json_bytes
from extract.findings import Finding, Severity
from renja.checking import GRAVITY, CheckReport

COLUMNS = ("severity", "code", "table", "row", "column", "cell", "page", "printed", "value", "message")
"""Columns of the CSV and keys of the JSON."""
MAX_PRINTED = 40
"""Characters of the printed text that the list shows."""


class CheckFormat(StrEnum):
    """How the report is written."""

    LIST = "list"
    """Errors and warnings, one a line; notes are only counted."""
    CSV = "csv"
    JSON = "json"


def render_report(report: CheckReport, form: CheckFormat) -> str:
    """Return the report as text, closed by a newline."""
    match form:
        case CheckFormat.CSV:
            return render_csv(COLUMNS, (_cells(found, report) for found in report.findings), PLAIN).decode()
        case CheckFormat.JSON:
            return _json(report)
        case CheckFormat.LIST:
            return "\n".join(_lines(report)) + "\n"


def _cells(found: Finding, report: CheckReport) -> list[CsvCell]:
    return [
        found.severity.value,
        found.code,
        found.table,
        found.row,
        found.column,
        report.cell_of(found),
        found.page,
        found.printed,
        found.value,
        found.message,
    ]


def _json(report: CheckReport) -> str:
    findings: list[Json] = []
    for found in report.findings:
        entry: dict[str, Json] = {}
        for name, cell in zip(COLUMNS, _cells(found, report), strict=True):
            entry[name] = cell if cell is None or isinstance(cell, int) else str(cell)
        findings.append(entry)
    counts = Counter(found.severity for found in report.findings)
    checks: list[Json] = [
        {"name": c.name, "held": c.held, "rounded": c.rounded, "broken": c.broken, "untestable": c.untestable}
        for c in report.counts
    ]
    return json_bytes(
        {
            "document": report.document.name,
            "findings": findings,
            "counts": {severity.value: counts[severity] for severity in GRAVITY},
            "accepted": report.accepted,
            "unchecked": list(report.unchecked),
            "checks": checks,
        }
    ).decode()


def _lines(report: CheckReport) -> Iterator[str]:
    rows = [_line(found, report) for found in report.findings if found.severity is not Severity.INFO]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]) - 1)] if rows else []
    for row in rows:
        padded = [text.ljust(width) for text, width in zip(row, widths, strict=False)]
        yield "  ".join((*padded, row[-1]))
    if report.unchecked:
        yield f"not checked, because no schema declares their kind: {', '.join(report.unchecked)}"
    counts = Counter(found.severity for found in report.findings)
    relations = [sum(getattr(count, name) for count in report.counts) for name in ("held", "rounded", "broken")]
    told = ", ".join(_counted(counts[severity], severity) for severity in GRAVITY)
    accepted = f", {report.accepted} accepted by a person" if report.accepted else ""
    fared = "relations held {}, within rounding {}, broken {}".format(*relations)
    yield f"{report.document.name}: {told}{accepted}; {fared}"


def _line(found: Finding, report: CheckReport) -> tuple[str, ...]:
    place = report.cell_of(found) or (f"row {found.row}" if found.row else "-")
    printed = " ".join(found.printed.split())
    if len(printed) > MAX_PRINTED:
        printed = printed[: MAX_PRINTED - 1] + "…"
    return found.severity.value, found.table or "-", place, found.column or "-", printed or "-", found.message


def _counted(number: int, severity: Severity) -> str:
    noun = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}[severity]
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
