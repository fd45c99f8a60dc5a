"""Every word of a page lands in exactly one place."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from extract.grids.cells import all_words, build_page_content
from extract.grids.grid import find_grids
from extract.model import BBox, Orientation, Page, Ruling, Word

XS, YS = (50.0, 120.0, 200.0, 300.0), (50.0, 80.0, 110.0, 140.0)
RULINGS = tuple(
    [Ruling(Orientation.HORIZONTAL, y, XS[0], XS[-1]) for y in YS]
    + [Ruling(Orientation.VERTICAL, x, YS[0], YS[-1]) for x in XS]
)


def word(text: str, x: float, y: float, width: float = 20.0, height: float = 8.0) -> Word:
    return Word(text, BBox(x, y, x + width, y + height), size=height)


def content_of(*words: Word):
    page = Page(1, 400, 400, words, RULINGS)
    return build_page_content(page, find_grids(page))


@st.composite
def words(draw: st.DrawFn) -> Word:
    size = draw(st.sampled_from([5.0, 8.0, 11.0]))
    text = draw(st.text("ab1.,-", min_size=1, max_size=6))
    return word(text, draw(st.floats(0, 380)), draw(st.floats(0, 380)), draw(st.floats(0, 90)), size)


@given(st.lists(words(), max_size=25))
def test_no_word_is_lost_and_none_is_doubled(given_words: list[Word]) -> None:
    content = content_of(*given_words)
    assert Counter(all_words(content)) == Counter(given_words)


def test_a_word_goes_to_the_cell_of_its_middle() -> None:
    (grid,) = content_of(word("Pagu", 130, 90)).grids
    assert [(cell.row, cell.column, cell.text) for cell in grid.cells if cell.text] == [(1, 1, "Pagu")]


def test_text_running_over_into_the_next_cell_stays_where_it_starts() -> None:
    (grid,) = content_of(word("Penyelenggaraan", 70, 60, width=110)).grids
    assert [cell.column for cell in grid.cells if cell.text] == [0]


def test_a_superscript_stays_on_its_line() -> None:
    (grid,) = content_of(
        word("luas", 125, 92), word("m", 150, 92, 6), word("2", 157, 90, 3, 5), word("baris", 125, 101)
    ).grids
    (cell,) = [cell for cell in grid.cells if cell.text]
    assert cell.text == "luas m 2\nbaris"


def test_sideways_text_reads_from_bottom_to_top() -> None:
    tall = [
        Word("Rencana", BBox(60, 60, 68, 78), angle=90),
        Word("Kerja", BBox(60, 52, 68, 59), angle=90),
        Word("Tahun", BBox(72, 55, 80, 78), angle=90),
    ]
    (grid,) = content_of(*tall).grids
    assert [line.text for line in grid.cells[0].lines] == ["Rencana Kerja", "Tahun"]


def test_text_that_runs_down_reads_from_top_to_bottom_and_right_to_left() -> None:
    tall = [
        Word("Rencana", BBox(72, 52, 80, 66), angle=270),
        Word("Kerja", BBox(72, 67, 80, 78), angle=270),
        Word("Tahun", BBox(60, 52, 68, 75), angle=270),
    ]
    (grid,) = content_of(*tall).grids
    assert [line.text for line in grid.cells[0].lines] == ["Rencana Kerja", "Tahun"]


def test_digits_cut_in_a_narrow_column_read_from_top_to_bottom() -> None:
    (grid,) = content_of(Word("4", BBox(63, 52, 69, 64)), Word("3,", BBox(60, 65.5, 69, 77.5))).grids
    assert [line.text for line in grid.cells[0].lines] == ["4", "3,"]


def test_loose_words_far_apart_are_two_lines() -> None:
    content = content_of(word("kiri", 20, 300), word("kanan", 300, 300))
    assert [line.text for line in content.loose] == ["kiri", "kanan"]
