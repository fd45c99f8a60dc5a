"""Rulings of a straightened page picture: broken, dotted, faint and 1-bit ones too, but no text and no scanner edge."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from extract.model import Orientation, Ruling
from extract.scan.engine import Picture
from extract.scan.image.render import PAPER_WHITE

RUN_LENGTH = 0.22
"""Inches of straight ink that start a ruling."""
MIN_LENGTH = 0.14
"""Inches; a shorter piece counts only when it is a tick."""
TICK_LENGTH = 0.07
"""Inches; the shortest ruling, which must run from one ruling to the next (the wall of a low header cell)."""
TICK_REACH = 0.008
"""Inches between the end of a tick and the edge of the ruling it runs to; a digit in a low row stays further off."""
LONE_LENGTH = 0.5
"""Inches; a ruling that does not span between two others must be this long."""
MAX_THICKNESS = 0.06
"""Inches; thicker straight ink is a bar or a shaded area."""
BRIDGED_GAP = 0.09
"""Inches; a narrower gap in one line is a break or a dot pattern, a wider one the mouth of a merged cell."""
DOT_GAP = 0.035
"""Inches between the dots or dashes of a dotted ruling."""
FOLLOWED_GAP = 0.05
"""Inches between the dots of a line already known; lines of text stand further apart."""
DOT_HEIGHT = 0.03
"""Inches; ink no taller than this can be a dot or dash of a ruling."""
SAME_LINE = 0.018
"""Inches between the middles of pieces of one ruling."""
TOUCH = 0.06
"""Inches within which two rulings meet."""
CLEAR_SIDE = 0.02
"""Inches beside a ruling where paper must show."""
MIN_CLEAR_SHARE = 0.45
"""Share of a ruling's length with paper on both sides; text rows and hatching have less."""
LONG = 3.0
"""Inches; a thin run this long may have something dark along one side: the crease of a fold, a shadow."""
ONE_SIDE_CLEAR = 0.8
"""Share of its length that then shows paper on the other side."""
BESIDE = 0.035
"""Inches beside a ruling where straight runs are part of it: a waving, doubled or shadowed line."""
SURE_LENGTH = 1.0
"""Inches; letters that blurred together never run straight for this long."""
MIN_EVENNESS = 0.8
"""Rulings measured 0.88 and more, rows of blurred letters 0.74 and less."""
ALONE_LENGTH, ALONE_SHARE = 0.4, 0.85
"""Inches of a piece, and the share of them with paper on both sides, from which it is no row of letters however uneven:
a line of a 1-bit scan is pale at every step once it is set straight."""
MOST_TIMES_THICKER = 1.25
"""Times the usual thickness of the page's long rulings; a short piece beyond that is a row of merged letters."""
STICKING_OUT = 0.015
"""Inches by which letters stand out of the bar that their merged middles form."""
WORD_HEIGHT = 0.25
"""Inches; ink lower than this hangs together with no ruling that crosses it."""
PAPER_DARKNESS = 255 - PAPER_WHITE
EDGE_BAND = 0.12
"""Inches from the picture's edge where a line is the scanner's lid or the sheet's border."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of ruling ink in pixels: ``position`` across, ``start`` to ``end`` along."""

    position: float
    start: float
    end: float
    thickness: float
    dotted: bool = False
    """Whether it consists of dots or dashes."""


@dataclass(frozen=True, slots=True)
class _Clear:
    """Shares of a piece's length beside which paper shows: on both sides, and on its clearer side."""

    both: float
    one: float


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page as it lies when horizontal lines are sought in it, its ink gone through once."""

    grey: Picture
    ink: Picture
    labels: cv2.typing.MatLike
    """Which clump of ink each pixel belongs to; 0 is paper."""
    heights: cv2.typing.MatLike
    """Of the clumps, in pixels."""
    flat: Picture
    """The ink of clumps too flat to be letters."""


def _sheet(grey: Picture, ink: Picture, dpi: float) -> _Sheet:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights = stats[:, cv2.CC_STAT_HEIGHT]
    return _Sheet(grey, ink, labels, heights, _flat_clumps(labels, heights, dpi))


def _straight_runs(sheet: _Sheet, dpi: float, crossing: Picture | None = None) -> Picture:
    """Return the ink of long horizontal runs, solid or dotted: rulings, but thick bars and text rows too.

    ``crossing`` is the mask of rulings of the other direction: dots on them are no dots by themselves, but stand for
    one in a dotted line that goes on across.
    """
    ink = sheet.ink
    run = max(12, round(RUN_LENGTH * dpi))
    dots = max(3, round(DOT_GAP * dpi))
    # A step of one pixel in a thin line (residual slope, 1-bit scans) must not end the run.
    stepped = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    solid = cv2.morphologyEx(stepped, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    flat = sheet.flat if crossing is None else _flat_beside(ink, crossing, dpi)
    bridged = cv2.morphologyEx(flat, cv2.MORPH_CLOSE, np.ones((1, dots), np.uint8))
    dotted = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, run * 2), np.uint8))
    core = cv2.bitwise_or(cv2.bitwise_and(solid, ink), dotted)
    return np.asarray(cv2.dilate(core, np.ones((1, 3), np.uint8)), dtype=np.uint8)


def _pieces(sheet: _Sheet, runs: Picture, dpi: float) -> list[_Piece]:
    """Return the horizontal ruling pieces among the straight runs of a sheet."""
    count, labels, stats, centers = cv2.connectedComponentsWithStats(runs, connectivity=8)
    thickest = max(3.0, MAX_THICKNESS * dpi)
    usual = _usual_thickness(stats, dpi)
    found = []
    for index in range(1, count):
        x, y, width, height, area = stats[index]
        thickness = area / width
        if width < MIN_LENGTH * dpi * 0.6 or thickness > thickest:
            continue
        if height > thickest * 2 and height > width * 0.1:
            continue
        box = (x, y, width, height)
        clear = _clear_shares(sheet.ink, labels, index, box, dpi)
        along_crease = width >= LONG * dpi and thickness <= MOST_TIMES_THICKER * usual and clear.one >= ONE_SIDE_CLEAR
        if clear.both < MIN_CLEAR_SHARE and not along_crease:
            continue
        # A dotted line is uneven by nature, but letters have no part in it: its dots are too flat.
        solid = np.count_nonzero(sheet.flat[y : y + height, x : x + width]) < area / 4
        if solid and width < SURE_LENGTH * dpi:
            if thickness > MOST_TIMES_THICKER * usual or _sticks_out(sheet, labels, index, box, dpi):
                continue
            stands_alone = width >= ALONE_LENGTH * dpi and clear.both >= ALONE_SHARE
            if not stands_alone and _evenness(sheet.grey, labels, index, box) < MIN_EVENNESS:
                continue
        found.append(_Piece(float(centers[index][1]), float(x), float(x + width), float(thickness), dotted=not solid))
    return found


def _lines(sheet: _Sheet, runs: Picture, dpi: float) -> list[_Piece]:
    """Return the horizontal pieces, dotted ones followed to their ends, joined where they lie on one line."""
    return _joined([_followed(piece, sheet.ink, dpi) for piece in _pieces(sheet, runs, dpi)], dpi)


def _followed(piece: _Piece, ink: Picture, dpi: float) -> _Piece:
    """Return a dotted piece as far as its dots go on in its line: over crossings, which are no dots, and short rows."""
    if not piece.dotted:
        return piece
    half = piece.thickness / 2 + 1
    band = ink[max(0, round(piece.position - half)) : round(piece.position + half) + 1].any(axis=0)
    inked = np.flatnonzero(band)
    breaks = np.flatnonzero(np.diff(inked) > FOLLOWED_GAP * dpi)
    starts, ends = inked[np.r_[0, breaks + 1]], inked[np.r_[breaks, len(inked) - 1]]
    mine = (starts < piece.end) & (ends >= piece.start)
    if not mine.any():
        return piece
    return replace(piece, start=min(piece.start, float(starts[mine][0])), end=max(piece.end, float(ends[mine][-1] + 1)))


def _usual_thickness(stats: cv2.typing.MatLike, dpi: float) -> float:
    """Return the thickness in pixels that nine of ten long straight runs stay below; no bound without any."""
    width, area = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_AREA]
    thickness = area / np.maximum(1, width)
    long = (width >= SURE_LENGTH * dpi) & (thickness <= MAX_THICKNESS * dpi)
    return float(np.percentile(thickness[long], 90)) if long.any() else np.inf


def _sticks_out(
    sheet: _Sheet, labels: cv2.typing.MatLike, index: int, box: tuple[int, int, int, int], dpi: float
) -> bool:
    """Say whether a piece is the bar along a word: its ink meets no crossing ruling and stands out above or below."""
    x, y, width, height = box
    place = np.s_[y : y + height, x : x + width]
    held = sheet.labels[place][labels[place] == index]
    held = held[held > 0]
    if not held.size:
        return False
    tall = sheet.heights[int(np.bincount(held).argmax())]
    return bool(height + STICKING_OUT * dpi <= tall <= WORD_HEIGHT * dpi)


def _ticks(sheet: _Sheet, found: list[_Piece], others: list[_Piece], dpi: float) -> list[_Piece]:
    """Return the horizontal pieces too short for :func:`_pieces` that run exactly between two crossing rulings."""
    run = max(6, round(TICK_LENGTH * dpi))
    runs = cv2.morphologyEx(sheet.ink, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    _, labels, stats, centers = cv2.connectedComponentsWithStats(runs, connectivity=8)
    ticks = []
    for index in _between_crossings(stats, centers[:, 1], found, others, dpi):
        x, y, width, height, area = stats[index]
        box = (x, y, width, height)
        clear = _clear_shares(sheet.ink, labels, index, box, dpi).both >= MIN_CLEAR_SHARE
        if clear and _evenness(sheet.grey, labels, index, box) >= MIN_EVENNESS:
            ticks.append(_Piece(float(centers[index][1]), float(x), float(x + width), float(area / width)))
    return ticks


def _between_crossings(
    stats: cv2.typing.MatLike, middles: np.ndarray, found: list[_Piece], others: list[_Piece], dpi: float
) -> np.ndarray:
    """Return the labels of runs that end on a crossing ruling at both sides and lie on none found already."""
    reach, thickest = max(2.0, TICK_REACH * dpi), max(3.0, MAX_THICKNESS * dpi / 2)
    fits = (stats[:, cv2.CC_STAT_HEIGHT] <= thickest) & (stats[:, cv2.CC_STAT_WIDTH] <= 2 * RUN_LENGTH * dpi)
    fits[0] = False  # the paper
    runs = np.flatnonzero(fits)
    x, width = (stats[runs, [column]][:, None] for column in (cv2.CC_STAT_LEFT, cv2.CC_STAT_WIDTH))
    middle = middles[runs, None]
    position, start, end, _ = _measures(found)
    known = (np.abs(position - middle) <= thickest) & (start <= x + width / 2) & (x + width / 2 <= end)
    position, start, end, thickness = _measures(others)
    crossing = (start - reach <= middle) & (middle <= end + reach)
    left, right = (crossing & (np.abs(position - side) <= reach + thickness) for side in (x, x + width))
    return np.asarray(runs[~known.any(axis=1) & left.any(axis=1) & right.any(axis=1)])


def _measures(pieces: list[_Piece]) -> np.ndarray:
    """Return position, start, end and thickness of pieces, a row each."""
    return np.array([(p.position, p.start, p.end, p.thickness) for p in pieces], dtype=float).reshape(-1, 4).T


def _flat_clumps(labels: cv2.typing.MatLike, heights: cv2.typing.MatLike, dpi: float) -> Picture:
    """Return only the ink of clumps too flat to be letters: dots, dashes and pieces of broken rulings."""
    flat = np.where(heights <= max(5.0, DOT_HEIGHT * dpi), 255, 0).astype(np.uint8)
    flat[0] = 0
    return np.asarray(flat[labels], dtype=np.uint8)


def _flat_beside(ink: Picture, crossing: Picture, dpi: float) -> Picture:
    """Return the flat ink of a page without the rulings that cross, and the ink on those."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(
        cv2.bitwise_and(ink, cv2.bitwise_not(crossing)), connectivity=8
    )
    flat = _flat_clumps(labels, stats[:, cv2.CC_STAT_HEIGHT], dpi)
    return np.asarray(cv2.bitwise_or(flat, cv2.bitwise_and(ink, crossing)), dtype=np.uint8)


def _clear_shares(
    ink: Picture, labels: cv2.typing.MatLike, index: int, box: tuple[int, int, int, int], dpi: float
) -> _Clear:
    """Return the shares of a piece's columns that show paper just above and below it, and on its clearer side."""
    x, y, width, height = box
    reach = max(2, round(CLEAR_SIDE * dpi))
    patch = labels[y : y + height, x : x + width] == index
    filled = patch.any(axis=0)
    tops = y + patch.argmax(axis=0)
    bottoms = y + height - 1 - patch[::-1].argmax(axis=0)
    columns = np.arange(x, x + width)
    last = ink.shape[0] - 1
    above = ink[np.clip(tops - reach, 0, last), columns] == 0
    below = ink[np.clip(bottoms + reach, 0, last), columns] == 0
    if not filled.any():
        return _Clear(0.0, 0.0)
    sides = max(float(above[filled].mean()), float(below[filled].mean()))
    return _Clear(float((above & below)[filled].mean()), sides)


def _evenness(grey: Picture, labels: cv2.typing.MatLike, index: int, box: tuple[int, int, int, int]) -> float:
    """Return how even the darkness along a piece is: its palest tenth over its median, 0 to 1."""
    x, y, width, height = box
    patch = labels[y : y + height, x : x + width] == index
    dark = np.where(patch, 255.0 - grey[y : y + height, x : x + width], 0.0).max(axis=0) - PAPER_DARKNESS
    return float(np.percentile(dark, 10) / max(1.0, float(np.median(dark))))


def _joined(pieces: list[_Piece], dpi: float) -> list[_Piece]:
    """Merge pieces that lie on one line with at most a small gap between them."""
    near, gap = SAME_LINE * dpi, BRIDGED_GAP * dpi
    groups: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda item: (item.start, item.position)):
        best = None
        for group in groups:
            last = max(group, key=lambda item: item.end)
            if abs(last.position - piece.position) <= near and piece.start - last.end <= gap:
                best = group
                break
        if best is None:
            groups.append([piece])
        else:
            best.append(piece)
    merged = []
    for group in groups:
        weights = np.array([item.end - item.start for item in group])
        merged.append(
            _Piece(
                float(np.average([item.position for item in group], weights=weights)),
                min(item.start for item in group),
                max(item.end for item in group),
                float(np.average([item.thickness for item in group], weights=weights)),
                any(item.dotted for item in group),
            )
        )
    return merged


def _meets(piece: _Piece, others: list[_Piece], dpi: float) -> int:
    """Return how many rulings of the other direction the piece meets."""
    reach = TOUCH * dpi
    return sum(
        piece.start - reach <= other.position <= piece.end + reach
        and other.start - reach <= piece.position <= other.end + reach
        for other in others
    )


def _kept(pieces: list[_Piece], others: list[_Piece], across: int, dpi: float) -> list[_Piece]:
    """Drop letter strokes (short and not spanning between two rulings) and the edges of the sheet."""
    band = EDGE_BAND * dpi
    kept = []
    for piece in pieces:
        length = (piece.end - piece.start) / dpi
        meetings = _meets(piece, others, dpi)
        if length < LONE_LENGTH and meetings < 2:
            continue
        at_edge = piece.position < band or piece.position > across - band
        if at_edge and meetings < 2:
            continue
        kept.append(piece)
    return kept


def find_rulings(grey: Picture, ink: Picture, dpi: float) -> tuple[tuple[Ruling, ...], Picture]:
    """Find the rulings of an upright, straight page.

    ``grey`` is evenly lit, ``ink`` its mask (255 = ink). Returns the rulings in *pixels* and a mask of their ink, to
    be erased before text is sought.
    """
    height, width = ink.shape
    upright = _sheet(grey, ink, dpi)
    across = _sheet(np.ascontiguousarray(grey.T), np.ascontiguousarray(ink.T), dpi)
    flat_runs, tall_runs = _straight_runs(upright, dpi), _straight_runs(across, dpi)
    flat, tall = _lines(upright, flat_runs, dpi), _lines(across, tall_runs, dpi)
    if any(piece.dotted for piece in (*flat, *tall)):
        # Where dotted lines cross, a cross of dots stands in the way of both.
        columns, rows = _bands(tall, tall_runs, dpi).T, _bands(flat, flat_runs, dpi).T
        flat_runs = _straight_runs(upright, dpi, np.ascontiguousarray(columns))
        tall_runs = _straight_runs(across, dpi, np.ascontiguousarray(rows))
        flat, tall = _lines(upright, flat_runs, dpi), _lines(across, tall_runs, dpi)
    flat, tall = flat + _ticks(upright, flat, tall, dpi), tall + _ticks(across, tall, flat, dpi)
    # Two rounds: a stroke that met only a dropped stroke goes as well.
    for _ in range(2):
        flat, tall = _kept(flat, tall, height, dpi), _kept(tall, flat, width, dpi)
    rulings = tuple(
        Ruling(orientation, piece.position, piece.start, piece.end, piece.thickness)
        for orientation, pieces in ((Orientation.HORIZONTAL, flat), (Orientation.VERTICAL, tall))
        for piece in sorted(pieces, key=lambda item: (item.position, item.start))
    )
    erased = cv2.bitwise_or(_bands(flat, flat_runs, dpi), np.ascontiguousarray(_bands(tall, tall_runs, dpi).T))
    return rulings, np.asarray(erased, dtype=np.uint8)


def _bands(pieces: list[_Piece], runs: Picture, dpi: float) -> Picture:
    """Return the ink of horizontal rulings: their straight band, and the runs beside it where a line waves."""
    narrow, broad = np.zeros_like(runs), np.zeros_like(runs)
    for piece in pieces:
        columns = slice(max(0, int(piece.start)), int(piece.end) + 1)
        for mask, half in ((narrow, piece.thickness / 2 + 1.5), (broad, piece.thickness / 2 + BESIDE * dpi)):
            mask[max(0, int(piece.position - half)) : int(piece.position + half) + 1, columns] = 255
    beside = cv2.dilate(cv2.bitwise_and(runs, broad), np.ones((3, 1), np.uint8))
    return np.asarray(cv2.bitwise_or(narrow, beside), dtype=np.uint8)
