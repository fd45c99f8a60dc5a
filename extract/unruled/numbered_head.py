"""The head above a numbering line: which columns each title stands over.

Titles are centred over their columns. Titles with others below them part those columns among themselves: each takes a
run whose middle is near its own, so that together they cover as many as possible (:func:`_share_out`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from extract.model import BBox, Cell, Orientation, Ruling
from extract.unruled.chunks import ChunkLine, cut_chunks
from extract.unruled.numbered_columns import fine_chunks

TITLE_LEADING_RATIO = 1.35
"""Lines of one title follow each other within this many line heights."""
LEVEL_POINTS = 3.0
"""Titles of one level have their middles (or their tops) within this distance."""
OVERLAP_POINTS = 2.0
"""A title reaching less far into a column does not stand over it."""
UNCOVERED_COST = 8.0
"""Points a title's middle may be off its run's for the sake of one more column covered."""
TIE_POINTS = 4.0
"""Runs of columns whose middles are this much further from the title's are as good; the widest of them is taken."""


@dataclass(slots=True)
class Title:
    """The lines of one head title and the columns ``first`` to ``last`` (inclusive) it stands over."""

    bbox: BBox
    first: int = 0
    last: int = 0
    depth: int = 0
    """How many titles stand above it."""
    leaf: bool = True
    end: int = 0
    """The depth of the titles below it, exclusive end of its rows; 0 for a leaf."""


def head_cells(
    lines: Sequence[ChunkLine], x_edges: Sequence[float], top: float, bottom: float, rulings: Sequence[Ruling] = ()
) -> list[Cell]:
    """Return the head's cells from row 0 on; every position is covered once.

    Upright ``rulings`` part titles that stand no further apart than words do.
    """
    titles = _titles(lines, [ruling for ruling in rulings if ruling.orientation is Orientation.VERTICAL])
    for title in titles:
        title.first, title.last = _columns_over(title.bbox, x_edges)
    levels = _levels(titles)
    _place_parents(titles, levels, x_edges)
    for title in titles:
        if title.leaf:
            title.first, title.last = _best_run(title, _untitled(title, titles, len(x_edges) - 1), x_edges)
    for level in levels:
        for title in level:
            above = [other for other in titles if not other.leaf and other is not title and _under(title, other)]
            title.depth = max((other.depth + 1 for other in above), default=0)
        deepest = max(title.depth for title in level)
        for title in level:
            title.depth = deepest if title.depth else 0
    for title in titles:
        below = [other.depth for other in titles if other.depth > title.depth and _under(other, title)]
        title.end = min(below, default=0)
    return _cells(titles, x_edges, _row_edges(titles, top, bottom))


def _place_parents(titles: Sequence[Title], levels: Sequence[list[Title]], x_edges: Sequence[float]) -> None:
    """Find the titles with others below them, from the bottom up, and the columns they stand over."""
    for number in range(len(levels) - 1, 0, -1):
        parents = []
        children: set[int] = set()
        for title in titles:
            below = _levels_below(title, titles, levels)
            if below and min(below) == number:
                title.leaf = False
                parents.append(title)
                children |= below
        free = [_columns_of(levels[child], parents, x_edges) for child in sorted(children)]
        together = [any(masks) for masks in zip(*free, strict=True)]
        _share_out(sorted(parents, key=lambda title: title.bbox.x0), together, x_edges)


def _titles(lines: Sequence[ChunkLine], uprights: Sequence[Ruling]) -> list[Title]:
    titles: list[Title] = []
    chunks: list[BBox] = []
    for line in lines:
        middle = (line.top + line.bottom) / 2
        drawn = [upright.position for upright in uprights if upright.start <= middle <= upright.end]
        chunks += [chunk.bbox for chunk in cut_chunks(fine_chunks(line).chunks, drawn)]
    for box in sorted(chunks, key=lambda box: (box.center_y, box.x0)):
        for title in titles:
            leading = box.bottom - title.bbox.bottom
            if 0 < leading <= TITLE_LEADING_RATIO * box.height and title.bbox.x0 < box.x1 and box.x0 < title.bbox.x1:
                title.bbox = title.bbox.union(box)
                break
        else:
            titles.append(Title(box))
    return titles


def _levels(titles: Sequence[Title]) -> list[list[Title]]:
    """Return the titles by level, topmost first; middles or tops show the levels, whichever shows fewer."""
    by_middle, by_top = _grouped(titles, lambda t: t.bbox.center_y), _grouped(titles, lambda t: t.bbox.top)
    return by_middle if len(by_middle) <= len(by_top) else by_top


def _grouped(titles: Sequence[Title], height: Callable[[Title], float]) -> list[list[Title]]:
    levels: list[list[Title]] = []
    for title in sorted(titles, key=height):
        if levels and height(title) - height(levels[-1][0]) <= LEVEL_POINTS:
            levels[-1].append(title)
        else:
            levels.append([title])
    return levels


def _levels_below(title: Title, titles: Sequence[Title], levels: Sequence[list[Title]]) -> set[int]:
    """Return the levels of the titles right below a title, column by column; none for a leaf."""
    found = set()
    for column in range(title.first, title.last + 1):
        below = [t for t in titles if t.first <= column <= t.last and t.bbox.top >= title.bbox.bottom - 1]
        if below:
            nearest = min(below, key=lambda other: other.bbox.top)
            found.add(next(number for number, level in enumerate(levels) if nearest in level))
    return found


def _columns_of(level: Sequence[Title], parents: Sequence[Title], x_edges: Sequence[float]) -> list[bool]:
    """Return which columns have a title of the level that the parents may stand over.

    Where the titles right below them are parents too, a leaf beside them only happens to have its middle there.
    """
    below = [title for title in level if any(p.first <= title.last and title.first <= p.last for p in parents)]
    members = level if any(title.leaf for title in below) else [title for title in level if not title.leaf]
    return [any(title.first <= column <= title.last for title in members) for column in range(len(x_edges) - 1)]


def _share_out(parents: Sequence[Title], free: Sequence[bool], x_edges: Sequence[float]) -> None:
    """Give every parent a run of columns, left to right, so that middles fit and few free columns are left over."""

    @cache
    def best(number: int, start: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if number == len(parents):
            return UNCOVERED_COST * sum(free[start:]), ()
        title = parents[number]
        options = []
        for first in range(start, title.first + 1):
            if not all(free[column] for column in range(first, title.first)):
                continue
            for last in range(title.last, len(free)):
                if not all(free[column] for column in range(title.last + 1, last + 1)):
                    break
                off = abs((x_edges[first] + x_edges[last + 1]) / 2 - title.bbox.center_x)
                missed = UNCOVERED_COST * sum(free[start:first])
                cost, runs = best(number + 1, last + 1)
                options.append((off + missed + cost, ((first, last), *runs)))
        if not options:
            cost, runs = best(number + 1, start)
            return cost, ((title.first, title.last), *runs)
        return min(options)

    for title, (first, last) in zip(parents, best(0, 0)[1], strict=True):
        title.first, title.last = first, last


def _untitled(title: Title, titles: Sequence[Title], columns: int) -> list[bool]:
    """Return which columns under the title's own parents have no leaf title."""
    parents = [other for other in titles if not other.leaf and _under(title, other)]
    return [
        not any(other.leaf and other.first <= column <= other.last for other in titles)
        and all(parent.first <= column <= parent.last for parent in parents)
        for column in range(columns)
    ]


def _best_run(title: Title, free: Sequence[bool], x_edges: Sequence[float]) -> tuple[int, int]:
    """Return the widest run of the title's own and neighbouring free columns whose middle is near the title's."""
    runs: list[tuple[float, int, int]] = []
    for first in range(title.first, -1, -1):
        if first < title.first and not free[first]:
            break
        for last in range(title.last, len(x_edges) - 1):
            if last > title.last and not free[last]:
                break
            runs.append((abs((x_edges[first] + x_edges[last + 1]) / 2 - title.bbox.center_x), first, last))
    least = min(off for off, _, _ in runs)
    _, first, last = max((run for run in runs if run[0] <= least + TIE_POINTS), key=lambda run: run[2] - run[1])
    return first, last


def _columns_over(box: BBox, x_edges: Sequence[float]) -> tuple[int, int]:
    inner = x_edges[1:-1]
    first = sum(edge <= box.x0 + OVERLAP_POINTS for edge in inner)
    last = sum(edge < box.x1 - OVERLAP_POINTS for edge in inner)
    return min(first, last), max(first, last)


def _under(title: Title, parent: Title) -> bool:
    return parent.first <= title.first and title.last <= parent.last and title.bbox.top >= parent.bbox.bottom - 1


def _row_edges(titles: Sequence[Title], top: float, bottom: float) -> list[float]:
    """Return the heights between the levels of the head; one level where they overlap."""
    edges = [top]
    for depth in range(1, max((title.depth for title in titles), default=0) + 1):
        above = max((title.bbox.bottom for title in titles if title.end == depth), default=edges[-1])
        below = min((title.bbox.top for title in titles if title.depth == depth), default=bottom)
        middle = (above + below) / 2
        if not edges[-1] < middle < bottom:
            break
        edges.append(middle)
    return [*edges, bottom]


def _cells(titles: Sequence[Title], x_edges: Sequence[float], y_edges: Sequence[float]) -> list[Cell]:
    rows, columns = len(y_edges) - 1, len(x_edges) - 1
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []

    def put(row: int, first: int, last: int, row_end: int) -> None:
        places = {(r, c) for r in range(row, row_end) for c in range(first, last + 1)}
        if places & taken or not places:
            return
        taken.update(places)
        box = BBox(x_edges[first], y_edges[row], x_edges[last + 1], y_edges[row_end])
        cells.append(Cell(row, first, row_end - row, last - first + 1, box))

    for title in sorted(titles, key=lambda title: title.depth):
        row = min(title.depth, rows - 1)
        put(row, title.first, title.last, min(title.end, rows) if row < title.end else rows)
    for row in range(rows):
        for column in range(columns):
            put(row, column, column, row + 1)
    return cells
