"""Tesseract is the second opinion; a missing model is named."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.engine import RecogniserError
from extract.scan.recognition.tesseract import TesseractRecogniser, tessdata_folder
from tests.extract.scan_pages import drawn_text


def test_a_missing_model_is_named_with_the_package_to_install() -> None:
    with pytest.raises(RecogniserError, match="tesseract-ocr-xyz"):
        tessdata_folder("xyz")


def test_no_crops_need_no_model() -> None:
    assert TesseractRecogniser("xyz").read([]) == []


@pytest.mark.slow
@pytest.mark.parametrize("text", ["1.453.408.030,00", "445,119,178", "100%"])
def test_the_real_engine_reads_clean_print(text: str) -> None:
    (reading,) = TesseractRecogniser().read([np.ascontiguousarray(drawn_text(text, 28))])
    assert reading.text == text
    starts = [glyph.start for glyph in reading.glyphs]
    assert starts == sorted(starts)
