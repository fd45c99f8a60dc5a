"""The header of a table as printed: cells with spans that tile the header rows exactly once."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.model import HeaderCell, Table


def header_cells(table: Table) -> tuple[HeaderCell, ...]:
    """Return the printed header, sorted by position.

    Without a printed one, it is built from the columns' header paths. Cells that reach outside the table or over
    each other (a damaged header) are cut to what is free, and no text is lost.
    """
    printed = [
        cell
        for cell in table.header
        if cell.text.strip() and cell.row < table.header_rows and cell.column < len(table.columns)
    ]
    if not printed:
        return tuple(_from_paths(table))
    return tuple(_tiled(printed, table))


def header_rows(table: Table) -> int:
    """Return how many rows the header takes (at least one)."""
    if table.header and table.header_rows:
        return table.header_rows
    return max((len(column.header_path) for column in table.columns), default=1) or 1


def numbering_row(table: Table) -> tuple[str, ...]:
    """Return the numbering (``1``, ``12 = 8+9+10+11``) column by column, empty when the header shows it or none is."""
    texts = tuple(column.numbering for column in table.columns)
    return texts if any(texts) and numbering_header_row(table) is None else ()


def numbering_header_row(table: Table) -> int | None:
    """Return the row of the printed header that is the numbering, if the header holds it."""
    numbers = {column.numbering for column in table.columns if column.numbering}
    if not numbers:
        return None
    for row in range(table.header_rows):
        if numbers <= {cell.text for cell in table.header if cell.row == row}:
            return row
    return None


def _tiled(cells: list[HeaderCell], table: Table) -> Iterator[HeaderCell]:
    rows, columns = header_rows(table), len(table.columns)
    owner: dict[tuple[int, int], int] = {}
    placed: list[HeaderCell] = []
    for cell in sorted(cells, key=lambda c: (c.row, c.column)):
        start = (cell.row, cell.column)
        if start in owner:  # two cells claim one place: keep both texts
            first = placed[owner[start]]
            text = "\n".join(part for part in (first.text, cell.text) if part)
            placed[owner[start]] = HeaderCell(text, first.row, first.column, first.row_span, first.column_span)
            continue
        width = _free(owner, [(cell.row, c) for c in range(cell.column, min(columns, cell.column + cell.column_span))])
        height = 1
        while height < min(cell.row_span, rows - cell.row) and not any(
            (cell.row + height, c) in owner for c in range(cell.column, cell.column + width)
        ):
            height += 1
        for row in range(cell.row, cell.row + height):
            for column in range(cell.column, cell.column + width):
                owner[row, column] = len(placed)
        placed.append(HeaderCell(cell.text, cell.row, cell.column, height, width))
    placed.extend(_headings_of_gaps(table, placed, owner))
    placed = [_grown(cell, owner, rows) for cell in placed]
    gaps = [(row, column) for row in range(rows) for column in range(columns) if (row, column) not in owner]
    placed.extend(HeaderCell("", row, column, 1, 1) for row, column in gaps)
    yield from sorted(placed, key=lambda c: (c.row, c.column))


def _headings_of_gaps(
    table: Table, placed: list[HeaderCell], owner: dict[tuple[int, int], int]
) -> Iterator[HeaderCell]:
    """Fill places no printed cell claims with what their column's header path still wants said.

    A group heading has no place of its own when its columns do not stand side by side, as when one of them is of
    no declared kind and stands last.
    """
    for row in range(header_rows(table)):
        column = 0
        while column < len(table.columns):
            text = _unsaid(table, placed, owner, row, column)
            end = column + 1
            while text and end < len(table.columns) and _unsaid(table, placed, owner, row, end) == text:
                end += 1
            if text:
                owner.update(dict.fromkeys(((row, place) for place in range(column, end)), -1))
                yield HeaderCell(text, row, column, 1, end - column)
            column = end


def _unsaid(table: Table, placed: list[HeaderCell], owner: dict[tuple[int, int], int], row: int, column: int) -> str:
    """Return the next part of a column's header path that no cell above or below the gap shows."""
    if (row, column) in owner:
        return ""
    shown = {" ".join(cell.text.split()) for cell in placed if cell.column <= column < cell.column + cell.column_span}
    gaps_above = sum((above, column) not in owner for above in range(row))
    missing = [part for part in table.columns[column].header_path if part and " ".join(part.split()) not in shown]
    return missing[gaps_above] if gaps_above < len(missing) else ""


def _grown(cell: HeaderCell, owner: dict[tuple[int, int], int], rows: int) -> HeaderCell:
    """Let a cell reach down over places no cell claims, so that no empty boxes stand below a heading."""
    height = cell.row_span
    columns = range(cell.column, cell.column + cell.column_span)
    while cell.row + height < rows and not any((cell.row + height, column) in owner for column in columns):
        owner.update(dict.fromkeys(((cell.row + height, column) for column in columns), -1))
        height += 1
    return HeaderCell(cell.text, cell.row, cell.column, height, cell.column_span)


def _free(owner: dict[tuple[int, int], int], places: list[tuple[int, int]]) -> int:
    """Count the places from the first one up to one that is taken."""
    count = 0
    for place in places:
        if place in owner:
            break
        count += 1
    return count


def _from_paths(table: Table) -> Iterator[HeaderCell]:
    """Build a header from header paths: equal neighbours share a cell, a leaf reaches down to the last row."""
    rows = header_rows(table)
    paths = [column.header_path or (column.title,) for column in table.columns]
    for row in range(rows):
        start = 0
        while start < len(paths):
            path = paths[start]
            if row >= len(path):  # covered by the leaf above
                start += 1
                continue
            leaf = row == len(path) - 1
            end = start + 1
            while (
                not leaf and end < len(paths) and len(paths[end]) > row + 1 and paths[end][: row + 1] == path[: row + 1]
            ):
                end += 1
            yield HeaderCell(path[row], row, start, rows - row if leaf else 1, end - start)
            start = end
