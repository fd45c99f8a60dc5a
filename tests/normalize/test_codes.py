from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.codes import CodeProblem, CodeScheme, parse_code
from normalize.model import Tingkat

DIGITS = "0123456789"


@pytest.mark.parametrize(
    "text",
    ["2 07 03 2.01 01", "2.07.03.2.01.01", "2\t07\t03\t2.01\t01", "2.07.03.\n2.01.01", "2 . 07 . 03 . 2.01 . 01."],
)
def test_every_spelling_of_a_code_gives_the_same_dotted_text(text):
    code = parse_code(text)
    assert (code.text, code.level, code.problem) == ("2.07.03.2.01.01", Tingkat.SUB_KEGIATAN, "")


@pytest.mark.parametrize(
    ("text", "level", "parent"),
    [
        ("2", Tingkat.URUSAN, ""),
        ("2.07", Tingkat.BIDANG_URUSAN, "2"),
        ("2.07.01", Tingkat.PROGRAM, "2.07"),
        ("2.07.01.2.01", Tingkat.KEGIATAN, "2.07.01"),
        ("2.07.01.2.01.0001", Tingkat.SUB_KEGIATAN, "2.07.01.2.01"),
        ("1.03.11.1.01.0009", Tingkat.SUB_KEGIATAN, "1.03.11.1.01"),
        ("X.XX.01", Tingkat.PROGRAM, "X.XX"),
        ("x.xx.01.2.06.0002", Tingkat.SUB_KEGIATAN, "X.XX.01.2.06"),
    ],
)
def test_the_level_follows_from_the_segments(text, level, parent):
    code = parse_code(text)
    assert (code.level, code.parent, code.problem) == (level, parent, "")


def test_a_padded_kegiatan_is_normalised_and_flagged():
    code = parse_code("2.07.01.02.01.0001")
    assert (code.text, code.problem) == ("2.07.01.2.01.0001", CodeProblem.PADDED_KEGIATAN)


def test_a_segment_broken_by_wrapping_is_joined_and_flagged():
    code = parse_code("2.07.01.2.01.00\n01")
    assert (code.text, code.problem) == ("2.07.01.2.01.0001", CodeProblem.BROKEN_SEGMENT)


def test_zeros_lost_in_a_spreadsheet_are_restored_and_flagged():
    code = parse_code("2.7.3.2.01.1")
    assert (code.text, code.problem) == ("2.07.03.2.01.01", CodeProblem.LOST_ZEROS)


@pytest.mark.parametrize(
    "text",
    [
        "1.05 1.1.05.01 20",
        "002",
        "A",
        "",
        "-",
        "5.1.02.01.01.0001",
        "2.07.1",
        "12",
        "2,07",
        "2.07.01.2",
        "Program 2.07",
    ],
)
def test_what_is_no_code_is_refused(text):
    assert parse_code(text) is None


@pytest.mark.parametrize(
    ("text", "level"),
    [("1.03.1.03.01.01.05", Tingkat.KEGIATAN), ("1.03.1.03.01.01", Tingkat.PROGRAM), ("1.03.01.05", None)],
)
def test_codes_of_2006_are_recognised_with_a_level_only_where_sure(text, level):
    code = parse_code(text)
    assert (code.text, code.scheme, code.level, code.parent) == (text, CodeScheme.OLD, level, "")


def test_a_code_of_an_agency_is_no_level():
    code = parse_code("4.01.3.00.0.00.01.0000")
    assert (code.scheme, code.level) == (CodeScheme.AGENCY, None)


segment = st.text(DIGITS, min_size=2, max_size=2)


@given(
    st.sampled_from("123456789"),
    segment,
    segment,
    st.sampled_from("1234"),
    segment,
    segment | st.text(DIGITS, min_size=4, max_size=4),
    st.sampled_from([".", " ", "\t", ". ", "\n"]),
)
def test_any_sub_kegiatan_reads_back_whatever_separates_its_segments(
    urusan, bidang, program, layer, kegiatan, sub, gap
):
    code = parse_code(gap.join([urusan, bidang, program, f"{layer}.{kegiatan}", sub]))
    assert code.text == f"{urusan}.{bidang}.{program}.{layer}.{kegiatan}.{sub}"
    assert (code.level, code.problem) == (Tingkat.SUB_KEGIATAN, "")


@given(st.text(max_size=40) | st.text("0123456789. X\n", max_size=24))
def test_arbitrary_text_never_raises_and_a_clean_code_keeps_every_digit(text):
    code = parse_code(text)
    if code is None or code.problem:
        return
    assert [ch for ch in code.text if ch != "."] == [ch for ch in text.upper() if ch.isdigit() or ch == "X"]
