"""Group words into lines by their base line: mixed sizes, superscripts, sideways text, two columns of prose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract.model import BBox, Line, Word

SAME_LINE_SHARE = 0.5
"""Words share a line when they overlap by at least this part of the lower one's height."""
LOOSE_GAP_EMS = 2.5
"""Outside tables a gap wider than this many line heights separates two columns of text."""
SIDEWAYS_MAJORITY = 0.6
"""A cell reads sideways when at least this share of its characters stands in sideways words."""
UPWARDS, DOWNWARDS = 90, 270
"""Angles of words that run up and down the page."""


def lines_in_cell(words: Sequence[Word]) -> tuple[Line, ...]:
    """Group the words of one cell into lines, top to bottom (left to right when the cell reads sideways)."""
    if len(words) == 1:
        return (Line(tuple(words), words[0].bbox),)
    if angle := _sideways_angle(words):
        return tuple(_line(row) for row in _sideways_rows(words, angle))
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


def _sideways_angle(words: Sequence[Word]) -> int:
    """Return the direction in which a cell reads sideways (90 up, 270 down), 0 when most of it reads across.

    The shape of a word tells nothing: ``3,`` in a column of one digit is taller than wide.
    """
    characters = dict.fromkeys((0, UPWARDS, DOWNWARDS), 0)
    for word in words:
        characters[word.angle if word.angle in characters else 0] += len(word.text)
    sideways = max((UPWARDS, DOWNWARDS), key=characters.__getitem__)
    return sideways if characters[sideways] >= SIDEWAYS_MAJORITY * sum(characters.values()) else 0


def _sideways_rows(words: Sequence[Word], angle: int) -> list[list[Word]]:
    """Turn the words upright, group them, and return the rows."""
    turned = {
        index: Word(
            str(index),
            BBox(-box.bottom, box.x0, -box.top, box.x1)
            if angle == UPWARDS
            else BBox(box.top, -box.x1, box.bottom, -box.x0),
        )
        for index, box in enumerate(word.bbox for word in words)
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
