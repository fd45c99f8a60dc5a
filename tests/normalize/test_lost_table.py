"""A scanned table that no grid holds is told as a warning with all its words; prose and lists of contents are not."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from extract.model import Grid, GridMethod, Line, PageContent, PageOrigin
from normalize.tables.lost_table import damage_of, lost_table

MakeLine = Callable[..., Line]
COLUMNS = (40, 140, 300, 400, 500, 620)
FIGURES = [["1.05.01", "Penyusunan Renja", "10 dok", "12.500.000", "11 dok", "13.750.000"]] * 4


@pytest.fixture
def lost_page(line_of: MakeLine, page_of) -> Callable[..., PageContent]:
    """Return a scanned page without grids whose texts stand in columns."""

    def make(rows: Sequence[Sequence[str]], *, above: Sequence[str] = (), number: int = 1) -> PageContent:
        titles = [line_of(text, 300, 60 + 12 * place) for place, text in enumerate(above)]
        body = [
            line_of(text, x, 120 + 14 * place)
            for place, row in enumerate(rows)
            for text, x in zip(row, COLUMNS, strict=False)
            if text
        ]
        return replace(page_of(loose=(*titles, *body), number=number), origin=PageOrigin.RASTER)

    return make


def test_lost_table_is_a_warning_and_its_words_are_left_over(read, lost_page) -> None:
    document = read(lost_page(FIGURES, above=["Tabel T-C.33"]))
    assert [(found.code, found.severity) for found in document.findings] == [("RJ-TAB-007", "warning")]
    assert [line.line.text for line in document.leftovers if line.role == "unknown_table"] == [
        text for row in FIGURES for text in row
    ]
    assert [line.line.text for line in document.leftovers if line.role == "caption"] == ["Tabel T-C.33"]


def test_page_lost_behind_a_known_table_may_be_its_continuation(read, grid_of, page_of, lost_page) -> None:
    header = ["Kode", "Program/Kegiatan", "Indikator Kinerja", "Lokasi", "Target Capaian Kinerja", "Pagu Indikatif"]
    row = ["1.05.01.2.01.0001", "Penyusunan Renja", "Jumlah dokumen", "Kota", "10 dok", "1.500"]
    first = page_of(grid_of([header, row]), loose=())
    document = read(first, lost_page(FIGURES, number=2))
    assert [(table.page, table.follows) for table in document.unknown] == [(2, document.tables[0].key)]


def test_digital_page_is_searched_under_the_title_of_a_known_form_only(read, lost_page) -> None:
    for above, codes in (([], []), (["Tabel 1.1"], []), (["Tabel T-C.33"], ["RJ-TAB-007"])):
        document = read(replace(lost_page(FIGURES, above=above), origin=PageOrigin.DIGITAL))
        assert [found.code for found in document.findings] == codes
        assert bool(list(document.leftovers)) == bool(codes)


def test_amounts_that_wrapping_set_alone_beside_texts_show_a_lost_table(lost_page) -> None:
    rows = [["Jalan", "10 km", "Rp.", "Nusa"], ["daerah", "pagi", "65.000.000.000", "Tenggara"]] * 2
    assert lost_table(lost_page([[row[0] for row in rows]], above=["Tabel 4.2"])) is None
    assert lost_table(lost_page(rows, above=["Tabel 4.2"])) is not None


def test_rows_of_texts_under_a_table_title_are_a_lost_table(lost_page) -> None:
    rows = [["a", "Isu strategis", "Dampak", "Tantangan"]] * 4
    assert lost_table(lost_page(rows)) is None
    assert lost_table(lost_page(rows, above=["Tabel 2.3 Isu Penting"])) is not None


@pytest.mark.parametrize(
    "rows",
    [
        [["1.1", "Latar Belakang", "", "", "", "3"]] * 6,
        [["pada tahun 2024 sebesar Rp 12.500.000 dan tahun 2025 sebesar Rp 13.000.000"]] * 6,
        [["Kepala Dinas"], ["NIP. 19670101 199203 1 004"]],
    ],
    ids=["contents", "prose", "signature"],
)
def test_figures_of_a_text_are_no_table(lost_page, rows) -> None:
    assert lost_table(lost_page(rows)) is None


def test_list_of_tables_is_no_table(lost_page) -> None:
    page = lost_page([[f"Tabel 2.{n} Rekapitulasi", "", "", "", "", f"{n + 9}"] for n in range(1, 6)])
    assert lost_table(page) is None


def test_grid_with_figures_side_by_side_in_its_cells_is_damaged(grid_of) -> None:
    sound: Grid = grid_of([["No", "Pagu", "Realisasi"], ["1", "12.500.000", "11.000.000"]])
    merged: Grid = grid_of([["1", "12.500.000\n13.000.000"], ["2", "9.000.000\n8.000.000"]])
    assert damage_of(sound) == ""
    assert damage_of(replace(sound, method=GridMethod.TEXT)) != ""
    assert damage_of(merged).startswith("2 sel")
