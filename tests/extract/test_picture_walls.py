"""Walls that a scan lost in part are found by the line they lie on; merged cells stay merged."""

from __future__ import annotations

import cv2
import numpy as np

from extract.grids.grid import find_grids_from_rulings
from extract.model import Orientation, Ruling
from extract.scan.engine import Picture
from extract.scan.lines.walls import WallPictures, missing_walls, with_missing_walls

DPI = 200.0
SCALE = DPI / 72.0
GLYPH = 14.0
"""Pixels."""
ROWS = range(100, 701, 60)
COLUMNS = (100, 400, 700, 1000)
LOST = 4
"""The row whose wall between the first two columns is not drawn."""


def rulings() -> tuple[Ruling, ...]:
    """Return the rulings of ten rows and three columns, one wall missing, in points."""
    across = [Ruling(Orientation.HORIZONTAL, y, COLUMNS[0], COLUMNS[-1]) for y in ROWS]
    down = [Ruling(Orientation.VERTICAL, x, ROWS[0], ROWS[-1]) for x in (100, 700, 1000)]
    down += [Ruling(Orientation.VERTICAL, 400, ROWS[0], ROWS[LOST]), Ruling(Orientation.VERTICAL, 400, ROWS[5], 700)]
    return tuple(
        Ruling(one.orientation, one.position / SCALE, one.start / SCALE, one.end / SCALE) for one in (*across, *down)
    )


def picture() -> Picture:
    grey = np.full((800, 1100), 245, np.uint8)
    for y in ROWS:
        grey[y - 1 : y + 2, 100:1001] = 20
    for x in COLUMNS:
        grey[100:701, x - 1 : x + 2] = 20
    grey[ROWS[LOST] + 2 : ROWS[5] - 1, 399:402] = 245
    return grey


def walls_of(grey: Picture, line_darkness: int = 20) -> list[tuple[str, int, int]]:
    ink = np.where(grey < 200, 255, 0).astype(np.uint8)
    text = ink.copy()
    for y in ROWS:
        text[y - 2 : y + 3] = 0
    for x in COLUMNS:
        text[:, x - 2 : x + 3][grey[:, x - 2 : x + 3] == line_darkness] = 0
    grids = find_grids_from_rulings(rulings(), 1100 / SCALE, 800 / SCALE)
    found = missing_walls(grids, WallPictures(grey, ink, text, SCALE, GLYPH))
    return [(wall.orientation.value, round(wall.position * SCALE), round(wall.start * SCALE)) for wall in found]


def written(grey: Picture, text: str, x: int) -> Picture:
    return np.asarray(cv2.putText(grey, text, (x, 380), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (20,), 2), dtype=np.uint8)


WALL = [("vertical", 400, 340)]


def test_merged_cell_without_ink_on_the_line_stays_merged() -> None:
    assert walls_of(picture()) == []
    assert walls_of(written(picture(), "Program Penunjang Urusan Daerah", 150)) == []
    assert walls_of(written(picture(), "J U M L A H", 320)) == []


def test_a_pale_rest_of_a_wall_is_one() -> None:
    grey = picture()
    grey[342:399, 399:402] = 150
    assert walls_of(grey) == WALL


def test_a_wall_worn_over_half_its_length_is_one() -> None:
    grey = written(written(picture(), "12", 120), "APBD", 450)
    grey[342:372, 399:402] = 20
    assert walls_of(grey) == WALL


def test_two_texts_with_wide_white_at_the_line_have_a_wall_like_their_neighbours() -> None:
    assert walls_of(written(written(picture(), "12", 330), "APBD", 420)) == WALL


def test_dust_beside_a_text_is_no_second_text_that_proves_a_wall() -> None:
    dusty = written(picture(), "Kode", 430)
    dusty[370:373, 330:333] = 60
    assert walls_of(dusty) == []


def test_the_grid_is_found_again_with_its_wall() -> None:
    grey = picture()
    grey[342:399, 399:402] = 150
    ink = np.where(grey < 200, 255, 0).astype(np.uint8)
    merged = find_grids_from_rulings(rulings(), 1100 / SCALE, 800 / SCALE)
    pictures = WallPictures(grey, ink, np.zeros_like(ink), SCALE, GLYPH)
    _, (whole,) = with_missing_walls(rulings(), merged, pictures)
    assert (len(merged[0].cells), len(whole.cells)) == (29, 30)
