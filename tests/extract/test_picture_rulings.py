"""Rulings are found whole though the scan breaks them, and text is never taken for one."""

from __future__ import annotations

import cv2
import numpy as np

from extract.model import Orientation, Ruling
from extract.scan.lines.rulings import find_rulings
from tests.extract.scan_pages import drawn_text

DPI = 200.0


def grid() -> np.ndarray:
    ink = np.zeros((800, 1000), np.uint8)
    for y in (100, 200, 300, 400):
        ink[y : y + 3, 100:903] = 255
    for x in (100, 300, 500, 900):
        ink[100:403, x : x + 3] = 255
    return ink


def of(rulings: tuple[Ruling, ...], orientation: Orientation) -> list[tuple[int, int, int]]:
    return [(round(r.position), round(r.start), round(r.end)) for r in rulings if r.orientation is orientation]


def close(found: list[tuple[int, int, int]], wanted: list[tuple[int, int, int]]) -> bool:
    return len(found) == len(wanted) and all(
        abs(a - b) <= 3 for one, other in zip(found, wanted, strict=True) for a, b in zip(one, other, strict=True)
    )


HORIZONTAL = [(101, 100, 903), (201, 100, 903), (301, 100, 903), (401, 100, 903)]
VERTICAL = [(101, 100, 403), (301, 100, 403), (501, 100, 403), (901, 100, 403)]


def test_every_ruling_of_a_clean_grid_is_found_once() -> None:
    rulings, _ = find_rulings(255 - grid(), grid(), DPI)
    assert close(of(rulings, Orientation.HORIZONTAL), HORIZONTAL)
    assert close(of(rulings, Orientation.VERTICAL), VERTICAL)


def test_a_broken_ruling_is_one_ruling() -> None:
    ink = grid()
    ink[195:210, 400:410] = 0
    ink[195:210, 700:712] = 0
    assert close(of(find_rulings(255 - ink, ink, DPI)[0], Orientation.HORIZONTAL), HORIZONTAL)


def test_the_mouth_of_a_merged_cell_stays_open() -> None:
    ink = grid()
    ink[203:300, 300:303] = 0
    found = of(find_rulings(255 - ink, ink, DPI)[0], Orientation.VERTICAL)
    pieces = [(position, start, end) for position, start, end in found if abs(position - 301) < 4]
    assert close(pieces, [(301, 100, 203), (301, 300, 403)])


def test_a_dotted_ruling_is_found() -> None:
    ink = grid()
    ink[300:303, 103:900] = 0
    for x in range(106, 900, 7):
        if (x - 100) % 200 > 4:
            ink[300:303, x : x + 3] = 255
    found = of(find_rulings(255 - ink, ink, DPI)[0], Orientation.HORIZONTAL)
    assert any(abs(position - 301) < 3 and end - start > 700 for position, start, end in found)


def test_a_thin_ruling_that_steps_by_a_pixel_is_one_ruling() -> None:
    ink = grid()
    ink[200:203, 103:900] = 0
    for x in range(100, 900):
        ink[200 + (x - 100) // 270, x] = 255
    found = of(find_rulings(255 - ink, ink, DPI)[0], Orientation.HORIZONTAL)
    assert sum(abs(position - 201) < 4 for position, _, _ in found) == 1


def test_short_walls_of_a_leaning_black_and_white_scan_are_found_once_it_is_straight() -> None:
    ink = np.zeros((800, 1000), np.uint8)
    for y in (100, 250, 290, 450):
        cv2.line(ink, (100, y), (900, y), 255, 1)
    for x in (100, 300, 500, 900):
        for top, bottom in ((100, 250), (290, 450)):
            cv2.line(ink, (x, top), (x, bottom), 255, 1)
    lean = cv2.getRotationMatrix2D((500, 400), 0.6, 1.0)
    scanned = np.where(cv2.warpAffine(ink, lean, (1000, 800)) > 110, 255, 0).astype(np.uint8)
    straight = cv2.warpAffine(scanned, cv2.invertAffineTransform(lean), (1000, 800))
    mask = np.where(straight > 80, 255, 0).astype(np.uint8)
    found = of(find_rulings(255 - straight, mask, DPI)[0], Orientation.VERTICAL)
    walls = [(x, top, bottom) for x in (100, 300, 500, 900) for top, bottom in ((100, 250), (290, 450))]
    assert close(sorted(found), walls)


def test_text_gives_no_ruling() -> None:
    ink = np.zeros((400, 1400), np.uint8)
    for row, text in enumerate(("Program Perencanaan Pembangunan", "1.453.408.030,00 llllllll IIIIII")):
        picture = drawn_text(text, 40)
        ink[50 + row * 120 : 50 + row * 120 + picture.shape[0], 40 : 40 + picture.shape[1]] = np.where(
            picture < 140, 255, 0
        )
    assert find_rulings(255 - ink, ink, DPI)[0] == ()


def test_the_edge_of_the_scanned_sheet_is_no_ruling() -> None:
    ink = grid()
    ink[:, 2:6] = 255
    ink[796:799, :] = 255
    rulings, _ = find_rulings(255 - ink, ink, DPI)
    assert close(of(rulings, Orientation.HORIZONTAL), HORIZONTAL)
    assert close(of(rulings, Orientation.VERTICAL), VERTICAL)


def test_the_wall_of_a_low_header_cell_is_found() -> None:
    ink = grid()
    ink[124:127, 300:903] = 255
    ink[100:124, 500:503] = 0
    ink[127:200, 700:703] = 255
    ink[200:403, 700:703] = 255
    ink[103:124, 700:703] = 255
    found = of(find_rulings(255 - ink, ink, DPI)[0], Orientation.VERTICAL)
    assert any(abs(position - 701) < 3 and start <= 104 for position, start, _ in found)


def test_the_mask_covers_the_rulings_and_spares_the_text() -> None:
    ink = grid()
    picture = drawn_text("445.119", 30)
    place = np.s_[130 : 130 + picture.shape[0], 320 : 320 + picture.shape[1]]
    text = np.where(picture < 140, 255, 0).astype(np.uint8)
    ink[place] = text
    _, mask = find_rulings(255 - ink, ink, DPI)
    left = np.where(mask > 0, 0, ink)
    assert np.array_equal(left[place], text)
    assert np.count_nonzero(left) == np.count_nonzero(text)


def test_a_word_blurred_into_a_bar_across_its_cell_is_no_ruling_and_is_not_erased() -> None:
    ink = np.zeros((800, 1000), np.uint8)
    for y in (100, 200, 300, 700):
        ink[y : y + 3, 100:903] = 255
    for x in (100, 226, 300, 900):
        ink[100:703, x : x + 3] = 255
    word = np.where(drawn_text("urusanpemerint", 14, blur=0.3) < 170, 255, 0).astype(np.uint8)[5:-5, 5:-5]
    merged = cv2.morphologyEx(word, cv2.MORPH_CLOSE, np.ones((3, 5), np.uint8))
    place = np.s_[140 : 140 + merged.shape[0], 106 : 106 + merged.shape[1]]
    ink[place] = merged
    rulings, mask = find_rulings(255 - ink, ink, 150)
    assert len(of(rulings, Orientation.HORIZONTAL)) == 4
    assert not mask[place][:, 2:-2].any()


def test_a_ruling_beside_the_crease_of_a_fold_is_found() -> None:
    ink = grid()
    shaded = np.random.default_rng(3).random((7, 803)) < 0.6
    ink[290:297, 100:903][shaded] = 255
    found = of(find_rulings(255 - ink, ink, DPI)[0], Orientation.HORIZONTAL)
    assert any(abs(position - 301) <= 3 and end - start > 790 for position, start, end in found)


def test_dashed_rulings_go_on_over_their_crossings_and_through_low_rows() -> None:
    ink = np.zeros((800, 1000), np.uint8)
    for y in (100, 200, 240, 280, 320):
        for x in range(100, 900, 10):
            ink[y : y + 3, x : x + 6] = 255
    for x in (100, 300, 500, 896):
        for y in range(100, 320, 10):
            ink[y : y + 6, x : x + 3] = 255
        for y in (100, 200, 240, 280, 320):
            ink[y - 4 : y + 7, x : x + 3] = 255
            ink[y : y + 3, x - 4 : x + 7] = 255
    rulings, _ = find_rulings(255 - ink, ink, DPI)
    assert close(of(rulings, Orientation.VERTICAL), [(x + 1, 98, 327) for x in (100, 300, 500, 896)])
