"""Printed columns whose misread header says too little, taken for the declared columns missing at their place.

A form has an order. Where a recogniser garbled ``Lokasi`` into ``Lokzst`` and exactly as many printed columns are
unclaimed between two matched ones as the form declares there, each is the one its place says, provided that its
numbering or what is left of its wording does not speak against it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from normalize.fold import YEAR_MARK
from normalize.form import TAHUN, ColumnForm, TableForm
from normalize.headers.header import IsHeaderText
from normalize.headers.match import Assignment, Printed, folded_paths
from normalize.headers.numbering import ordinal

MIN_REST_OF_WORDING = 50.0
"""Likeness (0 to 100), spaces aside, that a garbled label keeps to what it was."""
MIN_REST_WHERE_NUMBERED = 40.0
"""The same where its numbering cell prints the declared column's ordinal."""
MIN_HOLDS_KIND = 0.5
"""Share of the cells that must read as what the declared column holds."""
PLACED_SCORE = 0.65
"""Score of a column matched by its place: more than a stranger's, less than a sure one's."""
SHORTEST_TELLING = 4
"""Letters from which the rest of a label tells something."""


def place_columns(
    printed: Sequence[Printed], assignment: Assignment, form: TableForm, is_header_text: IsHeaderText
) -> Assignment:
    """Return the assignment with the gaps closed that can be closed in one way only."""
    columns, scores = list(assignment.columns), list(assignment.scores)
    taken = {column.key for column in columns if column is not None}
    for run, missing in _gaps(assignment, form, taken):
        obligatory = [column for column in missing if not column.optional]
        wanted = obligatory if len(obligatory) == len(run) else missing
        if len(wanted) != len(run):
            continue
        for number, column in zip(run, wanted, strict=True):
            if _may_be(printed[number], column, is_header_text):
                columns[number], scores[number] = column, PLACED_SCORE
    return Assignment(tuple(columns), tuple(scores))


def _gaps(
    assignment: Assignment, form: TableForm, taken: set[str]
) -> Iterator[tuple[tuple[int, ...], tuple[ColumnForm, ...]]]:
    """Yield the runs of unclaimed printed columns with the declared ones that no column is between their neighbours."""
    places = [-1 if column is None else form.columns.index(column) for column in assignment.columns]
    for claimed, numbers in itertools.groupby(range(len(places)), key=lambda number: places[number] >= 0):
        run = tuple(numbers)
        if claimed:
            continue
        before = places[run[0] - 1] if run[0] else -1
        behind = places[run[-1] + 1] if run[-1] + 1 < len(places) else len(form.columns)
        between = form.columns[before + 1 : max(before + 1, behind)]
        yield run, tuple(column for column in between if column.key not in taken and not column.unlabelled_after)


def _may_be(printed: Printed, column: ColumnForm, is_header_text: IsHeaderText) -> bool:
    """Say whether a misread header can be the column's: its label is the column's, or like it and no other's."""
    if TAHUN in column.key or not printed.path:
        return False
    if printed.fits is not None and printed.fits.get(column.kind, 1.0) < MIN_HOLDS_KIND:
        return False
    numbered = column.numbering and ordinal(printed.numbering) == ordinal(column.numbering)
    enough = MIN_REST_WHERE_NUMBERED if numbered else MIN_REST_OF_WORDING
    label = printed.path[-1].replace(" ", "")
    leaves = [path[-1].replace(" ", "") for path in folded_paths(column)]
    if label in leaves:
        return True
    if label == YEAR_MARK:  # what a lone "N" folds to
        label = "n"
    elif is_header_text(printed.path[-1]):
        return False
    if len(label) < SHORTEST_TELLING:
        return any(len(leaf) < SHORTEST_TELLING for leaf in leaves)
    return any(fuzz.ratio(label, leaf) >= enough for leaf in leaves)
