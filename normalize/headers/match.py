"""Header paths of a document matched to the columns of a form by wording and order, never by position alone."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz import fuzz

from normalize.fold import YEAR_MARK, fold_header
from normalize.form import TAHUN, ColumnForm, TableForm
from normalize.headers.numbering import ordinal

SHORT_LABEL = 3
"""Labels of at most this many characters (``K``, ``Rp``, ``IV``) must be equal; similarity means nothing there."""
MIN_MATCH = 0.62
"""Score below which a printed column and a declared one are strangers."""
MIN_OUT_OF_ORDER = 0.85
"""Score above which a printed column is taken for a declared one although the order is broken."""
MIN_LEAF = 0.4
"""Likeness of the lowest labels below which the outer levels count for nothing."""
SAME_WORD = 80.0
"""Likeness (0 to 100) of two words that are one, misspelt or not."""
SAME_LETTERS = 86.0
"""Likeness (0 to 100), spaces aside, of a misprinted label to itself."""
SAME_TEXT = 70.0
"""Likeness (0 to 100), spaces aside, of two labels that are one, cut by wrapping or not."""
LATER_ALIAS_COST = 0.002
"""Cost of each place an alias stands behind the first, so that ``No`` and ``Kode`` side by side find their owners."""
MAX_LATER_PLACES = 15
"""Places that cost: a path composed of two long lists of wordings is no worse for standing far down."""
VERY_WORDING = 0.97
"""Score of a printed column whose header is a declared alias, numbering and content agreeing."""
BORROWED_COST = 0.35
"""Cost of taking such a column for another declared one it merely resembles."""
MIN_LEAD = 0.15
"""Score by which a column printed elsewhere in the form must beat the one that order suggests."""
PARENT_WEIGHT = 0.8
"""Weight of an outer header level against the leaf's 1.0."""
HEADING_LEVELS = (1, 2)
"""Levels above a lowest label under whose heading columns may stand in any order."""
SURPLUS_PENALTY = 0.04
"""Cost of each printed header level the declared path leaves out."""
NUMBERING_BONUS = 0.04
"""For a numbering cell that agrees with the official ordinal; evidence only, since variants renumber."""

Path = tuple[str, ...]

_BEFORE_CHANGE = re.compile(r"\b(sebelum|semula|murni)\b")
"""What a Perubahan Renja prints over figures that hold no more: only a column that says so may be these."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed column, header folded."""

    path: Path
    numbering: str = ""
    year: str = ""
    """The year its header prints, for columns repeated by year."""
    fits: dict[str, float] | None = None
    """Per kind, the share of body cells that read as that kind; None without body."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which declared column each printed column is."""

    columns: tuple[ColumnForm | None, ...]
    scores: tuple[float, ...]

    @property
    def total(self) -> float:
        """Sum of the scores of matched columns."""
        return sum(self.scores)

    @property
    def matched(self) -> int:
        """Number of matched printed columns."""
        return sum(column is not None for column in self.columns)


def missing_columns(assignment: Assignment, form: TableForm) -> list[ColumnForm]:
    """Return the columns a print must have that no printed one was taken for; a code stands for a running number."""
    found = {column.key for column in assignment.columns if column is not None}
    if form.code_column in found:
        found.add(form.number_column)
    return [column for column in required_columns(form) if column.key not in found]


def required_columns(form: TableForm) -> list[ColumnForm]:
    """Return the columns that every print of a form has."""
    return [column for column in form.columns if not column.optional and not column.unlabelled_after]


@cache
def similarity(left: str, right: str) -> float:
    """Return the :func:`likeness` of two labels of headers, of which there are few: each pair is remembered."""
    return likeness(left, right)


def likeness(left: str, right: str) -> float:
    """Return how alike two folded labels are, 0 to 1; where a narrow column cut a word is no difference."""
    if left == right or left.replace(" ", "") == right.replace(" ", ""):
        return 1.0
    if not left or not right:
        return 0.0
    if min(len(left), len(right)) <= SHORT_LABEL:
        return 0.0 if len(left) <= SHORT_LABEL and len(right) <= SHORT_LABEL else 0.4 * (left in right.split())
    ratio = fuzz.ratio(left.replace(" ", ""), right.replace(" ", "")) / 100
    subset = fuzz.token_set_ratio(left, right) / 100
    return max(ratio, 0.55 * ratio + 0.45 * subset)


@cache
def same_letters(left: str, right: str) -> bool:
    """Say whether two folded labels are one but for misprints and line breaks."""
    return fuzz.ratio(left.replace(" ", ""), right.replace(" ", "")) >= SAME_LETTERS


@cache
def share_wording(left: str, right: str) -> bool:
    """Say whether two folded labels have a word in common; letters alone are alike by chance (satuan, kegiatan)."""
    if fuzz.ratio(left.replace(" ", ""), right.replace(" ", "")) >= SAME_TEXT:
        return True
    return any(fuzz.ratio(one, other) >= SAME_WORD for one in left.split() for other in right.split())


def path_score(printed: Path, declared: Path) -> float:
    """Return how well a declared header path explains a printed one whose lowest label it shares, 0 to 1."""
    weight, score, top = 1.0, similarity(printed[-1], declared[-1]), len(printed) - 1
    for label in reversed(declared[:-1]):
        weight += PARENT_WEIGHT
        if not top:  # nothing is printed above
            continue
        best, level = max([(similarity(printed[level], label), level) for level in range(top)])
        score += PARENT_WEIGHT * best
        if best >= MIN_MATCH:
            top = level
    by_level = score / weight - SURPLUS_PENALTY * max(0, len(printed) - len(declared))
    flattened = 0.95 * similarity(" ".join(printed), " ".join(declared))
    return max(0.0, by_level, flattened)


@cache
def folded_paths(column: ColumnForm) -> tuple[Path, ...]:
    """Return the declared header paths of a column, folded; ``{tahun}`` folds like any printed year."""
    return tuple(tuple(fold_header(part.replace(TAHUN, "2000")) for part in path) for path in column.headers)


@cache
def paths_by_leaf(column: ColumnForm) -> tuple[tuple[str, tuple[tuple[int, Path], ...]], ...]:
    """Return the folded paths of a column, each with its place, gathered under their lowest labels."""
    gathered: dict[str, list[tuple[int, Path]]] = {}
    for place, path in enumerate(folded_paths(column)):
        gathered.setdefault(path[-1], []).append((place, path))
    return tuple((leaf, tuple(paths)) for leaf, paths in gathered.items())


@cache
def wording_score(printed: Path, column: ColumnForm) -> float:
    """Return how well the wording of a printed header path fits a column, 0 to 1.

    The many declared paths end in few labels; only those under a label like the printed one are weighed level by level.
    """
    header = " ".join(printed)
    if not printed or not re.search(column.says, header) or (not column.says and _BEFORE_CHANGE.search(header)):
        return 0.0
    best = 0.0
    for leaf, paths in paths_by_leaf(column):
        likeness = similarity(printed[-1], leaf)
        if likeness < MIN_LEAF or not share_wording(printed[-1], leaf):
            best = max(best, 0.5 * likeness - _place_cost(paths[0][0]))
        else:
            best = max(best, *[path_score(printed, path) - _place_cost(place) for place, path in paths])
    return best


def _place_cost(place: int) -> float:
    return LATER_ALIAS_COST * min(place, MAX_LATER_PLACES)


def column_score(printed: Printed, column: ColumnForm) -> float:
    """Return how well a printed column fits a declared one: wording, then the numbering, then what its cells hold.

    A column repeated by year needs a year in its header, unless it is declared without one too: the plan's. Years may
    be printed over the halves or under them.
    """
    path = printed.path
    if TAHUN in column.key:
        if not _holds_year(path) and all(map(_holds_year, folded_paths(column))):
            return 0.0
        path = (*(label for label in path if label != YEAR_MARK), *(label for label in path if label == YEAR_MARK))
    score = wording_score(path, column)
    if score and column.numbering and ordinal(printed.numbering) == ordinal(column.numbering):
        score += NUMBERING_BONUS
    if printed.fits is not None:
        score -= 0.3 * (1 - printed.fits.get(column.kind, 1.0))
    return score


def _holds_year(path: Path) -> bool:
    return any(YEAR_MARK in label.split() for label in path)


def assign_columns(printed: Sequence[Printed], form: TableForm) -> Assignment:
    """Match printed to declared columns, in order, by the best total score; then the strong ones out of order.

    Columns under one heading may stand in any order (``Rp`` before ``K``). A declared column whose key holds
    ``{tahun}`` may take several printed neighbours, one a year.
    """
    if not _numbers_as_declared(printed, form):
        printed = [replace(column, numbering="") for column in printed]
    scores = [
        _without_borrowed_wording([column_score(column, declared) for declared in form.columns]) for column in printed
    ]
    order = _siblings_in_order(printed, scores)
    ordered = _assign_in_order([printed[row] for row in order], form, [scores[row] for row in order])
    back = sorted(range(len(printed)), key=order.__getitem__)
    return Assignment(
        columns=tuple(ordered.columns[place] for place in back), scores=tuple(ordered.scores[place] for place in back)
    )


def _numbers_as_declared(printed: Sequence[Printed], form: TableForm) -> bool:
    """Say whether the ordinals agree with the wording of most columns that have both.

    One more column at the left shifts all that follow, and each ordinal would speak for the neighbour of its column.
    """
    agreeing = differing = 0
    for column in printed:
        number = ordinal(column.numbering)
        named = max(form.columns, key=lambda declared: wording_score(column.path, declared))
        official = ordinal(named.numbering) if number is not None else None
        if official is not None and wording_score(column.path, named) >= MIN_OUT_OF_ORDER:
            agreeing += number == official
            differing += number != official
    return agreeing >= differing


def _siblings_in_order(printed: Sequence[Printed], scores: Sequence[Sequence[float]]) -> list[int]:
    """Return the printed columns with neighbours under one heading in the declared order, where wording is plain.

    ``Rp`` may stand before ``K``, and the quarter ``IV`` with both its columns before the quarter ``I``.
    """
    order = list(range(len(printed)))
    for below in HEADING_LEVELS:
        turned: list[int] = []
        for heading, run in itertools.groupby(order, key=lambda row: printed[row].path[:-below]):
            rows = list(run)
            best = {row: max(range(len(scores[row])), key=scores[row].__getitem__) for row in rows}
            plain = bool(heading) and all(scores[row][best[row]] >= MIN_OUT_OF_ORDER for row in rows)
            distinct = len(set(best.values())) == len(rows)
            turned.extend(sorted(rows, key=best.__getitem__) if plain and distinct else rows)
        order = turned
    return order


def _assign_in_order(printed: Sequence[Printed], form: TableForm, scores: list[list[float]]) -> Assignment:
    rows, columns = len(printed), form.columns
    best = [[0.0] * (len(columns) + 1) for _ in range(rows + 1)]
    step: list[list[str]] = [[""] * (len(columns) + 1) for _ in range(rows + 1)]
    for i in range(rows + 1):
        for j in range(len(columns) + 1):
            choices = [(0.0, "")] if i == j == 0 else []
            if j:
                choices.append((best[i][j - 1], "skip"))
            if i:
                choices.append((best[i - 1][j], "extra"))
            if i and j and scores[i - 1][j - 1] >= MIN_MATCH:
                choices.append((best[i - 1][j - 1] + scores[i - 1][j - 1], "match"))
                if TAHUN in columns[j - 1].key and step[i - 1][j] in ("match", "repeat"):
                    choices.append((best[i - 1][j] + scores[i - 1][j - 1], "repeat"))
            best[i][j], step[i][j] = max(choices)
    chosen: list[int | None] = [None] * rows
    i, j = rows, len(columns)
    while i or j:
        move = step[i][j]
        if move in ("match", "repeat"):
            chosen[i - 1] = j - 1
        i -= move in ("match", "repeat", "extra")
        j -= move in ("match", "skip")
    _leave_repeated_years(chosen, scores, printed, columns)
    _take_strays(chosen, scores, frozenset(n for n, column in enumerate(columns) if TAHUN in column.key))
    return Assignment(
        columns=tuple(None if pick is None else columns[pick] for pick in chosen),
        scores=tuple(0.0 if pick is None else scores[row][pick] for row, pick in enumerate(chosen)),
    )


def _without_borrowed_wording(scores: list[float]) -> list[float]:
    """Return the scores of a printed column with those lowered that another column's very wording outdoes."""
    best = max(scores, default=0.0)
    if best < VERY_WORDING:
        return scores
    return [score if score >= best - MIN_LEAD / 2 else score - BORROWED_COST for score in scores]


def _leave_repeated_years(
    chosen: list[int | None], scores: list[list[float]], printed: Sequence[Printed], columns: Sequence[ColumnForm]
) -> None:
    """Keep only the best of the printed columns that claim the same year of one declared column."""
    owner: dict[tuple[int, str], int] = {}
    for row, pick in enumerate(chosen):
        if pick is None or TAHUN not in columns[pick].key or not printed[row].year:
            continue
        held = owner.setdefault((pick, printed[row].year), row)
        if held == row:
            continue
        loser = min(held, row, key=lambda n: scores[n][pick])
        chosen[loser] = None
        owner[(pick, printed[row].year)] = held + row - loser


def _take_strays(chosen: list[int | None], scores: list[list[float]], repeated: frozenset[int]) -> None:
    """Give a column printed out of the official order to its declared column when the wording is unmistakable.

    ``repeated`` are the declared columns that several printed ones may be, one a year.
    """
    taken = {pick for pick in chosen if pick is not None} - repeated
    strays = sorted(
        (
            (score, row, column)
            for row, pick in enumerate(chosen)
            for column, score in enumerate(scores[row])
            if pick is None or score >= scores[row][pick] + MIN_LEAD
        ),
        reverse=True,
    )
    moved: set[int] = set()
    for score, row, column in strays:
        if score >= MIN_OUT_OF_ORDER and row not in moved and column not in taken:
            moved.add(row)
            chosen[row] = column
            taken |= {column} - repeated
