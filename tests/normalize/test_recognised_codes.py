"""Misread codes of scans: separators come back where the scheme has them, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.codes import CodeProblem, parse_code
from normalize.recognised_codes import misread_codes, read_recognised_code


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("7.01.02.2.010002", "7.01.02.2.01.0002"),
        ("7,01.03.2,01,0001", "7.01.03.2.01.0001"),
        ("7.01,02.2.020001", "7.01.02.2.02.0001"),
        ("7.01.02.2.02 -", "7.01.02.2.02"),
        ("1307.11", None),
        ("7 01,03", "7.01.03"),
        ("2.07012.0101", "2.07.01.2.01.01"),
    ],
)
def test_separators_come_back_where_the_scheme_has_them(read: str, printed: str | None) -> None:
    code = read_recognised_code(read)
    assert (code.text if code else None) == printed


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("I 05 02 2.01 0003", "1.05.02.2.01.0003"),
        ("l.O2.01.2.02", "1.02.01.2.02"),
        ("| 1.05.02.2.01", "1.05.02.2.01"),
        ("I 02", None),
        ("I", None),
        ("II.01.02 Bidang", None),
    ],
)
def test_a_stroke_or_ring_is_a_digit_where_a_whole_code_comes_of_it(read: str, printed: str | None) -> None:
    code = read_recognised_code(read)
    assert (code.text if code else None) == printed


def test_what_was_put_back_is_told() -> None:
    code = read_recognised_code("7.01.02.2.010002")
    assert code is not None
    assert code.problem == CodeProblem.MISREAD_SEPARATORS


@pytest.mark.parametrize("read", ["1.02102.0101", "12345", "7.01.02", "7.0l.02,2", "86,5", "1.250,00", "", "-"])
def test_what_two_schemes_or_none_fit_is_left_as_read(read: str) -> None:
    assert read_recognised_code(read) is None


def test_a_code_without_any_separator_is_one_beside_codes_of_its_branch() -> None:
    read = ["327", "32701", "327012.01", "327012.010001", "-"]
    assert {text: code.text for text, code in misread_codes(read).items()} == {
        "327": "3.27",
        "32701": "3.27.01",
        "327012.01": "3.27.01.2.01",
        "327012.010001": "3.27.01.2.01.0001",
    }
    assert misread_codes(["327", "32701", "12"]) == {}
    assert misread_codes(["3.28", "3.28.01", "327", "32701"]) == {}


def test_the_scheme_of_the_column_settles_what_two_schemes_fit() -> None:
    assert misread_codes(["102102.010001"]) == {}
    assert misread_codes(["1.02.10", "102102.010001"])["102102.010001"].text == "1.02.10.2.01.0001"


@given(st.from_regex(r"[1-9]\.\d{2}\.\d{2}\.\d\.\d{2}\.\d{4}", fullmatch=True), st.sets(st.integers(0, 4), max_size=2))
def test_a_code_is_never_read_as_another_one(printed: str, misread: set[int]) -> None:
    parts = printed.split(".")
    read = parts[0] + "".join(("," if index in misread else ".") + part for index, part in enumerate(parts[1:]))
    code = parse_code(read) or read_recognised_code(read)
    assert code is None or code.text == printed
