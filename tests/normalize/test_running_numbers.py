"""A recognised running number is doubted where it is none or breaks its count, and nowhere else."""

from __future__ import annotations

import pytest

from extract.model import BBox
from normalize.model import Record, Source, Tingkat, Value
from normalize.rows.draft_row import DraftField, DraftRow
from normalize.rows.running_numbers import doubtful_numbers

LEVELS = {"P": Tingkat.PROGRAM, "K": Tingkat.KEGIATAN, "S": Tingkat.SUB_KEGIATAN}


def doubted(numbers: list[str], levels: str = "", *, recognised: bool = True) -> list[str]:
    """Return the numbers that are doubted; ``levels`` has a letter for each, all sub kegiatan without it."""
    source = (Source(1, BBox(0, 0, 1, 1)),)
    rows = [
        DraftRow(1, {"no": DraftField(text, text, 0.9, source, recognised)}, spanning=False, level=None, bold=False)
        for text in numbers
    ]
    records = [
        Record({"no": Value(text, text, sources=source)}, LEVELS[level], 1, 0.9)
        for text, level in zip(numbers, levels or "S" * len(numbers), strict=True)
    ]
    return [numbers[index] for index, _ in doubtful_numbers("no", rows, records)]


@pytest.mark.parametrize("mark", ["- 2", "2 -", "-", "=", "$)", "2 3", "·", "#"])
def test_dirt_beside_or_for_a_number_is_doubted(mark: str) -> None:
    assert doubted(["1", mark, "3"])[0] == mark


def test_a_digit_read_as_another_is_doubted_and_the_count_goes_on_behind_it() -> None:
    assert doubted(["1", "2", "8", "4", "5"]) == ["8"]
    assert doubted(["7)", "8)", "3)", "10)"]) == ["3)"]


def test_a_stroke_right_behind_a_roman_numeral_is_doubted() -> None:
    assert doubted(["I", "I", "2", "II", "l", "2"], "PKKPKK") == ["I", "l"]
    assert doubted(["A", "I", "1", "B", "I", "1"], "PKKPKK") == []


@pytest.mark.parametrize(
    ("numbers", "levels"),
    [
        (["I", "1", "2", "II", "1", "2"], "PKKPKK"),
        (["1", "1", "1)", "2)", "2", "3)", "2", "3"], "PKSSKSPK"),
        (["A", "1.", "2.", "JUMLAH", "B", "1."], "PKKPPK"),
        (["1.1", "1.2", "2.1"], "SSS"),
        (["4", "5"], "SS"),
        (["1", "2", "3", "1", "2", "1", "4", "1", "5"], "K" * 9),
        (["1.", "a.", "b.", "2.", "(1)", "(2)"], "PKKPSS"),
    ],
)
def test_counts_of_an_outline_go_on_or_begin_again(numbers: list[str], levels: str) -> None:
    assert doubted(numbers, levels) == []


def test_typed_numbers_are_as_typed() -> None:
    assert doubted(["1", "- 2", "9"], recognised=False) == []
