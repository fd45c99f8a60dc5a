"""One logical row of a table body: the printed cells of each field, before they are typed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.model import Cell
from normalize.model import Tingkat


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A printed cell and the page it stands on."""

    page: int
    cell: Cell
    is_drawn: bool = True
    """Whether rulings draw it; without them its place follows from the positions of words."""


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One logical row: the printed cells of each field, several when a page break or sub-columns split it."""

    page: int
    fields: dict[str, tuple[PlacedCell, ...]]
    spanning: bool
    """Whether a cell runs over several columns, as group and total rows do."""
    level: Tingkat | None = None
    """The level its name's column is headed by; None where one column holds the names of all levels."""

    @property
    def bold(self) -> bool:
        """Whether all its text is bold."""
        cells = [placed.cell for cells in self.fields.values() for placed in cells if placed.cell.lines]
        return bool(cells) and all(cell.bold for cell in cells)


def joined(upper: BodyRow, lower: BodyRow) -> BodyRow:
    """Return one row of two: the cells of the lower one behind those of the upper one, field by field."""
    fields = {key: (*upper.fields.get(key, ()), *lower.fields.get(key, ())) for key in {**upper.fields, **lower.fields}}
    return replace(upper, fields=fields, spanning=upper.spanning or lower.spanning)
