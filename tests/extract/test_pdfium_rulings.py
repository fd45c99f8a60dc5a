"""Rulings of the text layer, on pages made to show one difficulty each."""

import pytest
from reportlab.lib.colors import Color, black, lightgrey, navy, white
from reportlab.pdfgen.canvas import Canvas

from extract.model import Orientation, Page, RulingKind


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
        canvas.rect(0, 0, *canvas._pagesize, stroke=0, fill=1)
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
