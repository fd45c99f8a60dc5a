"""Headers a recogniser misread are understood from their neighbours and told as guesses; digital ones are left."""

import pytest

from normalize.fold import years_in
from normalize.form import Kind
from normalize.headers.captions import Caption
from normalize.headers.header import read_header
from normalize.headers.identify import form_titled
from normalize.headers.misread_labels import reread
from normalize.headers.part_columns import PartColumns, with_pages_agreed
from normalize.headers.vocabulary import header_vocabulary, misread_vocabulary
from normalize.model import Column
from schemas.loader import load_schemas

IS_HEADER = header_vocabulary([schema.form for schema in load_schemas().values()])
CAPTION = "Tabel T-C.31 Review terhadap Rancangan Awal RKPD Tahun 2024"
HALF = ["Program/Kegiatan", "Lokasi", "Indikator Kinerja", "Target Capaian"]
II_3 = [
    [
        "No",
        "Rancangan Awal RKPD",
        "<",
        "<",
        "<",
        "<",
        "Hasil Analisis Kebutuhan",
        "<",
        "<",
        "<",
        "<",
        "Catatan Penting",
    ],
    ["^", *HALF, "Pagu Indikatif (Rp)", *HALF, "Kebutuhan Dana (Rp)", "^"],
]
ROW = ["1", "Penyusunan Renja", "Kota", "Dokumen", "10 dok", "1.500", "Penyusunan Renja", "Desa", "Dokumen", "12 dok"]
ROW += ["1.700", "-"]


def quarters(*labels: str) -> list[list[str]]:
    """Return a header of the quarters named, each over K and Rp, behind a column of numbers."""
    row = [text for label in labels for text in (label, "<")]
    top = ["No", "Realisasi Kinerja Pada Triwulan", *["<"] * (len(row) - 1)]
    return [top, ["^", *row], ["^", *["K", "Rp"] * len(labels)]]


def misread(rows: list[list[str]], row: int, column: int, text: str) -> list[list[str]]:
    changed = [list(printed) for printed in rows]
    changed[row][column] = text
    return changed


def readings(grid, caption: str = "") -> list[str]:
    """Return the lowest label over each column, as understood."""
    header = reread(read_header(grid, IS_HEADER), IS_HEADER, years_in(caption))
    return [path[-1] for path in header.readings]


def guesses(document) -> list[str]:
    return [finding.column for finding in document.findings if finding.code == "RJ-TAB-010"]


def test_odd_label_of_a_pair_is_read_like_the_pairs_beside_it(grid_of, scanned) -> None:
    drawn = misread(misread(quarters("I", "II", "III", "IV"), 2, 3, "X"), 2, 8, "Bp")
    assert readings(scanned(grid_of(drawn)))[1:] == ["K", "Rp"] * 4
    assert readings(grid_of(drawn))[3] == "X"


def test_label_that_other_forms_print_is_not_read_like_its_neighbours(grid_of, scanned) -> None:
    drawn = misread(quarters("I", "II", "III", "IV"), 2, 8, "%")
    assert readings(scanned(grid_of(drawn)))[-1] == "%"


def test_two_pairs_are_no_pattern(grid_of, scanned) -> None:
    drawn = misread(quarters("I", "II"), 2, 3, "X")
    assert readings(scanned(grid_of(drawn)))[3] == "X"


def test_quarter_is_read_by_its_place_among_the_others(grid_of, scanned) -> None:
    header = reread(read_header(scanned(grid_of(quarters("I", "II", "ll", "N"))), IS_HEADER), IS_HEADER, ())
    assert [path[1] for path in header.readings[1::2]] == ["I", "II", "III", "IV"]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (["2021", "2022", "223", "2024"], ["2021", "2022", "2023", "2024"]),
        (["2019", "2028", "2821", "2022"], ["2019", "2020", "2021", "2022"]),
        (["2021", "2023", "2024"], ["2021", "2023", "2024"]),
        (["2021", "2022", "Catatan"], ["2021", "2022", "Catatan"]),
    ],
)
def test_years_are_read_in_sequence_and_rising_ones_are_believed(grid_of, scanned, printed, read) -> None:
    drawn = [["No", "Target", *["<"] * (len(printed) - 1)], ["^", *printed]]
    assert readings(scanned(grid_of(drawn)))[1:] == read


@pytest.mark.parametrize(("printed", "read"), [("Target 223", "Target 2023"), ("Target 202", "Target 202")])
def test_year_inside_a_label_is_read_only_if_one_near_year_fits(grid_of, scanned, printed, read) -> None:
    drawn = [["No", "Realisasi 2021", "Prakiraan 2022", printed]]
    assert readings(scanned(grid_of(drawn)), "Penetapan Renja Tahun 2023")[3] == read


def test_garbled_column_is_the_only_one_missing_at_its_place_and_says_so(
    page_of, grid_of, scanned, line_of, read
) -> None:
    grid = scanned(grid_of([*misread(II_3, 1, 7, "Lokzst"), ROW]))
    document = read(page_of(grid, loose=[line_of(CAPTION, 60, 86)]))
    assert document.tables[0].records[0].get("hasil_lokasi").text == "Desa"
    assert guesses(document) == ["hasil_lokasi"]
    (told,) = [finding for finding in document.findings if finding.code == "RJ-TAB-010"]
    assert told.printed.endswith("Lokzst")


def test_digital_column_is_never_guessed(read) -> None:
    document = read([*misread(II_3, 1, 7, "Lokzst"), ROW], caption=[CAPTION])
    assert guesses(document) == []
    assert document.tables[0].records[0].get("hasil_lokasi").text == ""


def test_column_of_another_meaning_is_not_taken_for_the_missing_one(page_of, grid_of, scanned, line_of, read) -> None:
    grid = scanned(grid_of([*misread(II_3, 1, 7, "Penyuluh"), ROW]))
    document = read(page_of(grid, loose=[line_of(CAPTION, 60, 86)]))
    assert guesses(document) == []
    assert [column.key for column in document.tables[0].columns if not column.declared]


def test_header_garbled_on_one_page_is_known_from_the_other(page_of, grid_of, scanned, line_of, read) -> None:
    sound = [*II_3, ROW]
    garbled = [*misread(misread(II_3, 1, 4, "Tzrqt Cxpz"), 1, 5, "Pzqxu lmdlkalll"), ROW]
    for first, second in ((sound, garbled), (garbled, sound)):
        document = read(
            page_of(scanned(grid_of(first)), loose=[line_of(CAPTION, 60, 86)]),
            page_of(scanned(grid_of(second, page=2)), number=2),
        )
        (table,) = document.tables
        assert [str(record.get("awal_pagu").number) for record in table.records] == ["1500", "1500"]
        assert guesses(document) == ["awal_target", "awal_pagu"]


@pytest.mark.parametrize(("label", "known"), [("Realisasi Capaian Kinerja", True), ("Capaian Kinerja", False)])
def test_label_cut_short_on_a_later_page_is_known_from_the_first_as_a_guess(label, known) -> None:
    def column(key: str, printed: str, *, declared: bool) -> Column:
        return Column(key, printed, Kind.TEKS, (printed,), declared=declared)

    before = [
        column("kode", "Kode", declared=True),
        column("realisasi_2024", "Realisasi Capaian Kinerja Renja Tahun 2024", declared=True),
    ]
    later = PartColumns((before[0], column("x_cut", label, declared=False)), ("kode", "x_cut"))
    keys = ("kode", "realisasi_2024")
    agreed = with_pages_agreed(later, keys, keys, before)
    assert agreed.keys == (keys if known else later.keys)
    assert list(agreed.guesses) == (["realisasi_2024"] if known else [])


def test_blank_declared_column_and_the_figures_beside_it_are_named_together(read) -> None:
    document = read([*misread(II_3, 1, 10, "Zzz"), ROW], caption=[CAPTION])
    (told,) = [finding for finding in document.findings if finding.code == "RJ-TAB-011"]
    (stray,) = [column.key for column in document.tables[0].columns if not column.declared]
    assert told.severity == "warning"
    assert told.column == "hasil_kebutuhan_dana"
    assert stray in told.message


def test_misread_k_below_the_numbering_row_is_header_in_a_scan_only(grid_of, scanned) -> None:
    drawn = [
        ["No", "Target Renstra", "<", "Realisasi", "<", "Target Renja", "<"],
        ["1", "2", "<", "3", "<", "4", "<"],
        ["", "K", "Rp", "X", "Rp", "K", "Bp"],
        ["1", "4", "1.000.000", "4", "1.000.000", "4", "1.000.000"],
    ]
    assert read_header(scanned(grid_of(drawn)), IS_HEADER).rows == 3
    assert read_header(grid_of(drawn), IS_HEADER).rows == 2


E_81 = [
    ["Sesren", "N", "Ladaatae Kiarja Fragram(Orcome)", "Terget Kinerja dan Anggarn Renja Tahun 2023", "<"],
    ["^", "^", "^", "K", "R"],
    ["1", "2", "3", "4", "<"],
]


def test_misread_header_is_told_by_its_shape_in_a_scan_only(grid_of, scanned) -> None:
    body = ["Terwujudnya", "1", "Jumlah dokumen", "4", "1.000.000"]
    grid = grid_of([*E_81, body])
    like = misread_vocabulary([schema.form for schema in load_schemas().values()])
    assert read_header(scanned(grid), IS_HEADER, like).rows == 3
    assert read_header(grid, IS_HEADER, like).rows == read_header(grid, IS_HEADER).rows


def test_body_row_is_no_header_by_its_shape(grid_of, scanned) -> None:
    like = misread_vocabulary([schema.form for schema in load_schemas().values()])
    rows = [["1", "Sub Kegiatan Penyusunan Dokumen", "Jumlah Dokumen", "Kota", "10 dokumen", "<"]] * 2
    assert read_header(scanned(grid_of(rows)), IS_HEADER, like).rows == 0


def test_unread_table_under_the_title_of_a_form_is_a_warning_in_a_scan(
    page_of, grid_of, scanned, line_of, read
) -> None:
    grid = grid_of([["Zq", "Wx", "Vb"], ["1", "2.000", "3.000"]])
    for drawn, severity in ((scanned(grid), "warning"), (grid, "info")):
        document = read(page_of(drawn, loose=[line_of("Tabel II.3", 60, 86)]))
        assert [(finding.code, finding.severity) for finding in document.findings] == [("RJ-TAB-007", severity)]


def test_wide_grid_that_opens_the_next_page_of_a_scan_may_be_the_rest_of_the_table(
    page_of, grid_of, scanned, line_of, read
) -> None:
    first = page_of(scanned(grid_of([*II_3, ROW])), loose=[line_of(CAPTION, 60, 86)])
    rest = grid_of([["Zq", "Wx", "Vb", "1.700", "Kj", "-"], ["1", "2.000", "Rt", "3.000", "Mn", "-"]], page=2)
    for drawn, severity in ((scanned(rest), "warning"), (rest, "info")):
        document = read(first, page_of(drawn))
        about = [finding for finding in document.findings if finding.code == "RJ-TAB-007"]
        assert [finding.severity for finding in about] == [severity]


def test_year_that_breaks_the_sequence_of_a_scan_is_doubted(page_of, grid_of, scanned, line_of, read) -> None:
    years = ["2021", "2022", "2028"]
    drawn = [
        ["No", "Indikator", "Target Renstra Perangkat Daerah", "<", "<", "Realisasi Capaian", "<", "<", "Proyeksi"]
    ]
    drawn += [["^", "^", *years, "2021", "2022", "2023", "2024"], ["1", "Angka kematian", *"1234567"]]
    caption = line_of("Tabel T-C.30 Pencapaian Kinerja Pelayanan Perangkat Daerah", 60, 86)
    for grid, doubted in ((scanned(grid_of(drawn)), ["target_2028"]), (grid_of(drawn), [])):
        document = read(page_of(grid, loose=[caption]))
        assert [found.column for found in document.findings if "tidak berurutan" in found.message] == doubted


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("Tabel T-C.33 Review terhadap Rancangan Awal RKPD Tahun 2024", "iii_1"),
        ("Tabel IV.2 Rumusan Rencana Program dan Kegiatan", "iv_2"),
        ("Formulir E.81 Rumusan Rencana Program dan Kegiatan", "ii_1"),
        ("Rumusan Rencana Program dan Kegiatan", "iii_1"),
        ("Daftar Pegawai", ""),
    ],
)
def test_printed_number_names_an_unread_table_before_its_title(forms, line_of, title, form) -> None:
    assert form_titled(Caption((line_of(title, 60, 86),)), forms) == form
