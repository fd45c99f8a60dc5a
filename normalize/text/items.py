"""List items inside a cell, each on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_DASH = re.compile(r"[-\u2013](?=\s|\d|[^\W\d_]|%)")
_BULLET = re.compile("[\u2022\u25aa\u25cf\u25a0\u25e6\u2023\u27a2\u2713\u2714\uf0b7\uf0a7\uf0d8*](?!\\*)")
_ORDINAL = re.compile(r"\(?(\d{1,2}|[a-z])[.)](?=\s)")
_INLINE_ORDINAL = re.compile(r"(?:(?<=\s)|^)\(?(\d{1,2}|[a-z])[.)](?=\s)")
_INLINE_DASH = re.compile(r"(\S+) [-\u2013] (?=(\S+))")


def split_items(lines: Sequence[str]) -> str:
    """Join the printed lines by spaces, with a newline before each list item.

    A bullet sign always opens an item. Dashes do when the cell begins with one and has another; a dash inside a line
    counts then too, because narrow cells run items on. Ordinals (``1.``, ``2)``, ``a.``) do when at least two stand at
    line starts in order and none inside a line: a numbered sentence stays a sentence.
    """
    dashed = _is_dashed(lines)
    ordinals = _ordinal_lines(lines)
    text = ""
    for index, line in enumerate(lines):
        opens = bool(_BULLET.match(line)) or index in ordinals or (dashed and bool(_DASH.match(line)))
        text += ("\n" if opens else " ") + line
    text = text.strip()
    if dashed:
        text = _split_dashes(text)
    return re.sub(r"(?<=\S) (?=[\u2022\u25aa\u25cf\u25a0\uf0b7] )", "\n", text)


def _is_dashed(lines: Sequence[str]) -> bool:
    if not lines or not _DASH.match(lines[0]):
        return False
    starts = sum(bool(_DASH.match(line)) for line in lines)
    return starts > 1 or bool(_INLINE_DASH.search(" ".join(lines)[1:])) or bool(re.search(r" -\d", lines[0]))


def _split_dashes(text: str) -> str:
    """Break before the dashes inside a line, but not in a reduplication (``sentra - sentra``)."""

    def broken(match: re.Match[str]) -> str:
        before, after = match.group(1), match.group(2)
        return match.group() if before.casefold() == after.casefold() else f"{before}\n- "

    return re.sub(r" (?=-\d)", "\n", _INLINE_DASH.sub(broken, text))


def _ordinal_lines(lines: Sequence[str]) -> set[int]:
    """Return the indices of lines that open items of a numbered list."""
    starts = {index: match.group(1) for index, line in enumerate(lines) if (match := _ORDINAL.match(line))}
    inside = [match.group(1) for match in _INLINE_ORDINAL.finditer(" ".join(lines))]
    if len(starts) < 2 or len(inside) != len(starts):
        return set()
    ranks = [int(mark) if mark.isdigit() else ord(mark) for mark in starts.values()]
    in_order = all(later == earlier + 1 for earlier, later in pairwise(ranks))
    return set(starts) if in_order else set()
