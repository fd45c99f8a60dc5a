import pytest

from normalize.headers.numbering import is_numbering_row, ordinal


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("1", 1),
        ("(14)", 14),
        ("3.", 3),
        ("12 = 8+9+10+11", 12),
        ("13 = 6 + 12", 13),
        ("14 = 13/5 x 100", 14),
        ("14=13/5x100%", 14),
        ("8=(7/6)", 8),
        ("8 (7/6)", 8),
        ("10=(5+7+9\n)", 10),
        ("11 =(10/4)", 11),
    ],
)
def test_ordinal_is_the_number_before_the_formula(printed: str, number: int) -> None:
    assert ordinal(printed) == number


@pytest.mark.parametrize("printed", ["", "K", "1.450", "2.07.01", "12 orang", "100%", "A", "1,5", "2024", "(Rp)"])
def test_other_cell_text_is_no_ordinal(printed: str) -> None:
    assert ordinal(printed) is None


def test_row_of_rising_ordinals_is_a_numbering_row_even_when_it_skips_one() -> None:
    assert is_numbering_row(["1", "2", "3", "4", "", "6", "7", "8", "9", "10", "12"])


def test_row_may_begin_at_two() -> None:
    assert is_numbering_row(["2", "3", "4", "5"])


def test_misread_ordinals_of_a_scan_do_not_hide_a_numbering_row() -> None:
    assert is_numbering_row(["i", "2", "3", "4", "S", "6", "7", "8", "q", "10"])


@pytest.mark.parametrize(
    "row",
    [
        ["1", "Kegiatan", "2", ""],
        ["1", "2"],
        ["2019", "2020", "2021", "2022"],
        ["4", "4", "1", "1", "1", "1", "4", "8"],
        ["12", "13", "14"],
    ],
)
def test_body_rows_are_no_numbering_rows(row: list[str]) -> None:
    assert not is_numbering_row(row)


@pytest.mark.parametrize("row", ["a b c d e", "(a) (b) (c) (d) (e)", "i ii iii iv v vi", "I II III IV V"])
def test_letters_and_roman_numerals_count_columns_too(row) -> None:
    assert is_numbering_row(row.split())


@pytest.mark.parametrize("row", ["A B C D E", "a b c d", "a b d e f", "i ii iii v vi", "I II III IV"])
def test_grades_quarters_and_letters_with_gaps_count_no_columns(row) -> None:
    assert not is_numbering_row(row.split())


def test_stroke_read_as_one_does_not_break_the_numbering_row() -> None:
    assert is_numbering_row(["1", "1", "2", "3", "4"])
    assert is_numbering_row(["1", "2", "1", "3", "4"])
    assert not is_numbering_row(["1", "1", "2", "3"])
    assert not is_numbering_row(["1", "1", "2", "2", "3"])
