"""Pages come one at a time, from the source triage names, and a bad page stops only itself."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extract import pages as reading
from extract.errors import LimitExceeded, NotAPdf, PageFailed
from extract.model import BBox, Page, PageOrigin, Word
from extract.pages import OcrPolicy, PageFailure, ReadSettings, read_pages
from extract.scan.engine import RecogniserError

RECOGNISED = Page(0, 400, 600, (Word("dikenali", BBox(0, 0, 10, 10), confidence=0.9),), (), PageOrigin.RASTER)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """Page 1 is digital, page 2 a scan with an invisible layer, page 3 blank."""
    path = tmp_path / "campur.pdf"
    canvas = Canvas(str(path), pagesize=(400, 600))
    canvas.drawString(20, 500, "Rencana Kerja")
    canvas.showPage()
    canvas.drawImage(ImageReader(Image.new("L", (40, 60), 200)), 0, 0, 400, 600)
    canvas.drawString(20, 500, "lapisan lama", mode=3)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    return path


def recognise(_: pypdfium2.PdfPage, number: int) -> Page:
    return replace(RECOGNISED, number=number)


def read(path: Path, policy: OcrPolicy = OcrPolicy.AUTO, pages: frozenset[int] | None = None) -> list[Page]:
    found = list(read_pages(path, pages=pages, settings=ReadSettings(ocr=policy), read_raster=recognise))
    assert all(isinstance(page, Page) for page in found)
    return [page for page in found if isinstance(page, Page)]


def test_each_page_is_read_from_its_own_source(document):
    digital, scan, blank = read(document)
    assert [word.text for word in digital.words] == ["Rencana", "Kerja"]
    assert [word.text for word in scan.words] == ["dikenali"]
    assert [page.origin for page in (digital, scan, blank)] == [
        PageOrigin.DIGITAL,
        PageOrigin.RASTER,
        PageOrigin.EMPTY,
    ]
    assert dict(scan.evidence)["reason"] == "picture_without_visible_text"


def test_recognition_can_be_forced(document):
    assert [page.origin for page in read(document, OcrPolicy.ALWAYS)][:2] == [PageOrigin.RASTER] * 2


def test_without_recognition_a_scan_shows_its_old_layer_and_says_so(document):
    scan = read(document, OcrPolicy.NEVER)[1]
    assert [word.text for word in scan.words] == ["lapisan", "lama"]
    assert scan.origin is PageOrigin.RASTER
    assert dict(scan.evidence)["recognition"] == "switched_off"


def test_a_missing_engine_leaves_the_old_layer_and_the_reason(document):
    def fail(_: pypdfium2.PdfPage, __: int) -> Page:
        raise RecogniserError("install rapidocr")

    found = list(read_pages(document, pages=frozenset({2}), settings=ReadSettings(), read_raster=fail))
    (scan,) = found
    assert isinstance(scan, Page)
    assert dict(scan.evidence)["recognition"] == "install rapidocr"


def test_only_the_wanted_pages_are_read(document):
    assert [page.number for page in read(document, pages=frozenset({1, 3, 99}))] == [1, 3]


def test_pages_come_one_at_a_time(document, monkeypatch):
    numbers = []
    real = reading.read_page

    def counted(page: pypdfium2.PdfPage, number: int, *rest: object) -> Page:
        numbers.append(number)
        return real(page, number, *rest)

    monkeypatch.setattr(reading, "read_page", counted)
    stream = read_pages(document, pages=None, settings=ReadSettings(ocr=OcrPolicy.NEVER))
    assert numbers == []
    next(stream)
    assert numbers == [1]
    stream.close()


@pytest.mark.parametrize(
    ("raised", "reported"),
    [
        (pypdfium2.PdfiumError("Failed to load page."), PageFailed),
        (MemoryError(), PageFailed),
        (LimitExceeded("too many segments", "Leave it out"), LimitExceeded),
    ],
)
def test_a_bad_page_is_reported_and_the_others_are_read(document, monkeypatch, raised, reported):
    real = reading.read_page

    def fail_on_first(page: pypdfium2.PdfPage, number: int, *rest: object) -> Page:
        if number == 1:
            raise raised
        return real(page, number, *rest)

    monkeypatch.setattr(reading, "read_page", fail_on_first)
    settings = ReadSettings(ocr=OcrPolicy.NEVER)
    failure, *others = read_pages(document, pages=None, settings=settings)
    assert isinstance(failure, PageFailure)
    assert (type(failure.error), failure.error.page, failure.error.path) == (reported, 1, document)
    assert [page.number for page in others] == [2, 3]


def test_a_page_larger_than_pdf_allows_is_refused(tmp_path):
    path = tmp_path / "spanduk.pdf"
    canvas = Canvas(str(path), pagesize=(20_000, 100))
    canvas.drawString(10, 10, "x")
    canvas.showPage()
    canvas.save()
    (failure,) = read_pages(path, pages=None, settings=ReadSettings())
    assert isinstance(failure, PageFailure)
    assert "larger than" in str(failure.error)


def test_a_bad_file_is_an_error_at_once(tmp_path):
    with pytest.raises(NotAPdf):
        next(read_pages(tmp_path / "tidak-ada.pdf", pages=None, settings=ReadSettings()))
