"""The listing of ``renja inspect``: what is on which page, and how sure the program is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from export.naming import table_name
from export.page_spans import page_spans
from normalize.model import Document, PageReport


def describe(document: Document) -> Iterator[str]:
    """Yield the lines of the listing."""
    yield " ".join(part for part in (document.name, document.agency, str(document.year or "")) if part)
    yield "pages:"
    for kind, numbers in _page_kinds(document.pages):
        yield f"  {kind:<8} {page_spans(numbers)}"
    yield "tables:"
    for table in document.tables:
        title = " ".join(table.title.split())
        yield (
            f"  {table_name(table):<12} p. {page_spans(table.pages):<12} {len(table.records):>4} records  "
            f"{table.confidence:4.0%} sure  {title}"
        )
        yield f"      recognised by: {'; '.join(table.evidence)}"
    if document.unknown:
        yield "tables of no known kind:"
    for unknown in document.unknown:
        guess = f"; nearest kind {unknown.best_guess} ({unknown.score:.0%})" if unknown.best_guess else ""
        caption = " ".join(unknown.caption.split()) or "no caption"
        after = f"; may continue {unknown.follows}" if unknown.follows else ""
        yield f"  p. {unknown.page:<4} {unknown.rows} x {unknown.columns} cells  {caption}{guess}{after}"


def _page_kinds(pages: Sequence[PageReport]) -> Iterator[tuple[str, list[int]]]:
    for kind in sorted({page.kind for page in pages}):
        yield kind, [page.number for page in pages if page.kind == kind]
