"""The pages of a document one at a time, each read from its text layer or its picture as triage decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pypdfium2

from extract.errors import LimitExceeded, PageFailed, PdfError
from extract.frame import POINTS_PER_INCH
from extract.model import Page, PageOrigin
from extract.opening import OpenedPdf, open_pdf
from extract.text_layer.drawing import PagePaths
from extract.text_layer.glyphs import Fate, PageGlyphs
from extract.text_layer.pdfium_glyphs import read_glyphs
from extract.text_layer.pdfium_paths import read_paths
from extract.text_layer.pdfium_reader import assemble_page, hide_white_on_paper
from extract.triage import Triage, classify_page

if TYPE_CHECKING:  # importing it for real would load OpenCV
    from extract.scan.engine import Recogniser

MAX_PAGE_SIDE = 14_400.0
"""Points (200 inches); the largest page PDF 1.7 allows."""
DEFAULT_DPI = 300
"""Dots per inch at which a page is rendered for recognition; a scan is read at its own resolution, at most this."""

RasterReader: TypeAlias = Callable[[pypdfium2.PdfPage, int], Page]
"""Recognises the picture of one page, given its 1-based number; raises ``RecogniserError`` without an engine."""


class OcrPolicy(StrEnum):
    """When the picture of a page is recognised."""

    AUTO = "auto"
    """When triage finds that the text layer does not carry the page."""
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """How pages are read."""

    ocr: OcrPolicy = OcrPolicy.AUTO
    dpi: int = DEFAULT_DPI
    password: str = ""


@dataclass(frozen=True, slots=True)
class PageFailure:
    """A page that could not be read; the others go on."""

    number: int
    """1-based."""
    error: PdfError


def read_pages(
    path: Path, *, pages: frozenset[int] | None, settings: ReadSettings, read_raster: RasterReader | None = None
) -> Iterator[Page | PageFailure]:
    """Yield the wanted pages in order, one in memory at a time.

    ``pages`` holds 1-based numbers, None for all; numbers beyond the last page are passed over. ``read_raster``
    replaces the usual recogniser. Raises the errors of :func:`extract.opening.open_pdf`.
    """
    with open_pdf(path, password=settings.password) as opened:
        yield from read_opened_pages(opened, pages=pages, settings=settings, read_raster=read_raster)


def read_opened_pages(
    opened: OpenedPdf, *, pages: frozenset[int] | None, settings: ReadSettings, read_raster: RasterReader | None = None
) -> Iterator[Page | PageFailure]:
    """Yield the wanted pages of an open document, as :func:`read_pages` does."""
    for number in range(1, opened.pages + 1):
        if pages is None or number in pages:
            yield _read_or_report(opened, number, settings, read_raster)


def _read_or_report(
    opened: OpenedPdf, number: int, settings: ReadSettings, read_raster: RasterReader | None
) -> Page | PageFailure:
    """Read one page; what stops it stops only it."""
    try:
        pdf_page = opened.page(number)
        try:
            return read_page(pdf_page, number, settings, read_raster)
        finally:
            pdf_page.close()
    except PdfError as error:
        return PageFailure(number, type(error)(error.message, error.remedy, path=opened.path, page=number))
    except (pypdfium2.PdfiumError, MemoryError) as error:
        failure = PageFailed(
            f"cannot be read ({str(error) or type(error).__name__})",
            "Print the document to a new PDF, or leave the page out with --pages",
            path=opened.path,
            page=number,
        )
        return PageFailure(number, failure)


def read_page(
    pdf_page: pypdfium2.PdfPage, number: int, settings: ReadSettings, read_raster: RasterReader | None = None
) -> Page:
    """Read one page from the source that triage, or the policy, names.

    Raises :class:`extract.errors.LimitExceeded` or pypdfium2's ``PdfiumError``.
    """
    if max(pdf_page.get_size()) > MAX_PAGE_SIDE:
        raise LimitExceeded(
            f"the page is larger than {MAX_PAGE_SIDE / POINTS_PER_INCH:.0f} inches",
            "Leave it out with --pages, or scale it down",
        )
    found = read_glyphs(pdf_page)
    paths = read_paths(pdf_page, found.frame, found.text_objects)
    found = replace(found, glyphs=hide_white_on_paper(found.glyphs, paths))
    triage = classify_page(found.glyphs, paths, found.frame)
    if settings.ocr is OcrPolicy.ALWAYS and triage.origin is not PageOrigin.EMPTY:
        triage = Triage(PageOrigin.RASTER, (("reason", "asked_for"), *triage.evidence[1:]))
    if triage.origin is not PageOrigin.RASTER:
        return _read_text_layer(found, paths, number, triage)
    if settings.ocr is OcrPolicy.NEVER:
        return _read_unrecognised(found, paths, number, triage, "switched_off")
    from extract.scan.engine import RecogniserError  # noqa: PLC0415 -- only pages without a text layer need it

    try:
        page = (read_raster or _usual_raster_reader(settings.dpi))(pdf_page, number)
    except RecogniserError as error:
        return _read_unrecognised(found, paths, number, triage, str(error))
    return replace(page, evidence=(*triage.evidence, *page.evidence))


def _read_text_layer(found: PageGlyphs, paths: PagePaths, number: int, triage: Triage) -> Page:
    """Assemble a page from its text layer."""
    page = assemble_page(found.glyphs, paths, found.frame, number=number, turned=found.turned)
    return replace(page, origin=triage.origin, evidence=triage.evidence)


def _read_unrecognised(found: PageGlyphs, paths: PagePaths, number: int, triage: Triage, why: str) -> Page:
    """Assemble a scan from its text layer, the invisible one included: it is all there is."""
    glyphs = found.glyphs
    fate = np.where(glyphs.fate == Fate.INVISIBLE, Fate.VISIBLE, glyphs.fate)
    shown = replace(found, glyphs=replace(glyphs, fate=fate))
    page = _read_text_layer(shown, paths, number, triage)
    return replace(page, evidence=(*page.evidence, ("recognition", why)))


@cache
def _usual_raster_reader(dpi: int) -> RasterReader:
    """Build the recognisers once a process; their models take a second to load."""
    from extract.scan.raster import RasterSettings, read_raster_page  # noqa: PLC0415 -- same
    from extract.scan.recognition.ppocr import PpOcrRecogniser  # noqa: PLC0415 -- digital documents never need it
    from extract.scan.recognition.tesseract import LANGUAGES_DIGITS, LANGUAGES_TEXT  # noqa: PLC0415 -- same

    second, texts = _tesseract(LANGUAGES_DIGITS), _tesseract(LANGUAGES_TEXT)
    raster = RasterSettings(recogniser=PpOcrRecogniser(), second=second, texts=texts, target_dpi=dpi)
    others = "+".join(engine.name for engine in (second, texts) if engine) or "none"

    def read(pdf_page: pypdfium2.PdfPage, number: int) -> Page:
        page = read_raster_page(pdf_page, number, raster)
        return replace(page, evidence=(*page.evidence, ("second_engine", others)))

    return read


def _tesseract(languages: str) -> Recogniser | None:
    """Return Tesseract when it is installed with the models of ``languages``; without it doubts stay doubts."""
    from extract.scan.engine import RecogniserError  # noqa: PLC0415 -- only scans need it
    from extract.scan.recognition.tesseract import TesseractRecogniser, tessdata_folder  # noqa: PLC0415 -- same

    if find_spec("tesserocr") is None:
        return None
    try:
        tessdata_folder(languages)
    except RecogniserError:
        return None
    return TesseractRecogniser(languages)
