"""How the paths of a page are painted, asked of PDFium for all of them at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extract.frame import Affine
from extract.text_layer import pdfium_bulk as bulk
from extract.text_layer.glyphs import Flags, Floats, Ints
from extract.text_layer.pdfium_calls import Function

FAINT_ALPHA = 13
"""Opacity (0 to 255) below which ink is not seen."""


@dataclass(frozen=True, slots=True)
class Inks:
    """Luminance, 0 black to 1 white, of fill and stroke of some paths; NaN where there is no ink."""

    fill: Floats
    stroke: Floats

    @property
    def seen(self) -> Flags:
        """Which paths are painted at all."""
        return ~(np.isnan(self.fill) & np.isnan(self.stroke))


def read_inks(items: Sequence[bulk.Pointer]) -> Inks:
    """Read how paths are painted."""
    modes = np.zeros((len(items), 2), np.int32)
    bulk.each(bulk.path_draw_mode, items, *bulk.fields(modes))
    return Inks(
        _luminance(items, modes[:, 0] != 0, bulk.object_fill_color),
        _luminance(items, modes[:, 1] != 0, bulk.object_stroke_color),
    )


def _luminance(items: Sequence[bulk.Pointer], painted: Flags, getter: Function) -> Floats:
    """Read the colours of the painted ones as luminance on white paper."""
    light = np.full(len(items), np.nan)
    which = np.flatnonzero(painted)
    colors = np.zeros((len(which), 4), np.uint32)
    colors[:, 3] = 0xFF  # opaque black unless PDFium says otherwise
    bulk.each(getter, [items[at] for at in which.tolist()], *bulk.fields(colors))
    red, green, blue, alpha = colors.astype(np.float64).T
    shown = 1 - (1 - (0.299 * red + 0.587 * green + 0.114 * blue) / 255) * alpha / 255
    light[which] = np.where(alpha < FAINT_ALPHA, np.nan, shown)
    return light


def read_pens(items: Sequence[bulk.Pointer]) -> tuple[list[tuple[float, ...]], list[float]]:
    """Return the matrix (a, b, c, d, e, f) of each path and how broad a pen strokes it, in the path's own space."""
    matrices = np.zeros((len(items), 6), np.float32)
    bulk.each(bulk.object_matrix, items, bulk.rows(matrices))
    widths = np.zeros((len(items), 1), np.float32)
    bulk.each(bulk.object_stroke_width, items, bulk.rows(widths))
    return list(map(tuple, matrices.tolist())), widths[:, 0].tolist()


def read_bounds(items: Sequence[bulk.Pointer], to_page: Affine) -> Floats:
    """Return the bounding boxes of paths as (x0, top, x1, bottom) rows in points of the upright page."""
    bounds = np.zeros((len(items), 4), np.float32)
    bulk.each(bulk.object_bounds, items, *bulk.fields(bounds))
    left, bottom, right, top = bounds.astype(np.float64).T
    m = to_page
    x = np.stack((m.a * left + m.c * bottom + m.e, m.a * right + m.c * top + m.e))
    y = np.stack((m.b * left + m.d * bottom + m.f, m.b * right + m.d * top + m.f))
    return np.column_stack((x.min(axis=0), y.min(axis=0), x.max(axis=0), y.max(axis=0)))


def clips_of(items: Sequence[bulk.Pointer]) -> tuple[list[int], Ints]:
    """Return the clip of each path and of how many paths it is made; not positive when it cuts nothing."""
    clips: list[int] = list(map(bulk.object_clip_path, items))
    return clips, np.fromiter(map(bulk.clip_count_paths, bulk.pointers(clips)), np.int64, len(clips))
