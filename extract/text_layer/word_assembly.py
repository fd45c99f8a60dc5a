"""Glyphs in, words out: gaps decide, not space characters; rulings and font changes cut."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from extract.frame import turn_box
from extract.index_ranges import pairs_in_ranges
from extract.model import BBox, Orientation, Ruling, RulingKind, Word
from extract.text_layer.glyphs import Flags, Floats, Glyphs, Ints

WORD_GAP_EM = 0.14
"""A gap wider than this share of the font size ends a word.

A space glyph is 0.22 to 0.28 em wide, 0.15 em in condensed lines; at 0.10 em loosely set words of real documents are
torn, at 0.18 em tightly set ones are glued.
"""
CAPITAL_GAP_EM = 0.06
"""The same between a small letter and a capital, which hardly ever stand in one word."""
KEPT_SPACE_EM = 0.05
"""A space glyph ends a word unless the glyphs around it stand closer than this."""
BACKSTEP_EM = 0.3
"""How far a glyph of another text object may reach back over the one before and still continue its word."""
RUN_BACKSTEP_EM = 1.05
"""The same within one text object: the letters of a ligature share one box."""
MIDDLE_SHIFT_EM = 0.2
"""Glyphs whose middles differ by more stand on different lines."""
SIZE_RATIO = 1.25
"""Glyphs whose sizes differ by more (superscripts, footnote marks) are different words."""
RULING_REACH_EM = 0.15
"""A ruling this near a glyph's edge counts as standing between it and its neighbour."""
RULING_CUT_EM = 0.05
"""Within one text object a ruling cuts only where the gap is wider: text that overflows its cell stays one word."""
OVERFLOW = 0.5
"""Points by which text must pass a ruling to count as overflowing its cell."""
TRACKED_PAIRS = 3
"""Fewest gaps of a text object from which letter-spacing is measured."""
TRACKING_EM = (0.05, 0.6)
"""Median gaps below are kerning, above they part the columns of a table set in one stroke."""


@dataclass(frozen=True, slots=True)
class _Line:
    """Inked glyphs of one direction, along (``start``, ``stop``) and across (``low``, ``high``) the reading axis."""

    start: Floats
    stop: Floats
    low: Floats
    high: Floats
    middle: Floats
    size: Floats
    run: Ints
    spacing: Floats
    """Letter-spacing that follows each glyph, in points."""
    spaces: Ints
    """How many space glyphs came before."""
    small: Flags
    """Small letters."""
    capital: Flags
    """Capital letters."""


def assemble_words(
    glyphs: Glyphs, rulings: Sequence[Ruling], width: float, height: float, *, keep: Flags
) -> tuple[Word, ...]:
    """Join the glyphs selected by ``keep`` into words, in the order of the content stream.

    ``width`` and ``height`` are those of the upright page in points.
    """
    words: list[Word] = []
    for quarter in range(4):
        chosen = np.flatnonzero(keep & (glyphs.quarter == quarter))
        if len(chosen):
            words += _assemble_direction(glyphs, chosen, rulings, (width, height), quarter)
    return tuple(words)


def _assemble_direction(
    glyphs: Glyphs, chosen: Ints, rulings: Sequence[Ruling], page: tuple[float, float], quarter: int
) -> list[Word]:
    """Assemble glyphs of one reading direction, in a frame turned so that they read rightwards."""
    space = glyphs.each(str.isspace)[chosen]
    inked = chosen[~space]
    if not len(inked):
        return []
    line = _line(glyphs, inked, np.cumsum(space, dtype=np.int64)[~space], page, quarter)
    order, first = _reading_order(line, _cuts(rulings, page, quarter))
    at = inked[order]
    known: dict[float, float] = {}
    boxes = zip(
        _shared(np.minimum.reduceat(line.start[order], first), known),
        _shared(np.minimum.reduceat(line.low[order], first), known),
        _shared(np.maximum.reduceat(line.stop[order], first), known),
        _shared(np.maximum.reduceat(line.high[order], first), known),
        strict=True,
    )
    bold = np.logical_and.reduceat(glyphs.bold[at], first).tolist()
    sizes = _shared(np.round(line.size[order[first]], 2), known)
    ordered = glyphs.spelt(at)
    ends = [*first[1:].tolist(), len(order)]
    turned = (page[1], page[0]) if quarter % 2 else page
    return [
        Word(
            text=sys.intern("".join(ordered[begin:end])),  # a thousand pages repeat few words
            bbox=turn_box(BBox(*box), -90 * quarter, *turned) if quarter else BBox(*box),
            size=size,
            bold=is_bold,
            angle=90 * quarter,
        )
        for begin, end, box, size, is_bold in zip(first.tolist(), ends, boxes, sizes, bold, strict=True)
    ]


def _shared(values: Floats, known: dict[float, float]) -> list[float]:
    """Return values as plain numbers, equal ones the same object: words of one line share their heights."""
    return [known.setdefault(value, value) for value in values.tolist()]


def _line(glyphs: Glyphs, inked: Ints, spaces: Ints, page: tuple[float, float], quarter: int) -> _Line:
    """Turn the glyph boxes so that the text reads rightwards, and measure the letter-spacing."""
    width, height = page
    x0, top, x1, bottom = (column[inked] for column in (glyphs.x0, glyphs.top, glyphs.x1, glyphs.bottom))
    start, stop, low, high = (
        (x0, x1, top, bottom),
        (height - bottom, height - top, x0, x1),
        (width - x1, width - x0, height - bottom, height - top),
        (top, bottom, width - x1, width - x0),
    )[quarter]
    size = np.maximum(glyphs.size[inked], 0.1)
    run = glyphs.run[inked]
    return _Line(
        start=start,
        stop=stop,
        low=low,
        high=high,
        middle=(low + high) / 2,
        size=size,
        run=run,
        spacing=_spacing(start, stop, size, run, spaces),
        spaces=spaces,
        small=glyphs.each(str.islower)[inked],
        capital=glyphs.each(str.isupper)[inked],
    )


def _spacing(start: Floats, stop: Floats, size: Floats, run: Ints, spaces: Ints) -> Floats:
    """Measure the letter-spacing of every text object as the median gap between neighbours without a space."""
    spacing = np.zeros(len(start))
    pairs = np.flatnonzero((run[1:] == run[:-1]) & (spaces[1:] == spaces[:-1]))
    if not len(pairs):
        return spacing
    gap = start[pairs + 1] - stop[pairs]
    by_run = np.lexsort((gap, run[pairs]))
    gap, owner = gap[by_run], run[pairs][by_run]
    first = np.flatnonzero(np.diff(owner, prepend=owner[0] - 1))
    count = np.diff(np.append(first, len(owner)))
    median = gap[first + (count - 1) // 2]  # the lower one of two, so that doubt counts as a word gap
    em = size[np.searchsorted(run, owner[first])]
    tracked = (count >= TRACKED_PAIRS) & (median > TRACKING_EM[0] * em) & (median < TRACKING_EM[1] * em)
    place = np.searchsorted(owner[first], run)
    known = place < len(first)
    place = np.minimum(place, len(first) - 1)
    known &= owner[first][place] == run
    spacing[known] = np.where(tracked, median, 0.0)[place[known]]
    return spacing


def _continues(line: _Line, left: Ints, right: Ints, cuts: _Cuts) -> Flags:
    """Say for each pair of glyphs whether the right one continues the word of the left one."""
    em = np.minimum(line.size[left], line.size[right])
    gap = line.start[right] - line.stop[left] - line.spacing[left]
    same_run = line.run[left] == line.run[right]
    spaced = (line.spaces[left] != line.spaces[right]) & (gap > KEPT_SPACE_EM * em)
    joined: Flags = (
        (gap <= np.where(line.small[left] & line.capital[right], CAPITAL_GAP_EM, WORD_GAP_EM) * em)
        & (gap >= -np.where(same_run, RUN_BACKSTEP_EM, BACKSTEP_EM) * em)
        & (line.start[right] >= line.start[left] - KEPT_SPACE_EM * em)
        & (np.abs(line.middle[right] - line.middle[left]) <= MIDDLE_SHIFT_EM * em)
        & (np.maximum(line.size[left], line.size[right]) <= SIZE_RATIO * em)
        & ~spaced
    )
    asked = np.flatnonzero(joined & ~(same_run & (gap <= RULING_CUT_EM * em)))
    i, j, reach = left[asked], right[asked], RULING_REACH_EM * em[asked]
    joined[asked[cuts.between(line.stop[i] - reach, line.start[j] + reach, line.middle[i])]] = False
    return joined


def _reading_order(line: _Line, cuts: _Cuts) -> tuple[Ints, Ints]:
    """Order the glyphs so that those of one word follow each other; return the order and where each word begins."""
    glyphs = np.arange(len(line.start))
    joined = _continues(line, glyphs[:-1], glyphs[1:], cuts)
    heads = np.flatnonzero(np.append(True, ~joined))
    tails = np.append(heads[1:], len(glyphs)) - 1
    follower = _followers(line, heads, tails, cuts)
    if not follower:
        return glyphs, heads
    followed = set(follower.values())
    order: list[Ints] = []
    begins: list[int] = []
    length = 0
    for fragment in range(len(heads)):
        if fragment in followed:
            continue
        begins.append(length)
        at: int | None = fragment
        while at is not None:
            order.append(glyphs[heads[at] : tails[at] + 1])
            length += len(order[-1])
            at = follower.get(at)
    return np.concatenate(order), np.array(begins)


def _followers(line: _Line, heads: Ints, tails: Ints, cuts: _Cuts) -> dict[int, int]:
    """Find fragments that continue another in place though not in the stream (kerned or shuffled pieces).

    A fragment that crosses a ruling overflows its cell, so what follows it in place belongs to the next cell.
    """
    by_place = np.lexsort((line.start[heads], np.round(line.middle[heads])))
    before, after = by_place[:-1], by_place[1:]
    tail, head, first = tails[before], heads[after], heads[before]
    candidates = _continues(replace(line, spaces=np.zeros_like(line.spaces)), tail, head, cuts)
    candidates &= ~cuts.between(line.start[first] + OVERFLOW, line.stop[tail] - OVERFLOW, line.middle[first])
    # A space the stream sets right after the one fragment or right before the other parts them.
    parted = np.append(line.spaces[heads[1:]] != line.spaces[tails[:-1]], False)
    spaced = line.spaces[tail] != line.spaces[head]
    spaced &= parted[before] | (parted[after - 1] & (after > 0))
    return {int(before[k]): int(after[k]) for k in np.flatnonzero(candidates & ~spaced)}


@dataclass(frozen=True, slots=True)
class _Cuts:
    """Rulings that run across the reading axis, sorted by position."""

    position: Floats
    low: Floats
    high: Floats

    def between(self, start: Floats, stop: Floats, across: Floats) -> Flags:
        """Say for each base line at ``across`` whether a ruling crosses it between ``start`` and ``stop``."""
        first, last = np.searchsorted(self.position, start), np.searchsorted(self.position, stop)
        crossed = np.zeros(len(across), dtype=np.bool_)
        for line, cut in pairs_in_ranges(first, last):
            height = across[line]
            crossed[line[(self.low[cut] <= height) & (height <= self.high[cut])]] = True
        return crossed


def _cuts(rulings: Sequence[Ruling], page: tuple[float, float], quarter: int) -> _Cuts:
    """Pick the rulings across the reading direction, in the turned frame."""
    wanted = Orientation.HORIZONTAL if quarter % 2 else Orientation.VERTICAL
    rows = [
        (r.position, r.start, r.end) for r in rulings if r.orientation is wanted and r.kind is not RulingKind.FILL_EDGE
    ]
    position, low, high = np.array(rows, dtype=np.float64).reshape(-1, 3).T
    width, height = page
    position, low, high = (
        (position, low, high),
        (height - position, low, high),
        (width - position, height - high, height - low),
        (position, width - high, width - low),
    )[quarter]
    order = np.argsort(position)
    return _Cuts(position[order], low[order], high[order])
