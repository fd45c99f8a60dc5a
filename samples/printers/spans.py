"""Row and column spans of a table's body, for printers that set tables themselves (HTML, OpenDocument)."""

from __future__ import annotations

from dataclasses import dataclass

from samples.content.model import SampleTable, printed_cells


@dataclass(frozen=True, slots=True)
class BodyCell:
    """One body cell on the grid of physical columns."""

    text: str
    column: int
    row_span: int
    column_span: int
    align: str
    bold: bool


def body_cells(table: SampleTable, index: int) -> list[BodyCell]:
    """Return the cells that start in row ``index``; positions covered by a span from above or the left are left out."""
    row = table.rows[index]
    texts = printed_cells(table, row)
    cells = []
    covered = -1
    for column, slot in enumerate(table.slots):
        if column <= covered or slot.key in row.merged_up:
            continue
        span = row.wide.get(slot.name, 1)
        covered = column + span - 1
        under = [texts[other.name] for other in table.slots[column : column + span]]
        text = next((candidate for candidate in under if candidate), "")
        cells.append(BodyCell(text, column, _row_span(table, index, slot.key), span, slot.align, row.bold))
    return cells


def _row_span(table: SampleTable, index: int, key: str) -> int:
    span = 1
    while index + span < len(table.rows) and key in table.rows[index + span].merged_up:
        span += 1
    return span
