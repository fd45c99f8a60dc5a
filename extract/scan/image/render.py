"""A PDF page to a grey picture at the resolution that serves recognition best."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from extract.frame import POINTS_PER_INCH
from extract.scan.engine import Picture

TARGET_DPI = 300.0
"""Resolution of a page that has none of its own (outlines, several images)."""
MIN_DPI = 150.0
"""A coarser scan is enlarged to this, so that thin rulings span a whole pixel."""
MAX_PIXELS = 100_000_000
"""Pixels of one page picture (100 MB of grey); the resolution is lowered to stay below."""
WHOLE_PAGE_SHARE = 0.8
"""An image over this share of the page is the scan itself."""
BACKGROUND_CELLS = 48
"""The paper's brightness is estimated on a picture with about this many pixels on its long side."""
PAPER_WHITE = 245
"""Grey value the paper is brought to."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as grey pixels, and how many of them make a point."""

    grey: Picture
    scale: float
    """Pixels per point."""
    bilevel: bool = False
    """Whether the scan was stored in black and white: the soft edges that tell a comma's tail are gone then."""

    @property
    def dpi(self) -> float:
        """Pixels per inch."""
        return self.scale * POINTS_PER_INCH

    def pixels(self, inches: float, *, least: int = 1) -> int:
        """Return a length in whole pixels, at least ``least``."""
        return max(least, round(inches * self.dpi))


@dataclass(frozen=True, slots=True)
class ScanImage:
    """The one image that is a scanned page."""

    dpi: float
    bilevel: bool


def scan_image(page: pdfium.PdfPage) -> ScanImage | None:
    """Return what is known of the one image that covers the page, or None when there is no such image."""
    width, height = page.get_size()
    for image in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = image.get_bounds()
        covered = abs(right - left) * abs(top - bottom)
        if covered < WHOLE_PAGE_SHARE * width * height:
            continue
        pixels_x, pixels_y = image.get_px_size()
        if not pixels_x or not pixels_y:
            continue
        # Compare areas: the image may lie sideways on the page.
        dpi = POINTS_PER_INCH * math.sqrt(pixels_x * pixels_y / covered)
        return ScanImage(dpi, image.get_metadata().bits_per_pixel == 1)
    return None


def render_page(page: pdfium.PdfPage, *, target_dpi: float = TARGET_DPI) -> PagePicture:
    """Render a page as displayed (its /Rotate applied) in grey.

    A page that is one scanned image is rendered at that image's own resolution, so that no pixel is invented or
    averaged away, within :data:`MIN_DPI` and ``target_dpi``.
    """
    width, height = page.get_size()
    scan = scan_image(page)
    dpi = target_dpi if scan is None else min(max(scan.dpi, MIN_DPI), max(target_dpi, MIN_DPI))
    scale = dpi / POINTS_PER_INCH
    largest = math.sqrt(MAX_PIXELS / max(1.0, width * height))
    scale = min(scale, largest)
    # PDFium rounds the size up; a hair less keeps a scan's own pixel count, hence its pixels unresampled.
    scale = max(1.0, round(width * scale) - 0.01) / width
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=True)
    try:
        grey = np.array(bitmap.to_numpy()[:, :, 0] if bitmap.to_numpy().ndim == 3 else bitmap.to_numpy())
    finally:
        bitmap.close()
    return PagePicture(grey, scale, bilevel=scan is not None and scan.bilevel)


def even_light(grey: Picture) -> Picture:
    """Return the picture with shadows and uneven light divided away: paper near white, ink as dark as before."""
    height, width = grey.shape
    shrink = max(1, max(height, width) // (BACKGROUND_CELLS * 8))
    small = cv2.resize(grey, (max(1, width // shrink), max(1, height // shrink)), interpolation=cv2.INTER_AREA)
    # Closing lifts ink thinner than the kernel to the brightness of the paper around it; the median then drops the
    # blocky edges closing leaves.
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9))
    paper = cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel), 9)
    paper = np.maximum(cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR), 1)
    even = cv2.divide(grey, paper, scale=PAPER_WHITE)
    return np.asarray(even, dtype=np.uint8)


def ink_mask(grey: Picture, dpi: float) -> Picture:
    """Return 255 where the picture is clearly darker than its surroundings, 0 elsewhere."""
    window = max(15, round(dpi * 0.12) | 1)
    blurred = cv2.GaussianBlur(grey, (3, 3), 0)
    local = cv2.adaptiveThreshold(blurred, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, 18)
    return np.asarray(local, dtype=np.uint8)
