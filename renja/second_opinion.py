"""Cells of digital pages that are not what their column holds, read once more by pdfplumber.

PDFium and pdfplumber decode fonts and place glyphs on their own. Where a number or a code does not read as one and the
two readers see different text, the fault may be ours, and the planner is shown both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from extract.errors import PageFailed
from extract.finding_codes import finding
from extract.findings import Finding
from extract.model import BBox, Page, PageOrigin
from normalize.model import Document

FAILED_CHECKS = frozenset(("RJ-NUM-001", "RJ-NUM-002", "RJ-NUM-003", "RJ-NUM-004", "RJ-NUM-008", "RJ-CODE-007"))
"""Findings of cells whose text is not of the type of their column."""
MOST_PAGES = 5
"""Pages of a document that are read again: pdfplumber takes some ten times as long."""


def second_opinions(document: Document, read_page: Callable[[int], Page]) -> Iterator[Finding]:
    """Yield a finding for each failed cell of a digital page in which another reader sees more, or other text.

    ``read_page`` is that reader; a page it raises :class:`~extract.errors.PageFailed` for gives no opinion.
    """
    digital = {page.number for page in document.pages if page.kind == PageOrigin.DIGITAL}
    failed: dict[int, list[tuple[Finding, BBox]]] = {}
    for found in document.findings:
        if found.code in FAILED_CHECKS and found.page in digital and found.bbox is not None:
            failed.setdefault(found.page, []).append((found, found.bbox))
    for number in sorted(failed)[:MOST_PAGES]:
        try:
            page = read_page(number)
        except PageFailed:
            continue
        for found, box in failed[number]:
            seen = " ".join(word.text for word in page.words if box.holds(word.bbox.center_x, word.bbox.center_y))
            # A field over several cells has more printed than the cell its finding points at.
            if Counter("".join(seen.split())) - Counter("".join(found.printed.split())):
                yield _told(found, seen)


def _told(found: Finding, seen: str) -> Finding:
    return finding(
        "RJ-PDF-007",
        f"'{seen}'",
        page=found.page,
        bbox=found.bbox,
        table=found.table,
        row=found.row,
        column=found.column,
        printed=found.printed,
    )
