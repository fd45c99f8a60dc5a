"""Every crop gets an answer: by shape, by an engine, or the mark of the unread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from extract.scan.cell_text import LineCrop
from extract.scan.engine import UNREAD, Glyph, Picture, Reading
from extract.scan.recognition.cells import Engines, crop_key, read_crops, shown_to_engines


class Says:
    """Answers every crop with the same text and remembers how many it was asked."""

    def __init__(self, text: str, confidence: float = 0.95) -> None:  # noqa: D107 - a stand-in
        self.text = text
        self.confidence = confidence
        self.asked = 0

    @property
    def name(self) -> str:
        return f"says-{self.text}"

    def read(self, crops: Sequence[Picture]) -> list[Reading]:
        self.asked += len(crops)
        glyphs = tuple(Glyph(c, 8.0 + 10 * i, 16.0 + 10 * i, self.confidence) for i, c in enumerate(self.text))
        return [Reading(glyphs) for _ in crops]


def crop(*boxes: tuple[int, int, int, int]) -> LineCrop:
    ink = np.zeros((24, 80), np.uint8)
    for left, top, right, bottom in boxes:
        ink[top:bottom, left:right] = 255
    return LineCrop(np.where(ink > 0, 40, 240).astype(np.uint8), ink, 0, 0, 14.0)


GLYPH = (8, 5, 18, 19)


def test_identical_crops_are_asked_once() -> None:
    engine = Says("ya")
    answers = read_crops([crop(GLYPH), crop(GLYPH), crop((9, 5, 19, 19))], Engines(engine))
    assert engine.asked == 2
    assert [answer.text for answer in answers] == ["ya"] * 3


def test_a_dash_needs_no_engine() -> None:
    engine = Says("x")
    (answer,) = read_crops([crop((8, 11, 15, 13))], Engines(engine))
    assert (answer.text, engine.asked) == ("-", 0)


def test_ink_nobody_can_read_is_marked_not_blank() -> None:
    (answer,) = read_crops([crop(GLYPH)], Engines(Says(""), Says("")))
    assert answer.text == UNREAD
    assert answer.confidence == 0.0


def test_what_only_the_second_engine_reads_is_doubtful() -> None:
    (answer,) = read_crops([crop(GLYPH)], Engines(Says(""), Says("IV")))
    assert answer.text == "IV"
    assert answer.confidence <= 0.6


def test_low_dirt_nobody_reads_stays_unmarked() -> None:
    (answer,) = read_crops([crop((8, 15, 11, 19))], Engines(Says("")))
    assert answer.text == ""


def test_fewer_characters_than_strokes_is_doubtful() -> None:
    (answer,) = read_crops([crop(GLYPH, (30, 5, 40, 19), (52, 5, 62, 19))], Engines(Says("a")))
    assert answer.confidence <= 0.6


def test_figures_are_read_twice_and_prose_once() -> None:
    second = Says("48")
    read_crops([crop(GLYPH)], Engines(Says("Program Pelatihan"), second))
    assert second.asked == 0
    read_crops([crop(GLYPH)], Engines(Says("48"), second))
    assert second.asked == 1


def test_keys_tell_shape_as_well_as_pixels() -> None:
    flat = np.zeros((2, 8), np.uint8)
    assert crop_key(flat) != crop_key(flat.reshape(4, 4))


def test_dust_is_never_shown_to_an_engine() -> None:
    engine = Says("9")
    readings = read_crops([crop((10, 3, 13, 6), (30, 14, 32, 17))], Engines(engine))
    assert (readings[0].text, engine.asked) == ("", 0)


def test_a_glyph_broken_into_close_pieces_is_no_dust() -> None:
    engine = Says("1")
    broken = crop((10, 4, 13, 8), (12, 9, 15, 13), (10, 14, 13, 18))
    assert read_crops([broken], Engines(engine))[0].text == "1"


def test_doubtful_words_are_read_by_the_engine_for_words() -> None:
    words = Says("Jumlah")
    (answer,) = read_crops([crop(GLYPH)], Engines(Says("Jumiah", 0.7), texts=words))
    assert (words.asked, answer.text, answer.confidence) == (1, "Jumiah", 0.6)
    (other,) = answer.glyphs[3].alternatives
    assert other.text == "l"


def test_sure_words_are_read_once() -> None:
    words = Says("Jumlah")
    read_crops([crop(GLYPH)], Engines(Says("Jumlah", 0.99), texts=words))
    assert words.asked == 0


def test_black_and_white_is_softened_for_engines_and_grey_is_not() -> None:
    grey = crop(GLYPH)
    hard = replace(grey, bilevel=True)
    assert shown_to_engines(grey) is grey.picture
    assert len(np.unique(shown_to_engines(hard))) > len(np.unique(hard.picture))
