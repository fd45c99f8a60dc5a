"""Draw what the extractor saw over the page picture, so that a person sees why a table came out as it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from extract.model import BBox, GridMethod, Orientation, PageContent, Ruling

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

Colour = tuple[int, int, int, int]

RULING_COLOUR: Colour = (230, 120, 0, 200)
CELL_COLOUR: Colour = (0, 110, 220, 255)
TEXT_CELL_COLOUR: Colour = (0, 150, 90, 255)
"""Cells of a grid that was read from the text alone."""
SPAN_FILL: Colour = (0, 110, 220, 36)
"""Shade of a cell that spans several positions."""
WORD_COLOUR: Colour = (200, 0, 60, 150)
LOOSE_COLOUR: Colour = (130, 60, 200, 200)
NAME_COLOUR: Colour = (160, 0, 160, 255)
NAME_STEPS = 4
"""Names of neighbouring columns are written on so many lines in turn, so that long ones do not overlap."""
NAME_STEP_POINTS = 7.0
CELL_INSET_PIXELS = 2
"""Cells are drawn inside their box so that neighbours stay apart."""


def draw_page(
    page_image: Image.Image,
    content: PageContent,
    rulings: Sequence[Ruling] = (),
    names: Mapping[BBox, Sequence[str]] | None = None,
) -> Image.Image:
    """Return a copy of an upright page picture with rulings, cells, words and loose lines drawn over it.

    ``names`` says what each column of the grid with that box was taken for; it is written over the column's top.
    The picture may have any resolution; its size against the page's gives the scale. Orange: rulings; blue: cells of
    ruled grids (shaded where they span), green: cells of grids read from the text; red: words; violet: loose lines.
    """
    from PIL import Image, ImageDraw  # noqa: PLC0415  (only this debugging aid needs it)

    base = page_image.convert("RGBA")
    layer = Image.new("RGBA", base.size, (0, 0, 0, 0))
    pen = _Pen(ImageDraw.Draw(layer), base.width / content.width, base.height / content.height)
    for ruling in rulings:
        pen.box(_ruling_box(ruling), RULING_COLOUR)
    for grid in content.grids:
        colour = CELL_COLOUR if grid.method is GridMethod.RULED else TEXT_CELL_COLOUR
        for cell in grid.cells:
            spans = cell.row_span > 1 or cell.column_span > 1
            pen.box(cell.bbox, colour, fill=SPAN_FILL if spans else None, inset=CELL_INSET_PIXELS)
            if names is None:
                pen.label(cell.bbox, f"{cell.row},{cell.column}", colour)
            for line in cell.lines:
                for word in line.words:
                    pen.box(word.bbox, WORD_COLOUR)
        for number, name in enumerate((names or {}).get(grid.bbox, ())):
            left, right = grid.x_edges[number], grid.x_edges[number + 1]
            step = NAME_STEP_POINTS * (number % NAME_STEPS)
            top = grid.bbox.top - NAME_STEP_POINTS * NAME_STEPS + step
            pen.label(BBox(left, top, right, grid.bbox.top), name, NAME_COLOUR)
    for line in content.loose:
        pen.box(line.bbox, LOOSE_COLOUR)
    return Image.alpha_composite(base, layer).convert("RGB")


class _Pen:
    """Draws page coordinates on a picture."""

    def __init__(self, draw: ImageDraw.ImageDraw, scale_x: float, scale_y: float) -> None:
        self._draw, self._scale_x, self._scale_y = draw, scale_x, scale_y

    def box(self, box: BBox, colour: Colour, *, fill: Colour | None = None, inset: int = 0) -> None:
        left, top = box.x0 * self._scale_x + inset, box.top * self._scale_y + inset
        right, bottom = box.x1 * self._scale_x - inset, box.bottom * self._scale_y - inset
        if left <= right and top <= bottom:
            self._draw.rectangle((left, top, right, bottom), outline=colour, fill=fill)

    def label(self, box: BBox, text: str, colour: Colour) -> None:
        at = (box.x0 * self._scale_x + CELL_INSET_PIXELS + 1, box.top * self._scale_y + CELL_INSET_PIXELS)
        self._draw.text(at, text, fill=colour)


def _ruling_box(ruling: Ruling) -> BBox:
    half = ruling.thickness / 2
    if ruling.orientation is Orientation.HORIZONTAL:
        return BBox(ruling.start, ruling.position - half, ruling.end, ruling.position + half)
    return BBox(ruling.position - half, ruling.start, ruling.position + half, ruling.end)
