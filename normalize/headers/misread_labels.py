"""Header labels that a recogniser misread, read again from the labels beside them.

A header repeats itself: the same ``K | Rp`` under each of many groups, quarters ``I`` to ``IV``, years one after the
other. Where nearly all of such a row of labels is legible, the one that is not (``X`` for ``K``, ``N`` for ``IV``,
``223`` for ``2023``) can only be one thing. Labels of a text layer are never touched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from normalize.fold import YEAR, fold_header, squeeze, years_in
from normalize.headers.header import Header, IsHeaderText

MIN_FAMILIES = 3
"""Groups that must print the same label at the same place before an illegible one is read like theirs."""
MIN_USUAL = 0.4
"""Share of the groups that must print it so."""
MIN_IN_PLACE = 2
"""Ordinals or years that must be legible and in sequence before another is read by its place."""
LONGEST_NUMERAL = 4
"""Characters up to which a label may be a misread Roman numeral."""
LONGEST_SHORT = 3
"""Characters of a short label (``K``, ``Rp``): misread ones have no likeness to go by."""
MIN_SAME_LABEL = 0.5
"""Likeness (0 to 1) of a longer label to the one its place asks for."""
YEAR_MISREAD = 2
"""Edits by which a year may be misread where its neighbours tell which it must be."""

_NUMERALS = ("I", "II", "III", "IV", "V", "VI")
_STROKE = re.compile(r"[1l|!]")
_LIKE_A_YEAR = re.compile(r"(?<![\w.,])[2Zz][0-9OoQDlIiSsBZz]{2,4}(?![\w.,])")

_Labels = dict[int, str]
_Children = Mapping[int, Sequence[int]]


def reread(header: Header, is_header_text: IsHeaderText, caption_years: Sequence[int]) -> Header:
    """Return the header with :attr:`Header.readings` mended by sequence and by pattern.

    ``caption_years`` are years the caption prints: a header's own lie close to them.
    """
    if not header.recognised:
        return header
    labels: _Labels = {}
    for ids, path in zip(header.cells, header.paths, strict=True):
        labels.update(zip(ids, path, strict=True))
    children = _children(header.cells)
    for below in children.values():
        _mend_numerals(labels, below)
        _mend_year_row(labels, below)
    _mend_pattern(labels, children, is_header_text)
    _mend_lone_years(labels, caption_years)
    return replace(header, readings=tuple(tuple(labels[cell] for cell in ids) for ids in header.cells))


def _children(cells: Iterable[Sequence[int]]) -> dict[int, list[int]]:
    """Return, per header cell, the cells directly below it from left to right; -1 stands for the outside."""
    below: dict[int, list[int]] = {}
    for ids in cells:
        for parent, child in zip((-1, *ids), ids, strict=False):
            known = below.setdefault(parent, [])
            if child not in known:
                known.append(child)
    return below


def _mend_numerals(labels: _Labels, row: Sequence[int]) -> None:
    """Read quarters by their place: ``I``, ``II``, ``III`` and ``N``, with or without a word before the numeral."""
    tokens = [labels[cell].split() for cell in row]
    if not MIN_IN_PLACE < len(row) <= len(_NUMERALS) or not all(tokens):
        return
    placed = [place for place, words in enumerate(tokens) if _numeral(words[-1]) == _NUMERALS[place]]
    if len(placed) < max(MIN_IN_PLACE, len(row) / 2):
        return
    if {_numeral(words[-1]) for words in tokens} == set(_NUMERALS[: len(row)]):  # all there: printed in another order
        return
    length = {len(tokens[place]) for place in placed}
    for place, words in enumerate(tokens):
        if len(words[-1]) <= LONGEST_NUMERAL and {len(words)} == length:
            labels[row[place]] = " ".join((*words[:-1], _NUMERALS[place]))


def _numeral(text: str) -> str:
    """Return a numeral as it was printed where its strokes were read as ``1``, ``l`` or ``|``."""
    return _STROKE.sub("I", text).upper()


def _mend_year_row(labels: _Labels, row: Sequence[int]) -> None:
    """Read a year by its place among the years beside it: ``2021``, ``2022``, ``223``, ``2024``."""
    texts = [squeeze(labels[cell]) for cell in row]
    starts = Counter(int(text) - place for place, text in enumerate(texts) if YEAR.fullmatch(text))
    if not starts:
        return
    start, in_place = starts.most_common(1)[0]
    printed = [int(text) for text in texts if YEAR.fullmatch(text)]
    rising = all(one < other for one, other in pairwise(printed))
    for place, text in enumerate(texts):
        wanted = str(start + place)
        distance = Levenshtein.distance(text, wanted)
        if YEAR.fullmatch(text):
            misread = distance == 1 and in_place >= MIN_IN_PLACE and not rising
        else:
            close = YEAR_MISREAD if in_place >= MIN_IN_PLACE else 1
            misread = distance <= close and any(map(str.isdigit, text))
        if misread:
            labels[row[place]] = wanted


def _mend_pattern(labels: _Labels, children: _Children, is_header_text: IsHeaderText) -> None:
    """Read the odd label of a group like those of the other groups: ``K | Rp`` under every heading but one."""
    families = [row for row in children.values() if len(row) > 1 and not any(cell in children for cell in row)]
    for size in {len(row) for row in families}:
        alike = [row for row in families if len(row) == size]
        for place in range(size):
            folded = [fold_header(labels[row[place]]) for row in alike]
            legible = Counter(label for label in folded if is_header_text(label))
            usual, count = legible.most_common(1)[0] if legible else ("", 0)
            if count < max(MIN_FAMILIES, MIN_USUAL * len(alike)) or count <= legible.total() / 2:
                continue
            shown = next(labels[row[place]] for row in alike if fold_header(labels[row[place]]) == usual)
            for row in alike:
                label = fold_header(labels[row[place]])
                if not is_header_text(label) and _may_be(label, usual):
                    labels[row[place]] = shown


def _may_be(label: str, usual: str) -> bool:
    if len(usual) <= LONGEST_SHORT:
        return len(label) <= LONGEST_SHORT
    return Levenshtein.normalized_similarity(label, usual) >= MIN_SAME_LABEL


def _mend_lone_years(labels: _Labels, caption_years: Sequence[int]) -> None:
    """Read a misread year inside a label (``TARGET 223``) as the only near year that is one edit away."""
    seen = [*caption_years, *(year for label in labels.values() for year in years_in(label))]
    if not seen:
        return
    near = [str(year) for year in range(min(seen) - 1, max(seen) + 2)]

    def mended(match: re.Match[str]) -> str:
        if YEAR.fullmatch(match.group()):
            return match.group()
        fitting = [year for year in near if Levenshtein.distance(match.group(), year) == 1]
        return fitting[0] if len(fitting) == 1 else match.group()

    for cell, label in labels.items():
        labels[cell] = _LIKE_A_YEAR.sub(mended, label)
