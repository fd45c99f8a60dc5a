"""A scanned table whose header nobody can read is what its title says, if its columns bear that out, and a guess."""

import pytest

CAPTION = "Tabel T-C.33 Rumusan Rencana Program dan Kegiatan Perangkat Daerah Tahun 2026"
DARK = [
    ["266", "28650", "--", "2", "<", "<", "<", "46", "SAV", "<"],
    ["^", "^", "^", "Zq", "Wx", "Vb", "Kj", "^", "Xx", "Qq"],
]
ROWS = [
    ["2.11.01", "Program", "Persentase", "Kota", "73,05 %", "6.590.436.813,00", "", "", "80 %", "6.919.958.653"],
    ["2.11.01.2.01", "Kegiatan", "Jumlah", "Kota", "3 Unit", "3.441.027.376,0C", "DAU", "", "4 Unit", "3.613.078.744"],
]


def tables(read, page_of, grid, line_of, caption: str = CAPTION):
    return read(page_of(grid, loose=[line_of(caption, 60, 86)]))


def test_columns_are_told_by_title_and_place_and_each_is_a_guess(read, page_of, grid_of, scanned, line_of) -> None:
    document = tables(read, page_of, scanned(grid_of([*DARK, *ROWS])), line_of)
    (table,) = document.tables
    first = table.records[0]
    assert (first.get("kode").text, first.get("prakiraan_pagu").number) == ("2.11.01", 6919958653)
    guessed = {finding.column for finding in document.findings if finding.code == "RJ-TAB-010"}
    assert guessed == {column.key for column in table.columns}
    assert all(column.sureness < 1 for column in table.columns)


def test_digital_table_is_never_told_by_its_title_alone(read, page_of, grid_of, line_of) -> None:
    assert not tables(read, page_of, grid_of([*DARK, *ROWS]), line_of).tables


def moved(rows: list[list[str]], source: int, target: int) -> list[list[str]]:
    changed = [list(row) for row in rows]
    for row in changed:
        row.insert(target, row.pop(source))
    return changed


@pytest.mark.parametrize("rows", [moved(ROWS, 5, 4), [row[:-1] for row in ROWS], ROWS[:1]])
def test_money_elsewhere_columns_missing_or_one_row_tell_no_form(
    read, page_of, grid_of, scanned, line_of, rows
) -> None:
    head = [row[: len(rows[0])] for row in DARK]
    assert not tables(read, page_of, scanned(grid_of([*head, *rows])), line_of).tables


def test_title_of_no_form_tells_none(read, page_of, grid_of, scanned, line_of) -> None:
    grid = scanned(grid_of([*DARK, *ROWS]))
    assert not tables(read, page_of, grid, line_of, "Tabel 5.1 Daftar kegiatan").tables


def test_amount_in_a_text_beside_a_blank_column_of_money_is_doubted_in_a_scan(
    read, page_of, grid_of, scanned, line_of
) -> None:
    torn = [*ROWS[0][:5], "", "6.590.436.813,00 DAU", "", *ROWS[0][8:]]
    document = tables(read, page_of, scanned(grid_of([*DARK, *ROWS, torn])), line_of)
    doubted = [(f.row, f.column) for f in document.findings if f.code == "RJ-OCR-001" and "sebelahnya" in f.message]
    assert doubted == [(3, "sumber_dana")]
