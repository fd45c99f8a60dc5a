"""Column formulas in the spellings forms print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.formula import Formula, parse_formula


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("12 = 8+9+10+11", "12 = 8 + 9 + 10 + 11"),
        ("13 = 6+12", "13 = 6 + 12"),
        ("14 = 13/5 x 100", "14 = 13 / 5"),
        ("14=13/5x100%", "14 = 13 / 5"),
        ("13 = 12/7×100", "13 = 12 / 7"),
        ("8=(7/6)", "8 = 7 / 6"),
        ("8 (7/6)", "8 = 7 / 6"),
        ("11 =(10/4)", "11 = 10 / 4"),
        ("10 (5+7)", "10 = 5 + 7"),
        ("10=(5+7+9\n)", "10 = 5 + 7 + 9"),
        ("6 = 4-5", "6 = 4 - 5"),
        ("a_rp = b_rp + c_rp", "a_rp = b_rp + c_rp"),
    ],
)
def test_a_printed_formula_is_read(text: str, spelled: str) -> None:
    assert str(parse_formula(text)) == spelled


@pytest.mark.parametrize("text", ["", "12", "(12)", "8 = 7", "Rp", "1 2 3", "12 = 8+", "= 8+9", "12 = 8+9/5"])
def test_other_texts_are_no_formula(text: str) -> None:
    assert parse_formula(text) is None


@given(st.lists(st.integers(1, 30), min_size=2, max_size=6), st.integers(1, 30))
def test_a_sum_survives_spelling_and_reading(terms: list[int], target: int) -> None:
    formula = Formula(str(target), tuple((1, str(term)) for term in terms))
    assert parse_formula(str(formula)) == formula
