"""Program, Kegiatan and Sub Kegiatan printed in columns of their own: one name, whose column tells the level.

Agencies print them as stairs (one column filled a row), or side by side with the upper names merged downwards or
repeated on every row. Either way each name is a row of the plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract.model import Grid
from normalize.fold import fold_header
from normalize.headers.alignment import aligned_keys
from normalize.headers.columns import PrintedGroup
from normalize.model import Tingkat

MIN_LEVELS = 2
"""Neighbouring columns headed by a level each: a lone ``Kegiatan`` names a row by itself."""

ORDER = (Tingkat.URUSAN, Tingkat.BIDANG_URUSAN, Tingkat.PROGRAM, Tingkat.KEGIATAN, Tingkat.SUB_KEGIATAN)
"""Levels from the outermost down."""
_HEADINGS: Mapping[str, Tingkat] = {
    "urusan": Tingkat.URUSAN,
    "urusan pemerintahan": Tingkat.URUSAN,
    "urusan pemerintahan daerah": Tingkat.URUSAN,
    "bidang urusan": Tingkat.BIDANG_URUSAN,
    "bidang urusan pemerintahan": Tingkat.BIDANG_URUSAN,
    "program": Tingkat.PROGRAM,
    "nama program": Tingkat.PROGRAM,
    "kegiatan": Tingkat.KEGIATAN,
    "nama kegiatan": Tingkat.KEGIATAN,
    "sub kegiatan": Tingkat.SUB_KEGIATAN,
    "subkegiatan": Tingkat.SUB_KEGIATAN,
    "nama sub kegiatan": Tingkat.SUB_KEGIATAN,
}
LEVEL_HEADINGS = frozenset(_HEADINGS)
"""Their folded wording."""


def level_columns(groups: Sequence[PrintedGroup]) -> dict[int, Tingkat]:
    """Return the level of each grid column in the first run of columns headed by levels, empty without a run."""
    start, end = _first_run(groups) or (0, 0)
    return {column: level for group in groups[start:end] if (level := _level(group)) for column in group.grid_columns}


def merge_level_columns(groups: Sequence[PrintedGroup], levels: Mapping[int, Tingkat]) -> tuple[PrintedGroup, ...]:
    """Return the groups with those of the level columns made one."""
    members = [group for group in groups if group.grid_columns[0] in levels]
    first = members[0]
    merged = PrintedGroup(
        tuple(column for group in members for column in group.grid_columns),
        (*first.path[:-1], "/".join(group.path[-1] for group in members)),
        first.numbering,
        (*first.reading[:-1], "/".join(group.reading[-1] for group in members)),
    )
    return tuple(merged if group is first else group for group in groups if group is first or group not in members)


def aligned_levels(grid: Grid, before: Grid, levels: Mapping[int, Tingkat]) -> dict[int, Tingkat]:
    """Return the levels of a headerless grid's columns from the columns of the grid before it."""
    if not levels:
        return {}
    columns = aligned_keys(grid, before, [str(column) for column in range(before.columns)])
    placed = enumerate(map(int, columns)) if columns is not None else ()
    return {number: levels[column] for number, column in placed if column in levels}


def _first_run(groups: Sequence[PrintedGroup]) -> tuple[int, int] | None:
    """Return the first neighbouring groups whose headings are levels, each below the one before it."""
    start = 0
    while start < len(groups):
        end, before = start, -1
        while end < len(groups):
            level = _level(groups[end])
            if level is None or ORDER.index(level) <= before or groups[end].reading[:-1] != groups[start].reading[:-1]:
                break
            end, before = end + 1, ORDER.index(level)
        if end - start >= MIN_LEVELS:
            return start, end
        start += 1
    return None


def _level(group: PrintedGroup) -> Tingkat | None:
    return _HEADINGS.get(fold_header(group.reading[-1])) if group.reading else None
