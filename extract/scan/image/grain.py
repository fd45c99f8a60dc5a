"""What of a page's ink is the grain of the scan: clumps of noise no darker than noise gets.

A fixed contrast parts ink from paper well enough for letters; on a grainy page it also lets through clumps of two or
three pixels, and a lone flat one in an empty cell looks like a printed dash.
"""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.engine import Picture

NORMAL_SPREAD = 1.4826
"""Standard deviations of normal noise in one median absolute deviation."""
GRAIN_PEAK = 5.5
"""Standard deviations of the paper that the darkest pixel of a clump of grain stays below; measured 4.5 and less."""
LARGEST_GRAIN = 0.6
"""Glyph heights; larger ink is print, however pale."""
PAPER_APART = 5
"""Pixels; paper this near to ink is soft edge and tells nothing of the grain."""


def without_grain(ink: Picture, grey: Picture, glyph_height: float) -> Picture:
    """Return the ink without small clumps that are no darker than the paper's own grain.

    ``ink`` is 255 where there is ink, ``grey`` the evenly lit page, same shape; ``glyph_height`` in pixels. A page
    without grain (clean, or black and white) keeps all its ink.
    """
    paper = grey[cv2.dilate(ink, np.ones((PAPER_APART, PAPER_APART), np.uint8)) == 0]
    if not paper.size:
        return ink
    ground = float(np.median(paper))
    spread = NORMAL_SPREAD * float(np.median(np.abs(paper.astype(np.float32) - ground)))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    darkest = np.full(count, 255, dtype=np.uint8)
    inked = labels > 0
    np.minimum.at(darkest, labels[inked].astype(np.intp), grey[inked])
    small = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) < LARGEST_GRAIN * glyph_height
    grain = small & (ground - darkest < GRAIN_PEAK * spread)
    grain[0] = False
    return np.asarray(np.where(grain[labels], 0, ink), dtype=np.uint8)
