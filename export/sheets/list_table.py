"""A sheet that is one list as an Excel table, to sort and filter."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from export.sheets.styles import Styles


def add_list_table(
    sheet: Worksheet, name: str, titles: Sequence[str], styles: Styles, *, header_row: int, rows: int
) -> None:
    """Make the list below ``header_row`` the table ``name``; the sheet holds no other table and no merged cells."""
    # XlsxWriter notes every cell of a table to find tables that overlap: 28 MB for a document of a thousand pages.
    sheet.table_cells = _NothingNoted()
    columns = [{"header": title, "header_format": styles.list_header()} for title in titles]
    look = {"name": name, "style": "Table Style Light 1", "columns": columns}
    sheet.add_table(header_row, 0, header_row + rows, len(titles) - 1, look)


class _NothingNoted(dict[tuple[int, int], str]):
    """A register that stays empty."""

    def __setitem__(self, place: tuple[int, int], cells: str) -> None:
        """Forget the entry."""
