"""Words and rulings of the text layer, on pages made to show one difficulty each."""

from collections.abc import Callable

import pypdfium2
import pytest
from reportlab.lib.colors import Color, navy, white
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from extract.model import Page
from extract.text_layer.pdfium_reader import read_digital_page

PAGE = (400.0, 300.0)
"""Width and height in points."""

Draw = Callable[[Canvas], None]


def texts(page: Page) -> list[str]:
    return [word.text for word in page.words]


def test_words_have_text_size_weight_and_a_box_from_the_top_left(read):
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(50, 200, "Pagu Indikatif")
        canvas.setFont("Helvetica-Bold", 10)
        canvas.drawString(50, 180, "Program")

    page = read(draw)
    assert texts(page) == ["Pagu", "Indikatif", "Program"]
    assert [word.bold for word in page.words] == [False, False, True]
    pagu = page.words[0]
    assert pagu.size == pytest.approx(10)
    assert pagu.bbox.x0 == pytest.approx(50, abs=0.1)
    assert pagu.bbox.x1 == pytest.approx(50 + stringWidth("Pagu", "Helvetica", 10), abs=0.1)
    assert pagu.bbox.top < 300 - 200 < pagu.bbox.bottom


def test_gaps_make_words_where_the_file_has_no_spaces(read):
    def draw(canvas: Canvas) -> None:
        x = 50.0
        for word in ("Meningkatnya", "kualitas", "pelayanan"):
            canvas.drawString(x, 200, word)
            x += stringWidth(word, "Helvetica", 12) + 0.2 * 12

    assert texts(read(draw)) == ["Meningkatnya", "kualitas", "pelayanan"]


def test_a_narrow_gap_before_a_capital_parts_words(read):
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 200, "Daya")
        canvas.drawString(50 + stringWidth("Daya", "Helvetica", 12) + 0.1 * 12, 200, "Manusia")

    assert texts(read(draw)) == ["Daya", "Manusia"]


def test_glyphs_set_one_by_one_make_one_word(read):
    def draw(canvas: Canvas) -> None:
        x = 50.0
        for digit in "1.250.000.000":
            canvas.drawString(x, 200, digit)
            x += stringWidth(digit, "Helvetica", 12)

    assert texts(read(draw)) == ["1.250.000.000"]


@pytest.mark.parametrize("spacing", [1.5, 3.0])
def test_letter_spaced_text_is_not_torn_apart(read, spacing):
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 200, "RENCANA KERJA", charSpace=spacing)

    assert texts(read(draw)) == ["RENCANA", "KERJA"]


@pytest.mark.parametrize("row", ["1 2 3 4 5 6 7", "a b c d e f"])
def test_single_letters_between_spaces_are_not_taken_for_letter_spacing(read, row):
    assert texts(read(lambda canvas: canvas.drawString(50, 200, row))) == row.split()


def test_columns_set_in_one_stroke_with_wide_gaps_stay_apart(read):
    assert texts(read(lambda canvas: canvas.drawString(50, 200, "123456", charSpace=12))) == list("123456")


def test_a_space_glyph_narrowed_by_justification_still_parts_words(read):
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 200, "sasaran strategis daerah", wordSpace=-2.2)

    assert texts(read(draw)) == ["sasaran", "strategis", "daerah"]


def test_pieces_out_of_stream_order_are_joined_in_place(read):
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50 + stringWidth("4.149.", "Helvetica", 12), 200, "204.792")
        canvas.drawString(300, 100, "lain")
        canvas.drawString(50, 200, "4.149.")

    assert sorted(texts(read(draw))) == ["4.149.204.792", "lain"]


def test_cells_set_in_one_stroke_part_at_the_ruling_between_them(read):
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 200, "12")
        canvas.drawString(50 + stringWidth("12", "Helvetica", 12) + 1.0, 200, "34")
        x = 50 + stringWidth("12", "Helvetica", 12) + 0.5
        canvas.line(x, 150, x, 250)

    assert texts(read(draw)) == ["12", "34"]


def test_text_overflowing_its_cell_is_not_glued_to_the_next_cell(read):
    def draw(canvas: Canvas) -> None:
        long = "KABUPATEN"
        end = 50 + stringWidth(long, "Helvetica", 12)
        canvas.line(end - 10, 150, end - 10, 250)
        canvas.drawString(300, 100, "lain")
        canvas.drawString(50, 200, long)
        canvas.drawString(300, 120, "lain")
        canvas.drawString(end + 0.5, 200, "750")

    assert {"KABUPATEN", "750"} <= set(texts(read(draw)))


def test_fake_bold_is_one_word_and_repeated_digits_stay(read):
    def draw(canvas: Canvas) -> None:
        for shift in (0.0, 0.3):
            canvas.drawString(50 + shift, 200, "11.000.000")

    assert texts(read(draw)) == ["11.000.000"]


@pytest.mark.parametrize("number", ["11.000", "1111111", "000.000.000", "1..,,11", "lllliiii"])
@pytest.mark.parametrize("size", [4, 7, 12])
def test_no_repeated_glyph_is_taken_for_a_second_strike(read, number, size):
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        canvas.drawString(50, 200, number)

    assert texts(read(draw)) == [number]


def test_a_superscript_mark_stays_apart_from_the_number(read):
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        canvas.drawString(50, 200, "1.500")
        canvas.setFont("Helvetica", 6)
        canvas.drawString(50 + stringWidth("1.500", "Helvetica", 12), 205, "2)")

    assert texts(read(draw)) == ["1.500", "2)"]


def test_invisible_and_white_text_is_discarded_and_white_on_colour_kept(read):
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.drawString(50, 200, "tersembunyi", mode=3)
        canvas.restoreState()
        canvas.setFillColor(navy)
        canvas.rect(40, 90, 200, 30, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.drawString(50, 100, "kepala")
        canvas.drawString(50, 50, "hantu")

    page = read(draw)
    assert texts(page) == ["kepala"]
    assert sorted(word.text for word in page.discarded) == ["hantu", "tersembunyi"]


def test_slanted_faint_and_off_page_text_is_discarded(read):
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 200, "isi")
        canvas.saveState()
        canvas.translate(100, 50)
        canvas.rotate(45)
        canvas.drawString(0, 0, "DRAF")
        canvas.restoreState()
        canvas.drawString(50, -20, "luar")
        canvas.setFillColor(Color(0, 0, 0, alpha=0.1))
        canvas.drawString(50, 20, "samar")

    page = read(draw)
    assert texts(page) == ["isi"]
    assert sorted(word.text for word in page.discarded) == ["DRAF", "luar", "samar"]


def ruled_table(canvas: Canvas) -> None:
    canvas.drawString(60, 210, "Uraian")
    canvas.drawString(160, 210, "750")
    canvas.rect(50, 200, 200, 30)
    canvas.line(150, 200, 150, 230)


def signature(page: Page) -> tuple[list[tuple[str, float, float]], list[tuple[str, float, float, float]]]:
    words = sorted((w.text, round(w.bbox.x0), round(w.bbox.top)) for w in page.words)
    rulings = sorted((r.orientation, round(r.position), round(r.start), round(r.end)) for r in page.rulings)
    return words, rulings


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_laid_sideways_reads_as_if_upright(read, rotation):
    def sideways(canvas: Canvas) -> None:
        width, height = PAGE
        if rotation == 90:
            canvas.translate(height, 0)
        elif rotation == 180:
            canvas.translate(width, height)
        else:
            canvas.translate(0, width)
        canvas.rotate(rotation)
        ruled_table(canvas)

    upright = read(ruled_table)
    turned = read(sideways, PAGE if rotation == 180 else PAGE[::-1])
    assert turned.turned == rotation
    assert (turned.width, turned.height) == pytest.approx((upright.width, upright.height))
    assert signature(turned) == signature(upright)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_rotate_and_crop_box_are_honoured(read, tmp_path, rotation):
    upright = read(ruled_table)
    source = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    page = source[0]
    page.set_mediabox(-30, -20, 500, 400)
    page.set_cropbox(10, 20, 390, 290)
    page.set_rotation(rotation)
    seen = read_digital_page(page, 1)
    source.close()
    # Text on a page turned by /Rotate reads sideways as displayed, so it is turned back.
    assert seen.turned == -rotation % 360
    assert (seen.width, seen.height) == pytest.approx((380, 270))
    shifted = sorted((word.text, round(word.bbox.x0 + 10), round(word.bbox.top + 10)) for word in seen.words)
    assert shifted == signature(upright)[0]


def test_vertical_header_text_on_an_upright_page_is_one_word_with_its_angle(read):
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 250, "Indikator kinerja program dan kegiatan")
        canvas.translate(200, 50)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Satuan")

    page = read(draw)
    satuan = next(word for word in page.words if word.text == "Satuan")
    assert satuan.angle == 90
    assert satuan.bbox.height > satuan.bbox.width
    assert page.turned == 0


def test_an_empty_page_is_an_empty_page(read):
    page = read(lambda canvas: canvas.setTitle("kosong"))
    assert (page.words, page.rulings, page.discarded) == ((), (), ())


@pytest.mark.parametrize(
    ("printed", "mapping", "words"),
    [
        (b"Pagu Indikatif", b"<20> <0009>", ["Pagu", "Indikatif"]),
        (b"Ru@n", b"<40> <74006900>", ["Rutin"]),
    ],
)
def test_characters_that_ghostscript_renames_are_read_as_printed(tmp_path, printed, mapping, words):
    """Its fonts may call a space a tab, and spell a ligature with the bytes of each letter swapped."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Contents 4 0 R /Resources 7 0 R >>",
        _stream(b"BT /F 10 Tf 50 200 Td (%s) Tj ET" % printed),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
        _stream(b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar %s endbfchar" % mapping),
        b"<< /Font << /F 5 0 R >> >>",
    ]
    body = b"".join(b"%d 0 obj %s endobj\n" % (number, part) for number, part in enumerate(parts, start=1))
    path = tmp_path / "tab.pdf"
    path.write_bytes(b"%PDF-1.4\n" + body + b"trailer << /Root 1 0 R /Size 8 >>\n%%EOF")
    document = pypdfium2.PdfDocument(path)
    try:
        assert texts(read_digital_page(document[0], 1)) == words
    finally:
        document.close()


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >> stream\n%s\nendstream" % (len(content), content)
