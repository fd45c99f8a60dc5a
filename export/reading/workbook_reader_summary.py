"""What the sheets ``Ringkasan`` and ``Sisa`` of our own workbook tell of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from openpyxl import Workbook

from export.reading.workbook_reader_columns import list_rows
from export.sheets.leftovers_sheet import ROLES
from export.sheets.leftovers_sheet import SHEET as LEFTOVERS
from export.sheets.summary_sheet import SHEET as SUMMARY
from extract.model import BBox, Line, Word
from normalize.model import Leftover

NO_BOX = BBox(0.0, 0.0, 0.0, 0.0)
"""Stands where a workbook does not tell the place on the page."""
_UNKNOWN = "tidak ditemukan di dokumen"
_PAGES = re.compile(r"(\d+)(?:[–-](\d+))?")
_LEAST_CELLS = 5
"""Cells of a row that are looked at: name, title or fact, pages, rows, confidence."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the sheet ``Ringkasan`` tells."""

    name: str = ""
    agency: str = ""
    year: int | None = None
    tables: Mapping[str, tuple[tuple[int, ...], float]] = field(default_factory=dict)
    """Pages and confidence by sheet name."""


def read_facts(book: Workbook) -> Facts:
    """Return the identity of the document and of its tables; what is not found stays empty."""
    if SUMMARY not in book.sheetnames:
        return Facts()
    told: dict[str, str] = {}
    tables: dict[str, tuple[tuple[int, ...], float]] = {}
    for row in book[SUMMARY].iter_rows(values_only=True):
        cells = (*row, *(None,) * _LEAST_CELLS)
        name, fact, pages, confidence = cells[0], cells[1], cells[2], cells[4]
        if isinstance(name, str) and fact is not None:
            told.setdefault(name, str(fact))
            if isinstance(confidence, (int, float)) and pages is not None and name not in tables:
                tables[name] = (_pages(str(pages)), float(confidence))
    agency, year = told.get("Perangkat Daerah", ""), told.get("Tahun", "")
    return Facts(
        told.get("Dokumen", ""),
        "" if agency == _UNKNOWN else agency,
        int(year) if year.isdigit() else None,
        tables,
    )


def _pages(text: str) -> tuple[int, ...]:
    pages: list[int] = []
    for match in _PAGES.finditer(text):
        pages.extend(range(int(match[1]), int(match[2] or match[1]) + 1))
    return tuple(pages)


def read_leftovers(book: Workbook) -> Iterator[Leftover]:
    """Yield the lines of the sheet ``Sisa``, each as one word without a place."""
    if LEFTOVERS not in book.sheetnames:
        return
    roles = {shown: role for role, shown in ROLES.items()}
    for row in list_rows(book, LEFTOVERS, "Hal. PDF"):
        page, role, text = row.get("Hal. PDF"), str(row.get("Peran") or ""), str(row.get("Teks") or "")
        if isinstance(page, (int, float)) and text:
            yield Leftover(int(page), Line((Word(text, NO_BOX),), NO_BOX), roles.get(role, role))
