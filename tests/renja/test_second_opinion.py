"""Cells that are not what their column holds are read again, and what another reader sees there is told."""

from __future__ import annotations

import pytest

from extract.errors import PageFailed
from extract.finding_codes import finding
from extract.model import BBox, Page, PageOrigin, Word
from normalize.model import Document, PageReport
from renja.second_opinion import MOST_PAGES, second_opinions

CELL = BBox(100, 50, 160, 62)


def page_with(number: int, text: str, x0: float = 110) -> Page:
    words = (Word(text, BBox(x0, 52, x0 + 30, 60), 8.0),)
    return Page(number, 595, 842, words, (), PageOrigin.DIGITAL)


def document_with(code: str = "RJ-NUM-003", printed: str = "12.O", kind: str = "digital", pages: int = 1) -> Document:
    numbers = range(1, pages + 1)
    findings = [
        finding(code, page=page, bbox=CELL, table="iii_1", row=1, column="pagu", printed=printed) for page in numbers
    ]
    reports = tuple(PageReport(number, kind, 0, (), 0.0) for number in numbers)
    return Document(name="a", tables=(), unknown=(), leftovers=(), findings=tuple(findings), pages=reports)


def told(document: Document, text: str, x0: float = 110) -> list[str]:
    return [found.message for found in second_opinions(document, lambda number: page_with(number, text, x0))]


def test_other_text_in_a_failed_cell_is_told() -> None:
    (message,) = told(document_with(), "12.0")
    assert "'12.0'" in message


@pytest.mark.parametrize(
    ("document", "text", "x0"),
    [
        (document_with(), "12.O", 110),
        (document_with(printed="12.\nO"), "12.O", 110),
        (document_with(), "12.0", 300),
        (document_with(kind="raster"), "12.0", 110),
        (document_with(code="RJ-CEK-001"), "12.0", 110),
    ],
    ids=["same text", "same text wrapped", "another cell", "scanned page", "another doubt"],
)
def test_nothing_is_told_where_readers_agree_or_are_not_asked(document: Document, text: str, x0: float) -> None:
    assert told(document, text, x0) == []


def test_only_so_many_pages_are_read_again() -> None:
    assert len(told(document_with(pages=MOST_PAGES + 3), "12.0")) == MOST_PAGES


def test_a_page_the_other_reader_cannot_read_gives_no_opinion() -> None:
    def fail(number: int) -> Page:
        raise PageFailed("damaged", "None is needed", page=number)

    assert list(second_opinions(document_with(), fail)) == []
