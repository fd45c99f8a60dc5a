"""Columns and rows from the text alone, and no tables where there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extract.grids.cells import build_page_content
from extract.grids.grid import find_grids
from extract.model import BBox, Grid, GridMethod, Orientation, Page, Ruling, Word
from extract.unruled.borderless import propose_text_grids

CHARACTER, LINE = 4.5, 12.0


def words_of(text: str, x: float, y: float) -> list[Word]:
    found = []
    for part in text.split(" "):
        found.append(Word(part, BBox(x, y, x + CHARACTER * len(part), y + 9.0), size=9.0))
        x += CHARACTER * (len(part) + 0.6)
    return found


def page_of(
    rows: Sequence[Sequence[str]], xs: Sequence[float], rulings: Sequence[Ruling] = (), top: float = 100
) -> Page:
    """Lay out a page of left-aligned cells; line feeds in a cell begin a new line below."""
    words, y = [], top
    for row in rows:
        lines = [cell.split("\n") for cell in row]
        for cell, x in zip(lines, xs, strict=True):
            for number, line in enumerate(cell):
                words += words_of(line, x, y + number * LINE) if line else []
        y += LINE * max(len(cell) for cell in lines) + 2
    return Page(1, 600, 800, tuple(words), tuple(rulings))


def texts(page: Page, grid: Grid) -> list[list[str]]:
    (filled,) = build_page_content(page, (grid,)).grids
    return [[cell.text for cell in filled.cells if cell.row == row] for row in range(filled.rows)]


PROGRAMS = [
    ["Program", "Anggaran", "Keterangan"],
    ["Program Pelayanan Administrasi\nPerkantoran", "Rp 1.107.000.000,00", "APBD"],
    ["Program Peningkatan Sarana dan\nPrasarana Aparatur", "Rp 165.000.000,00", "APBD"],
    ["Program Perencanaan", "Rp 1.320.000.000,00", "APBD"],
    ["Jumlah", "Rp 2.592.000.000,00", ""],
]


def test_aligned_columns_without_rules_become_a_table() -> None:
    page = page_of(PROGRAMS, (60, 300, 480))
    (grid,) = propose_text_grids(page)
    assert grid.method is GridMethod.TEXT
    assert texts(page, grid) == PROGRAMS


def test_a_currency_mark_set_apart_belongs_to_its_amounts() -> None:
    split = [[row[0], *row[1].replace("Anggaran", "Rp Anggaran").split(" "), row[2]] for row in PROGRAMS]
    split[0][1] = ""
    page = page_of(split, (60, 290, 330, 480))
    (grid,) = propose_text_grids(page)
    assert grid.columns == 3


def test_a_title_over_several_columns_spans_them() -> None:
    rows = [["Uraian", "", ""], ["", "2023", "2024"], ["Kota", "10", "20"], ["Desa", "30", "40"], ["Nagari", "5", "6"]]
    page = page_of(rows, (60, 250, 350))
    title = words_of("Target sampai dengan tahun berjalan", 250, 100)
    page = Page(1, 600, 800, (*page.words, *title), ())
    (grid,) = propose_text_grids(page)
    assert [(cell.column, cell.column_span) for cell in grid.cells if cell.row == 0] == [(0, 1), (1, 2)]


def test_horizontal_rules_alone_frame_a_table() -> None:
    rows = [["Program", "Lokasi", "Satuan"], ["Pelatihan kerja", "Kota", "orang"], ["Bursa kerja", "Desa", "kali"]]
    rules = [Ruling(Orientation.HORIZONTAL, y, 55, 520) for y in (97, 112, 126, 141)]
    page = page_of(rows, (60, 250, 400), rules)
    (grid,) = propose_text_grids(page)
    assert texts(page, grid) == rows


PROSE = (
    "Rencana Kerja Perangkat Daerah adalah dokumen perencanaan untuk periode satu tahun yang\n"
    "memuat kebijakan program dan kegiatan pembangunan baik yang dilaksanakan langsung oleh\n"
    "pemerintah daerah maupun yang ditempuh dengan mendorong partisipasi masyarakat pada\n"
    "tahun 2024 dengan pagu sebesar Rp 6.301.456.270 untuk delapan program dan enam belas"
)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([[PROSE, ""]], id="prose"),
        pytest.param([[f"{n}.", PROSE] for n in range(1, 4)], id="numbered list"),
        pytest.param([["Nama", ": Kepala Dinas"], ["NIP", ": 19740525"], ["Jabatan", ": Bupati"]], id="letter head"),
        pytest.param([[f"Bab {n} Pendahuluan dan maksud", str(4 * n)] for n in range(1, 7)], id="contents"),
    ],
)
def test_prose_lists_and_contents_are_no_tables(rows: list[list[str]]) -> None:
    assert propose_text_grids(page_of(rows, (60, 120) if len(rows[0][0]) < 10 else (60, 500))) == ()


def test_words_of_other_grids_are_left_alone() -> None:
    page = page_of(PROGRAMS, (60, 300, 480))
    (grid,) = propose_text_grids(page)
    assert propose_text_grids(page, grids=(grid,)) == ()


def test_an_empty_column_is_kept_where_only_the_head_shows_it() -> None:
    rows = [["Program", "Pagu", "Catatan", "Prakiraan"]] + [
        [f"Program {n}", f"{n}.500.000", "", f"{n}.650.000"] for n in range(1, 6)
    ]
    page = page_of(rows, (60, 200, 330, 450))
    (grid,) = propose_text_grids(page)
    assert texts(page, grid) == rows


def test_a_body_without_rules_belongs_to_its_framed_head() -> None:
    rules = [Ruling(Orientation.HORIZONTAL, y, 55, 560) for y in (97, 112, 126)]
    page = page_of([PROGRAMS[0], ["1", "2", "3"], *PROGRAMS[1:]], (60, 300, 480), rules)
    (grid,) = propose_text_grids(page)
    assert texts(page, grid) == [PROGRAMS[0], ["1", "2", "3"], *PROGRAMS[1:]]


def test_rulings_of_a_drawn_table_frame_no_table_below_it() -> None:
    rows = [["Program", "Lokasi", "Satuan"], ["Pelatihan kerja", "Kota", "orang"], ["Bursa kerja", "Desa", "kali"]]
    drawn = [Ruling(Orientation.HORIZONTAL, y, 55, 520) for y in (40, 55, 70)]
    drawn += [Ruling(Orientation.VERTICAL, x, 40, 70) for x in (55, 200, 350, 520)]
    rules = [Ruling(Orientation.HORIZONTAL, y, 55, 520) for y in (97, 112, 126, 141)]
    page = page_of(rows, (60, 250, 400), [*drawn, *rules])
    (grid,) = propose_text_grids(page, grids=find_grids(replace(page, rulings=tuple(drawn))))
    assert texts(page, grid) == rows


@pytest.mark.parametrize("prose", [True, False])
def test_prose_parts_framed_tables_of_one_width(prose: bool) -> None:  # noqa: FBT001  (pytest passes it)
    first = page_of(PROGRAMS, (60, 300, 480))
    second = page_of([["Jenis", "Pagu", "Sumber"], *PROGRAMS[1:]], (60, 330, 430), top=300)
    sentence = "Program dan kegiatan yang direncanakan telah diselaraskan dengan prioritas pembangunan daerah dan hasil"
    between = [*words_of(sentence, 60, 240), *words_of(sentence, 60, 252)] if prose else []
    heights = (98, 112, 200, 298, 312, 400)
    rules = [Ruling(Orientation.HORIZONTAL, height, 58, 560) for height in heights]
    page = Page(1, 600, 800, (*first.words, *between, *second.words), tuple(rules))
    found = [texts(page, grid)[0] for grid in propose_text_grids(page)]
    assert (found == [PROGRAMS[0], ["Jenis", "Pagu", "Sumber"]]) is prose
