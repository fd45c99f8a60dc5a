"""Coloured and dark areas of a page picture made paper: their text and lines become dark on light like all other.

Heads of tables are filled green, orange or dark blue and lettered in black or white. In a grey picture such text has
little contrast, or the wrong one, and the lines between the cells may be white. Here the fill is lifted to the paper's
brightness; what differs from it, darker or lighter, stays as ink. Everything after this knows only dark on light.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.engine import Picture

FILL_SHARE = 0.75
"""Of the paper's brightness; a paler fill leaves text and rulings contrast enough."""
RUN = 0.4
"""Inches along a row over which most pixels of a fill are dark."""
RUN_DARK_SHARE = 0.6
"""So many of them; letters in a line darken less."""
EDGE_DARK_SHARE = 0.35
"""Around such a place the fill goes on as far as this share reaches: to its ends, through dense white lettering."""
LETTER_STROKE = 0.06
"""Inches; narrower light gaps inside a fill are its lettering."""
LEAST_HEIGHT, LEAST_WIDTH = 0.12, 0.3
"""Inches; a lower dark strip is a ruling or a line of bold capitals, a narrower one a letter or part of a logo."""
LINES_APART = 0.14
"""Inches; fills this near above each other are one: white lettering and white rulings part them."""
LEVEL_WINDOW = 0.12
"""Inches over which the level of a fill is the median."""
PAPER_DPI = 25
"""Pixels per inch at which the paper's brightness is estimated."""
LARGEST_FILL = 1.5
"""Inches; the paper's brightness is taken from paper this near."""
CLEAR_LETTER = 0.4
"""Of the way from the fill to white or to black: what differs by this is lettering."""
LINE_LENGTH = 0.25
"""Inches along which the other polarity is averaged: black rulings of a fill with white letters stand out of the grain,
the halos of letters do not."""
LINE_DEAD_ZONE, LINE_GAIN = 0.14, 5.0
"""The average counts beyond this share only, and that many times."""
LINE_PIXEL = 0.1
"""A pixel of a ruling itself differs by this."""
OUTLINE = 0.008
"""Inches; the edge of a fill is drawn this thick: it is the edge of a cell."""
LEAST_RANGE = 60.0
"""Grey levels; the way from a nearly black fill to black is taken for this, or grain would count as ink."""


def without_fills(grey: Picture, dpi: float) -> Picture:
    """Return a page picture in which filled areas are as bright as the paper and what stands in them is dark.

    ``grey`` is the page as scanned, any light, but upright: text stands in rows. What reaches the
    picture's edge is the scanner's border and is left alone; a photograph loses contrast.
    """
    paper = _paper(grey, dpi)
    dark = (grey < FILL_SHARE * paper).astype(np.uint8)
    fills = _fills(dark, dpi)
    if fills is None:
        return grey
    level = _levels(grey, fills, dpi)
    inside = fills > 0
    ground, value, white = level[inside], grey[inside].astype(np.float32), paper[inside]
    lighter = np.clip(value - ground, 0, None) / np.maximum(LEAST_RANGE, white - ground)
    darker = np.clip(ground - value, 0, None) / np.maximum(LEAST_RANGE, ground)
    count, labels = cv2.connectedComponents(fills, connectivity=4)
    place = labels[inside]
    light_letters = np.bincount(place, weights=lighter > CLEAR_LETTER, minlength=count)
    dark_letters = np.bincount(place, weights=darker > CLEAR_LETTER, minlength=count)
    is_light = (light_letters > dark_letters)[place]
    letters, others = np.where(is_light, lighter, darker), np.where(is_light, darker, lighter)
    ink = np.maximum(letters, _along_lines(others, inside, dpi))
    ink = np.maximum(ink, _outline(fills, dpi)[inside])
    mended = grey.copy()
    mended[inside] = np.clip(white * (1.0 - np.clip(ink, 0, 1)), 0, 255).astype(np.uint8)
    return mended


def _along_lines(contrast: NDArray[np.float32], inside: NDArray[np.bool_], dpi: float) -> NDArray[np.float32]:
    """Return how much of a ruling each pixel of the fills is, by the mean contrast across and down from it."""
    page = np.zeros(inside.shape, dtype=np.float32)
    page[inside] = contrast
    length = round(LINE_LENGTH * dpi) | 1
    mean = np.maximum(cv2.blur(page, (length, 1)), cv2.blur(page, (1, length)))
    line = LINE_GAIN * np.clip(mean[inside] - LINE_DEAD_ZONE, 0, None)
    return np.asarray(np.where(contrast > LINE_PIXEL, line, 0), dtype=np.float32)


def _outline(fills: Picture, dpi: float) -> NDArray[np.float32]:
    """Return 1 along the inner edge of every fill, 0 elsewhere."""
    thick = 2 * max(1, round(OUTLINE * dpi)) + 1
    return (fills - cv2.erode(fills, np.ones((thick, thick), np.uint8))).astype(np.float32)


def _paper(grey: Picture, dpi: float) -> NDArray[np.float32]:
    """Return the brightness of the paper at every pixel, fills and shadows bridged."""
    height, width = grey.shape
    shrink = max(1, round(dpi / PAPER_DPI))
    small = cv2.resize(grey, (max(1, width // shrink), max(1, height // shrink)), interpolation=cv2.INTER_AREA)
    reach = round(LARGEST_FILL * PAPER_DPI) | 1
    closed = cv2.morphologyEx(cv2.medianBlur(small, 3), cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    smooth = cv2.GaussianBlur(closed, (0, 0), reach / 4)
    return np.asarray(cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def _fills(dark: Picture, dpi: float) -> Picture | None:
    """Return a mask (1) of the filled areas, None where the page has none.

    Decided row by row, because fills end at level edges with text close to both sides of them.
    """
    along = cv2.blur(dark.astype(np.float32), (round(RUN * dpi) | 1, 1))
    rows = (along > RUN_DARK_SHARE).astype(np.uint8)
    tall, wide, apart, stroke = (
        max(3, round(inches * dpi)) for inches in (LEAST_HEIGHT, LEAST_WIDTH, LINES_APART, LETTER_STROKE)
    )
    sure = cv2.morphologyEx(rows, cv2.MORPH_OPEN, np.ones((tall, 1), np.uint8))
    sure = cv2.morphologyEx(sure, cv2.MORPH_OPEN, np.ones((1, wide), np.uint8))
    if not sure.any():
        return None
    solid = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((stroke, stroke), np.uint8))
    _, labels = cv2.connectedComponents(np.where(along > EDGE_DARK_SHARE, solid, 0).astype(np.uint8), connectivity=4)
    held = np.zeros(int(labels.max()) + 1, dtype=np.uint8)
    held[labels[sure > 0]] = 1
    held[0] = 0
    fills = cv2.morphologyEx(cv2.bitwise_or(sure, held[labels]), cv2.MORPH_CLOSE, np.ones((apart, 1), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(fills, connectivity=4)
    height, width = fills.shape
    x, y, w, h = (stats[:, index] for index in range(4))
    at_edge = (x == 0) | (y == 0) | (x + w == width) | (y + h == height)
    at_edge[0] = True
    return None if at_edge.all() else np.asarray(np.where(at_edge[labels], 0, 1), dtype=np.uint8)


def _levels(grey: Picture, fills: Picture, dpi: float) -> NDArray[np.float32]:
    """Return the grey level of the fill at every pixel of the mask: the median around it, at edges the nearest one."""
    window = round(LEVEL_WINDOW * dpi) | 1
    median = cv2.medianBlur(grey, window)
    core = cv2.erode(fills, np.ones((window, window), np.uint8))
    if not core.any():
        return np.asarray(median, dtype=np.float32)
    _, nearest = cv2.distanceTransformWithLabels(1 - core, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    levels = np.zeros(int(nearest.max()) + 1, dtype=np.float32)
    levels[nearest[core > 0]] = median[core > 0]
    return np.asarray(levels[nearest], dtype=np.float32)
