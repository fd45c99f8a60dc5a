"""The grid of a table without column rules: its head, its numbering row, and a row for every entry of the body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.grids.rulings import Segments, merge_rulings
from extract.grids.text_rows import TextLine, counted_lines, cuts_before, is_number, lines_by_column
from extract.model import BBox, Cell, Grid, GridMethod, Orientation, Page, RulingKind
from extract.unruled.chunks import ChunkLine
from extract.unruled.numbered_columns import fine_chunks
from extract.unruled.numbered_head import head_cells
from extract.unruled.numbering_line import NumberingLine
from extract.unruled.spaced_rows import spaced_starts

RULE_SHARE = 0.6
"""A ruling across this share of the width parts rows."""
RULED_SHARE = 0.6
"""Rulings part the rows when there are at least this many times as many rows by them as lines with figures, or with
running numbers."""
ZEBRA_SHARE = 0.95
"""Shading parts the rows when nearly every line with figures, or with running numbers, has a stripe of its own: shaded
groups have fewer, and two white rows between merged cells are one."""
NAMED_AGREEMENT = 0.85
"""Spacing tells the rows when this share of the lines with an entry in the first column begin a row by it."""
AGREEMENT = 0.5
"""Spacing tells the rows when this share of the lines with a figure begin a row by it; lists break the rest."""
HEADING = re.compile(r"[^\W\d_]{2,}[^\d]*")
"""A group heading: words without figures."""
CLOSING_EMS = 1.5
"""A ruling this many line heights below the last line closes the last row."""
FILL_SEAM_POINTS = 0.3
"""Fills this far apart are two rows."""
FILL_GAP_POINTS = 4.0
"""Fills further apart leave a white row between them."""
ROW_POINTS = 4.0
"""Rulings closer than this part no rows."""


def build_grid(
    page: Page,
    x_edges: Sequence[float],
    head: Sequence[ChunkLine],
    body: Sequence[ChunkLine],
    numbering: NumberingLine | None,
) -> Grid:
    """Build the grid: the head, the numbering row, then the rows of the body."""
    edges = tuple(x_edges)
    cells: list[Cell] = []
    top = body[0].top - 1.0
    if head:
        following = body[0].top if numbering is None else numbering.line.top
        top = (head[-1].bottom + following) / 2
        cells += head_cells(head, edges, head[0].top - 1.0, top, page.rulings)
    elif numbering is not None:
        top = numbering.line.top - 1.0
    if numbering is not None:
        low = (numbering.line.bottom + body[0].top) / 2
        row = max((cell.row + cell.row_span for cell in cells), default=0)
        cells += _ordinal_cells(numbering, edges, row, top, low)
        top = low
    y_edges = sorted({edge for cell in cells for edge in (cell.bbox.top, cell.bbox.bottom)} or {top})
    bottom = body[-1].bottom + 1.0
    for low in [*_cuts(page, edges, body), bottom]:
        row = len(y_edges) - 1
        inside = [line for line in body if y_edges[-1] < (line.top + line.bottom) / 2 <= low]
        cells += _row_cells(inside, edges, row, y_edges[-1], low)
        y_edges.append(low)
    return Grid(
        page=page.number,
        bbox=BBox(edges[0], y_edges[0], edges[-1], y_edges[-1]),
        x_edges=edges,
        y_edges=tuple(y_edges),
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        method=GridMethod.TEXT,
    )


def _ordinal_cells(numbering: NumberingLine, edges: Sequence[float], row: int, top: float, bottom: float) -> list[Cell]:
    """Return the numbering row: every column belongs to the nearest ordinal."""
    owner = [
        min(range(len(numbering.centres)), key=lambda n: _apart(numbering, n, (left + right) / 2))
        for left, right in pairwise(edges)
    ]
    cells = []
    column = 0
    while column < len(owner):
        end = column
        while end < len(owner) and owner[end] == owner[column]:
            end += 1
        cells.append(Cell(row, column, 1, end - column, BBox(edges[column], top, edges[end], bottom)))
        column = end
    return cells


def _apart(numbering: NumberingLine, ordinal: int, x: float) -> float:
    return abs(numbering.centres[ordinal] - x)


def _cuts(page: Page, edges: Sequence[float], body: Sequence[ChunkLine]) -> list[float]:
    """Return the heights between the rows of the body: from rulings, from filled rows, or else from its spacing."""
    words = [word for line in body for chunk in line.chunks for word in chunk.words]
    lines = lines_by_column(words, edges)
    top, bottom = body[0].top, body[-1].bottom
    entries = max(sum(map(_has_figure, lines)), len(counted_lines(lines)))
    least = RULED_SHARE * entries
    filled = _filled_rows(page, edges, top, bottom)
    if filled is not None and len(filled) + 1 >= least:
        return filled
    drawn = [ruling for ruling in page.rulings if ruling.kind is not RulingKind.FILL_EDGE]
    across = merge_rulings(drawn, Orientation.HORIZONTAL)
    ruled = _across(across, edges, top, bottom)
    closed = bool(_across(across, edges, bottom, bottom + CLOSING_EMS * body[-1].height))
    if (ruled or closed) and len(ruled) + 1 >= least:
        return ruled
    zebra = _zebra_cuts(page, edges, top, bottom)
    if len(zebra) + 1 >= ZEBRA_SHARE * entries and zebra:
        return zebra
    return cuts_before(lines, _row_starts(lines))


def _row_starts(lines: Sequence[TextLine]) -> list[int]:
    """Return the lines on which rows begin, by spacing where figures agree with it; the first is 0."""
    starts = spaced_starts(lines)
    figures = [at for at in range(len(lines)) if _has_figure(lines[at])]
    named = [at for at, line in enumerate(lines) if line.columns[0]]
    if len(named) > 1 and sum(at in starts for at in named) >= NAMED_AGREEMENT * len(named):
        return starts
    if counted := counted_lines(lines):
        return sorted({0, *counted, *figures})
    if sum(at in starts for at in figures) >= AGREEMENT * len(figures):
        return starts
    return sorted({0, *figures})


def _has_figure(line: TextLine) -> bool:
    """Say whether one of the line's columns is a figure of at least two digits."""
    texts = (line.text(column) for column in range(1, len(line.columns)))
    return any(len(text) > 1 and is_number(text) for text in texts)


def _filled_rows(page: Page, edges: Sequence[float], top: float, bottom: float) -> list[float] | None:
    """Return the heights between rows that are filled from first to last with only their insets white, else None."""
    spans = sorted(
        (max(r.start, top), min(r.end, bottom))
        for r in page.rulings
        if r.kind is RulingKind.FILL_EDGE
        and r.orientation is Orientation.VERTICAL
        and edges[0] - 1 <= r.position <= edges[-1] + 1
        and r.end > top
        and r.start < bottom
    )
    if not spans or spans[0][0] > top + FILL_GAP_POINTS:
        return None
    cuts, reach = [], spans[0][1]
    for start, end in spans:
        if start - reach > FILL_GAP_POINTS:
            return None
        if start - reach > FILL_SEAM_POINTS:
            cuts.append((reach + start) / 2)
        reach = max(reach, end)
    return cuts if bottom - reach <= FILL_GAP_POINTS else None


def _zebra_cuts(page: Page, edges: Sequence[float], top: float, bottom: float) -> list[float]:
    """Return the heights at which shading begins or ends over the width: of a zebra, where every row does."""
    shading = [ruling for ruling in page.rulings if ruling.kind is RulingKind.FILL_EDGE]
    return _across(merge_rulings(shading, Orientation.HORIZONTAL), edges, top, bottom)


def _across(across: Segments, edges: Sequence[float], top: float, bottom: float) -> list[float]:
    reach = edges[-1] - edges[0]
    found: list[float] = []
    for position, start, end in zip(across.position.tolist(), across.start.tolist(), across.end.tolist(), strict=True):
        wide = min(end, edges[-1]) - max(start, edges[0]) >= RULE_SHARE * reach
        if wide and top < position < bottom and (not found or position - found[-1] > ROW_POINTS):
            found.append(position)
    return found


def _row_cells(lines: Sequence[ChunkLine], edges: Sequence[float], row: int, top: float, bottom: float) -> list[Cell]:
    """Return the cells of a body row.

    One run of words is a heading over the columns it runs over. Words without figures that begin the row (a group
    heading, the label of a total) stand over the blank columns behind them too.
    """
    first, last = 0, 0
    chunks = fine_chunks(lines[0]).chunks if len(lines) == 1 else ()
    if chunks:
        box = chunks[0].bbox
        starts = [sum(edge <= chunk.bbox.center_x for edge in edges[1:-1]) for chunk in chunks]
        if len(chunks) == 1:
            first = sum(edge <= box.x0 + 1 for edge in edges[1:-1])
            last = max(first, sum(edge < box.x1 - 1 for edge in edges[1:-1]))
        if starts[0] == first == 0 and HEADING.fullmatch(chunks[0].text):
            last = max(last, min([start for start in starts if start > 0], default=len(edges) - 1) - 1)
    cells = []
    column = 0
    while column < len(edges) - 1:
        end = last + 1 if column == first else column + 1
        cells.append(Cell(row, column, 1, end - column, BBox(edges[column], top, edges[end], bottom)))
        column = end
    return cells
