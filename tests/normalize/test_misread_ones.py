"""Ones read as strokes are ones where only figures can stand, and nowhere else."""

from __future__ import annotations

import pytest

from extract.model import BBox
from normalize.model import Record, Source, Tingkat, Value
from normalize.rows.draft_row import DraftField, DraftRow
from normalize.rows.misread_ones import numbers_of_strokes, quantity_of_strokes


@pytest.mark.parametrize(
    ("read", "meant"),
    [("I laporan", "1 laporan"), ("III", "111"), ("l%", "1%"), ("12 orang", ""), ("Indeks", ""), ("A", ""), ("", "")],
)
def test_a_quantity_begins_with_figures(read: str, meant: str) -> None:
    assert quantity_of_strokes(read) == meant


def settled(numbers: str, *, recognised: bool = True) -> str:
    """Return the running numbers of sub kegiatan as they are told, parted by spaces."""
    source = (Source(1, BBox(0, 0, 1, 1)),)
    texts = numbers.split()
    rows = [
        DraftRow(
            page=1,
            fields={"no": DraftField(text, text, 0.9, source, recognised)},
            spanning=False,
            level=None,
            bold=False,
        )
        for text in texts
    ]
    records = [Record({"no": Value(text, text, sources=source)}, Tingkat.SUB_KEGIATAN, 1, 0.9) for text in texts]
    for index, value in numbers_of_strokes("no", rows, records):
        assert value.confidence < 0.9
        texts[index] = value.text
    return " ".join(texts)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("I 2 3", "1 2 3"),
        ("I. 2. I. 2.", "1. 2. 1. 2."),
        ("9 10 II 12", "9 10 11 12"),
        ("I II III", "I II III"),
        ("I II 3", "I II 3"),
        ("I I", "I I"),
        ("I V 3", "I V 3"),
        ("a I 3", "a 1 3"),
    ],
)
def test_one_level_is_numbered_in_figures_or_in_roman_numerals(read: str, meant: str) -> None:
    assert settled(read) == meant


def test_typed_numbers_are_as_typed() -> None:
    assert settled("I 2 3", recognised=False) == "I 2 3"
