"""Regions of a page picture to crops of one text line each; empty regions give none.

Whether a cell is empty is decided on the original ink, never by asking an engine: recognisers read texture.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.engine import Picture

DEFAULT_GLYPH_HEIGHT = 0.09
"""Inches; a 9 pt capital, used where a page shows too few glyphs to measure."""
GLYPH_HEIGHTS = (0.03, 0.3)
"""Inches; components in this range are taken for glyphs when the usual height is measured."""
LEAST_GLYPHS = 10
"""Glyphs a page must show before their median height is believed."""
SPECK = 0.008
"""Inches; ink smaller than this in both directions is dust."""
LONE_SPECK = 0.018
"""Inches; a cell whose ink is all smaller than this is empty: no value is printed as one dot."""
LONE_DASH = 0.012
"""Inches; a wider than tall speck of this width may be a pale dash."""
LONE_DASH_ASPECT = 1.3
DASH_SPECK = (0.2, 0.32)
"""Glyph heights; a cell's single speck of this size may be what is left of a short or pale dash."""
BORDER_REST = 0.02
"""Inches; thinner ink along a cell's edge is what is left of its ruling."""
FULL_LENGTH = 0.6
"""Share of a cell's side that a rest of its ruling runs along; a lone 1 or dash is shorter."""
HAIR = 0.006
"""Inches; a rest of a ruling at the very edge of a cell is this thin."""
PART_SHARE = 0.5
"""A row of ink lower than this share of a glyph is a dash, a dot or a tail, not a line of its own."""
PART_REACH = 0.45
"""Glyph heights within which such a part belongs to the line next to it."""
TALL_SHARE = 1.75
"""A band taller than this many glyphs may hold two lines whose tails touch."""
CORE_SHARE = 0.18
"""Share of a band's densest row that rows between two lines stay below."""
BLOCK_GAP = 1.2
"""Glyph heights of white that part blocks standing side by side."""
PIECE_GAP = 2.6
"""Glyph heights of white that cut a line into pieces read separately."""
SIDE_MARGIN = 0.3
"""Glyph heights of paper left and right of a crop."""
ROW_MARGIN = 0.3
"""Glyph heights of paper above and below a crop; less makes letters larger but costs a third more time for nothing."""
LEAST_CROP = 1.6
"""Glyph heights; a lower crop is padded to this, so that a lone lower-case letter is not blown up to a capital."""
FOOT_ROWS = (0.35, 0.3)
"""Glyph heights above and below a glyph's foot between which a separator's ink stands."""
FOOT_REACH = 0.5
"""Glyph heights beside a glyph within which a speck at its foot may be a separator."""
FRAME = 1.5
"""Inches; connected ink larger than this both ways is a frame, a grid or a picture."""
JOIN_REACH = 1.3
"""Glyph heights by which words of one loose line are joined."""


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of the page picture, in pixels, right and bottom exclusive."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class LineCrop:
    """One line of text (or a piece of it cut off by wide gaps): what an engine is given."""

    picture: Picture
    """Dark text on light ground, rulings and neighbouring lines painted over."""
    ink: Picture
    """255 where :attr:`picture` has this line's ink; same shape."""
    left: int
    """Page pixel of the crop's first column; may lie outside the page by the margin."""
    top: int
    glyph_height: float
    """Height in pixels of a capital or digit hereabouts."""
    bilevel: bool = False
    """Whether the scan has no grey: fine shapes are less to be believed."""
    alone: bool = False
    """Whether it holds all ink of its cell."""


@dataclass(frozen=True, slots=True)
class PageInk:
    """A straightened page prepared for line finding."""

    grey: Picture
    """Evenly lit, fills lifted to the paper."""
    ink: Picture
    """255 where there is ink and no ruling; same shape."""
    ruled: Picture
    """255 where a ruling was erased from :attr:`ink`; same shape."""
    dpi: float
    glyph_height: float
    """Usual height of a glyph in pixels."""
    bilevel: bool = False
    """Whether the scan was stored in black and white."""


def usual_glyph_height(ink: Picture, dpi: float) -> float:
    """Return the median height in pixels of the page's glyph-sized ink."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights = stats[1:, cv2.CC_STAT_HEIGHT]
    low, high = (bound * dpi for bound in GLYPH_HEIGHTS)
    glyphs = heights[(heights >= low) & (heights <= high)]
    return float(np.median(glyphs)) if len(glyphs) >= LEAST_GLYPHS else DEFAULT_GLYPH_HEIGHT * dpi


def crops_in_region(page: PageInk, region: Region) -> list[LineCrop]:
    """Cut one region (a cell without its rulings) into line crops, top to bottom, left to right."""
    window = np.s_[region.top : region.bottom, region.left : region.right]
    crops = _region_crops(page, region, page.ink[window])
    return [replace(crop, alone=True) for crop in crops] if len(crops) == 1 else crops


def _region_crops(page: PageInk, region: Region, ink: Picture) -> list[LineCrop]:
    """Cut one region into line crops; ``ink`` is the part of the page's ink there that belongs to it."""
    window = np.s_[region.top : region.bottom, region.left : region.right]
    grey = page.grey[window]
    if grey.size == 0:
        return []
    seen, source = cv2.bitwise_or(ink, page.ink[window]), grey
    ink, specks, height = _clean_ink(ink, page)
    if not ink.any():
        return []
    # Dust and rulings are painted over in the crops; ink the mask missed (faint strokes) and pale separators stay.
    dropped = cv2.bitwise_or(cv2.bitwise_and(seen, cv2.bitwise_not(cv2.bitwise_or(ink, specks))), page.ruled[window])
    grey = np.where(cv2.dilate(dropped, np.ones((5, 5), np.uint8)) > 0, np.uint8(np.median(grey)), grey)
    grey = np.where(cv2.dilate(ink, np.ones((3, 3), np.uint8)) > 0, source, grey)
    crops = []
    for left, top, right, bottom in _line_boxes(ink, height):
        crop = _crop(grey, ink, (left, top, right, bottom), height, region)
        crops.append(replace(crop, bilevel=page.bilevel))
    return crops


def _line_boxes(ink: Picture, height: float) -> list[tuple[int, int, int, int]]:
    """Return (left, top, right, bottom) of each piece of each text line, reading order."""
    boxes = []
    for top, bottom in _touching_bands(ink, height):
        pieces = list(_pieces(ink[top:bottom], height, BLOCK_GAP if bottom - top >= TALL_SHARE * height else PIECE_GAP))
        for left, right in pieces:
            # Blocks side by side need not share base lines: each finds its own lines.
            part = ink[top:bottom, left:right]
            for upper, lower in _line_bands(part, height):
                for start, end in _pieces(part[upper:lower], height, PIECE_GAP):
                    boxes.append((left + start, top + upper, left + end, top + lower))
    return sorted(boxes, key=lambda box: (round((box[1] + box[3]) / 2 / max(1.0, height)), box[0]))


def _touching_bands(ink: Picture, height: float) -> list[tuple[int, int]]:
    """Return the runs of inked rows, parted by a white row; parts lower than a glyph join their neighbour."""
    return _with_parts_joined(_runs(np.count_nonzero(ink, axis=1) > 0), height)


def _clean_ink(ink: Picture, page: PageInk) -> tuple[Picture, Picture, float]:
    """Drop dust and rests of rulings.

    Returns the ink, the specks that may be separators, and the region's glyph height (the page's where it shows none).
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count == 1:
        return ink, np.zeros_like(ink), page.glyph_height
    rows, columns = ink.shape
    x, y, width, height = (stats[:, index] for index in range(4))
    big = np.maximum(width, height)
    rest = BORDER_REST * page.dpi
    at_side = (x < rest) | (x + width > columns - rest)
    at_edge = (y < rest) | (y + height > rows - rest)
    upright_rest = at_side & (width <= rest) & (height >= max(2.5 * page.glyph_height, FULL_LENGTH * rows))
    flat_rest = at_edge & (height <= rest) & (width >= max(2.5 * page.glyph_height, FULL_LENGTH * columns))
    # A thread of ruling beside its erased line: thinner than any stroke of the page's letters.
    hair = max(1.0, HAIR * page.dpi)
    thread = ((x == 0) | (x + width == columns)) & (width <= hair) | ((y == 0) | (y + height == rows)) & (
        height <= hair
    )
    rest_or_thread = upright_rest | flat_rest | thread
    keep = (big > SPECK * page.dpi) & ~rest_or_thread
    keep[0] = False
    dash = keep & (width >= LONE_DASH_ASPECT * height) & (width >= LONE_DASH * page.dpi)
    if not keep.any() or (big[keep].max() < LONE_SPECK * page.dpi and not dash.any()):
        lone = (big >= DASH_SPECK[0] * page.glyph_height) & ~rest_or_thread
        lone[0] = False
        if lone.sum() != 1 or big[lone].max() >= DASH_SPECK[1] * page.glyph_height:
            lone[:] = False
        return _only(labels, lone, ink), np.zeros_like(ink), page.glyph_height
    glyphs = height[keep & (height >= 0.5 * page.glyph_height) & (height <= 4 * page.glyph_height)]
    usual = float(np.percentile(glyphs, 60)) if len(glyphs) >= 3 else page.glyph_height
    pieces = stats[keep]
    separators = np.zeros_like(keep)
    for speck in np.flatnonzero(~keep & ~rest_or_thread):
        separators[speck] = speck > 0 and _at_a_foot(stats[speck], pieces, page.glyph_height)
    return _only(labels, keep, ink), _only(labels, separators, ink), usual


def _only(labels: cv2.typing.MatLike, wanted: NDArray[np.bool_], ink: Picture) -> Picture:
    """Return the ink of the wanted pieces."""
    return np.asarray(np.where(wanted[labels], ink, 0), dtype=np.uint8)


def _at_a_foot(speck: NDArray[np.int32], pieces: NDArray[np.int32], glyph_height: float) -> bool:
    """Say whether a speck stands at the foot of a glyph, where a pale separator leaves a pixel or two."""
    x, y, width, height = (pieces[:, index] for index in range(4))
    center_x, center_y = speck[0] + speck[2] / 2, speck[1] + speck[3] / 2
    foot, reach = y + height, FOOT_REACH * glyph_height
    above, below = (share * glyph_height for share in FOOT_ROWS)
    beside = (center_x > x - reach) & (center_x < x + width + reach)
    low = (center_y > foot - above) & (center_y < foot + below)
    return bool((beside & low & (height >= PART_SHARE * glyph_height)).any())


def _runs(filled: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the (start, end) of every run of True, end exclusive."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], filled, [False])).astype(np.int8)))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _line_bands(ink: Picture, height: float) -> list[tuple[int, int]]:
    """Return the (top, bottom) rows of each text line."""
    profile = np.count_nonzero(ink, axis=1)
    bands: list[tuple[int, int]] = []
    for top, bottom in _runs(profile > 0):
        bands.extend(_split_tall(profile, top, bottom, height))
    return _with_parts_joined(bands, height)


def _with_parts_joined(bands: list[tuple[int, int]], height: float) -> list[tuple[int, int]]:
    """Join low bands (dots of i, tails, dashes) to the nearer neighbour; one far from any stays: a lone dash."""
    bands = list(bands)
    low = PART_SHARE * height
    joined = True
    while joined and len(bands) > 1:
        joined = False
        for index, (top, bottom) in enumerate(bands):
            if bottom - top >= low:
                continue
            above = top - bands[index - 1][1] if index else np.inf
            below = bands[index + 1][0] - bottom if index + 1 < len(bands) else np.inf
            if min(above, below) > PART_REACH * height:
                continue
            other = index - 1 if above <= below else index + 1
            first, last = min(index, other), max(index, other)
            bands[first : last + 1] = [(bands[first][0], bands[last][1])]
            joined = True
            break
    return bands


def _split_tall(profile: NDArray[np.intp], top: int, bottom: int, height: float) -> Iterator[tuple[int, int]]:
    """Cut a band that holds several lines at its sparsest rows."""
    if bottom - top < TALL_SHARE * height:
        yield top, bottom
        return
    rows = profile[top:bottom]
    cores = [run for run in _runs(rows > CORE_SHARE * rows.max()) if run[1] - run[0] >= PART_SHARE * height]
    start = 0
    for first, second in itertools.pairwise(cores):
        cut = first[1] + int(np.argmin(rows[first[1] : second[0]]))
        yield top + start, top + cut
        start = cut
    yield top + start, bottom


def _pieces(band: Picture, height: float, gap: float) -> Iterator[tuple[int, int]]:
    """Yield the (left, right) of the parts of a line that wide gaps separate."""
    runs = _runs(np.asarray(band.any(axis=0)))
    if not runs:
        return
    left, right = runs[0]
    for start, end in runs[1:]:
        if start - right > gap * height:
            yield left, right
            left = start
        right = end
    yield left, right


def _crop(grey: Picture, ink: Picture, box: tuple[int, int, int, int], height: float, region: Region) -> LineCrop:
    """Cut a piece out with margins of paper; ink of other lines does not enter it."""
    left, top, right, bottom = box
    ground = int(np.median(grey))
    side = max(2, round(SIDE_MARGIN * height))
    above = below = max(2, round(ROW_MARGIN * height))
    lacking = round(LEAST_CROP * height) - (bottom - top)
    if lacking > 0:
        above += lacking // 2
        below += lacking - lacking // 2
    shape = (bottom - top + above + below, right - left + 2 * side)
    picture = np.full(shape, ground, dtype=np.uint8)
    mask = np.zeros(shape, dtype=np.uint8)
    own = np.s_[above : above + bottom - top, side : side + right - left]
    mask[own] = ink[top:bottom, left:right]
    # Two pixels around the ink are its soft edge; further out only paper is wanted.
    rows = np.s_[max(0, top - above) : min(grey.shape[0], bottom + below)]
    columns = np.s_[max(0, left - side) : min(grey.shape[1], right + side)]
    source = grey[rows, columns]
    foreign = ink[rows, columns].copy()
    at_row, at_column = rows.start - (top - above), columns.start - (left - side)
    place = np.s_[at_row : at_row + source.shape[0], at_column : at_column + source.shape[1]]
    foreign[mask[place] > 0] = 0
    near = cv2.dilate(mask[place], np.ones((5, 5), np.uint8)) > 0
    kept = near | (cv2.dilate(foreign, np.ones((3, 3), np.uint8)) == 0)
    inside = np.zeros_like(kept)
    inside[max(0, top - 2 - rows.start) : bottom + 2 - rows.start] = True
    picture[place] = np.where(kept & inside, source, ground)
    return LineCrop(picture, mask, region.left + left - side, region.top + top - above, height)


def loose_crops(page: PageInk, grids: Sequence[Region], *, widest: float = math.inf) -> list[LineCrop]:
    """Cut the text outside the grids (captions, prose, lists without rulings) into line crops, top to bottom.

    Lines are found by joining ink that stands close together; each crop holds only its own ink, though boxes of
    leaning lines overlap. ``widest`` cuts longer lines off, in glyph heights.
    """
    outside = page.ink.copy()
    for grid in grids:
        outside[max(0, grid.top) : grid.bottom, max(0, grid.left) : grid.right] = 0
    count, labels, stats, _ = cv2.connectedComponentsWithStats(outside, connectivity=8)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    dust = np.maximum(width, height) <= SPECK * page.dpi
    frame = np.minimum(width, height) > FRAME * page.dpi
    no_text = dust | frame
    no_text[0] = True
    if count == 1 or no_text.all():
        return []
    outside = np.asarray(np.where(no_text[labels], 0, 255), dtype=np.uint8)
    reach = max(3, round(JOIN_REACH * page.glyph_height) | 1)
    joined = cv2.morphologyEx(outside, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    # Upwards and downwards too, so that dots and tails stay with their letters.
    joined = cv2.dilate(joined, np.ones((max(1, round(0.3 * page.glyph_height)) | 1, 1), np.uint8))
    _, lines, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    crops: list[LineCrop] = []
    for index, (x, y, length, tall, _) in enumerate(stats):
        if index == 0 or max(length, tall) < LONE_SPECK * page.dpi:
            continue
        wide = int(min(length, widest * page.glyph_height))
        box = np.s_[y : y + tall, x : x + wide]
        own = np.where(lines[box] == index, outside[box], 0).astype(np.uint8)
        crops.extend(_region_crops(page, Region(int(x), int(y), int(x + wide), int(y + tall)), own))
    return sorted(crops, key=lambda crop: (crop.top, crop.left))
