"""Where the words of a page are read, and the evidence for it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extract.model import BBox, PageOrigin
from extract.text_layer.pdfium_glyphs import read_glyphs
from extract.text_layer.pdfium_paths import read_paths
from extract.text_layer.pdfium_reader import hide_white_on_paper
from extract.triage import Triage, classify_page, covered_share, garbage_share, vowel_share

REAL = Path(__file__).parents[3] / "shared" / "real"
PROSE = "Meningkatnya kualitas pelayanan tenaga kerja dan perindustrian di daerah"


def triage_of(path: Path) -> Iterator[Triage]:
    document = pypdfium2.PdfDocument(path)
    try:
        for page in document:
            found = read_glyphs(page)
            paths = read_paths(page, found.frame)
            yield classify_page(hide_white_on_paper(found.glyphs, paths), paths, found.frame)
    finally:
        document.close()


@pytest.fixture
def triage(tmp_path: Path) -> Callable[..., Triage]:
    def classify(draw: Callable[[Canvas], object]) -> Triage:
        path = tmp_path / "page.pdf"
        canvas = Canvas(str(path), pagesize=(400, 600))
        draw(canvas)
        canvas.showPage()
        canvas.save()
        (decision,) = triage_of(path)
        return decision

    return classify


def reason(decision: Triage) -> tuple[PageOrigin, str]:
    return decision.origin, dict(decision.evidence)["reason"]


def scan(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (40, 60), 200)), 0, 0, 400, 600)


def write(canvas: Canvas, line: str, lines: int, mode: int | None = None) -> None:
    for row in range(lines):
        canvas.drawString(20, 560 - 14 * row, line, mode=mode)


def test_visible_prose_is_digital(triage):
    assert reason(triage(lambda canvas: write(canvas, PROSE, 20))) == (PageOrigin.DIGITAL, "visible_text")


def test_a_page_of_numbers_and_acronyms_is_digital(triage):
    line = "1.250.000.000 SKPD DPRD BKPSDM RPJMD 100 % Rp 4.149.204.792 PPKB"
    assert triage(lambda canvas: write(canvas, line, 20)).origin is PageOrigin.DIGITAL


def test_a_blank_page_is_empty(triage):
    assert triage(lambda canvas: canvas.setTitle("kosong")).origin is PageOrigin.EMPTY


def test_an_empty_ruled_form_is_digital_without_words(triage):
    assert reason(triage(lambda canvas: canvas.rect(50, 50, 300, 300))) == (PageOrigin.DIGITAL, "no_visible_text")


def test_a_picture_alone_is_raster(triage):
    assert triage(scan).origin is PageOrigin.RASTER


def test_a_scan_with_an_invisible_layer_is_raster(triage):
    def draw(canvas: Canvas) -> None:
        scan(canvas)
        write(canvas, PROSE, 30, mode=3)

    assert triage(draw).origin is PageOrigin.RASTER


def test_a_page_number_over_a_scan_does_not_make_it_digital(triage):
    def draw(canvas: Canvas) -> None:
        scan(canvas)
        canvas.drawString(200, 20, "Halaman 12")

    assert reason(triage(draw)) == (PageOrigin.RASTER, "heading_over_a_scan")


def test_prose_over_a_background_picture_is_digital(triage):
    def draw(canvas: Canvas) -> None:
        scan(canvas)
        write(canvas, PROSE, 30)

    assert triage(draw).origin is PageOrigin.DIGITAL


def test_prose_hidden_under_a_full_picture_is_raster(triage):
    def draw(canvas: Canvas) -> None:
        write(canvas, PROSE, 30)
        scan(canvas)

    assert reason(triage(draw)) == (PageOrigin.RASTER, "text_under_a_picture")


def test_prose_under_a_translucent_picture_is_digital(triage):
    def draw(canvas: Canvas) -> None:
        write(canvas, PROSE, 30)
        canvas.drawImage(ImageReader(Image.new("RGBA", (40, 60), (200, 0, 0, 40))), 0, 0, 400, 600, mask="auto")

    assert triage(draw).origin is PageOrigin.DIGITAL


def test_a_logo_does_not_make_a_page_raster(triage):
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("L", (10, 10), 90)), 20, 500, 80, 80)
        write(canvas, PROSE, 10)

    assert triage(draw).origin is PageOrigin.DIGITAL


def test_letters_drawn_as_curves_are_raster(triage):
    def draw(canvas: Canvas) -> None:
        for row in range(20):
            for column in range(30):
                canvas.circle(30 + 10 * column, 550 - 14 * row, 3, stroke=0, fill=1)
        canvas.drawString(20, 20, "Dokumen ini ditandatangani secara elektronik")

    assert reason(triage(draw)) == (PageOrigin.RASTER, "text_drawn_as_outlines")


def test_a_shifted_character_map_is_raster(triage):
    shifted = "".join(chr(ord(letter) + 3) if letter.isalpha() else letter for letter in PROSE)
    assert triage(lambda canvas: write(canvas, shifted, 20)).origin is PageOrigin.RASTER


def test_impossible_words_are_raster(triage):
    line = "Pel4yan4n ten~ga keRJa d~n perIN0ustr1an d|aer4h"
    assert reason(triage(lambda canvas: write(canvas, line, 20)))[0] is PageOrigin.RASTER


def test_overlapping_pictures_are_not_counted_twice():
    half = BBox(0, 0, 100, 50)
    assert covered_share([half, half], 100, 100) == pytest.approx(0.5)
    assert covered_share([BBox(-50, -50, 500, 500)], 100, 100) == 1
    assert covered_share([], 100, 100) == 0


@pytest.mark.parametrize("word", ["RPJMD", "Kegiatan", "1.03.01", "s/d", "100%", "(Outcome)/", "T-C.29", "E.81"])
def test_words_a_plan_prints_are_not_garbage(word):
    assert garbage_share([word]) == 0


def test_few_letters_are_not_judged():
    assert vowel_share(["xyz"] * 20) is None


@pytest.mark.skipif(not REAL.is_dir(), reason="the optional folder of real documents is not here")
@pytest.mark.parametrize(
    ("name", "origin"),
    [
        ("dak-rsud-outlined-text.pdf", PageOrigin.RASTER),
        ("kediri-iku-scan-bad-textlayer.pdf", PageOrigin.RASTER),
        ("kediri-perjanjian-kinerja-2018-scan.pdf", PageOrigin.RASTER),
    ],
)
def test_real_documents_without_a_sound_text_layer_are_raster(name, origin):
    assert {decision.origin for decision in triage_of(REAL / name)} == {origin}


@pytest.mark.skipif(not REAL.is_dir(), reason="the optional folder of real documents is not here")
def test_a_real_digital_renja_is_digital_but_for_its_scanned_cover():
    origins = [decision.origin for decision in triage_of(REAL / "cianjur-renja-2016.pdf")]
    assert origins == [PageOrigin.RASTER] + [PageOrigin.DIGITAL] * 36
