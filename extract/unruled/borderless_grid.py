"""The grid of a block of text in columns: a head of one or two rows, then one row an entry."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.grids.text_rows import ROW_GAP_SHARE, TextLine, cuts_before, is_counter, is_entry, is_number
from extract.model import BBox, Cell, Grid, GridMethod, Word
from extract.unruled.borderless_blocks import Block
from extract.unruled.chunks import COLUMN_GAP_EMS, Chunk, ChunkLine, chunk_line

MIN_FIGURES = 3
"""Fewer figures or running numbers in a column say nothing about rows."""
NAME_COLUMNS = 2
"""A record has its number or its name in one of the first columns."""

Title = tuple[int, int, BBox]
"""A head title over several columns: first column, number of columns, box."""


def text_lines_of(block: Block) -> list[TextLine]:
    """Return the block's lines cut into its columns."""
    lines = []
    for line in block.lines:
        columns: list[list[Word]] = [[] for _ in pairwise(block.x_edges)]
        for chunk in _fine_chunks(line):
            if any(chunk.crosses(x) for x in block.x_edges[1:-1]):
                columns[sum(edge <= chunk.bbox.center_x for edge in block.x_edges[1:-1])].extend(chunk.words)
            else:
                for word in chunk.words:
                    columns[sum(edge <= word.bbox.center_x for edge in block.x_edges[1:-1])].append(word)
        lines.append(TextLine(line.top, line.bottom, tuple(tuple(column) for column in columns)))
    return lines


def entry_lines(lines: Sequence[TextLine], figures: Sequence[int]) -> list[int]:
    """Return the lines on which rows have their entries.

    ``figures`` are the columns of figures; where there are none, a line with most columns filled is an entry.
    """
    counted = {n for n, line in enumerate(lines) if line.columns[0] and is_counter(line.text(0))}
    if len(counted) < MIN_FIGURES:
        counted = set()
    if figures:
        entries = {n for n, line in enumerate(lines) if any(is_entry(line.text(column)) for column in figures)}
        if len(entries) < MIN_FIGURES:
            entries = {n for n, line in enumerate(lines) if any(is_number(line.text(column)) for column in figures)}
    else:
        least = max(2, (len(lines[0].columns) + 1) // 2)
        entries = {n for n, line in enumerate(lines) if line.columns[0] and sum(map(bool, line.columns)) >= least}
    return sorted(entries | counted)


def text_grid(block: Block, lines: Sequence[TextLine], entries: Sequence[int], number: int) -> Grid:
    """Build the grid: what stands above the first entry is the head."""
    cuts = [_first_below(lines, height) for height in (*cuts_before(lines, entries), *block.rules)]
    first = _first_body_line(lines, entries, cuts)
    body = sorted({at for at in (first, *cuts, len(lines)) if at >= first})
    body = sorted({*body, *_rows_without_entry(lines, body)})
    head = block.lines[:first]
    top = min([block.lines[0].top, *block.rules])
    bottom = max([block.lines[-1].bottom, *block.rules])
    edges = [_between(block.lines[at - 1], block.lines[at], block.rules) if at else top for at in body[:-1]]
    cells, y_edges = _head_cells(head, block.x_edges, top, edges[0]) if head else ([], [top])
    for row, ((first, end), (low, high)) in enumerate(
        zip(pairwise(body), pairwise([*edges, bottom]), strict=True), start=len(y_edges) - 1
    ):
        titles = _titles(block.lines[first:end], block.x_edges) if end - first == 1 else []
        cells += _row_cells(titles, block.x_edges, row, low, high)
        y_edges.append(high)
    return Grid(
        page=number,
        bbox=BBox(block.x_edges[0], y_edges[0], block.x_edges[-1], y_edges[-1]),
        x_edges=block.x_edges,
        y_edges=tuple(y_edges),
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        method=GridMethod.TEXT,
    )


def _first_body_line(lines: Sequence[TextLine], entries: Sequence[int], cuts: Sequence[int]) -> int:
    """Return where the head ends: right above the first entry, or higher where entries stand in mid-row.

    Other rows that have as many lines above their entry show that.
    """
    above = max((entry - max(cut for cut in cuts if cut <= entry) for entry in entries[1:]), default=0)
    reach = range(max(entries[0] - above, 1), entries[0] + 1)
    return max(reach, key=lambda at: (lines[at].top - lines[at - 1].bottom, at), default=entries[0])


def _rows_without_entry(lines: Sequence[TextLine], body: Sequence[int]) -> list[int]:
    """Return the lines that begin a row after a clear gap though they have no entry: group rows and blank records."""
    inner = [at for first, end in pairwise(body) for at in range(first + 1, end)]
    gaps = {at: lines[at].top - lines[at - 1].bottom for at in range(body[0] + 1, body[-1])}
    if not inner:
        return []
    usual = sorted(gaps[at] for at in inner)[len(inner) // 4]
    height = sorted(line.bottom - line.top for line in lines)[len(lines) // 2]
    return [
        at
        for at in inner
        if gaps[at] > max(usual, 0.0) + ROW_GAP_SHARE * height and any(lines[at].columns[:NAME_COLUMNS])
    ]


def _head_cells(
    head: Sequence[ChunkLine], x_edges: Sequence[float], top: float, bottom: float
) -> tuple[list[Cell], list[float]]:
    """Return the head's cells and row edges: two rows where a title stands over several columns, else one."""
    titles = _titles(head, x_edges)
    below = [line.top for line in head if titles and line.top >= max(box.center_y for _, _, box in titles)]
    middle = (max(box.bottom for _, _, box in titles) + min(below)) / 2 if below else bottom
    if not titles or not top < middle < bottom:
        return _row_cells(titles, x_edges, 0, top, bottom), [top, bottom]
    under = {column for start, width, _ in titles for column in range(start, start + width)}
    cells = [cell for cell in _row_cells(titles, x_edges, 0, top, middle) if cell.column in under]
    for column, (left, right) in enumerate(pairwise(x_edges)):
        if column in under:
            cells.append(Cell(1, column, 1, 1, BBox(left, middle, right, bottom)))
        else:
            cells.append(Cell(0, column, 2, 1, BBox(left, top, right, bottom)))
    return cells, [top, middle, bottom]


def _titles(lines: Sequence[ChunkLine], x_edges: Sequence[float]) -> list[Title]:
    """Return the runs of words over several columns; lines of one title count together."""
    found: list[Title] = []
    for line in lines:
        for chunk in _fine_chunks(line):
            over = [column for column in range(1, len(x_edges) - 1) if chunk.crosses(x_edges[column])]
            if over:
                found.append((over[0] - 1, over[-1] - over[0] + 2, chunk.bbox))
    merged: list[Title] = []
    for start, width, box in sorted(found, key=lambda title: title[0]):
        if merged and start < merged[-1][0] + merged[-1][1]:
            before = merged.pop()
            end = max(before[0] + before[1], start + width)
            merged.append((before[0], end - before[0], before[2].union(box)))
        else:
            merged.append((start, width, box))
    return merged


def _row_cells(titles: Sequence[Title], x_edges: Sequence[float], row: int, top: float, bottom: float) -> list[Cell]:
    width_at = {start: width for start, width, _ in titles}
    cells, column = [], 0
    while column < len(x_edges) - 1:
        width = width_at.get(column, 1)
        cells.append(Cell(row, column, 1, width, BBox(x_edges[column], top, x_edges[column + width], bottom)))
        column += width
    return cells


def _fine_chunks(line: ChunkLine) -> tuple[Chunk, ...]:
    return chunk_line([word for chunk in line.chunks for word in chunk.words], COLUMN_GAP_EMS).chunks


def _first_below(lines: Sequence[TextLine], height: float) -> int:
    return next((n for n, line in enumerate(lines) if (line.top + line.bottom) / 2 > height), len(lines))


def _between(above: ChunkLine, below: ChunkLine, rules: Sequence[float]) -> float:
    low, high = (above.top + above.bottom) / 2, (below.top + below.bottom) / 2
    drawn = [rule for rule in rules if low < rule < high]
    return drawn[0] if drawn else (above.bottom + below.top) / 2
