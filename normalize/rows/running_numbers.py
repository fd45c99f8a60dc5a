"""Running numbers of recognised print that cannot be right: dirt beside a figure, a digit read as another.

Nothing is proved by a running number, so nothing else notices a wrong one. A number is held against its own column: it
begins a count or goes on from a number of the same style above it. Its text is kept: only the page can tell.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from normalize.model import Record, Tingkat
from normalize.rows.draft_row import DraftRow
from normalize.rows.recognised import RecognitionDoubt
from normalize.rows.values import Doubt

BROKEN = "nomor urut tidak bersambung dengan yang di atasnya"
_ORDINAL = re.compile(r"\(?(?:\d{1,3}|[IVXLC]{1,7}|[A-Za-z]{1,2})[.)]*|[A-Z\d]{1,3}(?:\.[A-Za-z\d]{1,4})+[.)]?")
_WORD = re.compile(r"[^\W\d_]{3}")
"""A label such as ``JUMLAH`` may stand where numbers do."""
_ROMAN = re.compile(r"\(?[IVX]{1,5}[.)]*")
_STROKE = re.compile(r"\(?([Ili])[.)]*")
_COUNTED = re.compile(r"(\(?)(\d{1,3})([.)]*)")


def doubtful_numbers(key: str, rows: Sequence[DraftRow], records: Sequence[Record]) -> Iterator[tuple[int, Doubt]]:
    """Yield the index of each record whose running number ``key`` is none or breaks its count, and the doubt about it.

    A count may go on through the levels of an outline or begin again under each, and be taken up again behind another;
    one that skips is doubted at the number behind the gap, where a record may be lost too. Two levels, one below the
    other, are never both numbered in Roman: an ``I`` right behind a Roman numeral may be a 1.
    """
    above = ""
    counts: defaultdict[tuple[str, str], dict[Tingkat, set[int]]] = defaultdict(dict)
    for index, (row, record) in enumerate(zip(rows, records, strict=True)):
        field = row.fields.get(key)
        value = record.values.get(key)
        if field is None or value is None or _WORD.search(value.text):
            continue
        text = " ".join(value.text.split())
        if field.recognised and not _ORDINAL.fullmatch(text):
            yield index, Doubt(key, str(RecognitionDoubt.UNSURE), "bukan nomor urut")
            continue
        behind, above = above, text
        if field.recognised and (stroke := _STROKE.fullmatch(text)) and _ROMAN.fullmatch(behind):
            yield index, Doubt(key, str(RecognitionDoubt.UNSURE), "I mungkin 1")
            text = text.replace(stroke[1], "1")
        if (found := _COUNTED.fullmatch(text)) is None:
            continue
        number, reached = int(found[2]), counts[found[1], found[3]]
        here = reached.setdefault(record.tingkat, set())
        goes_on = number == 1 or not any(reached.values()) or any(number - 1 in last for last in reached.values())
        if not goes_on:
            if field.recognised:
                yield index, Doubt(key, str(RecognitionDoubt.UNSURE), BROKEN)
            # Where only a digit was misread, the number that should stand here goes on too.
            here |= {last + 1 for last in here}
        here.discard(number - 1)
        here.add(number)
