"""Tables whose columns only the head shows: numbering lines, tiles, and what goes on overleaf."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from extract.grids.cells import build_page_content
from extract.grids.grid import find_grids
from extract.grids.tables import find_tables
from extract.model import BBox, Grid, GridMethod, Orientation, Page, Ruling, RulingKind, Word
from extract.unruled.numbering_line import numbering_lines
from extract.unruled.tiled_head import tiled_rows

CHARACTER, LEADING, ROW_GAP = 4.0, 10.0, 8.0
EDGES = (40.0, 100.0, 260.0, 340.0, 420.0, 500.0)
NO_FILE = Path("absent.pdf")
HEAD = (("Kode", "Uraian", "Pagu", "Catatan", "Prakiraan"), ("1", "2", "3", "4", "5"))
BODY = (
    ("1.01", "URUSAN PENDIDIKAN\nDASAR", "9.000.000", "", "9.500.000"),
    ("1.01.01", "PROGRAM PENGELOLAAN\nPENDIDIKAN", "9.000.000", "", "9.500.000"),
    ("", "Nilai kepuasan", "", "", ""),
    ("1.01.02", "PROGRAM KURIKULUM", "5.000.000", "", "5.100.000"),
)

NUMBERED = (
    ("A", "Pemberdayaan\nMasyarakat", "", "", ""),
    ("1", "Pembangunan\nturap", "Kel. Dalam\nRT 45", "85 m", "Usulan RT"),
    ("2", "Pelatihan", "Kel. Mugirejo", "50 orang", ""),
    ("B", "Ketertiban", "", "", ""),
    ("1", "Pengadaan\nCCTV", "Kel. Lingai", "12 unit", ""),
)


def line_of(text: str, left: float, right: float, y: float, *, centred: bool) -> list[Word]:
    width = CHARACTER * len(text)
    x = (left + right - width) / 2 if centred else left + 3
    words = []
    for part in text.split(" "):
        words.append(Word(part, BBox(x, y, x + CHARACTER * len(part), y + 8.0), size=8.0))
        x += CHARACTER * (len(part) + 0.5)
    return words


def lay_out(rows: Sequence[Sequence[str]], y: float, *, heads: int = 0) -> tuple[list[Word], list[float]]:
    """Set rows of cells between the column edges; return the words and the heights between rows."""
    words, heights = [], [y - ROW_GAP / 2]
    for number, row in enumerate(rows):
        for cell, (left, right) in zip(row, pairwise(EDGES), strict=True):
            for line, text in enumerate(cell.split("\n")):
                if text:
                    words += line_of(text, left, right, y + line * LEADING, centred=number < heads)
        y += LEADING * max(cell.count("\n") + 1 for cell in row) + ROW_GAP
        heights.append(y - ROW_GAP / 2)
    return words, heights


def page_of(words: Sequence[Word], rulings: Sequence[Ruling] = (), number: int = 1) -> Page:
    return Page(number, 600, 800, tuple(words), tuple(rulings))


def fill(left: float, top: float, right: float, bottom: float, gray: float, inset: float = 0.8) -> list[Ruling]:
    left, top, right, bottom = left + inset, top + inset, right - inset, bottom - inset
    across = [Ruling(Orientation.HORIZONTAL, y, left, right, 0, RulingKind.FILL_EDGE, gray) for y in (top, bottom)]
    return across + [Ruling(Orientation.VERTICAL, x, top, bottom, 0, RulingKind.FILL_EDGE, gray) for x in (left, right)]


def texts(page: Page, grid: Grid) -> list[tuple[str, ...]]:
    (filled,) = build_page_content(page, (grid,)).grids
    return [tuple(cell.text for cell in filled.cells if cell.row == row) for row in range(filled.rows)]


def test_a_numbering_line_is_found_with_its_formulas_and_skips() -> None:
    words = [
        w
        for x, text in zip((50, 110, 170, 230, 290, 350), ("(1)", "2", "3=1+2", "4", "5", "7"), strict=True)
        for w in line_of(text, x, x + 40, 100, centred=False)
    ]
    (line,) = numbering_lines(words)
    assert [chunk.text for chunk in line.ordinals] == ["(1)", "2", "3=1+2", "4", "5", "7"]


@pytest.mark.parametrize(
    "row", [("1", "2", "3", "Kegiatan", "4"), ("4", "3", "2", "1"), ("2021", "2022", "2023", "2024")]
)
def test_records_and_years_are_no_numbering_lines(row: tuple[str, ...]) -> None:
    words = [w for n, text in enumerate(row) for w in line_of(text, 50 + 80 * n, 100 + 80 * n, 100, centred=False)]
    assert numbering_lines(words) == ()


def test_an_unruled_table_keeps_its_blank_column_and_its_row_of_a_further_indicator() -> None:
    words, _ = lay_out((*HEAD, *BODY), 100, heads=2)
    page = page_of(words)
    (grid,) = find_tables(page, NO_FILE)
    assert grid.method is GridMethod.TEXT
    assert texts(page, grid) == [*HEAD, *BODY]


def test_a_title_over_several_columns_spans_them_and_no_others() -> None:
    words, _ = lay_out((*HEAD, *BODY), 100, heads=2)
    page = page_of([*words, *line_of("Tahun 2025", 260, 500, 84, centred=True)])
    (grid,) = find_tables(page, NO_FILE)
    (title,) = (cell for cell in build_page_content(page, (grid,)).grids[0].cells if cell.text == "Tahun 2025")
    assert (title.column, title.column_span, title.row_span) == (2, 3, 1)


def test_the_caption_above_an_unruled_head_stays_outside() -> None:
    words, _ = lay_out((*HEAD, *BODY), 100, heads=2)
    page = page_of([*words, *line_of("PERANGKAT DAERAH : DINAS PENDIDIKAN", 38, 500, 84, centred=False)])
    content = build_page_content(page, find_tables(page, NO_FILE))
    assert [line.text for line in content.loose] == ["PERANGKAT DAERAH : DINAS PENDIDIKAN"]


def test_a_heading_in_words_stands_over_the_whole_unruled_table() -> None:
    words, _ = lay_out((*HEAD, *BODY, ("SEKRETARIAT", "", "", "", ""), *BODY[:2]), 100, heads=2)
    page = page_of(words)
    (grid,) = find_tables(page, NO_FILE)
    assert ("SEKRETARIAT",) in texts(page, grid)


def test_a_page_without_a_head_goes_on_in_the_columns_of_the_page_before() -> None:
    first = page_of(lay_out((*HEAD, *BODY), 100, heads=2)[0])
    (before,) = find_tables(first, NO_FILE)
    rest = (
        ("1.01.03", "PROGRAM GURU\nDAN TENAGA", "4.000.000", "", "4.100.000"),
        ("", "TOTAL", "18.000.000", "", "18.100.000"),
    )
    page = page_of(lay_out(rest, 60)[0], number=2)
    (grid,) = find_tables(page, NO_FILE, before)
    assert grid.x_edges == before.x_edges
    assert texts(page, grid) == list(rest)


def test_rulings_across_tell_the_rows_where_there_are_any() -> None:
    rows = (
        *HEAD,
        ("1.01", "URUSAN\n\nPENDIDIKAN", "9.000", "", "9.500"),
        ("1.02", "URUSAN\nKESEHATAN", "8.000", "", "8.500"),
    )
    words, heights = lay_out(rows, 100, heads=2)
    page = page_of(words, [Ruling(Orientation.HORIZONTAL, y, EDGES[0], EDGES[-1]) for y in heights])
    (grid,) = find_tables(page, NO_FILE)
    assert [row[0] for row in texts(page, grid)] == ["Kode", "1", "1.01", "1.02"]


def test_columns_filled_by_turns_under_a_filled_head_are_all_there() -> None:
    rows = (HEAD[0], *BODY)
    words, heights = lay_out(rows, 100, heads=1)
    rulings: list[Ruling] = []
    for row, (top, bottom) in enumerate(pairwise(heights)):
        for column, (left, right) in enumerate(pairwise(EDGES)):
            if row == 0 or column % 2:
                rulings += fill(left, top, right, bottom, 0.2 if row == 0 else 0.95)
    page = page_of(words, rulings)
    (grid,) = find_tables(page, NO_FILE)
    assert texts(page, grid) == list(rows)
    assert grid.x_edges[1:-1] == pytest.approx(EDGES[1:-1])


def test_tiles_that_leave_a_gap_are_no_head() -> None:
    apart = [ruling for left in (40, 140, 240, 340) for ruling in fill(left, 100, left + 60, 120, 0.5)]
    assert tiled_rows(apart) == ()
    (row,) = tiled_rows([ruling for left in (40, 100, 160, 220) for ruling in fill(left, 100, left + 60, 120, 0.5)])
    assert len(row.x_edges) == 5


def test_prose_below_coloured_boxes_is_no_table() -> None:
    boxes = [ruling for left in (40, 190, 340) for ruling in fill(left, 100, left + 150, 120, 0.3)]
    words = [
        w
        for n, name in enumerate(("Kepala", "Sekretaris", "Bendahara"))
        for w in line_of(name, 40 + 150 * n, 190 + 150 * n, 106, centred=True)
    ]
    for n in range(6):
        words += line_of(
            "Renja disusun dengan berpedoman pada Renstra dan RKPD serta memperhatikan hasil evaluasi",
            40,
            490,
            130 + 12 * n,
            centred=False,
        )
    assert find_tables(page_of(words, boxes), NO_FILE) == ()


def test_a_drawn_table_that_gives_every_ordinal_a_cell_is_left_as_drawn() -> None:
    words, heights = lay_out((*HEAD, *BODY), 100, heads=2)
    rulings = [Ruling(Orientation.HORIZONTAL, y, EDGES[0], EDGES[-1]) for y in heights]
    rulings += [Ruling(Orientation.VERTICAL, x, heights[0], heights[-1]) for x in EDGES]
    page = page_of(words, rulings)
    assert find_tables(page, NO_FILE) == find_grids(page)


def test_head_titles_a_word_space_apart_are_parted_by_the_ruling_between_them() -> None:
    words, heights = lay_out((*HEAD, *BODY), 100, heads=2)
    close = [word for word in words if word.text not in ("Pagu", "Catatan")]
    close += [Word("Pagu", BBox(318, 100, 338, 108), size=8.0), Word("Catatan", BBox(340.5, 100, 380, 108), size=8.0)]
    drawn = [Ruling(Orientation.VERTICAL, x, heights[0], heights[2]) for x in EDGES]
    for rulings, titles in ((drawn, ["Pagu", "Catatan"]), ([], [])):
        (grid,) = find_tables(page_of(close, rulings), NO_FILE)
        (filled,) = build_page_content(page_of(close, rulings), (grid,)).grids
        assert [cell.text for cell in filled.cells if cell.row == 0 and cell.text in ("Pagu", "Catatan")] == titles


def test_running_numbers_of_two_levels_begin_rows_between_the_rules_of_a_table_without_figures(monkeypatch) -> None:
    head = (("No", "Program", "Lokasi", "Volume", "Catatan"), HEAD[1])
    monkeypatch.setitem(globals(), "ROW_GAP", 0.0)
    words, heights = lay_out((*head, *NUMBERED), 100, heads=2)
    rules = [Ruling(Orientation.HORIZONTAL, heights[at], EDGES[0], EDGES[-1]) for at in (0, 1, 2, -1)]
    page = page_of(words, rules)
    (grid,) = find_tables(page, NO_FILE)
    assert texts(page, grid) == [*head, *NUMBERED]


@pytest.mark.parametrize("ordinals", [(), (HEAD[1],)])
def test_banded_rows_in_a_drawn_frame_are_told_by_their_numbers_where_two_white_ones_meet(
    monkeypatch: pytest.MonkeyPatch, ordinals: tuple[tuple[str, ...], ...]
) -> None:
    rows = (("No", "Program", "Lokasi", "Volume", "Catatan"), *ordinals, *NUMBERED)
    monkeypatch.setitem(globals(), "ROW_GAP", 0.0)
    words, heights = lay_out(rows, 100, heads=1 + len(ordinals))
    frame = [Ruling(Orientation.HORIZONTAL, heights[at], EDGES[0], EDGES[-1]) for at in (0, 1, -1)]
    frame += [Ruling(Orientation.VERTICAL, x, heights[0], heights[1]) for x in EDGES[1:-1]]
    frame += [Ruling(Orientation.VERTICAL, EDGES[at], heights[0], heights[-1]) for at in (0, -1)]
    head = [r for left, right in pairwise(EDGES) for r in fill(left, heights[0], right, heights[1], 0.2, inset=0)]
    bands = fill(EDGES[0], heights[-3], EDGES[-1], heights[-2], 0.9, inset=0)
    page = page_of(words, [*frame, *head, *bands])
    (grid,) = find_tables(page, NO_FILE)
    assert texts(page, grid) == list(rows)
