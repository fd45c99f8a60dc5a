"""Column edges of a table whose columns no ruling parts, from its numbering line.

Between two neighbouring ordinals lies an edge, where the fewest runs of words cross. An ordinal over several columns
(``K`` and ``Rp`` of one figure, the parts of a code) leaves more white gaps below it; those whose both sides are filled
line for line are edges too.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from extract.grids.rulings import Floats, distinct
from extract.model import BBox
from extract.unruled.chunks import COLUMN_GAP_EMS, ChunkLine, chunk_line
from extract.unruled.numbering_line import NumberingLine

HEAD_COST = 0.75
"""A head title across an edge speaks against it, less than a body entry: titles run over several columns."""
CROSSING_POINTS = 0.5
"""A run of words reaching less far over an edge does not cross it."""
PAIRED_SHARE = 0.6
"""Both sides of an inner edge are filled on this share of the lines that fill the emptier one."""
MIN_PAIRED_LINES = 2
"""Lines filled on both sides that an inner edge needs at least."""
CROSSED_SHARE = 0.05
"""Share of the lines that may run across an inner edge."""
MIN_STRETCH_POINTS = 1.5
"""A narrower white stretch is no edge where there is a wider one."""
MAX_OFF_POINTS = 15.0
"""An ordinal this far off the middle of its column is not centred at all, and further makes no difference."""
WIDTH_WEIGHT = 0.05
"""Points off the middle that a stretch one point wider makes up for."""
CROSSING_PENALTY_POINTS = 4.0
"""Points off the middle that one more run of words across a stretch weighs."""
SAME_PENALTY_POINTS = 1e-6
"""Penalties that differ by less are equal but for rounding."""
PLACING_ROUNDS = 20
"""Rounds of moving edges until the ordinals stand in the middle of their columns."""
PLACING_INSET_POINTS = 1.5
"""An edge keeps this distance to the words beside it."""
MARGIN_POINTS = 4.0
"""Cell padding left outside the outermost words."""


class Stretch(NamedTuple):
    """A white stretch in which an edge may stand, and what speaks against it, in points off the middle."""

    low: float
    high: float
    penalty: float = 0.0


def column_edges(numbering: NumberingLine, head: Sequence[ChunkLine], body: Sequence[ChunkLine]) -> tuple[float, ...]:
    """Return the column edges, outer ones included, in points."""
    entries, titles = _boxes(body), _boxes(head)
    stretches = [
        _stretches(left.bbox.x1, right.bbox.x0, entries, titles) for left, right in pairwise(numbering.ordinals)
    ]
    between = _placed(_most_central(stretches, numbering.centres), numbering.centres)
    left, right = _outer_edges(numbering, between, [*titles, *entries])
    edges = [left, *between, right]
    inner = [x for low, high in pairwise(edges) for x in _inner_edges(low, high, body, head)]
    return tuple(sorted({*edges, *inner}))


def with_inner_edges(edges: Sequence[float], body: Sequence[ChunkLine]) -> tuple[float, ...]:
    """Return the edges of a drawn head and those that part columns under one of its cells (a value and its unit)."""
    inner = [x for low, high in pairwise(edges) for x in _inner_edges(low, high, body, ())]
    return tuple(sorted({*edges, *inner}))


def fine_chunks(line: ChunkLine) -> ChunkLine:
    """Cut a line at every gap wider than a word space."""
    return chunk_line([word for chunk in line.chunks for word in chunk.words], COLUMN_GAP_EMS)


def _boxes(lines: Sequence[ChunkLine]) -> list[BBox]:
    return [chunk.bbox for line in lines for chunk in fine_chunks(line).chunks]


def _stretches(low: float, high: float, entries: Sequence[BBox], titles: Sequence[BBox]) -> list[Stretch]:
    """Return the white stretches between two ordinals that the fewest runs of words cross."""
    boxes = np.array([(box.x0, box.x1) for box in (*entries, *titles)]).reshape(-1, 2)
    cost = np.r_[np.ones(len(entries)), np.full(len(titles), HEAD_COST)]
    near = (boxes[:, 1] > low) & (boxes[:, 0] < high)
    boxes, cost = boxes[near], cost[near]
    stops = distinct(np.clip(np.r_[low, high, boxes.ravel()], low, high))
    if len(stops) < 2:
        return [Stretch(low, high)]
    middle = (stops[:-1] + stops[1:]) / 2
    crossed = ((boxes[:, 0, None] < middle) & (boxes[:, 1, None] > middle)).T @ cost
    runs: list[Stretch] = []
    for start, end, cost_here in zip(stops[:-1].tolist(), stops[1:].tolist(), crossed.tolist(), strict=True):
        penalty = CROSSING_PENALTY_POINTS * (cost_here - float(crossed.min()))
        if penalty > CROSSING_PENALTY_POINTS * HEAD_COST + SAME_PENALTY_POINTS:
            continue
        if runs and runs[-1].high == start and abs(runs[-1].penalty - penalty) < SAME_PENALTY_POINTS:
            runs[-1] = Stretch(runs[-1].low, end, penalty)
        else:
            runs.append(Stretch(start, end, penalty))
    widest = max(run.high - run.low for run in runs if not run.penalty)
    return [run for run in runs if run.high - run.low >= min(MIN_STRETCH_POINTS, widest)]


def _most_central(stretches: Sequence[list[Stretch]], centres: Sequence[float]) -> list[Stretch]:
    """Return one stretch between every two ordinals, so that ordinals stand in the middle of their columns.

    Where ordinals are not centred no choice fits, and the widest stretches are taken.
    """
    costs: list[list[float]] = [[_bias(stretch) for stretch in stretches[0]]]
    came: list[list[int]] = []
    for number, following in enumerate(stretches[1:], start=1):
        row, source = [], []
        for stretch in following:
            options = [
                costs[-1][at] + min(MAX_OFF_POINTS, _off_centre(before, stretch, centres[number]))
                for at, before in enumerate(stretches[number - 1])
            ]
            least = min(range(len(options)), key=options.__getitem__)
            row.append(options[least] + _bias(stretch))
            source.append(least)
        costs.append(row)
        came.append(source)
    at = min(range(len(costs[-1])), key=costs[-1].__getitem__)
    chosen = [stretches[-1][at]]
    for number in range(len(came) - 1, -1, -1):
        at = came[number][at]
        chosen.append(stretches[number][at])
    return chosen[::-1]


def _bias(stretch: Stretch) -> float:
    return stretch.penalty - WIDTH_WEIGHT * (stretch.high - stretch.low)


def _placed(stretches: Sequence[Stretch], centres: Sequence[float]) -> list[float]:
    """Return one edge in every stretch, moved so that the ordinals stand in the middle of their columns."""
    edges = [(low + high) / 2 for low, high, _ in stretches]
    for _ in range(PLACING_ROUNDS):
        for at, (low, high, _) in enumerate(stretches):
            wanted = [2 * centres[at] - edges[at - 1]] if at else []
            wanted += [2 * centres[at + 1] - edges[at + 1]] if at + 1 < len(edges) else []
            if wanted:
                inset = min(PLACING_INSET_POINTS, (high - low) / 2)
                edges[at] = min(max(sum(wanted) / len(wanted), low + inset), high - inset)
    return edges


def _off_centre(left: Stretch, right: Stretch, centre: float) -> float:
    """Return by how many points a centre misses the middle of a column that begins and ends in the two stretches."""
    low, high = (left.low + right.low) / 2, (left.high + right.high) / 2
    return max(0.0, low - centre, centre - high)


def _outer_edges(numbering: NumberingLine, between: Sequence[float], boxes: Sequence[BBox]) -> tuple[float, float]:
    """Return the outer edges: as far out as the inner ones lie from their ordinals, and beyond the words there.

    On the right, text may stand beside the table.
    """
    right = 2 * numbering.centres[-1] - between[-1]
    starting = [box.x0 for box in boxes]
    ending = [box.x1 for box in boxes if box.x1 > between[-1] and box.x0 < right]
    left = min([2 * numbering.centres[0] - between[0], *(x - MARGIN_POINTS for x in starting)])
    return left, max([right, *(x + MARGIN_POINTS for x in ending)])


def _inner_edges(low: float, high: float, body: Sequence[ChunkLine], head: Sequence[ChunkLine]) -> list[float]:
    """Return the edges below one ordinal: between titles, and where both sides are filled line for line."""
    titles = _inside(head[-1], low, high) if head else []
    found = _edges_between_titles(titles, [box for line in body for box in _inside(line, low, high)])
    zones = list(pairwise([low, *found, high]))
    return [*found, *(edge for left, right in zones for edge in _paired_edges(left, right, body, titles))]


def _edges_between_titles(titles: Sequence[BBox], entries: Sequence[BBox]) -> list[float]:
    """Return the middle of the widest white stretch between every two titles, of their gap where there is none."""
    spans = np.array([(box.x0, box.x1) for box in entries]).reshape(-1, 2)
    found = []
    for left, right in pairwise(titles):
        stops = distinct(np.clip(np.r_[left.x1, right.x0, spans.ravel()], left.x1, right.x0))
        middle = (stops[:-1] + stops[1:]) / 2
        depth = ((spans[:, 0, None] < middle) & (spans[:, 1, None] > middle)).sum(axis=0)
        runs = [
            (a, b) for a, b, n in zip(stops[:-1].tolist(), stops[1:].tolist(), depth.tolist(), strict=True) if not n
        ]
        start, end = max(runs, key=lambda run: run[1] - run[0], default=(left.x1, right.x0))
        found.append((start + end) / 2)
    return found


def _paired_edges(low: float, high: float, body: Sequence[ChunkLine], titles: Sequence[BBox]) -> list[float]:
    """Return the edges in white stretches whose sides are both filled, line for line."""
    lines = [boxes for line in body if (boxes := _inside(line, low, high))]
    spans = np.array([(box.x0, box.x1) for boxes in lines for box in boxes]).reshape(-1, 2)
    if len(spans) < 2 * MIN_PAIRED_LINES:
        return []
    height = float(np.median([box.height for boxes in lines for box in boxes]))
    found = []
    for start, end in _white(spans, CROSSED_SHARE * len(lines)):
        middle = (start + end) / 2
        if end - start < COLUMN_GAP_EMS * height:
            continue
        sides = [(any(b.center_x < middle for b in boxes), any(b.center_x > middle for b in boxes)) for boxes in lines]
        emptier = min(sum(left for left, _ in sides), sum(right for _, right in sides))
        if sum(left and right for left, right in sides) >= max(MIN_PAIRED_LINES, PAIRED_SHARE * emptier):
            found.append(_clear(start, end, titles))
    return found


def _clear(start: float, end: float, titles: Sequence[BBox]) -> float:
    """Return the middle of a white stretch, or of its wider part beside a title that stands in it."""
    for title in titles:
        if start < title.x0 and title.x1 < end:
            start, end = max((start, title.x0), (title.x1, end), key=lambda part: part[1] - part[0])
    return (start + end) / 2


def _inside(line: ChunkLine, low: float, high: float) -> list[BBox]:
    return [chunk.bbox for chunk in fine_chunks(line).chunks if low < chunk.bbox.center_x < high]


def _white(spans: Floats, allowed: float) -> list[tuple[float, float]]:
    """Return the stretches between the outermost ends that at most so many spans cover."""
    stops = distinct(spans)
    middle = (stops[:-1] + stops[1:]) / 2
    depth = ((spans[:, 0, None] < middle) & (spans[:, 1, None] > middle)).sum(axis=0)
    runs: list[tuple[float, float]] = []
    for start, end, count in zip(stops[:-1].tolist(), stops[1:].tolist(), depth.tolist(), strict=True):
        if count > allowed:
            continue
        if runs and runs[-1][1] == start:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs
