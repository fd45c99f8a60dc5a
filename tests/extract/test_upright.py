"""Which way up a page lies is told by its glyphs and by which way an engine reads it surely."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pypdfium2 as pdfium
import pytest

from extract.scan.engine import Glyph, Picture, Reading
from extract.scan.image.render import even_light, ink_mask, render_page
from extract.scan.image.upright import degrees_to_upright, reads_sideways, turned
from extract.scan.recognition.ppocr import PpOcrRecogniser
from tests.extract.scan_pages import scanned, table_pdf


def grey_page() -> tuple[np.ndarray, float]:
    picture = render_page(pdfium.PdfDocument(scanned(table_pdf()))[0])
    return even_light(picture.grey), picture.dpi


class ReadsOnlyOneWayUp:
    """Answers surely for crops with more ink in their upper half: a stand-in for a language model's sense of up."""

    def __init__(self, *, surely_upright: bool) -> None:  # noqa: D107 - a stand-in
        self.confidences = (0.99, 0.6) if surely_upright else (0.6, 0.99)
        self.asked = 0

    @property
    def name(self) -> str:
        return "one-way"

    def read(self, crops: Sequence[Picture]) -> list[Reading]:
        self.asked += 1
        confidence = self.confidences[self.asked - 1]
        return [Reading((Glyph("a", 0.0, 1.0, confidence),)) for _ in crops]


def test_lines_that_run_across_are_not_sideways() -> None:
    grey, dpi = grey_page()
    assert not reads_sideways(ink_mask(grey, dpi), dpi)


@pytest.mark.parametrize("degrees", [90, 270])
def test_lines_that_run_down_are_sideways(degrees: int) -> None:
    grey, dpi = grey_page()
    assert reads_sideways(ink_mask(turned(grey, degrees), dpi), dpi)


def test_a_page_without_text_stays_as_it_lies() -> None:
    assert not reads_sideways(np.zeros((300, 200), np.uint8), 200.0)


@pytest.mark.parametrize(("surely_upright", "degrees"), [(True, 0), (False, 180)])
def test_the_surer_way_up_wins(surely_upright: bool, degrees: int) -> None:  # noqa: FBT001 - a parametrised fact
    grey, dpi = grey_page()
    engine = ReadsOnlyOneWayUp(surely_upright=surely_upright)
    assert degrees_to_upright(grey, ink_mask(grey, dpi), dpi, engine)[0] == degrees


def test_a_surely_read_page_is_not_read_again_upside_down() -> None:
    grey, dpi = grey_page()
    engine = ReadsOnlyOneWayUp(surely_upright=True)
    degrees_to_upright(grey, ink_mask(grey, dpi), dpi, engine)
    assert engine.asked == 1


def test_turning_goes_clockwise() -> None:
    assert turned(np.array([[1, 2], [3, 4]], np.uint8), 90).tolist() == [[3, 1], [4, 2]]


@pytest.mark.slow
@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_the_real_engine_finds_every_turn(degrees: int) -> None:
    grey, dpi = grey_page()
    lying = turned(grey, degrees)
    assert degrees_to_upright(lying, ink_mask(lying, dpi), dpi, PpOcrRecogniser())[0] == (360 - degrees) % 360
