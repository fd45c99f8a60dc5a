"""Tables of no known kind, cell by cell as printed, for readers who want them all the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from export.csv_profile import CsvProfile, render_csv
from extract.model import Grid, PageContent
from normalize.model import UnknownTable


def render_raw_tables(
    unknown: Iterable[UnknownTable], contents: Iterable[PageContent], profile: CsvProfile
) -> Mapping[str, bytes]:
    """Return one CSV per unknown table, named by page and its order there; a spanning cell fills its first place.

    The header row numbers the columns, since what the table's own header is nobody has declared.
    """
    grids = {(grid.page, grid.bbox): grid for content in contents for grid in content.grids}
    counts: dict[int, int] = {}
    files: dict[str, bytes] = {}
    for table in unknown:
        grid = grids.get((table.page, table.bbox))
        if grid is None:
            continue
        counts[table.page] = counts.get(table.page, 0) + 1
        header = [f"kolom_{number}" for number in range(1, grid.columns + 1)]
        files[f"mentah_h{table.page}_{counts[table.page]}.csv"] = render_csv(header, _texts(grid), profile)
    return files


def _texts(grid: Grid) -> list[list[str]]:
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = cell.text
    return rows
