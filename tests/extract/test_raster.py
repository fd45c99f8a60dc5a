"""A scanned page gives the words, rulings and turn of the printed one.

The default run replays recorded engine answers; set ``RECORD=1`` to record them again with the real engines.
"""

from __future__ import annotations

import os
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from extract.grids.cells import build_page_content
from extract.grids.grid import find_grids
from extract.model import Grid, Page, PageOrigin
from extract.scan.engine import Recogniser
from extract.scan.raster import RasterSettings, read_raster_page
from extract.scan.recognition.ppocr import PpOcrRecogniser
from extract.scan.recognition.tesseract import LANGUAGES_TEXT, TesseractRecogniser
from tests.extract.scan_pages import CAPTION, COLUMN_EDGES, PAGE_SIZE, ROW_EDGES, ROWS, scanned, table_pdf
from tests.recorded_recogniser import RecordedRecogniser

RECORDINGS = Path(__file__).parent / "recordings"
RECORD = os.environ.get("RECORD") == "1"

CASES = {
    "straight-200": {"dpi": 200},
    "leaning-200": {"dpi": 200, "skew": 0.7},
    "sideways-200": {"dpi": 200, "skew": -0.4, "turn": 90},
    "one-bit-300": {"dpi": 300, "skew": 0.3, "one_bit": True},
}


def read(case: str, first: Recogniser, second: Recogniser | None, texts: Recogniser | None = None) -> Page:
    page = pdfium.PdfDocument(scanned(table_pdf(), **CASES[case]))[0]
    return read_raster_page(page, 1, RasterSettings(first, second, texts))


@pytest.fixture(scope="module", params=sorted(CASES))
def case_and_page(request: pytest.FixtureRequest) -> tuple[str, Page]:
    case = request.param
    engines = [
        RecordedRecogniser(RECORDINGS / f"{case}-{engine.name}.json.gz", engine if RECORD else None)
        for engine in (PpOcrRecogniser(), TesseractRecogniser(), TesseractRecogniser(LANGUAGES_TEXT))
    ]
    page = read(case, *engines)
    if RECORD:
        for engine in engines:
            engine.save()
    return case, page


def grid_of(page: Page) -> Grid:
    (grid,) = build_page_content(page, find_grids(page)).grids
    return grid


def test_every_cell_holds_what_was_printed(case_and_page: tuple[str, Page]) -> None:
    grid = grid_of(case_and_page[1])
    assert (grid.rows, grid.columns) == (len(ROWS), len(ROWS[0]))
    read_back = {(cell.row, cell.column): cell.text for cell in grid.cells}
    assert read_back == {(row, column): text for row, texts in enumerate(ROWS) for column, text in enumerate(texts)}


def test_the_caption_is_read_outside_the_grid(case_and_page: tuple[str, Page]) -> None:
    _, page = case_and_page
    content = build_page_content(page, find_grids(page))
    assert [line.text for line in content.loose] == [CAPTION]


def test_turn_and_skew_are_told(case_and_page: tuple[str, Page]) -> None:
    case, page = case_and_page
    assert page.origin is PageOrigin.RASTER
    assert page.turned == (360 - CASES[case].get("turn", 0)) % 360
    assert page.skew == pytest.approx(CASES[case].get("skew", 0.0), abs=0.03)


def test_positions_are_points_of_the_upright_page(case_and_page: tuple[str, Page]) -> None:
    _, page = case_and_page
    assert (page.width, page.height) == (pytest.approx(PAGE_SIZE[0], abs=1), pytest.approx(PAGE_SIZE[1], abs=1))
    grid = grid_of(page)
    assert grid.x_edges == pytest.approx(COLUMN_EDGES, abs=1.2)
    assert grid.y_edges == pytest.approx(ROW_EDGES, abs=1.2)


def test_amounts_keep_both_readings_of_a_separator(case_and_page: tuple[str, Page]) -> None:
    _, page = case_and_page
    (amount,) = [word for word in page.words if word.text == "1.453.408.030,00"]
    assert any(other.text.replace(",", ".") == "1.453.408.030.00" for other in amount.alternatives)
    assert 0.0 < amount.confidence <= 1.0


def test_the_evidence_names_engine_and_resolution(case_and_page: tuple[str, Page]) -> None:
    case, page = case_and_page
    evidence = dict(page.evidence)
    assert evidence["dpi"] == str(CASES[case]["dpi"])
    assert "ppocr" in evidence["engine"]


@pytest.mark.slow
@pytest.mark.parametrize("case", sorted(CASES))
def test_the_real_engines_read_the_page(case: str) -> None:
    page = read(case, PpOcrRecogniser(), TesseractRecogniser())
    cells = {(cell.row, cell.column): cell.text for cell in grid_of(page).cells}
    assert cells == {(row, column): text for row, texts in enumerate(ROWS) for column, text in enumerate(texts)}


SHARED = Path(__file__).parents[3] / "shared" / "real" / "kediri-perjanjian-kinerja-2018-scan.pdf"


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_file(), reason="the real scan is not in ../shared")
def test_the_real_list_of_programmes_sums_to_its_total() -> None:
    page = read_raster_page(pdfium.PdfDocument(SHARED)[1], 2, RasterSettings(PpOcrRecogniser(), TesseractRecogniser()))
    amounts = [word for word in page.words if word.text.endswith(".000,00")]
    values = [int(word.text.removesuffix(",00").replace(".", "")) for word in amounts]
    assert len(values) == 12
    assert sum(values) == 2 * 9_082_500_000
