"""One document from path to checked records: pages → grids → tables → proof."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from extract.finding_codes import finding
from extract.findings import Finding
from extract.grids.cells import build_page_content
from extract.grids.tables import find_tables
from extract.model import Grid, Page, PageContent
from extract.page_image import PagePose
from normalize.document import build_document
from normalize.form import TableForm
from normalize.model import Document
from renja.page_results import PageWatch, read_page_results
from renja.second_opinion import second_opinions
from renja.settings import Settings
from renja.shown import shown
from schemas.loader import load_schemas
from schemas.nomenclature import read_nomenclature
from schemas.outcome import RelationCount
from schemas.prove import prove_document


@dataclass(frozen=True, slots=True)
class Reading:
    """What one PDF gave: its document and, for the raw export, the page contents it was built from."""

    document: Document
    contents: tuple[PageContent, ...]
    prose: str
    """The text outside all grids, in reading order."""
    poses: tuple[PagePose, ...]
    """How each page lay when it was read."""
    forms: tuple[TableForm, ...] = ()
    """The table kinds that were looked for."""
    checks: tuple[RelationCount, ...] = ()
    """How every declared relation fared: held, broken, untestable."""


def read_document(
    path: Path, settings: Settings, watch: PageWatch | None = None, *, keep_grids: bool = True
) -> Reading:
    """Read a PDF and keep its page contents beside the document; raises :class:`extract.errors.PdfError`.

    ``watch`` is for a supervisor: it is told where the reading is, and may hold pages read before. Without
    ``keep_grids`` no contents are kept: a long document takes half the memory.
    """
    schemas = load_schemas(settings.schema_dir)
    failures: list[Finding] = []
    contents: list[PageContent] = []
    prose: list[str] = []
    poses: list[PagePose] = []

    def pages() -> Iterator[PageContent]:
        for page in read_contents(path, settings, failures, watch):
            if keep_grids:
                contents.append(page)
            prose.extend(line.text for line in page.loose)
            poses.append(PagePose(page.number, page.turned, page.skew))
            yield page

    nomenclature = read_nomenclature(settings.nomenclature) if settings.nomenclature else None
    names = nomenclature.names.values() if nomenclature else ()
    forms = tuple(schema.form for schema in schemas.values())
    document = build_document(shown(path.stem), pages(), forms, names)
    text = "\n".join(prose)
    proof = prove_document(document, schemas, narrative=text, nomenclature=nomenclature)
    opinions = second_opinions(proof.document, partial(_reference, path, settings))
    document = replace(proof.document, findings=(*failures, *proof.document.findings, *opinions))
    if settings.tables:
        document = _only(document, settings.tables)
    return Reading(document, tuple(contents), text, tuple(poses), forms, proof.counts)


def _reference(path: Path, settings: Settings, number: int) -> Page:
    from extract.text_layer.pdfplumber_reader import read_page_reference  # noqa: PLC0415  (slow import, rarely needed)

    return read_page_reference(path, number, password=settings.password)


def read_contents(
    path: Path, settings: Settings, failures: list[Finding], watch: PageWatch | None = None
) -> Iterator[PageContent]:
    """Yield the pages cut into grids and loose lines; a page that cannot be read is a finding in ``failures``."""
    before: Grid | None = None
    for result in read_page_results(path, settings, watch or PageWatch()):
        failures.extend(result.findings)
        if result.page is None:
            continue
        started = time.perf_counter()
        try:
            grids = find_tables(result.page, path, before)
            content = build_page_content(result.page, grids)
        except MemoryError:
            failures.append(finding("RJ-PDF-002", "memori tidak cukup", page=result.number))
            continue
        before = grids[-1] if grids else None
        yield replace(content, seconds=result.seconds + time.perf_counter() - started)


def _only(document: Document, keys: tuple[str, ...]) -> Document:
    return replace(
        document,
        tables=tuple(table for table in document.tables if table.key in keys),
        findings=tuple(entry for entry in document.findings if not entry.table or entry.table in keys),
    )
