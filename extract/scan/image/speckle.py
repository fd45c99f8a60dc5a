"""Black and white pages strewn with specks: what a scanner makes of the grain of paper by a threshold of its own.

Every speck would be ink, and the clumps of them words. Specks that no print adjoins are taken away.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from extract.scan.image.render import PagePicture

BLACK = 128
"""Grey level that parts the two of a black and white page."""
WHITE = 255
SPECK = 0.012
"""Inches; a full stop of 6 pt is larger."""
BESIDE_PRINT = 0.02
"""Inches from print within which a speck stays: it may be a full stop, or torn off a letter."""
SPECKLED = 40.0
"""Specks a square inch; worn black and white scans have 15."""
DITHERED = 400.0
"""Specks a square inch from which they are the grey of the paper and hang together: none of that is taken away."""


def without_speckle(page: PagePicture) -> PagePicture:
    """Return a black and white page without its specks, if it is strewn with them; any other page as it is."""
    if not page.bilevel:
        return page
    ink = np.where(page.grey < BLACK, 255, 0).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    size = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    specks = size <= max(2, SPECK * page.dpi)
    specks[0] = False
    density = np.count_nonzero(specks) / (ink.size / page.dpi**2)
    if not SPECKLED <= density < DITHERED:
        return page
    speck = specks[labels]
    prints = np.where(speck, 0, ink).astype(np.uint8)
    across = 2 * round(BESIDE_PRINT * page.dpi) + 1
    near = cv2.dilate(prints, np.ones((across, across), np.uint8)) > 0
    return replace(page, grey=np.asarray(np.where(speck & ~near, WHITE, page.grey), dtype=np.uint8))
