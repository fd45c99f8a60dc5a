"""Records of a long document, which wait on disk between the stages that go through them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from extract.line_codec import from_bytes, to_bytes
from extract.model import BBox
from extract.shelf import Run, Shelf
from normalize.model import Record, Source, Tingkat, Value

BLOCK = 32
"""Records that are put on disk together: about 100 KB in memory."""
BLOCKS_AT_HAND = 32
"""Blocks held in memory: more records than most tables have."""


def record_shelf(*, at_hand: int = BLOCKS_AT_HAND) -> Shelf[Record]:
    """Return an empty shelf for the records of one document."""
    return Shelf(block=BLOCK, at_hand=at_hand, pack=_pack, unpack=_unpack)


def rewritten(records: Sequence[Record], changed: Iterable[Record]) -> Sequence[Record]:
    """Return what the records of a table became, kept as those are: on their shelf or in memory."""
    return records.rewritten(changed) if isinstance(records, Run) else tuple(changed)


def _pack(records: list[Record]) -> bytes:
    return to_bytes(
        (
            record.tingkat.value, record.page, record.confidence, record.bold, list(record.values),
            [_plain(value) for value in record.values.values()],
        )
        for record in records
    )  # fmt: skip


def _plain(value: Value) -> tuple[Any, ...]:
    return (
        value.raw,
        value.text,
        None if value.number is None else str(value.number),
        value.unit,
        value.rule,
        value.confidence,
        [str(number) for number in value.alternatives],
        [(source.page, box.x0, box.top, box.x1, box.bottom) for source in value.sources for box in (source.bbox,)],
    )


def _unpack(data: bytes) -> list[Record]:
    return [
        Record(dict(zip(keys, map(_value, values), strict=True)), Tingkat(tingkat), page, confidence, bold)
        for tingkat, page, confidence, bold, keys, values in from_bytes(data)
    ]


def _value(plain: tuple[Any, ...]) -> Value:
    raw, text, number, unit, rule, confidence, alternatives, sources = plain
    return Value(
        raw,
        text,
        None if number is None else Decimal(number),
        unit,
        rule,
        confidence,
        tuple(map(Decimal, alternatives)),
        tuple([Source(page, BBox(x0, top, x1, bottom)) for page, x0, top, x1, bottom in sources]),
    )
