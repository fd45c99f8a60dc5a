"""A recognised figure that seems to have lost its decimal comma is kept and doubted."""

import pytest

from normalize.rows.recognised import RecognitionDoubt
from tests.normalize.conftest import as_scanned, draw_grid, draw_page

CAPTION = "Tabel T-C.30 Pencapaian Kinerja Pelayanan Perangkat Daerah Tahun 2024"
TOP = ["No", "Indikator", "SPM/Standar Nasional", "IKK", "Target Renstra Perangkat Daerah", "<"]
TOP += ["Realisasi Capaian", "<", "Proyeksi", "<", "Catatan Analisis"]
YEARS = [*["^"] * 4, "2023", "2024", "2023", "2024", "2025", "2026", "^"]
NAMES = ("Angka melek huruf", "Cakupan imunisasi", "Rasio guru", "Indeks layanan")


def doubted(read, line_of, rows, *, scanned: bool = True) -> list[tuple[int, str]]:
    """Return the rows and columns told to have lost a separator, of rows of six figures by year."""
    body = [[str(n + 1), NAMES[n], "-", "ya", *figures, "baik"] for n, figures in enumerate(rows)]
    grid = draw_grid([TOP, YEARS, *body])
    page = draw_page(as_scanned(grid) if scanned else grid, loose=[line_of(CAPTION, 60, 86)])
    document = read(page)
    return [(f.row, f.column) for f in document.findings if f.code == RecognitionDoubt.SEPARATORS]


def same(figure: str) -> list[str]:
    return [figure] * 6


def test_percentage_beyond_a_hundred_among_smaller_ones_is_doubted_in_a_scan_only(read, line_of) -> None:
    odd = ["86,5 %", "865 %", "86,5 %", "87,1 %", "88,2 %", "89,3 %"]
    rows = [same("71,5 %"), odd, same("90,1 %"), same("40 %")]
    assert doubted(read, line_of, rows) == [(2, "target_2024")]
    assert doubted(read, line_of, rows, scanned=False) == []


@pytest.mark.parametrize(
    ("figure", "found"), [("4000", True), ("400", True), ("4100", True), ("410", False), ("41", False)]
)
def test_target_of_the_size_of_those_beside_it_but_for_a_comma_is_doubted(read, line_of, figure, found) -> None:
    rows = [["40,00", figure, "40,50", "41,20", "43,10", "44,30"], *[same("12,50")] * 3]
    assert doubted(read, line_of, rows) == ([(1, "target_2024")] if found else [])


def test_column_of_large_percentages_is_believed(read, line_of) -> None:
    assert doubted(read, line_of, [same("120 %"), same("135 %"), same("150 %"), same("90 %")]) == []


def test_other_notation_with_the_same_value_is_no_lost_comma(read, line_of) -> None:
    assert doubted(read, line_of, [same("33,72 %"), same("33.72 %"), same("41,20 %"), same("50,10 %")]) == []
