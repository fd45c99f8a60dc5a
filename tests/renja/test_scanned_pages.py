"""Simulated scans of whole forms give the printed records, and every number that is not right is flagged.

The default run replays recorded engine answers; ``RECORD=1`` records them again with the real engines.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

import extract.pages
from extract.model import Page
from extract.scan.engine import Recogniser
from extract.scan.raster import RasterSettings, read_raster_page
from extract.scan.recognition.ppocr import PpOcrRecogniser
from extract.scan.recognition.tesseract import LANGUAGES_TEXT, TesseractRecogniser
from renja.pipeline import read_document
from renja.settings import Settings
from samples.printers.blocks import TableBlock
from samples.printers.canvas import CanvasPrinter
from samples.scan import scan_pdf
from samples.scan_sweep import FORMS, SEED, Outcome, compare, styles
from samples.truth import truth_of
from tests.recorded_recogniser import RecordedRecogniser

RECORDINGS = Path(__file__).parent / "recordings"
RECORD = os.environ.get("RECORD") == "1"

LEAST_EXACT_RECORDS = 0.75
"""Numbers must be right; in the texts of a soft scan a comma may be read as a full stop."""

CASES = (("E.81", "200-degraded"), ("III.1", "150-sideways"), ("III.1", "200-1-bit"))


def live_engines() -> tuple[Recogniser, ...]:
    return PpOcrRecogniser(), TesseractRecogniser(), TesseractRecogniser(LANGUAGES_TEXT)


def read(
    form_name: str,
    style: str,
    engines: Sequence[Recogniser],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Outcome:
    """Print a form, scan it, read the scan with the given engines and compare it with what was printed."""
    (form,) = [form for form in FORMS if form.name == form_name]
    table = form.table(Random(SEED))  # noqa: S311 - a drawing of test data
    CanvasPrinter(folder / "printed.pdf", form.page).print([TableBlock(table)])
    scan = scan_pdf(folder / "printed.pdf", folder / "scan.pdf", styles()[style], SEED)
    raster = RasterSettings(*engines)

    def reader(page: object, number: int) -> Page:
        return read_raster_page(page, number, raster)

    monkeypatch.setattr(extract.pages, "_usual_raster_reader", lambda _dpi: reader)
    return compare(read_document(scan, Settings()).document, truth_of(table))


def check(outcome: Outcome) -> None:
    assert outcome.silent == []
    assert outcome.lost == []
    assert outcome.num == 1.0
    assert outcome.close_share >= 0.98
    assert outcome.rec >= LEAST_EXACT_RECORDS


@pytest.mark.parametrize(("form", "style"), CASES)
def test_a_scanned_form_gives_its_records_from_recorded_answers(
    form: str, style: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded = [
        RecordedRecogniser(RECORDINGS / f"{form}-{style}-{engine.name}.json.gz", engine if RECORD else None)
        for engine in live_engines()
    ]
    outcome = read(form, style, recorded, tmp_path, monkeypatch)
    if RECORD:
        for engine in recorded:
            engine.save()
    check(outcome)


@pytest.mark.slow
@pytest.mark.parametrize(("form", "style"), CASES)
def test_a_scanned_form_gives_its_records_from_the_real_engines(
    form: str, style: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(read(form, style, live_engines(), tmp_path, monkeypatch))
