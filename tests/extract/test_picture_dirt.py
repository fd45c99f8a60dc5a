"""Text outside grids is kept, stamps and specks are listed as discarded; cells keep nearly everything."""

from __future__ import annotations

import numpy as np

from extract.cell_text import LineCrop
from extract.model import BBox, Word
from extract.picture_dirt import text_and_dirt
from extract.recognise_cells import UNREAD


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


def test_a_doubtful_value_in_a_cell_is_kept() -> None:
    assert texts(text_and_dirt([line("7", 0.2)], [], 2.0)[0]) == ["7"]


def test_a_speck_in_a_cell_is_discarded_and_a_possible_dash_kept() -> None:
    assert texts(text_and_dirt([line(",", 0.3, rows=4)], [], 2.0)[1]) == [","]
    assert texts(text_and_dirt([line("-", 0.6, rows=3)], [], 2.0)[0]) == ["-"]


def test_unread_ink_is_kept_in_cells_only() -> None:
    assert texts(text_and_dirt([line(UNREAD, 0.0)], [], 2.0)[0]) == [UNREAD]
    assert texts(text_and_dirt([], [line(UNREAD, 0.0)], 2.0)[1]) == [UNREAD]
