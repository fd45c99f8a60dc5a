"""Streaks of the scanner's sensor taken away, that would be walls through a table.

Dirt on the glass of a feeder draws a fine line from one edge of the picture to the other. No ruling runs on through
both margins of the sheet.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.engine import Picture

BESIDE = 0.02
"""Inches beside a streak where the paper is looked at; streaks are narrower than that both ways."""
DARKER = 12
"""Grey levels by which a streak is darker than what is beside it."""
MARGIN = 0.25
"""Inches at both ends of the picture in which a streak must show: rulings end before."""
IN_MARGIN = 0.85
"""Share of the pixels of both margins that must be darker."""
IN_ALL = 0.5
"""Share of its whole length; text beside hides the rest."""
MOST_GAIN = 3.0
"""Times by which what is seen through a streak is brightened; a darker streak hides the paper."""


def without_streaks(grey: Picture, dpi: float) -> Picture:
    """Return the picture as scanned (``grey``, any turn, not yet straightened) without streaks, upright or level.

    Through a pale streak print is seen and kept; of an opaque one only what paper adjoins becomes paper.
    """
    mended = _without_upright(grey, dpi)
    level = np.ascontiguousarray(mended.T)
    other = _without_upright(level, dpi)
    return mended if other is level else np.ascontiguousarray(other.T)


def _without_upright(grey: Picture, dpi: float) -> Picture:
    """Return the picture without streaks along its columns; itself when there is none."""
    reach, margin = max(2, round(BESIDE * dpi)), max(2, round(MARGIN * dpi))
    ends = np.concatenate((grey[:margin], grey[-margin:]))
    suspects = np.flatnonzero(
        (_darker(ends[:margin], reach) >= IN_MARGIN) & (_darker(ends[margin:], reach) >= IN_MARGIN)
    )
    streaks = [at for at in suspects if _darker(grey[:, at - reach : at + reach + 1], reach)[reach] >= IN_ALL]
    if not streaks:
        return grey
    mended = grey.copy()
    closed = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((1, 2 * reach + 1), np.uint8))
    for at in streaks:
        column, ground = grey[:, at].astype(np.float32), closed[:, at]
        gain = float(np.median(ground / np.maximum(1.0, column)))
        mended[:, at] = np.minimum(ground, column * gain) if gain <= MOST_GAIN else ground
    return mended


def _darker(band: Picture, reach: int) -> NDArray[np.float64]:
    """Return for each column the share of its pixels that are darker than those beside it on both sides."""
    values = band.astype(np.int16)
    beside = np.minimum(values[:, : -2 * reach], values[:, 2 * reach :])
    share = np.zeros(band.shape[1])
    share[reach:-reach] = (beside - values[:, reach:-reach] >= DARKER).mean(axis=0)
    return share
