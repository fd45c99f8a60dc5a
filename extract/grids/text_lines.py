"""Group words into lines by their base line: mixed sizes, superscripts, sideways text, two columns of prose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract.model import BBox, Line, Word

SAME_LINE_SHARE = 0.5
"""Words share a line when they overlap by at least this part of the lower one's height."""
SIDEWAYS_RATIO = 1.3
"""A word of two or more characters this much taller than wide reads sideways."""
LOOSE_GAP_EMS = 2.5
"""Outside tables a gap wider than this many line heights separates two columns of text."""
SIDEWAYS_MAJORITY = 0.6
"""A cell reads sideways when at least this share of its characters stands in sideways words."""


def lines_in_cell(words: Sequence[Word]) -> tuple[Line, ...]:
    """Group the words of one cell into lines, top to bottom (left to right when the cell reads sideways)."""
    if len(words) == 1:
        return (Line(tuple(words), words[0].bbox),)
    if _reads_sideways(words):
        return tuple(_line(row) for row in _sideways_rows(words))
    return tuple(_line(row) for row in rows_of_words(words))


def loose_lines(words: Sequence[Word]) -> tuple[Line, ...]:
    """Group words outside tables into lines, cut where a wide gap shows two columns or a caption beside a table."""
    lines = [_line(part) for row in rows_of_words(words) for part in _cut_at_gaps(row)]
    return tuple(sorted(lines, key=lambda line: (line.bbox.top, line.bbox.x0)))


def rows_of_words(words: Iterable[Word]) -> list[list[Word]]:
    """Group words whose vertical extents overlap into rows, top to bottom, each left to right.

    Large words are placed first so that a superscript or a small word joins the row it stands beside.
    """
    rows: list[tuple[float, float, list[Word]]] = []
    for word in sorted(words, key=_tallest_first):
        best, best_share = -1, SAME_LINE_SHARE
        word_top, word_bottom = word.bbox.top, word.bbox.bottom
        for number, (top, bottom, _) in enumerate(rows):
            if bottom < word_top or top > word_bottom:
                continue
            overlap = min(bottom, word_bottom) - max(top, word_top)
            lower = min(bottom - top, word_bottom - word_top)
            share = overlap / lower if lower > 0 else float(top <= word.bbox.center_y <= bottom)
            if share > best_share:
                best, best_share = number, share
        if best < 0:
            rows.append((word_top, word_bottom, [word]))
        else:
            rows[best][2].append(word)
    rows.sort(key=lambda row: ((row[0] + row[1]) / 2, row[2][0].bbox.x0))
    return [sorted(row, key=_leftmost_first) if len(row) > 1 else row for _, _, row in rows]


def _tallest_first(word: Word) -> tuple[float, float, float]:
    box = word.bbox
    return box.top - box.bottom, box.top, box.x0


def _leftmost_first(word: Word) -> tuple[float, float]:
    box = word.bbox
    return box.x0, box.top


def _reads_sideways(words: Sequence[Word]) -> bool:
    sideways = 0
    for word in words:
        box, characters = word.bbox, len(word.text)
        if characters > 1 and box.bottom - box.top > SIDEWAYS_RATIO * (box.x1 - box.x0):
            sideways += characters
    return sideways > 0 and sideways >= SIDEWAYS_MAJORITY * sum([len(word.text) for word in words])


def _sideways_rows(words: Sequence[Word]) -> list[list[Word]]:
    """Turn the words a quarter clockwise, group them, and return the rows: text runs from bottom to top."""
    turned = {
        index: Word(str(index), BBox(-word.bbox.bottom, word.bbox.x0, -word.bbox.top, word.bbox.x1))
        for index, word in enumerate(words)
    }
    return [[words[int(word.text)] for word in row] for row in rows_of_words(turned.values())]


def _cut_at_gaps(row: list[Word]) -> list[list[Word]]:
    parts = [[row[0]]]
    for before, word in pairwise(row):
        gap = word.bbox.x0 - before.bbox.x1
        if gap > LOOSE_GAP_EMS * max(before.bbox.height, word.bbox.height):
            parts.append([])
        parts[-1].append(word)
    return parts


def _line(words: list[Word]) -> Line:
    if len(words) == 1:
        return Line(tuple(words), words[0].bbox)
    boxes = [word.bbox for word in words]
    return Line(
        tuple(words),
        BBox(
            min([box.x0 for box in boxes]),
            min([box.top for box in boxes]),
            max([box.x1 for box in boxes]),
            max([box.bottom for box in boxes]),
        ),
    )
