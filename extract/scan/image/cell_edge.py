"""Text that touches the ruling above it: the ruling is taken out of the letters, not the letters' tops with the ruling.

A tight row prints its capitals into the line above. Erased with that line they lose their bars (``PROGRAM`` is read
``RUUIVAMI``). But a ruling is as dark all along the cell: its darkness can be subtracted, and the letters stay whole.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.cell_text import LineCrop, PageInk, Region, crops_in_region

REACH = 0.7
"""Usual glyph heights above a cell's upper edge in which its letters' tops may stand."""
RULED_SHARE = 0.8
"""Share of a row of the picture from which it is the ruling's."""
LEAST_TOUCHING = 0.3
"""Share of a line's inked columns that touch the ruling: a leaning ruling touches a letter or two."""
LEAST_COLUMNS = 1.5
"""Usual glyph heights of ink; a lone figure that touches is better read as it is."""
STRETCH = 12
"""Usual glyph heights of cell width along which the ruling is measured: it may wander on the way."""
PARTED = 5
"""Pixels; the height of white in a letter that a ruling leaves behind, and one."""
SOLID = 0.45
"""Of the text's darkness, from which a restored pixel is ink and a row of the ruling hides what it crosses."""


def crops_of_cell(page: PageInk, region: Region) -> list[LineCrop]:
    """Cut one cell into line crops like :func:`crops_in_region`, letters that run into the ruling above whole."""
    band = _touched_ruling(page, region)
    if band is None:
        return crops_in_region(page, region)
    first, last = band
    top = max(0, first - round(REACH * page.glyph_height))
    window = np.s_[top : region.bottom, region.left : region.right]
    grey, ink, ruled = page.grey[window].copy(), page.ink[window].copy(), page.ruled[window].copy()
    rows = np.s_[first - top : last + 1 - top]
    grey[rows], ink[rows] = _without_ruling(page, region, first, last)
    ruled[rows] = 0
    # A letter's top that the ruling parted from its foot stands close above it; a tail of the line above does not.
    _, labels = cv2.connectedComponents(cv2.dilate(ink, np.ones((PARTED, 3), np.uint8)), connectivity=8)
    ink[~np.isin(labels, np.unique(labels[last + 1 - top :][ink[last + 1 - top :] > 0]))] = 0
    ground = np.uint8(np.median(grey))
    grey[: last + 1 - top][cv2.dilate(ink, np.ones((3, 3), np.uint8))[: last + 1 - top] == 0] = ground
    local = replace(page, grey=grey, ink=ink, ruled=ruled)
    height, width = ink.shape
    crops = crops_in_region(local, Region(0, 0, width, height))
    return [replace(crop, left=crop.left + region.left, top=crop.top + top) for crop in crops]


def _touched_ruling(page: PageInk, region: Region) -> tuple[int, int] | None:
    """Return the first and last row of the ruling above a cell when the cell's first line runs into it, else None."""
    reach = round(REACH * page.glyph_height)
    start, end = max(0, region.top - reach), min(region.bottom, region.top + reach)
    if region.right - region.left < LEAST_COLUMNS * page.glyph_height or end - start < 2:
        return None
    share = (page.ruled[start:end, region.left : region.right] > 0).mean(axis=1)
    ruled = np.flatnonzero(share >= RULED_SHARE)
    if not len(ruled):
        return None
    first, last = start + int(ruled[0]), start + int(ruled[-1])
    line = page.ink[last + 1 : last + 1 + reach, region.left : region.right] > 0
    inked = int(line.any(axis=0).sum()) if line.size else 0
    if inked < LEAST_COLUMNS * page.glyph_height or line[0].sum() < LEAST_TOUCHING * inked:
        return None
    return first, last


def _without_ruling(
    page: PageInk, region: Region, first: int, last: int
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the grey and the ink of a ruling's rows (both ends included) with the ruling's own darkness taken out."""
    columns = slice(region.left, region.right)
    above, below = max(0, first - 1), last + 2
    ground = float(np.median(page.grey[last + 1 : region.bottom, columns]))
    dark = np.clip(ground - page.grey[above:below, columns].astype(np.float64), 0, None)
    text = page.grey[last + 1 : region.bottom, columns][page.ink[last + 1 : region.bottom, columns] > 0]
    full = ground - float(np.percentile(text, 20))
    width = max(1, round(STRETCH * page.glyph_height))
    for left in range(0, dark.shape[1], width):
        part = dark[:, left : left + width]
        ruling = np.percentile(part, 30, axis=1)
        hidden = np.flatnonzero(ruling >= SOLID * full)
        part -= ruling[:, None]
        if len(hidden) and hidden[0] > 0 and hidden[-1] + 1 < len(part):
            # What the ruling crosses is as dark as the paler of what stands above and below it.
            part[hidden[0] : hidden[-1] + 1] = np.minimum(part[hidden[0] - 1], part[hidden[-1] + 1])
    dark = np.clip(dark, 0, None)[first - above : last + 1 - above]
    grey = np.clip(ground - dark, 0, 255).astype(np.uint8)
    return grey, np.asarray(np.where(dark >= SOLID * full, 255, 0), dtype=np.uint8)
