"""A scanned page to the same :class:`~extract.model.Page` a digital one gives."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import pypdfium2 as pdfium

from extract.grids.grid import find_grids_from_rulings
from extract.model import Grid, Page, PageOrigin, Ruling
from extract.scan.cell_text import LineCrop, PageInk, Region, loose_crops, usual_glyph_height
from extract.scan.engine import Recogniser
from extract.scan.image.cell_edge import crops_of_cell
from extract.scan.image.deskew import measure_skew, straighten
from extract.scan.image.fills import without_fills
from extract.scan.image.grain import without_grain
from extract.scan.image.render import TARGET_DPI, even_light, ink_mask, render_page
from extract.scan.image.ruling_rests import ruling_rests
from extract.scan.image.speckle import without_speckle
from extract.scan.image.streaks import without_streaks
from extract.scan.image.upright import degrees_to_upright, turned
from extract.scan.lines.rulings import find_rulings
from extract.scan.lines.shades import shade_edges
from extract.scan.lines.walls import WallPictures, with_missing_walls
from extract.scan.recognition.cells import Engines, read_crops
from extract.scan.recognition.dirt import text_and_dirt
from extract.scan.recognition.words import words_of


@dataclass(frozen=True, slots=True)
class RasterSettings:
    """How scanned pages are read."""

    recogniser: Recogniser
    second: Recogniser | None = None
    """The engine asked for figures once more; None leaves them doubtful."""
    texts: Recogniser | None = None
    """The engine asked for doubtful words; None leaves them doubtful."""
    target_dpi: float = TARGET_DPI
    """Resolution of pages that are no single scan; scans are read at their own, at most this."""


def read_raster_page(page: pdfium.PdfPage, number: int, settings: RasterSettings) -> Page:
    """Read page ``number`` (1-based) of a scan: upright, straight, rulings, words with alternatives, in points.

    Raises :class:`~extract.scan.engine.RecogniserError` when an engine is missing.
    """
    cv2.setNumThreads(1)
    picture = without_speckle(render_page(page, target_dpi=settings.target_dpi))
    picture = replace(picture, grey=without_streaks(picture.grey, picture.dpi))
    even = even_light(picture.grey)
    degrees, turning = degrees_to_upright(even, ink_mask(even, picture.dpi), picture.dpi, settings.recogniser)
    upright = turned(picture.grey, degrees)
    mended = without_fills(upright, picture.dpi)
    even = turned(even, degrees) if mended is upright else even_light(mended)
    leaning = ink_mask(even, picture.dpi)
    skew = measure_skew(leaning, picture.dpi)
    shades = () if picture.bilevel else shade_edges(upright, leaning, skew, picture.dpi)
    even = straighten(even, skew)
    ink = ink_mask(even, picture.dpi)
    drawn, ruled = find_rulings(even, ink, picture.dpi)
    scale = picture.scale
    rulings = tuple(_in_points(ruling, scale) for ruling in (*drawn, *shades))
    width, height = even.shape[1] / scale, even.shape[0] / scale
    grids = find_grids_from_rulings(rulings, width, height, number=number)
    text_ink = np.asarray(cv2.bitwise_and(ink, cv2.bitwise_not(ruled)), dtype=np.uint8)
    glyph_height = usual_glyph_height(text_ink, picture.dpi)
    rulings, grids = with_missing_walls(rulings, grids, WallPictures(even, ink, text_ink, scale, glyph_height))
    rests = ruling_rests(text_ink, grids, scale)
    ruled = np.asarray(cv2.bitwise_or(ruled, rests), dtype=np.uint8)
    text_ink = np.asarray(cv2.bitwise_and(text_ink, cv2.bitwise_not(rests)), dtype=np.uint8)
    text_ink = without_grain(text_ink, even, glyph_height)
    page_ink = PageInk(even, text_ink, ruled, picture.dpi, glyph_height, picture.bilevel)

    in_cells, loose = _crops(page_ink, grids, scale)
    crops = [*itertools.chain.from_iterable(in_cells), *loose]
    readings = read_crops(crops, Engines(settings.recogniser, settings.second, settings.texts))
    lines = iter([(crop, words_of(reading, crop, scale)) for crop, reading in zip(crops, readings, strict=True)])
    cells = [list(itertools.islice(lines, len(cell))) for cell in in_cells]
    words, discarded = text_and_dirt(cells, list(lines), scale)
    return Page(
        number=number,
        width=width,
        height=height,
        words=words,
        rulings=rulings,
        origin=PageOrigin.RASTER,
        turned=degrees,
        skew=round(skew.degrees, 3),
        evidence=(
            ("dpi", f"{picture.dpi:.0f}"),
            ("turn", turning),
            ("skew_measured_on", skew.method),
            ("engine", settings.recogniser.name),
            ("lines_read", str(len(readings))),
        ),
        discarded=discarded,
    )


def _in_points(ruling: Ruling, scale: float) -> Ruling:
    """Return a ruling measured in pixels in points instead."""
    return replace(
        ruling,
        position=ruling.position / scale,
        start=ruling.start / scale,
        end=ruling.end / scale,
        thickness=ruling.thickness / scale,
    )


def _crops(page: PageInk, grids: Sequence[Grid], scale: float) -> tuple[list[list[LineCrop]], list[LineCrop]]:
    """Return the line crops of each cell and those of the text outside the grids."""
    in_cells: list[list[LineCrop]] = []
    for grid in grids:
        for cell in grid.cells:
            box = cell.bbox
            region = Region(
                max(0, math.ceil(box.x0 * scale)),
                max(0, math.ceil(box.top * scale)),
                math.floor(box.x1 * scale),
                math.floor(box.bottom * scale),
            )
            in_cells.append(crops_of_cell(page, region))
    covered = [
        Region(
            math.floor(grid.bbox.x0 * scale),
            math.floor(grid.bbox.top * scale),
            math.ceil(grid.bbox.x1 * scale),
            math.ceil(grid.bbox.bottom * scale),
        )
        for grid in grids
    ]
    return in_cells, loose_crops(page, covered)
