"""The fast reader and the reference say the same about every sample page."""

from collections import Counter, defaultdict
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.errors import PageFailed
from extract.model import Page, Ruling, Word
from extract.text_layer.pdfium_reader import read_digital_page
from extract.text_layer.pdfplumber_reader import read_page_reference

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.pdf"))
BOX_TOLERANCE = 0.5
"""Points."""
DESCENT_TOLERANCE_EM = 0.35
"""Where a file states no descent PDFium takes the font's own and pdfplumber takes none: boxes shift, sizes agree."""
CLIP_TOLERANCE = 0.7
"""Points; pdfplumber does not apply clips, so its rulings may run on a little under the page's margin."""


def both(path: Path, number: int) -> tuple[Page, Page]:
    document = pypdfium2.PdfDocument(path)
    try:
        return read_digital_page(document[number - 1], number), read_page_reference(path, number)
    finally:
        document.close()


def same_ruling(first: Ruling, second: Ruling) -> bool:
    return first.orientation is second.orientation and all(
        abs(a - b) <= CLIP_TOLERANCE
        for a, b in (
            (first.position, second.position),
            (first.start, second.start),
            (first.end, second.end),
        )
    )


def unmatched(rulings: tuple[Ruling, ...], others: tuple[Ruling, ...]) -> list[Ruling]:
    return [ruling for ruling in rulings if not any(same_ruling(ruling, other) for other in others)]


def distance(first: Word, second: Word) -> float:
    return abs(first.bbox.x0 - second.bbox.x0) + abs(first.bbox.top - second.bbox.top)


@pytest.mark.parametrize(("path", "number"), [(path, number) for path in SAMPLES for number in (1, 2)])
def test_both_readers_agree_on_a_sample_page(path, number):
    fast, reference = both(path, number)
    assert Counter(word.text for word in fast.words) == Counter(word.text for word in reference.words)
    assert fast.words
    places = defaultdict(list)
    for word in reference.words:
        places[word.text].append(word)
    for word in fast.words:
        other = min(places[word.text], key=lambda candidate: distance(word, candidate))
        assert word.bbox.x0 == pytest.approx(other.bbox.x0, abs=BOX_TOLERANCE)
        assert word.bbox.x1 == pytest.approx(other.bbox.x1, abs=2 * BOX_TOLERANCE)
        assert word.bbox.height == pytest.approx(other.bbox.height, abs=BOX_TOLERANCE)
        assert word.bbox.top == pytest.approx(other.bbox.top, abs=max(BOX_TOLERANCE, DESCENT_TOLERANCE_EM * word.size))
        assert word.bold == other.bold
    assert unmatched(fast.rulings, reference.rulings) == []
    assert unmatched(reference.rulings, fast.rulings) == []


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_both_readers_turn_a_sideways_page_the_same_way(tmp_path, rotation):
    path = tmp_path / "miring.pdf"
    canvas = Canvas(str(path), pagesize=(400, 300))
    canvas.setPageRotation(rotation)
    canvas.drawString(60, 210, "Uraian 4.149.204.792")
    canvas.rect(50, 200, 200, 30)
    canvas.showPage()
    canvas.save()
    fast, reference = both(path, 1)
    assert fast.turned == reference.turned == -rotation % 360
    assert [word.text for word in fast.words] == [word.text for word in reference.words]
    for word, other in zip(fast.words, reference.words, strict=True):
        assert distance(word, other) < 2 * BOX_TOLERANCE
    assert unmatched(fast.rulings, reference.rulings) == unmatched(reference.rulings, fast.rulings) == []


def test_a_page_that_is_not_there_is_an_error(tmp_path):
    path = tmp_path / "satu.pdf"
    canvas = Canvas(str(path))
    canvas.showPage()
    canvas.save()
    with pytest.raises(PageFailed, match="no such page"):
        read_page_reference(path, 2)
