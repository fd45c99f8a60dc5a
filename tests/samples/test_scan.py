"""Simulated scans hold pictures only, keep the page size, and repeat for the same seed."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from pypdfium2 import raw

from samples.quirks import make_document
from samples.scan import PRESETS, ScanStyle, render, scan_pdf

DPI = 72


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    pdf, _truth = make_document(4, frozenset({"tc33_six_columns"}), tmp_path_factory.mktemp("scan"))
    return pdf


def page_facts(pdf):
    opened = pypdfium2.PdfDocument(pdf)
    page = opened[0]
    kinds = {item.type for item in page.get_objects()}
    facts = (page.get_size(), kinds, page.get_textpage().get_text_range())
    opened.close()
    return facts


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_every_preset_gives_one_picture_a_page_and_no_text(name, document, tmp_path):
    style = replace(PRESETS[name], dpi=DPI)
    pdf = scan_pdf(document, tmp_path / f"{name}.pdf", style, 1)
    size, kinds, text = page_facts(pdf)
    assert kinds == {raw.FPDF_PAGEOBJ_IMAGE}
    assert not text
    width, height = page_facts(document)[0]
    expected = (height, width) if style.quarter_turns % 2 else (width, height)
    assert size == pytest.approx(expected, abs=2)


def test_the_same_seed_gives_the_same_bytes(document, tmp_path):
    style = replace(PRESETS["stamped"], dpi=DPI)
    first = scan_pdf(document, tmp_path / "a.pdf", style, 5)
    second = scan_pdf(document, tmp_path / "b.pdf", style, 5)
    other = scan_pdf(document, tmp_path / "c.pdf", style, 6)
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes() != other.read_bytes()


def test_a_bilevel_scan_is_coded_as_a_fax(document, tmp_path):
    pdf = scan_pdf(document, tmp_path / "fax.pdf", replace(PRESETS["fax"], dpi=DPI), 1)
    assert b"CCITTFaxDecode" in pdf.read_bytes()


def test_a_shadow_darkens_the_page(document, tmp_path):
    def brightness(shadow: float) -> float:
        pdf = scan_pdf(document, tmp_path / f"{shadow}.pdf", ScanStyle(dpi=DPI, shadow=shadow), 2)
        return float(np.mean(next(render(Path(pdf), DPI))))

    assert brightness(0.4) < brightness(0.0) - 20


def test_an_unknown_color_is_refused(document, tmp_path):
    with pytest.raises(ValueError, match="rgb, grey or bilevel"):
        scan_pdf(document, tmp_path / "x.pdf", ScanStyle(color="sepia"), 1)
