"""Two or more records in one printed row, because nobody drew the rule between them or they were typed in one cell.

The number or the code that opens each record is its anchor. A row is split only where every field that goes on has a
line beside each anchor, further from the lines above than lines of one text are, and every number stays whole. Any
other row stays one record, and the numbers in it are flagged by the number grammar.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.model import Line
from normalize.codes import parse_code
from normalize.form import Kind, TableForm
from normalize.numbers.read import read_number
from normalize.rows.body_row import BodyRow, PlacedCell

BESIDE = 0.5
"""Line heights by which a line may stand off the anchor whose record it opens."""
EXTRA_GAP = 0.15
"""Line heights by which the gap between records exceeds the gap between lines of one text."""

_ORDINAL = re.compile(r"(?:\d{1,3}|[A-Z]|[IVX]{1,5})[.)]?|[a-z][.)]|\(\d{1,3}\)")

Slices = tuple[tuple[Line, ...], ...]
"""The lines of a field, one group a record."""


def split_typed_together(row: BodyRow, kinds: Mapping[str, Kind], form: TableForm) -> tuple[BodyRow, ...]:
    """Return the records of a row, usually the row itself."""
    if row.spanning or any(len(cells) != 1 for cells in row.fields.values()):
        return (row,)
    for key in (form.code_column, form.number_column):
        anchors = _anchors(row.fields.get(key, ()), is_code=key == form.code_column)
        if not anchors:
            continue
        slices = {name: _slice(cells[0].cell.lines, anchors) for name, cells in row.fields.items()}
        if all(map(_stands_apart, slices.values(), itertools.repeat(anchors))) and _numbers_whole(slices, kinds):
            return tuple(_record(row, slices, number) for number in range(len(anchors)))
    return (row,)


def _anchors(cells: Sequence[PlacedCell], *, is_code: bool) -> tuple[Line, ...]:
    """Return the lines of an identity field when each is a whole code or an ordinal of its own, else none."""
    lines = cells[0].cell.lines if cells else ()
    texts = [" ".join(line.text.split()) for line in lines]
    if len(lines) < 2 or len(set(texts)) < len(texts):
        return ()
    if is_code:
        if parse_code(" ".join(texts)) is not None:  # one code, wrapped: 1.05.01 over 2.01
            return ()
        codes = [parse_code(text) for text in texts]
        return lines if all(code is not None and code.level is not None for code in codes) else ()
    return lines if all(map(_ORDINAL.fullmatch, texts)) else ()


def _slice(lines: Sequence[Line], anchors: Sequence[Line]) -> Slices:
    """Return the lines of a field by the anchor they stand beside or below."""
    groups: list[list[Line]] = [[] for _ in anchors]
    for line in lines:
        slack = BESIDE * line.bbox.height
        above = [number for number, anchor in enumerate(anchors) if anchor.bbox.top <= line.bbox.top + slack]
        groups[above[-1] if above else 0].append(line)
    return tuple(tuple(group) for group in groups)


def _stands_apart(slices: Slices, anchors: Sequence[Line]) -> bool:
    """Say whether the field's records begin beside their anchors and are further apart than the lines within them."""
    for lines, anchor in zip(slices, anchors, strict=True):
        if lines and abs(lines[0].bbox.top - anchor.bbox.top) > BESIDE * lines[0].bbox.height:
            return False
    within = [lower.bbox.top - upper.bbox.bottom for lines in slices for upper, lower in itertools.pairwise(lines)]
    printed = [lines for lines in slices if lines]
    between = [lower[0].bbox.top - upper[-1].bbox.bottom for upper, lower in itertools.pairwise(printed)]
    return not within or not between or min(between) > max(within) + EXTRA_GAP * printed[0][0].bbox.height


def _numbers_whole(slices: Mapping[str, Slices], kinds: Mapping[str, Kind]) -> bool:
    """Say whether each record's numbers are whole, and a number or quantity stands in every record."""
    proved: set[int] = set()
    for key, groups in slices.items():
        for number, lines in enumerate(groups):
            text = "\n".join(line.text for line in lines)
            if not text:
                continue
            if kinds[key].is_number:
                reading = read_number(text, kinds[key], None)
                if reading.problem or not (reading.nil or reading.value is not None):
                    return False
            if any(map(str.isdigit, text)) and (kinds[key] is Kind.KUANTITAS or kinds[key].is_number):
                proved.add(number)
    return len(proved) == len(next(iter(slices.values())))


def _record(row: BodyRow, slices: Mapping[str, Slices], number: int) -> BodyRow:
    fields: dict[str, tuple[PlacedCell, ...]] = {}
    for key, groups in slices.items():
        lines = groups[number]
        if lines:
            placed = row.fields[key][0]
            box = replace(placed.cell.bbox, top=lines[0].bbox.top, bottom=lines[-1].bbox.bottom)
            fields[key] = (replace(placed, cell=replace(placed.cell, lines=lines, bbox=box)),)
    return replace(row, fields=fields)
