"""The pages of a PDF one at a time, each read or a finding that says why not; taken from a store that has them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from extract.errors import LimitExceeded
from extract.finding_codes import finding
from extract.findings import Finding
from extract.model import Page
from extract.opening import OpenedPdf, open_pdf
from extract.pages import OcrPolicy, PageFailure, ReadSettings, read_opened_pages
from renja.page_store import NoStore, PageResult, PageStore
from renja.settings import Settings


def unwatched(_number: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class PageWatch:
    """What a supervisor wants of the reading of a document."""

    store: PageStore = field(default_factory=NoStore)
    begin: Callable[[int], None] = unwatched
    """Told the number of a page before it is touched."""
    given_up: Mapping[int, str] = field(default_factory=dict)
    """Pages not to be read again, with the reason (Indonesian): they ended the process that read them."""


def read_page_results(path: Path, settings: Settings, watch: PageWatch) -> Iterator[PageResult]:
    """Yield the wanted pages in order; raises the errors of :func:`extract.opening.open_pdf`."""
    read_settings = ReadSettings(ocr=OcrPolicy(settings.ocr.value), dpi=settings.dpi, password=settings.password)
    with open_pdf(path, password=settings.password) as opened:
        wanted = _wanted(opened, settings)
        for done, number in enumerate(wanted, start=1):
            watch.begin(number)
            if number in watch.given_up:
                yield PageResult(number, None, (finding("RJ-PDF-002", watch.given_up[number], page=number),))
            else:
                result = watch.store.get(number)
                if result is None:
                    result = _read(opened, number, read_settings)
                    watch.store.put(result)
                yield result
            settings.progress(done, len(wanted))


def wanted_pages(path: Path, settings: Settings) -> tuple[int, ...]:
    """Return the numbers of the pages that are wanted and that the document has; raises as :func:`open_pdf` does."""
    with open_pdf(path, password=settings.password) as opened:
        return _wanted(opened, settings)


def _wanted(opened: OpenedPdf, settings: Settings) -> tuple[int, ...]:
    return tuple(number for number in settings.pages or range(1, opened.pages + 1) if number <= opened.pages)


def _read(opened: OpenedPdf, number: int, settings: ReadSettings) -> PageResult:
    started = time.perf_counter()
    (page,) = read_opened_pages(opened, pages=frozenset({number}), settings=settings)
    seconds = time.perf_counter() - started
    if isinstance(page, PageFailure):
        code = "RJ-PDF-002" if isinstance(page.error, LimitExceeded) else "RJ-PDF-001"
        return PageResult(number, None, (finding(code, str(page.error), page=number),), seconds)
    return PageResult(number, page, tuple(_unrecognised(page)), seconds)


def _unrecognised(page: Page) -> Iterator[Finding]:
    """Yield a finding for a page whose picture should have been read and was not: its text layer is all there is."""
    reason = dict(page.evidence).get("recognition")
    if reason is not None:
        yield finding("RJ-OCR-003", reason, page=page.number)
