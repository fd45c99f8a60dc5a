from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.numbers.quantity import canonical_unit, read_quantity
from normalize.numbers.read import Notation, NumberProblem

ID, EN = Notation.ID, Notation.EN


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("21 orang/bulan", 21, "orang/bulan"),
        ("0,81%", "0.81", "%"),
        ("0,81 %", "0.81", "%"),
        ("80 persen", 80, "persen"),
        ("8 Dokumen", 8, "Dokumen"),
        ("1 Paket", 1, "Paket"),
        ("211 Lbr", 211, "Lbr"),
        ("123org", 123, "org"),
        ("12 bulan", 12, "bulan"),
        ("6.62", "6.62", ""),
        ("1 (satu) dokumen", 1, "dokumen"),
        ("12 orang (Kec. Barat)", 12, "orang"),
        ("Rp. 45.000.000", 45000000, "Rp"),
        ("Rp. 45.000.000,-", 45000000, "Rp"),
        ("-13,8%", "-13.8", "%"),
        ("12\norang", 12, "orang"),
    ],
)
def test_a_cell_with_one_value_gives_value_and_unit(text, value, unit):
    quantity = read_quantity(text, None)
    assert (quantity.value, quantity.unit, quantity.count, quantity.problem) == (Decimal(value), unit, 1, "")


@pytest.mark.parametrize(
    "text",
    [
        "0,10 % 20 %",
        "0,10 %\n20 %",
        "- 4 - 1",
        "- 4\n- 7",
        "2 Angkatan (Rp. 195.000.000)",
        "5 dok 4 kali",
        "2019-2023",
        "1:1000",
        "A kategori 91 indeks",
        "A kategori\n91 indeks",
    ],
)
def test_a_cell_with_two_values_has_none_of_its_own(text):
    quantity = read_quantity(text, None)
    assert (quantity.value, quantity.unit, quantity.count) == (None, "", 2)


@pytest.mark.parametrize("text", ["A", "", "-", "Tahun 2024", "Pelayanan AK1", "Nomor 12", "ada"])
def test_a_cell_without_a_value_is_no_problem(text):
    quantity = read_quantity(text, None)
    assert (quantity.value, quantity.count, quantity.problem) == (None, 0, "")


def test_a_lone_group_counts_thousands():
    assert read_quantity("3.000 orang", ID).value == Decimal(3000)
    assert read_quantity("3.000 orang", ID).problem == ""
    assert read_quantity("2,032 Exemplar", None).problem == NumberProblem.AMBIGUOUS


def test_a_lone_group_before_a_percent_sign_is_a_decimal():
    assert read_quantity("100,000 %", ID).value == Decimal(100)


@pytest.mark.parametrize("text", ["63 4", "80.0 0 %", "4\n7"])
def test_parts_that_may_be_two_values_give_none(text):
    assert read_quantity(text, None).value is None


@pytest.mark.parametrize("text", ["390,210,4 orang", "23.014. orang", "1.000. orang"])
def test_cut_groups_give_no_value_and_are_flagged(text):
    quantity = read_quantity(text, ID)
    assert (quantity.value, quantity.problem) == (None, NumberProblem.ILL_FORMED)


@pytest.mark.parametrize("text", ["- 4", "-4"])
def test_one_dash_before_a_count_is_neither_minus_nor_bullet(text):
    quantity = read_quantity(text, None)
    assert (quantity.value, quantity.problem) == (None, NumberProblem.SIGN)


@pytest.mark.parametrize(
    ("printed", "unit"), [("Dok", "dokumen"), ("org/bulan", "orang/bulan"), ("Lbr.", "lembar"), ("persen", "%")]
)
def test_short_units_compare_equal_to_long_ones(printed, unit):
    assert canonical_unit(printed) == unit


@given(st.integers(min_value=0, max_value=999), st.sampled_from(["orang", "dokumen", "orang/bulan", "%", "unit"]))
def test_any_small_count_reads_back(count, unit):
    quantity = read_quantity(f"{count} {unit}", None)
    assert (quantity.value, quantity.unit) == (Decimal(count), unit)


@given(st.text(max_size=60), st.none() | st.sampled_from([ID, EN]))
def test_arbitrary_text_never_raises(text, notation):
    quantity = read_quantity(text, notation)
    assert quantity.value is None or quantity.count == 1


@pytest.mark.parametrize("text", ["#DIV/0!", "####", "#REF! dokumen"])
def test_error_of_a_spreadsheet_is_no_quantity_and_is_told(text) -> None:
    quantity = read_quantity(text, None)
    assert (quantity.value, quantity.problem) == (None, NumberProblem.NOT_A_NUMBER)
