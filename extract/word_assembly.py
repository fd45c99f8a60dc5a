"""Glyphs in, words out: gaps decide, not space characters; rulings and font changes cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from extract.frame import turn_box
from extract.glyphs import Flags, Floats, Glyphs, Ints
from extract.model import BBox, Orientation, Ruling, RulingKind, Word

WORD_GAP_EM = 0.14
"""A gap wider than this share of the font size ends a word (a space glyph is 0.22 to 0.28 em wide)."""
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
TRACKED_RUN_GLYPHS = 4
"""Fewest glyphs of a text object from which letter-spacing is measured."""
TRACKING_MIN_EM = 0.05
"""Median gaps below this are kerning, not letter-spacing."""


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
    space = np.fromiter((glyphs.text[i].isspace() for i in chosen), np.bool_, len(chosen))
    inked = chosen[~space]
    if not len(inked):
        return []
    line = _line(glyphs, inked, np.cumsum(space, dtype=np.int64)[~space], page, quarter)
    cuts = _cuts(rulings, page, quarter)
    left = np.arange(len(inked) - 1)
    joined = _continues(line, left, left + 1, cuts)
    words = []
    for members in _chain(np.split(np.arange(len(inked)), np.flatnonzero(~joined) + 1), line, cuts):
        box = BBox(
            float(line.start[members].min()),
            float(line.low[members].min()),
            float(line.stop[members].max()),
            float(line.high[members].max()),
        )
        at = inked[members]
        turned = (page[1], page[0]) if quarter % 2 else page
        words.append(
            Word(
                text="".join([glyphs.text[i] for i in at]),
                bbox=turn_box(box, -90 * quarter, *turned),
                size=round(float(line.size[members[0]]), 2),
                bold=bool(glyphs.bold[at].all()),
                angle=90 * quarter,
            )
        )
    return words


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
    return _Line(start, stop, low, high, (low + high) / 2, size, run, _spacing(start, stop, size, run), spaces)


def _spacing(start: Floats, stop: Floats, size: Floats, run: Ints) -> Floats:
    """Measure the letter-spacing of every text object as the median gap between its glyphs."""
    spacing = np.zeros(len(start))
    borders = np.flatnonzero(np.diff(run)) + 1
    for first, last in zip([0, *borders], [*borders, len(run)], strict=True):
        if last - first < TRACKED_RUN_GLYPHS:
            continue
        gap = float(np.median(start[first + 1 : last] - stop[first : last - 1]))
        if gap > TRACKING_MIN_EM * size[first]:
            spacing[first:last] = gap
    return spacing


def _continues(line: _Line, left: Ints, right: Ints, cuts: _Cuts) -> Flags:
    """Say for each pair of glyphs whether the right one continues the word of the left one."""
    em = np.minimum(line.size[left], line.size[right])
    gap = line.start[right] - line.stop[left] - line.spacing[left]
    same_run = line.run[left] == line.run[right]
    spaced = (line.spaces[left] != line.spaces[right]) & (gap > KEPT_SPACE_EM * em)
    joined: Flags = (
        (gap <= WORD_GAP_EM * em)
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


def _chain(fragments: list[Ints], line: _Line, cuts: _Cuts) -> list[Ints]:
    """Join fragments that continue each other in place though not in the stream (kerned or shuffled pieces).

    A fragment that crosses a ruling overflows its cell, so what follows it in place belongs to the next cell.
    """
    heads = np.array([f[0] for f in fragments])
    tails = np.array([f[-1] for f in fragments])
    order = np.lexsort((line.start[heads], np.round(line.middle[heads])))
    tail, head = tails[order[:-1]], heads[order[1:]]
    candidates = _continues(replace(line, spaces=np.zeros_like(line.spaces)), tail, head, cuts)
    first = heads[order[:-1]]
    candidates &= ~cuts.between(line.start[first] + OVERFLOW, line.stop[tail] - OVERFLOW, line.middle[first])
    follower: dict[int, int] = {}
    for pair in np.flatnonzero(candidates):
        a, b = int(order[pair]), int(order[pair + 1])
        if not _space_between(fragments, a, b, line.spaces):
            follower[a] = b
    followed = set(follower.values())
    chains = []
    for k in range(len(fragments)):
        if k in followed:
            continue
        chain = [fragments[k]]
        at = k
        while at in follower:
            at = follower[at]
            chain.append(fragments[at])
        chains.append(np.concatenate(chain))
    return chains


def _space_between(fragments: list[Ints], a: int, b: int, spaces: Ints) -> bool:
    """Say whether the stream sets a space right after fragment ``a`` or right before fragment ``b``."""
    if spaces[fragments[a][-1]] == spaces[fragments[b][0]]:
        return False
    after_a = a + 1 < len(fragments) and spaces[fragments[a + 1][0]] != spaces[fragments[a][-1]]
    before_b = b > 0 and spaces[fragments[b - 1][-1]] != spaces[fragments[b][0]]
    return bool(after_a or before_b)


@dataclass(frozen=True, slots=True)
class _Cuts:
    """Rulings that run across the reading axis, sorted by position."""

    position: Floats
    low: Floats
    high: Floats

    def between(self, start: Floats, stop: Floats, across: Floats) -> Flags:
        """Say for each base line at ``across`` whether a ruling crosses it between ``start`` and ``stop``."""
        first, last = np.searchsorted(self.position, start), np.searchsorted(self.position, stop)
        crossed = first < last
        for k in np.flatnonzero(crossed):
            low, high = self.low[first[k] : last[k]], self.high[first[k] : last[k]]
            crossed[k] = ((low <= across[k]) & (high >= across[k])).any()
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
