"""Which way up a scan lies: 0, 90, 180 or 270 degrees, by what is on it rather than by the file's /Rotate.

Sideways or not is told by the spacing of glyphs: letters stand closer along a line than lines do below each other.
Head-up or not is told by an engine: the same lines are read both ways up, and text read upside down is unsure.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extract.scan.cell_text import GLYPH_HEIGHTS, LineCrop, PageInk, loose_crops, usual_glyph_height
from extract.scan.engine import Picture, Reading, Recogniser

SAMPLE_LINES = 8
"""Lines read both ways up."""
LEAST_LINE_WIDTH = 4.0
"""Glyph heights; shorter lines say little, ``0`` reads the same upside down."""
MOST_LINE_WIDTH = 16.0
"""Glyph heights; longer lines are cut: they cost more without telling more."""
MIN_GLYPHS = 25
"""Fewer glyphs on the page: it is left as it lies."""
SIDEWAYS_RATIO = 1.15
"""How much closer glyphs must stand vertically than horizontally to call a page sideways."""
SURELY_UPRIGHT = 0.92
"""Mean confidence that upside-down text never reaches (0.6 to 0.8 measured): the other way need not be tried."""
CLEARLY_BETTER = 0.04
"""Mean confidence by which the other way up must win for a page to be turned over."""
LEGIBLE = 0.5
"""Mean confidence below which a sample is no text either way up, stamps and shadows say; the page stays as it lies."""


def turned(picture: Picture, degrees: int) -> Picture:
    """Return the picture turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(picture, k=-(degrees // 90)))


def reads_sideways(ink: Picture, dpi: float) -> bool:
    """Say whether text lines run vertically in the picture, from an ink mask without rulings."""
    _, _, stats, centers = cv2.connectedComponentsWithStats(ink, connectivity=8)
    low, high = (bound * dpi for bound in GLYPH_HEIGHTS)
    size = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    least = np.minimum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    glyphs = (size >= low) & (size <= high) & (least >= low / 4)
    glyphs[0] = False
    if glyphs.sum() < MIN_GLYPHS:
        return False
    boxes = stats[glyphs]
    x, y = centers[glyphs, 0], centers[glyphs, 1]
    width, height = boxes[:, cv2.CC_STAT_WIDTH], boxes[:, cv2.CC_STAT_HEIGHT]
    across = _neighbour_gaps(x, y, width, height, high)
    down = _neighbour_gaps(y, x, height, width, high)
    if not across.size or not down.size:
        return down.size > across.size
    # The count speaks too: nearly every letter has a neighbour in its line, few have one straight below.
    return float(np.median(across)) / max(1.0, float(np.median(down))) * (down.size / across.size) > SIDEWAYS_RATIO


def _neighbour_gaps(
    along: np.ndarray, across: np.ndarray, length: np.ndarray, breadth: np.ndarray, reach: float
) -> np.ndarray:
    """Return the white between each glyph and the next one along an axis that overlaps it on the other axis."""
    order = np.argsort(along)
    along, across, length, breadth = along[order], across[order], length[order], breadth[order]
    least = np.full(len(along), np.inf)
    for step in range(1, len(along)):
        one, other = slice(None, -step), slice(step, None)
        near = along[other] < along[one] + 2 * reach
        if not near.any():
            break
        same = np.abs(across[other] - across[one]) < 0.5 * np.maximum(breadth[other], breadth[one])
        white = along[other] - along[one] - (length[other] + length[one]) / 2
        counts = near & same & (white > -0.3 * length[one])
        least[one] = np.minimum(least[one], np.where(counts, white, np.inf))
    return np.asarray(np.maximum(0.0, least[least <= reach / 2]))


def _sample(page: PageInk) -> list[LineCrop]:
    """Return a few lines of usual length, spread over the page."""
    lines = [
        crop
        for crop in loose_crops(page, (), widest=MOST_LINE_WIDTH)
        if crop.picture.shape[1] >= LEAST_LINE_WIDTH * page.glyph_height
    ]
    return lines[:: max(1, len(lines) // SAMPLE_LINES)][:SAMPLE_LINES]


def _mean_confidence(readings: Sequence[Reading]) -> float:
    """Return the mean confidence of all characters read."""
    glyphs = [glyph.confidence for reading in readings for glyph in reading.glyphs]
    return float(np.mean(glyphs)) if glyphs else 0.0


def stands_on_its_head(page: PageInk, recogniser: Recogniser) -> tuple[bool, str]:
    """Say whether the page's text is upside down, and the two confidences compared."""
    crops = [crop.picture for crop in _sample(page)]
    if not crops:
        return False, "no lines"
    as_is = _mean_confidence(recogniser.read(crops))
    if as_is >= SURELY_UPRIGHT:
        return False, f"{as_is:.2f}"
    over = _mean_confidence(recogniser.read([turned(crop, 180) for crop in crops]))
    return over > max(as_is + CLEARLY_BETTER, LEGIBLE), f"{as_is:.2f}/{over:.2f}"


def degrees_to_upright(grey: Picture, ink: Picture, dpi: float, recogniser: Recogniser) -> tuple[int, str]:
    """Return the clockwise degrees (0, 90, 180, 270) that set a page upright, and the evidence in words.

    ``grey`` is the evenly lit page, ``ink`` its mask; rulings in it do no harm, they are larger than glyphs.
    """
    sideways = reads_sideways(ink, dpi)
    if sideways:
        grey, ink = turned(grey, 90), turned(ink, 90)
    page = PageInk(grey, ink, np.zeros_like(ink), dpi, usual_glyph_height(ink, dpi))
    over, confidences = stands_on_its_head(page, recogniser)
    degrees = (90 if sideways else 0) + (180 if over else 0)
    return degrees, f"{'sideways' if sideways else 'level'} lines, confidence as is/over {confidences}"
