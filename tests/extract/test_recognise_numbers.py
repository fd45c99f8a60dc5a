"""What two engines and the ink agree on is sure; what they do not is doubtful and keeps both readings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model import Alternative
from extract.scan.cell_text import LineCrop
from extract.scan.engine import Glyph, Reading
from extract.scan.recognition.numbers import AGREED, DISPUTED, is_number_like, settle_number
from extract.scan.recognition.words import variants, words_of

BLANK_CROP = LineCrop(np.full((20, 400), 240, np.uint8), np.zeros((20, 400), np.uint8), 0, 0, 12.0)


def reading(text: str, confidence: float = 0.9) -> Reading:
    return Reading(tuple(Glyph(c, 10.0 * i, 10.0 * i + 8, confidence) for i, c in enumerate(text)))


def settled(first: str, second: str | None) -> Reading:
    return settle_number(reading(first), BLANK_CROP, reading(second) if second is not None else None)


def spelled(result: Reading) -> set[str]:
    return {alternative.text for alternative in variants(result.glyphs)}


def test_agreement_raises_confidence() -> None:
    result = settled("48", "48")
    assert result.text == "48"
    assert result.confidence == AGREED


def test_a_disputed_digit_is_doubtful_and_keeps_both_readings() -> None:
    result = settled("306824", "106824")
    assert result.text == "306824"
    assert result.confidence <= DISPUTED
    assert "106824" in spelled(result)


def test_a_digit_only_the_second_engine_sees_is_an_alternative() -> None:
    result = settled("1200", "12000")
    assert result.confidence <= DISPUTED
    assert "12000" in spelled(result)


def test_a_digit_only_the_first_engine_sees_is_doubtful() -> None:
    result = settled("12000", "1200")
    assert result.confidence <= DISPUTED
    assert "1200" in spelled(result)


def test_a_percent_sign_read_as_digits_is_put_back_with_doubt() -> None:
    first = "10096"
    result = settled(first, "100%")
    assert result.text == "100%"
    assert result.confidence <= DISPUTED
    assert first in spelled(result)


@pytest.mark.parametrize(("width", "text"), [(8, "16"), (14, "1%")])
def test_a_last_digit_is_a_percent_sign_only_if_it_is_as_wide_as_one(width: int, text: str) -> None:
    crop = crop_with_ink((10, 18), (22, 22 + width))
    glyphs = (Glyph("1", 12.0, 16.0, 0.9), Glyph("6", 24.0, 28.0, 0.9))
    result = settle_number(Reading(glyphs), crop, reading("1%"))
    assert result.text == text
    assert result.confidence <= DISPUTED


def test_a_loop_read_once_more_after_a_percent_sign_goes() -> None:
    assert settled("100%6", "100%").text == "100%"


def test_a_percent_sign_within_a_number_is_not_believed() -> None:
    result = settled("36.679,04", "3%.679,04")
    assert "%" not in result.text
    assert result.confidence <= DISPUTED


@pytest.mark.parametrize(("read", "number"), [("759.3B2", "759.382"), ("B27", "827"), ("1O0", "100"), ("O", "0")])
def test_letters_among_digits_are_digits_of_their_shape_with_doubt(read: str, number: str) -> None:
    result = settled(read, None)
    assert result.text.replace(",", ".") == number
    assert result.confidence < 0.75


@pytest.mark.parametrize("label", ["I.1", "II.4", "1.b", "a.", "3 Dokumen", "IIb", "SPM"])
def test_labels_and_words_keep_their_letters(label: str) -> None:
    assert settled(label, None).text == label


def test_bars_at_the_ends_of_a_number_are_rests_of_rulings() -> None:
    result = settled("9,603|", "9,603|")
    assert not result.text.endswith(("|", "1"))
    assert result.confidence < 0.75


def test_two_separators_between_digits_are_one() -> None:
    assert len(settled("24,.049", None).text) == len("24,049")


@given(st.integers(0, 10**13))
def test_a_separator_keeps_its_other_reading(number: int) -> None:
    text = f"{number:,}"
    result = settled(text, None)
    assert result.text.replace(".", "").replace(",", "") == str(number)
    for glyph in result.glyphs:
        if glyph.text in ",.":
            assert {other.text for other in glyph.alternatives} == {",", "."} - {glyph.text}


@given(st.text("0123456789.,%O|I", min_size=1, max_size=14), st.text("0123456789.,% ", max_size=14))
def test_confidence_stays_between_nought_and_one(first: str, second: str) -> None:
    result = settled(first, second)
    assert all(0.0 <= glyph.confidence <= 1.0 for glyph in result.glyphs)


@pytest.mark.parametrize(
    ("text", "number"), [("1.453.408", True), ("O", True), ("12,5%", True), ("Program", False), ("48 orang", False)]
)
def test_numbers_are_told_from_words(text: str, number: bool) -> None:  # noqa: FBT001 - a parametrised fact
    assert is_number_like(text) is number


def test_variants_are_ranked_by_probability() -> None:
    glyphs = (
        Glyph("1", 0, 1, 0.99),
        Glyph(",", 1, 2, 0.7, (Alternative(".", 0.3),)),
        Glyph("5", 2, 3, 0.9, (Alternative("6", 0.1),)),
    )
    ranked = variants(glyphs)
    assert [alternative.text for alternative in ranked] == ["1.5", "1,6", "1.6"]
    assert [alternative.confidence for alternative in ranked] == sorted(
        (alternative.confidence for alternative in ranked), reverse=True
    )


def crop_with_ink(*columns: tuple[int, int]) -> LineCrop:
    ink = np.zeros((20, 200), np.uint8)
    for start, end in columns:
        ink[4:16, start:end] = 255
    return LineCrop(np.where(ink > 0, 30, 240).astype(np.uint8), ink, 100, 50, 12.0)


def test_words_end_where_the_ink_has_a_gap_even_if_the_engine_saw_none() -> None:
    crop = crop_with_ink((10, 18), (20, 28), (60, 68), (70, 78))
    glyphs = tuple(Glyph(c, x, x + 8.0, 0.9) for c, x in zip("abcd", (10.0, 20.0, 60.0, 70.0), strict=True))
    first, second = words_of(Reading(glyphs), crop, 2.0)
    assert (first.text, second.text) == ("ab", "cd")
    assert (first.bbox.x0, first.bbox.x1) == (55.0, 64.0)
    assert second.bbox.x0 == 80.0


def test_wide_gaps_of_tabular_figures_do_not_cut_a_number() -> None:
    crop = crop_with_ink((10, 18), (25, 28), (35, 43))
    glyphs = tuple(Glyph(c, x, x + 6.0, 0.9) for c, x in zip("217", (11.0, 24.0, 36.0), strict=True))
    (word,) = words_of(Reading(glyphs), crop, 1.0)
    assert word.text == "217"


def test_the_readings_one_notation_allows_are_always_offered() -> None:
    result = settled("1,234.567,890.123", None)
    offered = spelled(result) | {result.text}
    assert {"1,234,567,890,123", "1.234.567.890.123", "1,234,567,890.123", "1.234.567.890,123"} <= offered


def test_separators_of_a_black_and_white_scan_are_less_sure() -> None:
    grey = settle_number(reading("123,456"), BLANK_CROP, None)
    black = settle_number(reading("123,456"), replace(BLANK_CROP, bilevel=True), None)
    assert black.confidence <= grey.confidence


def test_a_one_between_a_digit_and_a_capital_is_doubtful() -> None:
    result = settled("61KM", "61KM")
    assert result.confidence <= DISPUTED
    assert "6IKM" in spelled(result) | {result.text}
