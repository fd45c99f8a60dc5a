"""Properties of the number grammar over generated prints."""

from __future__ import annotations

import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from normalize.form import Kind
from normalize.numbers.read import Notation, NumberReading, read_number

KINDS = st.sampled_from([Kind.RUPIAH, Kind.PERSEN, Kind.KUANTITAS])
NOTATIONS = st.sampled_from(list(Notation))
MAYBE_NOTATION = st.none() | NOTATIONS
MILLIONS = st.integers(min_value=1_000_000, max_value=10**15)


def printed(number: Decimal, notation: Notation) -> str:
    """Print a number with groups in the notation."""
    return f"{number:,}".translate(str.maketrans({",": notation.group, ".": notation.decimal}))


def has(reading: NumberReading, number: Decimal) -> bool:
    return reading.value == number


@given(MILLIONS, NOTATIONS, MAYBE_NOTATION)
def test_any_large_amount_reads_back_without_doubt(amount, notation, column):
    reading = read_number(printed(Decimal(amount), notation), Kind.RUPIAH, column)
    assert (reading.value, reading.problem, reading.notation) == (Decimal(amount), "", notation)


@given(st.integers(min_value=100_000, max_value=10**15), NOTATIONS, KINDS)
def test_two_decimals_read_back(cents, notation, kind):
    number = Decimal(cents).scaleb(-2)
    assert has(read_number(printed(number, notation), kind, notation), number)


@given(MILLIONS, st.booleans(), NOTATIONS, st.data())
def test_any_wrap_position_reads_back_or_is_flagged(amount, with_cents, notation, data):
    number = Decimal(amount) + (Decimal("0.00") if with_cents else 0)
    text = printed(number, notation)
    cut = data.draw(st.integers(min_value=1, max_value=len(text) - 1))
    gap = data.draw(st.sampled_from(["\n", " ", " \n"]))
    reading = read_number(text[:cut] + gap + text[cut:], Kind.RUPIAH, notation)
    assert has(reading, number)


@given(st.integers(min_value=0, max_value=10**6), NOTATIONS, st.sampled_from(["%", " %", " persen"]))
def test_any_percentage_reads_back(hundredths, notation, sign):
    number = Decimal(hundredths).scaleb(-2)
    text = str(number).replace(".", notation.decimal) + sign
    assert has(read_number(text, Kind.PERSEN, None), number)


@given(st.text(alphabet="0123456789.,", min_size=1, max_size=20), KINDS, MAYBE_NOTATION)
def test_an_unflagged_value_always_has_its_groups_in_place(text, kind, notation):
    reading = read_number(text, kind, notation)
    if reading.value is None or reading.problem:
        return
    strict = r"(0|[1-9]\d*|[1-9]\d{0,2}(\.\d{3})+)(,\d+)?|(0|[1-9]\d*|[1-9]\d{0,2}(,\d{3})+)(\.\d+)?"
    assert re.fullmatch(strict, text)


@given(st.text(alphabet="0123456789.,-() \nRp%*", max_size=24), KINDS, MAYBE_NOTATION)
def test_a_value_uses_every_printed_digit_or_is_flagged(text, kind, notation):
    reading = read_number(text, kind, notation)
    if reading.value is None or reading.problem:
        return
    digits = "".join(ch for ch in text if ch.isdigit())
    assert "".join(ch for ch in str(abs(reading.value)) if ch.isdigit()) == digits


@given(st.text(max_size=60), st.sampled_from(list(Kind)), MAYBE_NOTATION)
def test_arbitrary_text_never_raises_and_never_vanishes(text, kind, notation):
    reading = read_number(text, kind, notation)
    assert reading.raw == text
    assert reading.value is not None or reading.nil or reading.problem
    assert reading.value not in reading.alternatives


@given(st.lists(MILLIONS, min_size=2, max_size=3), NOTATIONS, st.sampled_from([" ", "\n"]))
def test_several_amounts_in_a_cell_never_become_one(amounts, notation, gap):
    text = gap.join(printed(Decimal(amount), notation) for amount in amounts)
    reading = read_number(text, Kind.RUPIAH, notation)
    assert reading.value is None
    assert reading.problem


@given(st.integers(min_value=1, max_value=10**60), st.sampled_from([Kind.PERSEN, Kind.KUANTITAS]))
def test_a_negative_number_keeps_every_digit_however_long_it_is(tenths, kind):
    whole, tenth = divmod(tenths * 10 + 5, 10)
    reading = read_number(f"-{whole},{tenth}", kind, Notation.ID)
    assert reading.value == Decimal(f"-{whole}.{tenth}")
