"""Ones that a recogniser read as upright strokes, ``I`` or ``l``: only what stands around them tells.

In a column of quantities no roman numeral is printed; in the running numbers of one level of an outline either
figures are or roman numerals, never both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from normalize.model import Record, Tingkat, Value
from normalize.rows.draft_row import DraftRow

ONES_SURE = 0.6
"""Confidence of a figure read from strokes."""
_STROKES = r"[Il|i!]{1,3}"
_LEADING = re.compile(rf"{_STROKES}(?=\s|%|$)")
_NUMBER = re.compile(rf"(\(?)({_STROKES})([.)]?)")
_ROMAN = re.compile(r"\(?(?:II|III|[IVX]*[VX][IVX]*)[.)]?")


def quantity_of_strokes(text: str) -> str:
    """Return a quantity with the strokes it begins with as ones (``I laporan``); empty when it begins otherwise."""
    found = _LEADING.match(text)
    return "1" * len(found[0]) + text[found.end() :] if found else ""


def numbers_of_strokes(key: str, rows: Sequence[DraftRow], records: Sequence[Record]) -> Iterator[tuple[int, Value]]:
    """Yield the index of each record whose running number ``key`` is strokes that are ones, and the value meant."""
    for level in Tingkat:
        numbered = [index for index, record in enumerate(records) if record.tingkat is level and key in record.values]
        texts = [records[index].values[key].text for index in numbered]
        counted = sum(text.strip("().").isdigit() for text in texts)
        if counted <= sum(_ROMAN.fullmatch(text) is not None for text in texts):
            continue
        for index, text in zip(numbered, texts, strict=True):
            found = _NUMBER.fullmatch(text)
            if found and rows[index].fields[key].recognised:
                value = records[index].values[key]
                meant = f"{found[1]}{'1' * len(found[2])}{found[3]}"
                yield index, replace(value, text=meant, confidence=min(value.confidence, ONES_SURE))
