"""The two lists that make the output honest: findings, and words that landed in no cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from export.csv_profile import CsvCell
from export.naming import table_name
from export.sheets.marks import table_of
from extract.findings import Finding
from extract.model import BBox
from normalize.model import Document, Leftover

FINDING_COLUMNS = (
    "table",
    "row",
    "column",
    "page",
    "bbox",
    "code",
    "severity",
    "printed",
    "value",
    "message",
)
LEFTOVER_COLUMNS = ("page", "bbox", "text", "role", "line")


def finding_rows(findings: Iterable[Finding], document: Document) -> Iterator[list[CsvCell]]:
    """Yield one row per finding, in the columns of :data:`FINDING_COLUMNS`; tables are named as their CSVs are."""
    for finding in findings:
        table = table_of(finding, document)
        yield [
            finding.table if table is None else table_name(table),
            finding.row,
            finding.column,
            finding.page,
            box_text(finding.bbox),
            finding.code,
            finding.severity.value,
            finding.printed,
            finding.value,
            finding.message,
        ]


def leftover_rows(leftovers: Iterable[Leftover]) -> Iterator[list[CsvCell]]:
    """Yield one row per word, in the columns of :data:`LEFTOVER_COLUMNS`; ``line`` counts the lines of its page."""
    page, line = 0, 0
    for leftover in leftovers:
        line = line + 1 if leftover.page == page else 1
        page = leftover.page
        for word in leftover.line.words:
            yield [page, box_text(word.bbox), word.text, leftover.role, line]


def box_text(box: BBox | None) -> str:
    """Return a box as ``x0 top x1 bottom`` in points with two decimals, empty for none."""
    if box is None:
        return ""
    return " ".join(f"{edge + 0.0:.2f}" for edge in (box.x0, box.top, box.x1, box.bottom))
