"""Rows told by white space: the leading between rows is wider than the leading inside a cell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.text_rows import TextLine, cuts_before, is_number

ROW_LEADING_RATIO = 1.2
"""Rows begin after a leading this many times wider than the leading inside cells."""
MAX_INNER_LEADING = 1.5
"""Leading inside a cell, in line heights, at most."""
AGREEMENT = 0.5
"""Spacing tells the rows when this share of the lines with a figure begin a row by it."""


def row_starts(lines: Sequence[TextLine]) -> list[int]:
    """Return the lines on which rows begin, by spacing where it is consistent with the figures; the first is 0."""
    if len(lines) < 2:
        return list(range(len(lines)))
    leadings = [_middle(after) - _middle(before) for before, after in pairwise(lines)]
    inner = _inner_leading(lines, leadings)
    if inner is None:
        return list(range(len(lines)))
    starts = [0, *(at for at, leading in enumerate(leadings, start=1) if leading > ROW_LEADING_RATIO * inner)]
    figures = [at for at in range(len(lines)) if has_figure(lines[at])]
    if sum(at in starts for at in figures) >= AGREEMENT * len(figures):
        return starts
    return sorted({0, *figures})


def row_cuts(lines: Sequence[TextLine], starts: Sequence[int]) -> list[float]:
    """Return the heights between rows that begin at the given lines."""
    return cuts_before(lines, starts)


def has_figure(line: TextLine) -> bool:
    """Say whether one of the line's columns is a figure of at least two digits."""
    texts = (line.text(column) for column in range(1, len(line.columns)))
    return any(len(text) > 1 and is_number(text) for text in texts)


def _inner_leading(lines: Sequence[TextLine], leadings: Sequence[float]) -> float | None:
    """Return the leading inside cells: the least between two lines of one column; None where no cell wraps."""
    height = sorted(line.bottom - line.top for line in lines)[len(lines) // 2]
    inner = [
        leading
        for (before, after), leading in zip(pairwise(lines), leadings, strict=True)
        if any(one and other for one, other in zip(before.columns, after.columns, strict=True))
        and leading <= MAX_INNER_LEADING * height
    ]
    return min(inner) if inner else None


def _middle(line: TextLine) -> float:
    return (line.top + line.bottom) / 2
