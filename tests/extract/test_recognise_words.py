"""Where a line's words end: the widths of its own spaces say more than what the engine saw."""

from __future__ import annotations

import numpy as np

from extract.scan.cell_text import LineCrop
from extract.scan.engine import Glyph, Reading
from extract.scan.recognition.words import words_of

CAPITAL, GLYPH = 20, 12


def words(*parts: str | int) -> list[str]:
    """Return the words read in a line: texts, and between them white in pixels, negative where no space is seen."""
    glyphs: list[Glyph] = []
    inked: list[tuple[int, int]] = []
    at = 4
    for part in parts:
        if isinstance(part, int):
            at += abs(part) - 2
            if part > 0:
                glyphs.append(Glyph(" ", at - part, at, 1.0))
            continue
        for character in part:
            glyphs.append(Glyph(character, at, at + GLYPH, 0.99))
            inked.append((at, at + GLYPH))
            at += GLYPH + 2
    ink = np.zeros((CAPITAL, at + 4), np.uint8)
    for start, end in inked:
        ink[:, start:end] = 255
    line = LineCrop(255 - ink, ink, 0, 0, float(CAPITAL))
    return [word.text for word in words_of(Reading(tuple(glyphs)), line, 200 / 72)]


def test_a_space_far_narrower_than_the_line_s_others_stands_inside_a_word() -> None:
    assert words("di", 14, "tingkat", 14, "kec", 6, "amatan") == ["di", "tingkat", "kecamatan"]
    assert words("Jumlah", 18, "Rencana", 18, "D", -9, "aerah") == ["Jumlah", "Rencana", "Daerah"]


def test_in_a_line_without_other_spaces_the_engine_s_space_stands() -> None:
    assert words("kec", 6, "amatan") == ["kec", "amatan"]
    assert words("di", 14, "kec", 6, "amatan") == ["di", "kec", "amatan"]


def test_narrow_white_beside_a_figure_still_parts() -> None:
    assert words("sisa", 14, "dari", 14, "5", 6, "x") == ["sisa", "dari", "5", "x"]


def test_a_slash_apart_like_a_word_is_one_and_a_close_one_is_not() -> None:
    assert words("dan", 8, "lain", 8, "PROGRAM", -7, "/", 8, "SUB") == ["dan", "lain", "PROGRAM", "/", "SUB"]
    assert words("dan", 8, "di", 8, "Kabupaten", -3, "/", -3, "Kota") == ["dan", "di", "Kabupaten/Kota"]


def test_white_around_a_one_parts_no_number() -> None:
    assert words("nilai", 14, "Rp", 14, "1", 11, "0") == ["nilai", "Rp", "10"]
