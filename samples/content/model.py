"""A table before it is printed: the header as drawn, the rows, and the exact truth of every record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

WHOLE = -1
SPACED = -2
"""Slot part: the whole code in one cell, its segments separated by spaces (``2 07 01 2.01 0001``)."""


class Kind(StrEnum):
    """What the cells of a column hold; the scorer compares numbers as decimals and the rest as text."""

    TEXT = "text"
    QUANTITY = "quantity"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """One logical column of the truth."""

    key: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Slot:
    """One physical column as drawn: which part of which logical column it shows, how wide, how aligned."""

    key: str
    weight: float = 1.0
    align: str = "left"
    part: int = WHOLE
    """Index of the code segment it shows, :data:`WHOLE` for the whole text, :data:`SPACED` for a code with spaces."""
    parts: int = 5
    """5 keeps ``2.01`` of a kegiatan in one segment, 6 cuts it in two."""

    @property
    def name(self) -> str:
        """Key of the printed cell; differs from :attr:`key` when a code is spread over several columns."""
        return self.key if self.part < 0 else f"{self.key}.{self.part}"


@dataclass(frozen=True, slots=True)
class Head:
    """One header cell with what stands under it: more header cells, or physical columns."""

    text: str
    under: tuple[Head, ...] = ()
    slots: tuple[Slot, ...] = ()

    @property
    def width(self) -> int:
        """Number of physical columns it covers."""
        return len(self.slots) or sum(child.width for child in self.under)

    @property
    def depth(self) -> int:
        """Number of header rows it needs."""
        return 1 + max((child.depth for child in self.under), default=0)

    def leaves(self) -> Iterator[Slot]:
        """Yield its physical columns, left to right."""
        yield from self.slots
        for child in self.under:
            yield from child.leaves()


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A header cell placed on the grid, 0-based."""

    text: str
    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its level, its cells as printed, its numbers, and how the row is drawn."""

    level: str
    cells: Mapping[str, str]
    values: Mapping[str, Decimal | None] = field(default_factory=dict)
    bold: bool = False
    merged_up: frozenset[str] = frozenset()
    """Columns whose cell is one with the cell above (drawn without text here, blank in the truth)."""
    wide: Mapping[str, int] = field(default_factory=dict)
    """Printed cells that reach over so many physical columns, keyed by the name of the first one."""
    glued: bool = False
    """No rule is drawn between this row and the one above, as if both had been typed into one row."""
    code_shift: int = 0
    """A code spread over several columns starts so many columns to the right."""


@dataclass(frozen=True, slots=True)
class SampleTable:
    """One logical table, ready for any printer."""

    key: str
    caption: tuple[str, ...]
    """Lines above the table, centred; the first holds the label."""
    notes: tuple[str, ...]
    """Lines between caption and table, left (agency, unit)."""
    heads: tuple[Head, ...]
    numbering: tuple[tuple[str, int], ...]
    """Texts of the numbering row with the physical columns each covers; empty when none is printed."""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Physical columns, left to right."""
        return tuple(slot for head in self.heads for slot in head.leaves())

    @property
    def head_rows(self) -> int:
        """Header rows without the numbering row."""
        return max(head.depth for head in self.heads)

    def head_cells(self) -> list[HeadCell]:
        """Place the header cells on the grid, the numbering row included as the last header row."""
        placed: list[HeadCell] = []
        column = 0
        for head in self.heads:
            _place(head, 0, column, self.head_rows, placed)
            column += head.width
        column = 0
        for text, span in self.numbering:
            placed.append(HeadCell(text, self.head_rows, column, 1, span))
            column += span
        return placed


def _place(head: Head, row: int, column: int, rows: int, placed: list[HeadCell]) -> None:
    own_rows = rows - row if not head.under else rows - row - max(child.depth for child in head.under)
    if not head.under or own_rows < 1:
        own_rows = max(own_rows, 1)
    placed.append(HeadCell(head.text, row, column, own_rows, head.width))
    for child in head.under:
        _place(child, row + own_rows, column, rows, placed)
        column += child.width


def printed_cells(table: SampleTable, row: Row) -> dict[str, str]:
    """Return the text of every physical cell of a row; a spread code is cut into its segments."""
    printed: dict[str, str] = {}
    for slot in table.slots:
        text = row.cells.get(slot.key, "")
        if slot.part == SPACED and row.level != "total":
            text = " ".join(code_segments(text))
        elif slot.part >= 0:
            segments = [""] * row.code_shift + code_segments(text, slot.parts)
            text = segments[slot.part] if slot.part < len(segments) else ""
        printed[slot.name] = text
    return printed


def code_segments(code: str, parts: int = 5) -> list[str]:
    """Cut ``2.07.01.2.01.0001`` into ``2 07 01 2.01 0001``; with 6 parts the kegiatan number is cut too."""
    pieces = code.split(".") if code else []
    if len(pieces) < 5 or parts > 5:
        return pieces
    return [*pieces[:3], ".".join(pieces[3:5]), *pieces[5:]]
