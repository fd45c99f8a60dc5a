"""camelot's text flavours as a second opinion on tables without rulings."""

from __future__ import annotations

from pathlib import Path

from extract.model import BBox, Page

FLAVOURS = ("network", "hybrid")
NO_OPINION = (ValueError, ArithmeticError, LookupError, AssertionError, RuntimeError, OSError)
"""What camelot raises on pages it cannot cope with, besides the errors of its PDF reader."""


def columns_seen_by_camelot(pdf_path: Path, page: Page, box: BBox) -> frozenset[int]:
    """Return the column counts of the tables that camelot sees where ``box`` lies; empty when it sees none.

    Only unturned pages are asked: camelot reads the page as it is stored. camelot's own failures count as no opinion.
    """
    from camelot.io import read_pdf  # noqa: PLC0415  (0.6 s, and most documents never need it)
    from playa.exceptions import PDFException  # noqa: PLC0415

    if page.turned:
        return frozenset()
    seen: set[int] = set()
    for flavour in FLAVOURS:
        try:
            tables = read_pdf(str(pdf_path), pages=str(page.number), flavor=flavour, suppress_stdout=True)
        except (*NO_OPINION, PDFException):
            continue
        for table in tables:
            x0, low, x1, high = table._bbox  # noqa: SLF001  (camelot publishes no other box)
            top, bottom = page.height - high, page.height - low
            if x0 < box.x1 and box.x0 < x1 and top < box.bottom and box.top < bottom:
                seen.add(int(table.shape[1]))
    return frozenset(seen)
