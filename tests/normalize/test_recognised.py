"""Numbers a recogniser read: separators may be settled by grouping, digits never."""

from dataclasses import replace
from decimal import Decimal

import pytest

from extract.model import Alternative, BBox, Cell, Line, Word
from normalize.form import Kind
from normalize.numbers.read import Notation
from normalize.rows.body_row import PlacedCell
from normalize.rows.recognised import (
    UNDRAWN_SURE,
    RecognitionDoubt,
    disputed_words,
    field_confidence,
    grouped_digits,
    is_unsure_quantity,
    read_recognised,
)
from normalize.rows.values import looks_like

BOX = BBox(0, 0, 10, 10)


def field(text: str, *rivals: tuple[str, float], confidence: float = 0.6) -> list[PlacedCell]:
    word = Word(text, BOX, confidence=confidence, alternatives=tuple(Alternative(*rival) for rival in rivals))
    return [PlacedCell(1, Cell(0, 0, 1, 1, BOX, (Line((word,), BOX),)))]


@pytest.mark.parametrize("printed", ["9,704.486.688", "9704.486.688", "9.704,486,688", "9,704486.688"])
def test_digits_stay_when_every_separator_stands_at_a_group_of_three(printed: str) -> None:
    reading = read_recognised(field(printed), Kind.RUPIAH, Notation.ID)
    assert (reading.value, reading.problem) == (Decimal(9704486688), RecognitionDoubt.SEPARATORS)


@pytest.mark.parametrize("printed", ["9,704.486.688", "9704.486.688", "1,894.430,830"])
def test_an_amount_with_misread_separators_still_tells_that_its_column_holds_money(printed: str) -> None:
    assert Kind.RUPIAH in looks_like(printed)
    assert Kind.RUPIAH not in looks_like("390,210,4")


@pytest.mark.parametrize("printed", ["390,210,4", "9,70.486.688", "1.234.567,50", "012.345", "12,5"])
def test_other_shapes_are_no_grouped_digits(printed: str) -> None:
    assert grouped_digits(printed) is None


def test_percentages_never_lose_their_separator() -> None:
    reading = read_recognised(field("9.704,486,688"), Kind.PERSEN, Notation.ID)
    assert reading.value is None


def test_other_digits_stay_alternatives_and_never_replace_the_reading() -> None:
    cells = field("315.654.100", ("315.654.700", 0.38), ("315,654,100", 0.1))
    reading = read_recognised(cells, Kind.RUPIAH, Notation.ID)
    assert (reading.value, reading.alternatives, reading.problem) == (
        Decimal(315654100),
        (Decimal(315654700),),
        "",
    )


def test_unlikely_rivals_are_forgotten() -> None:
    assert read_recognised(field("12.000", ("72.000", 0.001)), Kind.RUPIAH, Notation.ID).alternatives == ()


def below_each_other(*texts: str) -> list[PlacedCell]:
    lines = tuple(Line((Word(text, BOX, confidence=0.95),), BOX) for text in texts)
    return [PlacedCell(1, Cell(0, 0, 1, 1, BOX, lines))]


@pytest.mark.parametrize("printed", [("261.704.900", ":"), ("-", "261.704.900"), (", 261.704.900",)])
def test_a_stray_mark_beside_an_amount_is_left_out_and_the_amount_flagged(printed: tuple[str, ...]) -> None:
    reading = read_recognised(below_each_other(*printed), Kind.RUPIAH, Notation.ID)
    assert (reading.value, reading.problem) == (Decimal(261704900), RecognitionDoubt.UNSURE)


def test_two_amounts_below_each_other_are_never_one() -> None:
    reading = read_recognised(below_each_other("253.808.015", "253.808.015"), Kind.RUPIAH, Notation.ID)
    assert reading.value is None
    assert reading.problem


def test_a_lone_letter_where_a_quantity_belongs_is_flagged() -> None:
    assert is_unsure_quantity("d", 0, 0.4)
    assert is_unsure_quantity("6 IKM", 1, 0.6)
    assert not is_unsure_quantity("Terlaksana", 0, 0.4)
    assert not is_unsure_quantity("A", 0, 0.99)


@pytest.mark.parametrize("text", ["SLaporan", "I Dokumen", "a"])
def test_letters_read_for_digits_are_doubted_in_a_scan(text: str) -> None:
    assert is_unsure_quantity(text, 0, 0.99)
    assert not is_unsure_quantity(text, 0, 1.0)


@pytest.mark.parametrize("text", ["100 % -", "63,70 %\n-", "- 2"])
def test_a_figure_beside_a_stray_mark_is_doubted_in_a_scan(text: str) -> None:
    assert is_unsure_quantity(text, 1, 0.99)
    assert not is_unsure_quantity(text, 1, 1.0)


def test_a_figure_on_two_lines_without_a_stray_mark_is_not_doubted() -> None:
    assert not is_unsure_quantity("27\nDokumen", 1, 0.99)


@pytest.mark.parametrize("text", ["Bulan", "Unit", "Selesai", "A"])
def test_unit_or_word_alone_hides_no_digits(text: str) -> None:
    assert not is_unsure_quantity(text, 0, 0.99)


def test_disputed_words_are_told_with_their_other_reading() -> None:
    assert disputed_words(field("Jumiah", ("Jumlah", 0.4))) == "Jumiah (mungkin Jumlah)"
    assert disputed_words(field("Jumlah", ("Jumiah", 0.1), confidence=0.94)) == ""


def test_a_recognised_field_that_no_rulings_draw_is_never_sure() -> None:
    (drawn,) = field("12.000", confidence=0.999)
    assert field_confidence([drawn]) == 0.999
    assert field_confidence([replace(drawn, is_drawn=False)]) == UNDRAWN_SURE
    (digital,) = field("12.000", confidence=1.0)
    assert field_confidence([replace(digital, is_drawn=False)]) == 1.0
