"""Whether a grid without a header of its own may be the rest of a table: by what its cells hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extract.model import Grid
from normalize.form import Kind
from normalize.headers.columns import LooksLike
from normalize.headers.header import Header, rows_of
from normalize.levels import is_total_label
from normalize.tables.stitched import StitchedTable

MIN_FITTING_SHARE = 0.5
"""Share of cells of a number column that must read as numbers, and of number columns where they do."""


def adds_up(grid: Grid, keys: Sequence[str], table: StitchedTable) -> bool:
    """Say whether the grid is nothing but total rows: a label merged over columns and amounts under amounts."""
    amounts = {column.key for column in table.columns if column.kind is Kind.RUPIAH}
    rows = rows_of(grid)
    return all(
        any(is_total_label(cell.text) for cell in row)
        and any(cell.lines and cell.column_span == 1 and keys[cell.column] in amounts for cell in row)
        for row in rows
    )


def fits(grid: Grid, header: Header, keys: Sequence[str], table: StitchedTable, looks_like: LooksLike) -> bool:
    """Say whether the cells of a headerless grid hold what the columns it aligns with hold."""
    kinds = {column.key: column.kind for column in table.columns if column.kind.is_number}
    printed: Counter[str] = Counter()
    fitting: Counter[str] = Counter()
    for cell in grid.cells:
        key = keys[cell.column]
        if key not in kinds or not cell.lines or keys[cell.column + cell.column_span - 1] != key:
            continue
        if cell.row >= header.rows:
            printed[key] += 1
            fitting[key] += kinds[key] in looks_like(cell.text) or any(map(str.isdigit, cell.text))
    misfits = sum(fitting[key] < MIN_FITTING_SHARE * printed[key] for key in printed)
    return not misfits or misfits < MIN_FITTING_SHARE * len(printed)
