"""The printed conventions of Indonesian planning tables, one test each."""

from __future__ import annotations

from decimal import Decimal

import pytest

from normalize.form import Kind
from normalize.numbers.read import (
    Notation,
    NumberProblem,
    NumberRule,
    count_notations,
    read_number,
)

RUPIAH, PERSEN, COUNT = Kind.RUPIAH, Kind.PERSEN, Kind.KUANTITAS
ID, EN = Notation.ID, Notation.EN


def value(text, kind=RUPIAH, notation=None):
    """Read a number that must not be doubtful."""
    reading = read_number(text, kind, notation)
    assert reading.problem == "", reading
    assert reading.raw == text
    return reading.value


def problem(text, kind=RUPIAH, notation=None):
    """Read a number that must be refused."""
    reading = read_number(text, kind, notation)
    assert reading.value is None, reading
    return reading.problem


def flagged(text, kind=RUPIAH, notation=None):
    """Read a number that must be given and flagged."""
    reading = read_number(text, kind, notation)
    assert reading.confidence <= 0.8, reading
    return reading.value, reading.problem


def test_commas_group_thousands_in_english_money():
    reading = read_number("3,535,190,392", RUPIAH, None)
    assert (reading.value, reading.notation, reading.confidence) == (Decimal(3535190392), EN, 1.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2,592,486,592.50", "2592486592.50"), ("560,842,435.00", "560842435"), ("95,852,451.20", "95852451.2")],
)
def test_english_money_keeps_its_decimals(text, expected):
    assert value(text, notation=EN) == Decimal(expected)


def test_indonesian_money_with_zero_cents():
    reading = read_number("5.793.802.276,00", RUPIAH, None)
    assert (reading.value, reading.notation) == (Decimal(5793802276), ID)


@pytest.mark.parametrize(
    "text",
    ["Rp. 45.000.000", "Rp 45.000.000", "Rp45.000.000", "RP. 45.000.000,00", "IDR 45.000.000", "R\np\n45.000.000"],
)
def test_a_currency_sign_is_no_part_of_the_amount(text):
    assert value(text) == Decimal(45000000)


@pytest.mark.parametrize(
    "text", ["Rp. 87.000.000,-", "87.000.000,-", "87.000.000.-", "87,000,000.-", "87.000.000,=", "87.000.000,--"]
)
def test_comma_dash_means_no_cents(text):
    assert value(text) == Decimal(87000000)


def test_comma_dash_proves_the_notation_of_a_lone_group():
    reading = read_number("500.000,-", RUPIAH, None)
    assert (reading.value, reading.notation, reading.confidence) == (Decimal(500000), ID, 1.0)


def test_an_amount_inside_text_beside_another_number_is_refused_in_a_money_column():
    assert problem("50 orang (Rp. 25.000.000,-)") == NumberProblem.MANY


def test_split_funding_is_refused_and_its_amounts_are_listed():
    text = "- DAU Diarahkan : Rp. 914.290.172,- (164 orang) - Insentif fiskal : Rp. 435.000.000,- (80 orang)"
    reading = read_number(text, RUPIAH, None)
    assert reading.problem == NumberProblem.MANY
    assert Decimal(914290172) in reading.alternatives


@pytest.mark.parametrize(
    "text", ["", " ", "-", "–", "—", "Rp -", "Rp. ,-", "R\np -", ",-", ".-", "- %", "-\n-", "N/A", "nihil", "..."]
)
def test_a_nil_is_blank_and_nothing_to_flag(text):
    reading = read_number(text, RUPIAH, None)
    assert (reading.value, reading.nil, reading.problem) == (None, True, "")


def test_zero_is_a_value_and_not_a_nil():
    reading = read_number("0", RUPIAH, EN)
    assert (reading.value, reading.nil) == (Decimal(0), False)


@pytest.mark.parametrize(("text", "expected"), [("102,150", 102150), ("100,200", 100200), ("100,050", 100050)])
def test_a_lone_group_is_thousands_in_an_english_money_column(text, expected):
    reading = read_number(text, RUPIAH, EN)
    assert (reading.value, reading.problem, reading.notation) == (Decimal(expected), "", None)
    assert reading.alternatives == ()


def test_a_lone_group_against_the_notation_of_its_money_column_is_flagged():
    assert flagged("102,150", notation=ID) == (Decimal(102150), NumberProblem.AMBIGUOUS)


@pytest.mark.parametrize(
    ("text", "expected"), [("100,000", 100), ("115,000", 115), ("17,060", "17.06"), ("292,650", "292.65")]
)
def test_a_lone_group_is_a_decimal_in_an_indonesian_percentage_column(text, expected):
    assert value(text, PERSEN, ID) == Decimal(expected)


@pytest.mark.parametrize(("text", "notation"), [("100,000", EN), ("1.000", ID), ("1.000", None)])
def test_a_percentage_read_by_its_kind_alone_is_flagged_with_the_other_reading(text, notation):
    reading = read_number(text, PERSEN, notation)
    assert reading.problem == NumberProblem.AMBIGUOUS
    assert reading.alternatives == (reading.value * 1000,)


@pytest.mark.parametrize(("text", "expected"), [("2,032", 2032), ("1,016", 1016), ("1,380", 1380)])
def test_a_lone_group_is_thousands_in_a_count_column(text, expected):
    assert value(text, COUNT, EN) == Decimal(expected)
    assert flagged(text, COUNT, ID) == (Decimal(expected), NumberProblem.AMBIGUOUS)


@pytest.mark.parametrize(
    ("text", "expected"), [("0,81%", "0.81"), ("46,45%", "46.45"), ("93,55", "93.55"), ("6,68", "6.68")]
)
def test_a_comma_before_one_or_two_digits_is_decimal(text, expected):
    assert value(text, PERSEN) == Decimal(expected)


@pytest.mark.parametrize(("text", "expected"), [("6.62", "6.62"), ("51.00", 51), ("80.0 %", 80), ("20.00%", 20)])
def test_a_dot_before_one_or_two_digits_is_decimal(text, expected):
    assert value(text, PERSEN) == Decimal(expected)


def test_each_cell_of_a_column_may_prove_its_own_notation():
    assert (value("6.62", PERSEN, ID), value("6,68", PERSEN, ID)) == (Decimal("6.62"), Decimal("6.68"))
    assert (value("100.00", PERSEN, EN), value("100,00", PERSEN, EN)) == (100, 100)
    assert value("98.15", PERSEN, ID) == Decimal("98.15")


@pytest.mark.parametrize("text", ["0,81 %", "0,81%", "0,81 persen", "0,81persen", "0.81 Persen"])
def test_a_percent_sign_may_be_spaced_or_a_word(text):
    assert value(text, PERSEN) == Decimal("0.81")


@pytest.mark.parametrize("text", ["-13,8%", "−13,8%", "–13,8 %", "-13,8"])
def test_a_dash_glued_to_a_percentage_is_a_minus(text):
    assert value(text, PERSEN) == Decimal("-13.8")


@pytest.mark.parametrize("text", ["-4 -7", "- 3.35 - 60.00", "- 2,75 - 1", "-8,40 -6", "- 4\n- 7"])
def test_two_dashes_are_bullets(text):
    assert problem(text, COUNT) == NumberProblem.MANY


@pytest.mark.parametrize("text", ["- 500.000", "500.000 -", "500.000\n-"])
def test_a_dash_set_off_from_an_amount_decides_nothing(text):
    reading = read_number(text, RUPIAH, ID)
    assert (reading.value, reading.problem) == (None, NumberProblem.SIGN)
    assert set(reading.alternatives) == {Decimal(500000), Decimal(-500000)}


def test_a_negative_amount_by_dash_is_flagged():
    assert flagged("-500.000.000") == (Decimal(-500000000), NumberProblem.SIGN)


@pytest.mark.parametrize("text", ["(45.000)", "Rp (45.000)", "(Rp. 45.000,-)", "( 45.000 )"])
def test_parentheses_make_an_amount_negative(text):
    assert value(text, notation=ID) == Decimal(-45000)


def test_a_bare_integer_in_parentheses_is_flagged():
    assert flagged("(1)") == (Decimal(-1), NumberProblem.SIGN)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7,318,30\n7,650", 7318307650),
        ("999,999,\n999", 999999999),
        ("9,999,99\n9,999", 9999999999),
        ("99,999,9 99", 99999999),
        ("23.014.137.\n000", 23014137000),
        ("52,215,959,77\n1", 52215959771),
        ("12,345,678.0\n0", 12345678),
        ("87.000.000,\n-", 87000000),
        ("45 000 000", 45000000),
    ],
)
def test_an_amount_broken_by_wrapping_is_joined_when_the_parts_cannot_stand_alone(text, expected):
    assert value(text) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("80.0 0", PERSEN, 80),
        ("256,9\n3", PERSEN, "256.93"),
        ("100,0\n0", PERSEN, 100),
        ("99,6 1", PERSEN, "99.61"),
        ("63 4", COUNT, 634),
        ("10 0", COUNT, 100),
        ("40 4", COUNT, 404),
    ],
)
def test_a_join_of_parts_that_could_stand_alone_is_flagged(text, kind, expected):
    assert flagged(text, kind) == (Decimal(expected), NumberProblem.WRAPPED)


def test_a_wrapped_count_with_a_group_is_flagged():
    assert flagged("1,03 8", COUNT, EN) == (Decimal(1038), NumberProblem.WRAPPED)


@pytest.mark.parametrize(
    "text",
    ["390,210,4", "126,542,2", "657,382,0", "66,127,6", "1.23.456", "12.3456.789", "01", "007", "1,,000", "1.000."],
)
def test_misplaced_or_cut_groups_have_no_value_and_no_alternative(text):
    reading = read_number(text, RUPIAH, EN)
    assert (reading.value, reading.problem, reading.alternatives) == (None, NumberProblem.ILL_FORMED, ())


@pytest.mark.parametrize(("text", "expected"), [("66,1", "66.1"), ("66,12", "66.12"), ("1.234.567,8", "1234567.8")])
def test_an_amount_shaped_like_a_cut_one_is_flagged(text, expected):
    assert flagged(text) == (Decimal(expected), NumberProblem.MAYBE_CUT)


def test_zero_cents_in_the_other_notation_are_flagged_because_a_group_may_be_cut():
    assert flagged("570,00", notation=EN) == (Decimal(570), NumberProblem.OTHER_NOTATION)


@pytest.mark.parametrize(("text", "expected"), [("Rp. 549.481.005.00,-", 549481005), ("2.807.870.000.00", 2807870000)])
def test_a_group_separator_before_zero_cents_is_read_and_flagged(text, expected):
    assert flagged(text) == (Decimal(expected), NumberProblem.MIXED_SEPARATORS)


@pytest.mark.parametrize(("text", "candidate"), [("1.234,567", 1234567), ("1.234,567,890", 1234567890)])
def test_mixed_separators_have_no_value_but_offer_the_grouped_one(text, candidate):
    reading = read_number(text, RUPIAH, ID)
    assert (reading.value, reading.problem) == (None, NumberProblem.MIXED_SEPARATORS)
    assert reading.alternatives[0] == Decimal(candidate)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Unit 78,380,000", 78380000), ("Kasus 43,235,840", 43235840), ("Paket 14,588,615,760", 14588615760)],
)
def test_a_unit_glued_to_the_amount_after_it_is_flagged(text, expected):
    assert flagged(text, notation=EN) == (Decimal(expected), NumberProblem.WITH_WORDS)


def test_an_amount_spelt_out_beside_its_digits_is_flagged():
    text = "Rp. 6.301.456.270,- (enam milyar tiga ratus satu juta)"
    assert flagged(text) == (Decimal(6301456270), NumberProblem.WITH_WORDS)


@pytest.mark.parametrize("text", ["500.000.000\n250.000", "10-20", "2 x 4", "1.500.000 / 2.000.000"])
def test_two_numbers_in_a_money_cell_have_no_value(text):
    assert problem(text) == NumberProblem.MANY


@pytest.mark.parametrize("text", ["A", "V", "Rp.", "ada", "%"])
def test_text_in_a_number_column_is_flagged(text):
    assert problem(text) == NumberProblem.NOT_A_NUMBER


def test_a_percentage_in_a_money_column_and_money_in_a_percentage_column_are_refused():
    assert problem("80 %") == NumberProblem.WRONG_UNIT
    assert problem("Rp 5.000", PERSEN) == NumberProblem.WRONG_UNIT


@pytest.mark.parametrize("text", ["45.000.000*)", "45.000.000 *", "45.000.000¹", "45.000.000²)", "45.000.000①"])
def test_a_footnote_mark_is_no_digit_of_the_number(text):
    assert value(text) == Decimal(45000000)


def test_a_footnote_digit_is_flagged():
    assert flagged("45.000.000 1)") == (Decimal(45000000), NumberProblem.FOOTNOTE)


def test_a_footnote_digit_glued_to_a_group_is_refused():
    assert problem("45.000.0001)") == NumberProblem.ILL_FORMED


def test_invisible_characters_and_odd_spaces_do_not_hide_a_number():
    assert value("Rp\u00a045.000\u200b.000\u00ad") == Decimal(45000000)


def test_notation_comes_from_the_cells_that_prove_it():
    assert count_notations(["102,150", "3,535,190,392", "-", "A"], RUPIAH).winner is EN
    assert count_notations(["100,000", "93,55"], PERSEN).winner is ID
    assert count_notations(["100,000", "5", "-"], PERSEN).winner is None


def test_lone_groups_of_money_tell_the_notation_when_nothing_else_does():
    assert count_notations(["102.150", "500.000", "0"], RUPIAH).winner is ID


def test_a_conflict_of_notations_is_settled_by_majority():
    assert count_notations(["1.000.000", "2.000.000", "3,000,000"], RUPIAH).winner is ID
    assert count_notations(["1.000.000", "3,000,000"], RUPIAH).winner is None


def test_the_rule_that_gave_a_value_is_named():
    assert read_number("100,000", PERSEN, ID).rule == NumberRule.DECIMAL_BY_KIND
    assert read_number("102,150", RUPIAH, EN).rule == NumberRule.GROUP_BY_KIND


@pytest.mark.parametrize("text", ["#DIV/0!", "#REF!", "#VALUE!", "#N/A", "Err:502", "########", "1.000 #REF!"])
def test_what_a_spreadsheet_prints_for_no_number_is_refused(text) -> None:
    reading = read_number(text, RUPIAH, ID)
    assert (reading.value, reading.problem) == (None, NumberProblem.NOT_A_NUMBER)
