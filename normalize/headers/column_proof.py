"""Which columns of a recognised header are proven to be the ones they were taken for, and which are not.

A recogniser reads ``II`` as ``III`` and 2023 as 2028, and then a label is another column's very wording. So no label
counts alone: that a printed column is a declared one must be borne out by two of what was read, the neighbours it has
in the form, a form printed whole, and the numbering row. Figures of two quarters that changed places add up as well as
before, so nothing later would find them.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalize.form import ColumnForm, TableForm
from normalize.headers.match import Assignment, Printed, column_score, missing_columns, similarity
from normalize.headers.numbering import ordinal

ENOUGH_EVIDENCE = 2
"""Independent signs by which a column is proven."""
SAYS_SO = 0.7
"""Score of a label as read from which it names the column."""
MIN_LEAD = 0.08
"""Score by which it must name it better than any other column, and by which another named better contradicts it."""
NUMBERING_IS_OFFICIAL = 0.7
"""Share of the matched columns whose printed ordinal must be the form's own for the numbering row to tell anything."""
MIN_REVERSED = 2
"""Pairs printed the other way round (``Rp | K``) from which that is how the form is printed."""
SAME_HEADING = 0.8
"""Likeness of the headers of two columns, years aside, that are one declared column in two years."""
MOST_UNREAD = 1
"""Ordinals of a group that may be illegible while the others tell which it is."""

_NUMERALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_STROKES = str.maketrans("1l|!", "iiii")

_NOT_BORNE_OUT = "urutan, nomor, dan bunyi judulnya tidak cukup memastikan"
_OTHER_ORDINAL = "angka romawi pada judul terbaca bertentangan dengan urutannya"
_UNREAD_ORDINALS = "angka romawi pada judul-judulnya tidak terbaca lengkap"
_NUMERAL_MISSING = "satu dari angka romawi pada judul-judulnya tidak ditemukan"
_CONTRADICTED = "bunyi judulnya lebih dekat ke kolom lain"
_OTHER_NUMBER = "nomor kolomnya bukan nomor kolom itu"


@dataclass(frozen=True, slots=True)
class _Signs:
    """What speaks for every printed column at its place."""

    neighbours: frozenset[int]
    """Printed columns with a neighbour that is their neighbour in the form."""
    whole: bool
    """Whether all printed columns are declared ones in order and none that a print must have is missing."""
    numbered: bool
    """Whether the numbering row is the form's own."""
    ordinals: frozenset[int | None]
    """Numbers of the form all of whose columns (``K`` and ``Rp``) were found."""


def unproven_columns(read: Sequence[Printed], assignment: Assignment, form: TableForm) -> dict[int, str]:
    """Return, per printed column that is not proven to be the declared one it was taken for, why (Indonesian).

    ``read`` are the printed columns as the recogniser read them, before any label was understood by its neighbours.
    """
    signs = _Signs(
        neighbours=_with_neighbours(read, assignment, form),
        whole=_is_whole(assignment, form),
        numbered=_is_numbered(read, assignment),
        ordinals=frozenset(ordinal(column.numbering) for column in form.columns)
        - {ordinal(column.numbering) for column in missing_columns(assignment, form)},
    )
    doubts = dict(_ordinals_against_order(read, assignment))
    for place, column in enumerate(assignment.columns):
        if column is not None and place not in doubts and (doubt := _doubt(place, read[place], column, form, signs)):
            doubts[place] = doubt
    return doubts


def _doubt(place: int, read: Printed, column: ColumnForm, form: TableForm, signs: _Signs) -> str:
    scores = {other.key: column_score(read, other) for other in form.columns}
    own = scores.pop(column.key)
    best = max(scores.values(), default=0.0)
    if best >= SAYS_SO and best - own > MIN_LEAD:
        return _CONTRADICTED
    rivals = [other for other in form.columns if other is not column and scores[other.key] > own - MIN_LEAD]
    printed, official = ordinal(read.numbering), ordinal(column.numbering)
    if signs.numbered and None not in (printed, official) and printed != official:
        return _OTHER_NUMBER
    named = own >= SAYS_SO and best <= own - MIN_LEAD
    numbered = signs.numbered and printed in signs.ordinals and all(ordinal(r.numbering) != printed for r in rivals)
    evidence = named + numbered + (place in signs.neighbours) + signs.whole
    return "" if evidence >= ENOUGH_EVIDENCE else _NOT_BORNE_OUT


def _with_neighbours(read: Sequence[Printed], assignment: Assignment, form: TableForm) -> frozenset[int]:
    """Return the printed columns beside one that stands beside them in the form, or at the form's end of the print."""
    places = [-1 if column is None else form.columns.index(column) for column in assignment.columns]
    pairs = list(itertools.pairwise(places))
    turned = Counter((_leaf(form, one), _leaf(form, other)) for one, other in pairs if one == other + 1 > 0)
    found: set[int] = set()
    for left, (one, other) in enumerate(pairs):
        if one < 0 or other < 0:
            continue
        between = form.columns[one + 1 : other]
        follows = one <= other and all(column.optional or column.unlabelled_after for column in between)
        if one == other:
            follows = similarity(" ".join(read[left].path), " ".join(read[left + 1].path)) >= SAME_HEADING
        as_a_rule = one == other + 1 and turned[_leaf(form, one), _leaf(form, other)] >= MIN_REVERSED
        if follows or as_a_rule:
            found |= {left, left + 1}
    return frozenset(found)


def _leaf(form: TableForm, place: int) -> str:
    return form.columns[place].headers[0][-1]


def _is_whole(assignment: Assignment, form: TableForm) -> bool:
    """Say whether every printed column is a declared one, groups are in order and no obligatory one is missing."""
    if None in assignment.columns or missing_columns(assignment, form):
        return False
    numerals = [numeral for column in assignment.columns if column and (numeral := _declared_numeral(column)[0])]
    return numerals == sorted(numerals)


def _is_numbered(read: Sequence[Printed], assignment: Assignment) -> bool:
    agree = [
        ordinal(printed.numbering) == ordinal(column.numbering)
        for printed, column in zip(read, assignment.columns, strict=True)
        if column is not None and printed.numbering and column.numbering
    ]
    return len(agree) >= ENOUGH_EVIDENCE and sum(agree) >= NUMBERING_IS_OFFICIAL * len(agree)


def _ordinals_against_order(read: Sequence[Printed], assignment: Assignment) -> Iterator[tuple[int, str]]:
    """Yield the columns of a group told apart by Roman numerals whose numerals as read do not bear out their places.

    One that is read like another's is as doubtful as that other: either may be the misread one.
    """
    wanted = {
        place: numeral
        for place, column in enumerate(assignment.columns)
        if column is not None and (numeral := _declared_numeral(column)[0])
    }
    seen = {place: _printed_numeral(read[place], assignment.columns[place]) for place in wanted}
    misread = {numeral for place, numeral in seen.items() if numeral and numeral != wanted[place]}
    unread = {wanted[place] for place, numeral in seen.items() if not numeral}
    gap = set(wanted.values()) != set(range(1, 1 + max(wanted.values(), default=0)))
    gap |= [*wanted.values()] != sorted(wanted.values()) and bool(unread or misread)
    for place, numeral in seen.items():
        if gap:
            yield place, _NUMERAL_MISSING
        elif numeral and (numeral != wanted[place] or numeral in misread):
            yield place, _OTHER_ORDINAL
        elif not numeral and (len(unread) > MOST_UNREAD or misread):
            yield place, _UNREAD_ORDINALS


def _declared_numeral(column: ColumnForm) -> tuple[int, int]:
    """Return the number a declared header tells in Roman numerals, 0 if none, and how many labels are below it."""
    for below, label in enumerate(reversed(column.headers[0])):
        if numeral := _numeral(label):
            return numeral, below
    return 0, 0


def _printed_numeral(printed: Printed, column: ColumnForm | None) -> int:
    below = _declared_numeral(column)[1] if column is not None else 0
    return next(
        (numeral for label in reversed(printed.path[: len(printed.path) - below]) if (numeral := _numeral(label))), 0
    )


def _numeral(label: str) -> int:
    """Return the number that a label ends with in Roman numerals, strokes read as ``1`` or ``l`` too; 0 if none."""
    words = label.casefold().split()
    return _NUMERALS.get(words[-1].translate(_STROKES), 0) if words else 0
