"""Text outside grids is kept, stamps and specks are listed as discarded; cells keep nearly everything."""

from __future__ import annotations

import numpy as np

from extract.model import BBox, Word
from extract.scan.cell_text import LineCrop
from extract.scan.engine import UNREAD
from extract.scan.recognition.dirt import text_and_dirt


def line(text: str, confidence: float, *, left: float = 10.0, top: float = 10.0, rows: int = 12) -> tuple:
    ink = np.zeros((20, 40), np.uint8)
    ink[4 : 4 + rows, 5:35] = 255
    word = Word(text, BBox(left, top, left + 6.0 * len(text), top + 8.0), confidence=confidence)
    return LineCrop(255 - ink, ink, 0, 0, 12.0), [word]


def texts(words: tuple[Word, ...]) -> list[str]:
    return [word.text for word in words]


def test_surely_read_lines_are_text() -> None:
    words, dirt = text_and_dirt([], [line("Program", 0.95)], 2.0)
    assert (texts(words), dirt) == (["Program"], ())


def test_a_stamp_read_with_doubt_is_discarded_but_listed() -> None:
    words, dirt = text_and_dirt([], [line("ERNTAHK", 0.3)], 2.0)
    assert (words, texts(dirt)) == ((), ["ERNTAHK"])


def test_a_stray_mark_is_dirt_and_a_bullet_beside_text_is_not() -> None:
    bullet, text = line("-", 0.6, left=10.0), line("Penyediaan", 0.98, left=30.0)
    assert texts(text_and_dirt([], [bullet], 2.0)[0]) == []
    assert texts(text_and_dirt([], [bullet, text], 2.0)[0]) == ["-", "Penyediaan"]


def test_a_doubted_grade_or_figure_far_from_the_text_of_its_row_is_kept() -> None:
    text = line("Penyediaan", 0.98, left=30.0)
    assert texts(text_and_dirt([], [text, line("BB", 0.6, left=400.0)], 2.0)[0]) == ["Penyediaan", "BB"]
    assert texts(text_and_dirt([], [text, line("(10)", 0.6, left=400.0)], 2.0)[0]) == ["Penyediaan", "(10)"]
    assert texts(text_and_dirt([], [text, line("i", 0.6, left=400.0)], 2.0)[0]) == ["Penyediaan"]
    assert texts(text_and_dirt([], [text, line("BB", 0.6, left=400.0, top=99.0)], 2.0)[0]) == ["Penyediaan"]


def test_a_doubtful_value_in_a_cell_is_kept() -> None:
    assert texts(text_and_dirt([[line("7", 0.2)]], [], 2.0)[0]) == ["7"]


def test_a_speck_in_a_cell_is_discarded_and_a_possible_dash_kept() -> None:
    assert texts(text_and_dirt([[line(",", 0.3, rows=4)]], [], 2.0)[1]) == [","]
    assert texts(text_and_dirt([[line("-", 0.6, rows=3)]], [], 2.0)[0]) == ["-"]


def test_unread_ink_is_kept_in_cells_only() -> None:
    assert texts(text_and_dirt([[line(UNREAD, 0.0)]], [], 2.0)[0]) == [UNREAD]
    assert texts(text_and_dirt([], [line(UNREAD, 0.0)], 2.0)[1]) == [UNREAD]


def mark(text: str, *, wide: int, tall: int) -> tuple:
    """Return a cell line whose only ink is a box of so many pixels, 12 pixels being a capital's height."""
    ink = np.zeros((20, 40), np.uint8)
    ink[9 : 9 + tall, 10 : 10 + wide] = 255
    return LineCrop(255 - ink, ink, 0, 0, 12.0), [Word(text, BBox(5, 4, 5 + wide / 2, 4 + tall / 2), confidence=0.97)]


def test_a_black_pixel_below_text_is_no_dash_and_is_listed() -> None:
    words, dirt = text_and_dirt([[line("dokumen", 0.99), mark("-", wide=2, tall=1)]], [], 2.0)
    assert (texts(words), texts(dirt)) == (["dokumen"], ["-"])


def test_a_dash_on_a_line_of_its_own_below_a_value_stays() -> None:
    words, dirt = text_and_dirt([[line("100%", 0.99), mark("-", wide=5, tall=2)]], [], 2.0)
    assert (texts(words), dirt) == (["100%", "-"], ())


def test_the_arc_of_a_stamp_read_as_a_bracket_below_text_is_dirt() -> None:
    words, dirt = text_and_dirt([[line("Praja", 0.99), mark(")", wide=3, tall=12)]], [], 2.0)
    assert (texts(words), texts(dirt)) == (["Praja"], [")"])


def test_of_two_dashes_in_a_cell_without_text_the_larger_is_printed() -> None:
    speck, dash = mark("-", wide=3, tall=2), mark("-", wide=5, tall=2)
    words, dirt = text_and_dirt([[speck, dash]], [], 2.0)
    assert words == (dash[1][0],)
    assert dirt == (speck[1][0],)


def test_dust_behind_the_last_word_of_a_line_is_dropped_and_a_spaced_colon_is_not() -> None:
    ink = np.zeros((20, 80), np.uint8)
    ink[4:16, 5:45] = 255
    ink[13:15, 60:62] = 255
    text = Word("KEGIATAN", BBox(2.5, 2, 22.5, 8), confidence=0.99)
    crop = LineCrop(255 - ink, ink, 0, 0, 12.0)
    dot = Word("i", BBox(30, 6.5, 31, 7.5), confidence=0.9)
    assert texts(text_and_dirt([[(crop, [text, dot])]], [], 2.0)[1]) == ["i"]
    colon = Word(":", BBox(30, 6.5, 31, 7.5), confidence=0.9)
    assert texts(text_and_dirt([[(crop, [text, colon])]], [], 2.0)[1]) == []
