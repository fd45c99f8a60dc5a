"""Two or more records typed into one printed row, told apart line by line.

Only a row whose every field splits into the same number of lines, with a whole code or a whole amount on each, is
split; any other stays one record, and the numbers in it are flagged by the number grammar.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from normalize.codes import parse_code
from normalize.form import Kind, TableForm
from normalize.model import Tingkat
from normalize.numbers import read_number
from normalize.rows import BodyRow, PlacedCell


def split_typed_together(row: BodyRow, kinds: Mapping[str, Kind], form: TableForm) -> tuple[BodyRow, ...]:
    """Return the records of a row, usually the row itself."""
    coded = row.fields.get(form.code_column, ())
    if len(coded) != 1 or len(coded[0].cell.lines) < 2:
        return (row,)
    count = len(coded[0].cell.lines)
    if row.spanning or any(len(cells) != 1 or len(cells[0].cell.lines) != count for cells in row.fields.values()):
        return (row,)
    if not all(_is_whole(key, cells, kinds, form) for key, cells in row.fields.items()):
        return (row,)
    codes = [parse_code(line.text) for line in coded[0].cell.lines]
    if not any(kinds[key].is_number for key in row.fields) and any(
        code is None or code.level is not Tingkat.SUB_KEGIATAN for code in codes
    ):  # a wrapped code may look like two: 1.05.01 over 2.01
        return (row,)
    return tuple(
        BodyRow(row.page, {key: (_line_of(cells[0], n),) for key, cells in row.fields.items()}, spanning=False)
        for n in range(count)
    )


def _is_whole(key: str, cells: Sequence[PlacedCell], kinds: Mapping[str, Kind], form: TableForm) -> bool:
    """Say whether each line of a code or number field is one whole value; other fields prove nothing."""
    texts = [line.text for line in cells[0].cell.lines]
    if key == form.code_column:
        codes = [parse_code(text) for text in texts]
        levels = {code.level if code is not None else None for code in codes}
        return None not in levels and len({code.text for code in codes if code is not None}) == len(texts)
    if kinds[key].is_number:
        readings = [read_number(text, kinds[key], None) for text in texts]
        return all(reading.nil or reading.value is not None for reading in readings)
    return True


def _line_of(placed: PlacedCell, number: int) -> PlacedCell:
    cell = placed.cell
    line = cell.lines[number]
    box = replace(cell.bbox, top=line.bbox.top, bottom=line.bbox.bottom)
    return PlacedCell(placed.page, replace(cell, lines=(line,), bbox=box))
