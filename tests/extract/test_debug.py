"""The overlay shows cells where they are and leaves the picture's size alone."""

from __future__ import annotations

from PIL import Image

from extract.debug import CELL_COLOUR, CELL_INSET_PIXELS, RULING_COLOUR, draw_page
from extract.grids.cells import build_page_content
from extract.grids.grid import find_grids
from extract.model import BBox, Orientation, Page, Ruling, Word

RULINGS = tuple(
    Ruling(orientation, at, 50, 150)
    for orientation in (Orientation.HORIZONTAL, Orientation.VERTICAL)
    for at in (50, 100, 150)
)


def test_overlay_draws_cells_in_page_coordinates_at_any_resolution() -> None:
    page = Page(1, 200, 200, (Word("kode", BBox(60, 60, 80, 70)),), RULINGS)
    content = build_page_content(page, find_grids(page))
    picture = Image.new("L", (400, 400), 255)
    drawn = draw_page(picture, content, page.rulings)
    assert drawn.size == picture.size
    assert drawn.getpixel((100 + CELL_INSET_PIXELS, 150)) == CELL_COLOUR[:3]
    assert drawn.getpixel((390, 390)) == (255, 255, 255)
    shade = drawn.getpixel((100, 150))
    assert shade != (255, 255, 255)
    assert shade[0] >= RULING_COLOUR[0]
    assert picture.getextrema() == (255, 255)
