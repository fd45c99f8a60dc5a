"""Words and rulings of the text layer, on pages made to show one difficulty each."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.colors import Color, black, lightgrey, navy, white
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from extract.model import Orientation, Page, RulingKind
from extract.text_layer.pdfium_reader import read_digital_page

PAGE = (400.0, 300.0)
"""Width and height in points."""

Draw = Callable[[Canvas], None]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Page]:
    def draw_and_read(draw: Draw, size: tuple[float, float] = PAGE) -> Page:
        path = tmp_path / "page.pdf"
        canvas = Canvas(str(path), pagesize=size)
        draw(canvas)
        canvas.showPage()
        canvas.save()
        document = pypdfium2.PdfDocument(path)
        try:
            return read_digital_page(document[0], 1)
        finally:
            document.close()

    return draw_and_read


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


def kinds(page: Page) -> list[tuple[RulingKind, Orientation]]:
    return sorted((ruling.kind, ruling.orientation) for ruling in page.rulings)


def test_a_stroked_rectangle_is_four_rulings(read):
    page = read(lambda canvas: canvas.rect(50, 100, 200, 80))
    assert (
        kinds(page)
        == [(RulingKind.STROKE, Orientation.HORIZONTAL)] * 2 + [(RulingKind.STROKE, Orientation.VERTICAL)] * 2
    )
    assert sorted(r.position for r in page.rulings if r.orientation is Orientation.VERTICAL) == pytest.approx([50, 250])


def test_a_thin_filled_rectangle_is_one_ruling_at_its_middle(read):
    page = read(lambda canvas: canvas.rect(50, 100, 200, 0.6, stroke=0, fill=1))
    (ruling,) = page.rulings
    assert (ruling.kind, ruling.position) == (RulingKind.THIN_RECT, pytest.approx(300 - 100.3))
    assert ruling.thickness == pytest.approx(0.6, abs=0.01)


def test_shading_gives_its_edges_as_candidates_with_its_grey(read):
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(lightgrey)
        canvas.rect(50, 100, 200, 80, stroke=0, fill=1)

    page = read(draw)
    assert [ruling.kind for ruling in page.rulings] == [RulingKind.FILL_EDGE] * 4
    assert page.rulings[0].gray == pytest.approx(0.83, abs=0.02)


def test_white_fills_page_backgrounds_and_white_lines_on_paper_give_nothing(read):
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(lightgrey)
        canvas.rect(0, 0, *PAGE, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.rect(50, 100, 200, 80, stroke=0, fill=1)
        canvas.setStrokeColor(white)
        canvas.line(50, 50, 300, 50)

    assert read(draw).rulings == ()


def test_white_lines_part_coloured_cells(read):
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(navy)
        canvas.rect(50, 100, 200, 80, stroke=0, fill=1)
        canvas.setStrokeColor(white)
        canvas.line(150, 100, 150, 180)

    (ruling,) = [r for r in read(draw).rulings if r.kind is RulingKind.STROKE]
    assert ruling.position == pytest.approx(150)
    assert ruling.gray == 1


def test_a_line_dashed_by_hand_is_one_ruling_and_two_lines_are_two(read):
    def draw(canvas: Canvas) -> None:
        for x in range(50, 250, 5):
            canvas.line(x, 100, x + 3, 100)
        canvas.line(50, 50, 100, 50)
        canvas.line(110, 50, 160, 50)

    assert sorted((round(r.start), round(r.end)) for r in read(draw).rulings) == [(50, 100), (50, 248), (110, 160)]


def test_rulings_inside_a_form_are_placed_by_its_matrix(read):
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("tabel")
        canvas.line(0, 0, 100, 0)
        canvas.endForm()
        canvas.translate(50, 100)
        canvas.scale(2, 1)
        canvas.doForm("tabel")

    (ruling,) = read(draw).rulings
    assert (ruling.position, ruling.start, ruling.end) == pytest.approx((200, 50, 250))


def test_a_clip_cuts_the_rulings_it_hides(read):
    def draw(canvas: Canvas) -> None:
        clip = canvas.beginPath()
        clip.rect(100, 50, 100, 100)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.line(20, 100, 380, 100)
        canvas.line(20, 20, 380, 20)

    (ruling,) = read(draw).rulings
    assert (ruling.start, ruling.end) == pytest.approx((100, 200), abs=0.5)


def test_a_slanted_line_and_a_curve_are_no_rulings(read):
    def draw(canvas: Canvas) -> None:
        canvas.setStrokeColor(black)
        canvas.line(50, 50, 200, 120)
        canvas.circle(200, 200, 40)

    assert read(draw).rulings == ()


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


@pytest.mark.parametrize("other_row", [1.0, 0.98])
def test_white_walls_go_on_through_rows_that_are_white_or_hardly_coloured(read, other_row):
    def draw(canvas: Canvas) -> None:
        for row, light in enumerate((0.8, other_row, 0.8, other_row)):
            canvas.setFillColor(Color(light, light, light))
            canvas.rect(50, 200 - 30 * row, 300, 30, stroke=0, fill=1)
            canvas.setStrokeColor(white)
            for x in (50, 150, 250):
                canvas.rect(x, 200 - 30 * row, 100, 30)

    walls = [(r.position, r.start, r.end) for r in read(draw).rulings if r.orientation is Orientation.VERTICAL]
    for x in (50, 150, 250, 350):
        parts = [(start, end) for position, start, end in walls if position == pytest.approx(x, abs=1)]
        assert min(start for start, _ in parts) == pytest.approx(70, abs=1)
        assert max(end for _, end in parts) == pytest.approx(190, abs=1)


def test_white_lines_that_no_cell_on_colour_shows_are_no_rulings(read):
    def draw(canvas: Canvas) -> None:
        canvas.setStrokeColor(white)
        for x in (50, 150, 250):
            canvas.rect(x, 100, 100, 30)

    assert read(draw).rulings == ()
