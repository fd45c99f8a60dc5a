"""In a column of small numbers a lone look-alike that continues the count is its digit; misfits are doubted."""

from __future__ import annotations

import numpy as np

from extract.model import Alternative
from extract.scan.cell_text import LineCrop
from extract.scan.engine import DISPUTED, UNREAD, Glyph, Reading
from extract.scan.recognition.numbering import with_column_numbers

CAPITAL, PITCH = 14.0, 30


def entry(row: int, *, wide: int = 8, left: int = 100) -> LineCrop:
    ink = np.zeros((22, wide + 8), np.uint8)
    ink[4:18, 4 : 4 + wide] = 255
    return LineCrop(255 - ink, ink, left - wide // 2 - 4, 40 + PITCH * row, CAPITAL, alone=True)


def reading(text: str, confidence: float = 0.97, *others: str) -> Reading:
    alternatives = tuple(Alternative(other, 0.02) for other in others)
    return Reading(tuple(Glyph(c, 4.0 + 8 * i, 12.0 + 8 * i, confidence, alternatives) for i, c in enumerate(text)))


def column(*texts: str) -> list[Reading]:
    return with_column_numbers([entry(row) for row in range(len(texts))], [reading(text) for text in texts])


def test_a_bar_that_continues_the_count_is_a_doubted_one_and_keeps_its_reading_as_an_alternative() -> None:
    first, *_ = column("I", "2", "3", "4")
    assert (first.text, first.confidence) == ("1", DISPUTED)
    assert first.glyphs[0].alternatives[0].text == "I"
    assert column("9", "10", "I I", "12", "13")[2].text == "11"


def test_the_digit_an_engine_offered_goes_before_the_shape() -> None:
    answers = with_column_numbers(
        [entry(row) for row in range(4)], [*(reading(t) for t in "567"), reading("s", 0.98, "8")]
    )
    assert answers[3].text == "8"


def test_roman_headings_between_numbers_stay() -> None:
    answers = column("I", "1", "2", "3", "II", "1", "2", "III", "1", "2")
    assert [answer.text for answer in answers] == ["I", "1", "2", "3", "II", "1", "2", "III", "1", "2"]
    assert answers[4].confidence == 0.97


def test_letters_of_an_outline_stay() -> None:
    assert [answer.text for answer in column("1", "a", "b", "i", "2", "a", "b", "i")] == list("1abi2abi")


def test_a_sign_among_numbers_is_doubted_and_the_missing_number_offered() -> None:
    answer = column("4", ";", "6", "7")[1]
    assert (answer.text, answer.confidence) == (";", DISPUTED)
    assert answer.glyphs[0].alternatives[0].text == "5"


def test_a_dash_is_doubted_only_where_the_count_lacks_a_number() -> None:
    assert column("6", "-", "8", "9")[1].confidence == DISPUTED
    assert column("6", "-", "7", "8")[1].confidence == 0.97


def test_ink_without_a_reading_is_marked_where_the_count_lacks_a_number() -> None:
    assert column("5", "", "7", "8")[1].text == UNREAD
    assert column("5", "", "6", "7")[1].text == ""


def test_a_heading_letter_above_numbers_stays_sure() -> None:
    assert column("K", "3", "7", "9")[0].confidence == 0.97


def test_a_longer_number_among_short_ones_is_no_misfit() -> None:
    assert column("100", "9956", "80.00", "100", "90")[1].confidence == 0.97
    assert column("100", "95", "80.00", "100", "90")[2].confidence == 0.97
