"""Rows of one table found again in another: by name, by code, by likeness, at last by an amount that only they share.

Rows of the same level and name are one group (SIPD prints a program once for the agency and once for its UPTD), and
groups are compared, never single rows, so that nothing is counted twice or overwritten.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from rapidfuzz import fuzz

from normalize.codes import parse_code
from normalize.model import Table, Tingkat
from schemas.figures import Gap, figure_of, value_at_record
from schemas.model import Schema
from schemas.tree import Branch, build_tree, own_refs

ALIKE_PERCENT = 80.0
"""Likeness (rapidfuzz ratio) from which two names of one level are taken for the same row."""

_PREFIX = re.compile(
    r"^(?:sub ?kegiatan|sub ?keg|kegiatan|program|bidang urusan|urusan pemerintahan(?: bidang)?|urusan)\b"
)
_WORD = re.compile(r"[^\W_]+")

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Every row of one level and name in a table."""

    table: int
    tingkat: Tingkat
    name: str
    """Folded, without the level prefix."""
    label: str
    """As printed, for messages."""
    codes: frozenset[str]
    branches: tuple[Branch, ...]


def fold_name(text: str) -> str:
    """Return the words of a row's name in lower case without level prefix or punctuation."""
    folded = " ".join(_WORD.findall(text.casefold()))
    while True:
        shorter = _PREFIX.sub("", folded, count=1).strip()
        if shorter in (folded, ""):
            return folded
        folded = shorter


def dotted_code(text: str) -> str:
    """Return a code in its one spelling, empty when the text is none; editions stay apart (``…01`` and ``…0001``)."""
    code = parse_code(text) if text else None
    return "" if code is None else code.text


def row_groups(table: Table, index: int, schema: Schema) -> tuple[RowGroup, ...]:
    """Return the rows of the planning levels grouped by level and name, in print order."""
    form = schema.form
    grouped: dict[tuple[Tingkat, str], list[Branch]] = {}
    for branch in build_tree(table.records).walk():
        name = fold_name(table.records[branch.record].get(form.level_column).text)
        if branch.tingkat not in (Tingkat.KELOMPOK, Tingkat.BARIS) and name:
            grouped.setdefault((branch.tingkat, name), []).append(branch)
    groups = []
    for (tingkat, name), branches in grouped.items():
        codes = {dotted_code(table.records[branch.record].get(form.code_column).text) for branch in branches}
        label = " ".join(table.records[branches[0].record].get(form.level_column).text.split())
        groups.append(RowGroup(index, tingkat, name, label, frozenset(codes - {""}), tuple(branches)))
    return tuple(groups)


def match_groups(
    ours: Sequence[RowGroup], theirs: Sequence[RowGroup], amount: Callable[[RowGroup], Decimal | None]
) -> dict[int, int]:
    """Return for each index of ``ours`` the index of its partner in ``theirs``; each group has one partner at most.

    ``amount`` gives the amount by which groups left over at last are recognised, None when they have none.
    """
    matched: dict[int, int] = {}
    _match_by(ours, theirs, matched, lambda group: (group.tingkat, group.name))
    _match_by(ours, theirs, matched, lambda group: (group.tingkat, group.codes) if group.codes else None)
    _match_alike(ours, theirs, matched)
    _match_by(ours, theirs, matched, lambda group: _by_amount(group, amount(group)))
    return matched


def _by_amount(group: RowGroup, amount: Decimal | None) -> tuple[Tingkat, Decimal] | None:
    return (group.tingkat, amount) if amount else None


def _match_by(
    ours: Sequence[RowGroup],
    theirs: Sequence[RowGroup],
    matched: dict[int, int],
    key: Callable[[RowGroup], K | None],
) -> None:
    """Pair what is still unmatched by a key that is unique on both sides."""
    taken = set(matched.values())
    our_keys = {index: key(group) for index, group in enumerate(ours) if index not in matched}
    their_keys = {index: key(group) for index, group in enumerate(theirs) if index not in taken}
    our_counts, their_counts = Counter(our_keys.values()), Counter(their_keys.values())
    by_key = {value: index for index, value in their_keys.items()}
    for index, value in our_keys.items():
        if value is not None and our_counts[value] == 1 and their_counts[value] == 1:
            matched[index] = by_key[value]


def _match_alike(ours: Sequence[RowGroup], theirs: Sequence[RowGroup], matched: dict[int, int]) -> None:
    taken = set(matched.values())
    pairs = sorted(
        (
            (-fuzz.ratio(our.name, their.name), index, other)
            for index, our in enumerate(ours)
            if index not in matched
            for other, their in enumerate(theirs)
            if other not in taken and our.tingkat is their.tingkat
        ),
    )
    for likeness, index, other in pairs:
        if -likeness >= ALIKE_PERCENT and index not in matched and other not in taken:
            matched[index] = other
            taken.add(other)


def group_amount(table: Table, group: RowGroup, column: str) -> Decimal | None:
    """Return the sum of a group's own amounts, None when it has none or one cannot be read."""
    total: Decimal | None = None
    for branch in group.branches:
        for ref in own_refs(table.records, group.table, branch, column):
            figure = figure_of(value_at_record(table, ref))
            if isinstance(figure, Gap):
                return None
            total = figure if total is None else total + figure
    return total
