"""Records under each other without a rule between them, and lists inside one cell."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.grids.cells import build_page_content
from extract.grids.grid import find_grids
from extract.grids.text_rows import TextLine, counted_lines
from extract.model import BBox, Orientation, Page, Ruling, Word

XS = (50.0, 80.0, 250.0, 350.0, 450.0)
HEAD = ("No", "Program", "Pagu 2024", "Pagu 2025")


def page_with_column_rules_only(rows: Sequence[Sequence[str]]) -> Page:
    """Draw a head with a rule below it, then rows that only column rules and white space tell apart."""
    words, y = [], 50.0
    for number, row in enumerate([HEAD, *rows]):
        lines = [cell.split("\n") for cell in row]
        for x, cell in zip(XS, lines, strict=False):
            for at, text in enumerate(cell):
                if text:
                    words.append(Word(text, BBox(x + 3, y + 12 * at, x + 3 + 4 * len(text), y + 12 * at + 9)))
        y += 12 * max(map(len, lines)) + (6 if number == 0 else 2)
    heights = (48.0, 64.0, y)
    rulings = [Ruling(Orientation.HORIZONTAL, h, XS[0], XS[-1]) for h in heights]
    rulings += [Ruling(Orientation.VERTICAL, x, heights[0], heights[-1]) for x in XS]
    return Page(1, 600, 800, tuple(words), tuple(rulings))


def rows_of(page: Page) -> list[list[str]]:
    (grid,) = build_page_content(page, find_grids(page)).grids
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.rows)]


def test_amounts_and_counters_begin_rows_where_no_rule_does() -> None:
    rows = [
        ["1", "Penempatan tenaga\nkerja", "1.500.000", "1.650.000"],
        ["2", "Pelatihan", "2.500.000", "2.750.000"],
        ["3", "Hubungan\nindustrial\ndaerah", "3.500.000", "3.850.000"],
    ]
    assert rows_of(page_with_column_rules_only(rows)) == [list(HEAD), *rows]


def test_one_activity_with_a_list_of_indicators_stays_one_row() -> None:
    row = ["1", "Jumlah orang\nJumlah kali\nJumlah paket\nJumlah dok", "4\n1\n7\n3", "5\n2\n8\n4"]
    assert rows_of(page_with_column_rules_only([row])) == [list(HEAD), row]


def test_spacing_through_all_columns_begins_rows() -> None:
    rows = [
        ["A", "Program pelatihan\nkerja", "Kota", "tiga"],
        ["1", "Kegiatan", "", ""],
        ["a", "Sub kegiatan\npelatihan\nlanjutan", "Desa", "dua\nkali"],
        ["B", "Program lain", "Kota", ""],
    ]
    assert rows_of(page_with_column_rules_only(rows)) == [list(HEAD), *rows]


def test_a_numbered_list_in_one_cell_of_a_record_stays_in_its_row() -> None:
    row = ["Jenis", "1. PSK\n2. Trayek\n\n3. Kebersihan\n4. Parkir", "31", "32"]
    assert len(rows_of(page_with_column_rules_only([row]))) == 2


def test_codes_set_lower_than_the_figures_of_their_row_stay_in_it() -> None:
    heights = (48.0, 64.0, 90.0)
    high, low = 66.0, 72.0
    texts = [(0, "2", low), (1, "11", low), (2, "61%", high), (3, "4.088.330.378", high)]
    words = [Word(t, BBox(XS[at] + 3, y, XS[at] + 3 + 4 * len(t), y + 7)) for at, t, y in texts]
    words += [Word(t, BBox(x + 3, 50, x + 3 + 4 * len(t), 59)) for t, x in zip(HEAD, XS, strict=False)]
    rulings = [Ruling(Orientation.HORIZONTAL, h, XS[0], XS[-1]) for h in heights]
    rulings += [Ruling(Orientation.VERTICAL, x, heights[0], heights[-1]) for x in XS]
    page = Page(1, 600, 800, tuple(words), tuple(rulings))
    assert rows_of(page)[1:] == [["2", "11", "61%", "4.088.330.378"]]


def test_total_label_spaced_down_a_narrow_column_is_one_row() -> None:
    row = ["J\nU\n\nM\n\nL\nA\n\nH", "", "", "18.037.906"]
    assert len(rows_of(page_with_column_rules_only([row]))) == 2


def test_amounts_cut_by_narrow_columns_begin_no_rows() -> None:
    row = ["2", "PROGRAM\nPENUNJANG\nURUSAN", "12.840.2\n04.634,0\n0", "13.425.4\n10.773,0\n0"]
    assert len(rows_of(page_with_column_rules_only([row]))) == 2


def numbered(marks: Sequence[str]) -> list[TextLine]:
    words = [(Word(mark, BBox(50.0, 0.0, 60.0, 9.0)),) if mark else () for mark in marks]
    return [TextLine(12.0 * at, 12.0 * at + 9.0, (word,)) for at, word in enumerate(words)]


@pytest.mark.parametrize(
    "marks", ["A 1 2 B 1", "I. 1. 2. II. 1.", "1 1.1 1.2 2 2.1", "A 1 a) b) 2 a)", "G H I J", "3 B 1 2", "1 2 3"]
)
def test_running_numbers_of_several_levels_count_on(marks: str) -> None:
    assert counted_lines(numbered(marks.split())) == list(range(len(marks.split())))


@pytest.mark.parametrize("marks", ["1 1 1", "2 4 7", "2023 2024 2025", "1 2 4", "A C D", "PSK Trayek Parkir"])
def test_entries_that_do_not_count_on_are_no_running_numbers(marks: str) -> None:
    assert counted_lines(numbered(marks.split())) == []
