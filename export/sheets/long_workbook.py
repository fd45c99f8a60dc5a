"""A workbook whose cells are packed until they are written: a long document has half a million of them."""

from __future__ import annotations

import marshal
import zlib
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

ROWS_AT_HAND = 64
"""Rows of a sheet that are held unpacked."""
FAST = 1
"""Effort of compression: most of what can be saved, in a tenth of the time."""

Row = dict[int, Any]
"""XlsxWriter's cells of one row, by column: named tuples, one field of which is the format."""


class LongWorkbook(Workbook):  # type: ignore[misc] # XlsxWriter is untyped to mypy
    """A workbook in which only the sheet in work holds its cells."""

    def add_worksheet(self, name: str | None = None, worksheet_class: type[Worksheet] | None = None) -> Worksheet:
        """Add a sheet; the cells of the one before it are packed."""
        for sheet in self.worksheets()[-1:]:
            if isinstance(sheet, _PackedSheet):
                sheet.table.put_away()
        return super().add_worksheet(name, worksheet_class or _PackedSheet)


class _PackedSheet(Worksheet):  # type: ignore[misc] # as above
    """A sheet that fetches a row's cells when they are written or gone through."""

    def __init__(self) -> None:
        super().__init__()
        self.table = _PackedRows()

    def _assemble_xml_file(self) -> None:
        super()._assemble_xml_file()
        self.table = _PackedRows()  # they are in the file now


class _PackedRows(dict[int, Row]):
    """Stands for the rows of a sheet, which XlsxWriter keeps in a plain dictionary; those it last used are in it."""

    def __init__(self) -> None:
        super().__init__()
        self._packed: dict[int, bytes] = {}
        self._block_of: dict[int, int] = {}
        """Number of the packed block a row lies in."""
        self._blocks = 0
        self._formats: dict[Format | None, int] = {}
        self._kinds: dict[Any, int] = {}

    def __contains__(self, row: object) -> bool:
        return super().__contains__(row) or row in self._block_of

    def __missing__(self, row: int) -> Row:
        if len(self) >= ROWS_AT_HAND:
            self.put_away()
        if row in self._block_of:
            self._fetch(self._block_of[row])
        else:
            self[row] = {}
        return self[row]

    def put_away(self) -> None:
        """Pack all rows that are at hand."""
        if not self:
            return
        rows = [(row, [(column, *self._plain(cell)) for column, cell in cells.items()]) for row, cells in self.items()]
        self._packed[self._blocks] = zlib.compress(marshal.dumps(rows), FAST)
        self._block_of.update(dict.fromkeys(self, self._blocks))
        self._blocks += 1
        self.clear()

    def _plain(self, cell: Any) -> tuple[Any, ...]:  # noqa: ANN401 - one of XlsxWriter's named tuples
        """Return the number of its kind, the place of its format, and its fields with a number for the format."""
        kind = self._kinds.setdefault(type(cell), len(self._kinds))
        look = self._formats.setdefault(cell.format, len(self._formats))
        at = int(len(cell) > 1)  # a blank cell has nothing but its format
        return kind, at, *cell[:at], look, *cell[at + 1 :]

    def _fetch(self, block: int) -> None:
        makers, formats = [kind._make for kind in self._kinds], list(self._formats)
        rows = marshal.loads(zlib.decompress(self._packed.pop(block)))  # noqa: S302 - our own bytes
        for row, cells in rows:
            del self._block_of[row]
            self[row] = {
                column: makers[kind]([*fields[:at], formats[fields[at]], *fields[at + 1 :]])
                for column, kind, at, *fields in cells
            }
