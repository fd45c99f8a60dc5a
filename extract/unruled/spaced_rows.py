"""Rows told by white space: the leading between rows is wider than the leading inside a cell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.grids.text_rows import TextLine

ROW_LEADING_RATIO = 1.2
"""Rows begin after a leading this many times wider than the leading inside cells."""
MAX_INNER_LEADING = 1.5
"""Leading inside a cell, in line heights, at most."""


def spaced_starts(lines: Sequence[TextLine]) -> list[int]:
    """Return the lines on which rows begin by their spacing, the first included; every line where no cell wraps."""
    leadings = [_middle(after) - _middle(before) for before, after in pairwise(lines)]
    inner = _inner_leading(lines, leadings)
    if inner is None:
        return list(range(len(lines)))
    return [0, *(at for at, leading in enumerate(leadings, start=1) if leading > ROW_LEADING_RATIO * inner)]


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
