"""Which grids are claimed by a form, and which grids of later pages go on."""

from dataclasses import replace

import pytest

HEADER_33 = [
    ["Kode", "Program/Kegiatan", "Indikator Kinerja", "Rencana Tahun 2025", "<", "<", "<"],
    ["^", "^", "^", "Lokasi", "Target Capaian Kinerja", "Pagu Indikatif (Rp)", "Sumber Dana"],
]
PROGRAM = ["1.05.01", "PROGRAM A", "Nilai", "Kota", "80", "1.500", "APBD"]
SUB_KEGIATAN = ["1.05.01.2.01.0001", "Penyusunan Renja", "Dokumen", "Kota", "10 dok", "1.500", "APBD"]
YEARS = ["2021", "2022", "2023"]


def test_performance_table_of_a_renstra_is_not_the_one_of_a_renja(read) -> None:
    header = [["No", "Indikator Kinerja sesuai Tugas dan Fungsi", "Target NSPK", "Target IKK", "Target Renstra Tahun"]]
    header[0] += ["<", "<", "Realisasi Capaian Tahun", "<", "<", "Rasio Capaian pada Tahun", "<", "<"]
    header += [["^", "^", "^", "^", *YEARS, *YEARS, *YEARS]]
    body = ["1", "PPKS", "", "", *["1"] * 9]
    for caption in ([], ["Tabel 2.3 Pencapaian Kinerja Pelayanan Dinas"], ["Tabel T-C.23"]):
        assert not read([*header, body], caption=caption).tables


@pytest.mark.parametrize(
    ("header", "caption"),
    [
        (
            ["No", "Sasaran", "Indikator Kinerja", "Target 2023", "Realisasi 2023", "Capaian %", "Keterangan"],
            "Tabel 2.2",
        ),
        (["No", "Sasaran", "Indikator Kinerja", "Satuan", "2022", "2023", "2024"], "Tabel 2.4 Indikator Kinerja Utama"),
        (["No", "Program/Kegiatan", "Anggaran (Rp)", "Realisasi (Rp)", "%"], "Tabel 2.1 Realisasi Anggaran"),
        (["No", "Jabatan", "Jumlah", "Pendidikan", "Keterangan"], "Tabel 2.1 Jumlah Pegawai"),
        (["No", "Nama Barang", "Jumlah", "Satuan", "Kondisi", "Keterangan"], "Tabel 2.2 Sarana dan Prasarana"),
    ],
)
def test_tables_that_are_no_form_are_not_claimed(read, header, caption) -> None:
    body = ["1", *["a"] * 2, *["1"] * (len(header) - 3)]
    document = read([header, body], caption=[caption])
    assert not document.tables
    assert len(document.unknown) == 1


@pytest.mark.parametrize(
    ("caption", "severity"), [("Tabel T-C.33", "warning"), ("Tabel 3.1", "info"), ("Tabel T-C.23", "info")]
)
def test_a_table_unclaimed_under_the_national_label_of_a_form_is_a_warning(read, caption, severity) -> None:
    document = read([["Sasaran Strategis", "Arah Kebijakan", "Uraian"], ["a", "b", "c"]], caption=[caption])
    assert [(found.code, found.severity) for found in document.findings] == [("RJ-TAB-007", severity)]


def test_one_printed_column_does_not_borrow_the_wording_of_another(read) -> None:
    header = [["No", "Sasaran", "Indikator Kinerja", "Target Renstra", "Realisasi Capaian", "Proyeksi", "Catatan"]]
    header += [["^", "^", "^", "2023", "2023", "2024", "^"]]
    record = read([*header, ["1", "S", "I", "1", "2", "3", ""]], caption=["Tabel T-C.30"]).tables[0].records[0]
    assert (record.get("indikator").text, record.get("iku").text) == ("I", "")
    assert record.get("x_sasaran").text == "S"


def test_second_table_of_a_kind_under_a_number_of_its_own_is_kept(read, grid_of, page_of, line_of) -> None:
    grids = [grid_of([*HEADER_33, row], top=top) for row, top in ((PROGRAM, 100.0), (SUB_KEGIATAN, 300.0))]
    labels = [line_of("Tabel T-C.33 Rumusan Rencana", 60, 86), line_of("Tabel T-C.34 Rumusan Rencana", 60, 286)]
    document = read(page_of(*grids, loose=labels))
    assert [(table.key, table.ordinal, len(table.records)) for table in document.tables] == [
        ("iii_1", 1, 1),
        ("iii_1", 2, 1),
    ]


def test_signature_box_does_not_end_a_table(read, grid_of, page_of) -> None:
    first = page_of(grid_of([*HEADER_33, PROGRAM]), grid_of([["Disusun", "Dievaluasi"]], top=400))
    rest = page_of(grid_of([SUB_KEGIATAN], page=2), number=2)
    (table,) = read(first, rest).tables
    assert [record.tingkat for record in table.records] == ["program", "sub_kegiatan"]


def test_rest_of_an_unknown_table_is_not_joined_to_the_table_before_it(read, grid_of, page_of) -> None:
    other = [["Nama", "Pangkat", "Golongan", "Jabatan", "NIP", "Tamat", "Alamat"], ["A", "B", "C", "D", "E", "F", "G"]]
    first = page_of(grid_of([*HEADER_33, PROGRAM]), grid_of(other, top=400))
    rest = page_of(grid_of([["H", "I", "J", "K", "L", "M", "N"]], page=2), number=2)
    (table,) = read(first, rest).tables
    assert len(table.records) == 1


def total_row(grid_of, label: str, amount: str):
    """Draw a total row alone on a page: its merged label hides the column rulings."""
    grid = grid_of([[label, "<", "<", "<", "<", amount, ""]], page=2)
    cells = tuple(replace(cell, column=number, column_span=1) for number, cell in enumerate(grid.cells))
    return replace(grid, cells=cells, x_edges=(grid.x_edges[0], *grid.x_edges[5:]))


def test_total_row_alone_on_the_last_page_belongs_to_the_table(read, grid_of, page_of) -> None:
    first = page_of(grid_of([*HEADER_33, PROGRAM]))
    (table,) = read(first, page_of(total_row(grid_of, "J U M L A H", "1.500"), number=2)).tables
    assert table.records[-1].tingkat == "total"
    assert table.records[-1].get("pagu_indikatif").number == 1500


def test_other_row_alone_on_a_page_is_not_taken_for_a_total(read, grid_of, page_of) -> None:
    first = page_of(grid_of([*HEADER_33, PROGRAM]))
    for label, amount in (("Payakumbuh, 2 Januari 2025", "1.500"), ("JUMLAH", "")):
        (table,) = read(first, page_of(total_row(grid_of, label, amount), number=2)).tables
        assert len(table.records) == 1


def test_caption_at_the_foot_of_a_page_names_the_table_overleaf(read, grid_of, page_of, line_of) -> None:
    first = page_of(grid_of([*HEADER_33, PROGRAM]), loose=[line_of("Tabel T-C.33 Rumusan", 60, 86)])
    foot = line_of("Tabel T-C.34 Rumusan Rencana", 60, 480)
    first = replace(first, loose=(*first.loose, foot))
    second = page_of(grid_of([*HEADER_33, SUB_KEGIATAN], page=2), number=2)
    document = read(first, second)
    assert [(table.ordinal, len(table.records)) for table in document.tables] == [(1, 1), (2, 1)]
    assert document.tables[1].title == foot.text


def test_sentence_at_the_foot_of_a_page_names_no_table(read, grid_of, page_of, line_of) -> None:
    sentence = [
        line_of("Tabel T-C.34 berikut memuat rencana", 60, 480),
        line_of("perangkat daerah tahun depan.", 60, 492),
    ]
    loose = [line_of("Tabel T-C.33 Rumusan", 60, 86), *sentence]
    pages = [
        page_of(grid_of([*HEADER_33, PROGRAM]), loose=loose),
        page_of(grid_of([*HEADER_33, SUB_KEGIATAN], page=2), number=2),
    ]
    assert [len(table.records) for table in read(*pages).tables] == [2]


@pytest.mark.parametrize("place", ["Lokasi (Nagari)", "Lokasi (RT/RW)", "Lokasi (Desa)", "Lokasi Kegiatan"])
def test_proposals_without_headings_over_their_halves_are_read(read, place) -> None:
    header = ["No", "Kegiatan Prioritas", place, "Indikator Kinerja", "Volume"]
    header += ["Sub Kegiatan pada Rancangan Renja", "Pagu (Rp)", "Catatan Penting"]
    body = [
        "1",
        "Pembangunan Posyandu",
        "Gadut",
        "Jumlah posyandu",
        "1 unit",
        "Pembangunan Sarana",
        "98.750.000",
        "SPM",
    ]
    (table,) = read([header, body], caption=["Tabel 2.3 Persandingan Kegiatan Prioritas Hasil Musrenbang"]).tables
    assert table.key == "ii_4a_1"
    assert [table.records[0].get(key).text for key in ("lokasi", "kegiatan_renja")] == ["Gadut", "Pembangunan Sarana"]
    assert table.records[0].get("pagu_indikatif").text == "98.750.000"


@pytest.mark.parametrize("numbering", [[], [[str(n) for n in range(1, 13)]]], ids=["bare", "numbered"])
def test_rest_of_a_cut_row_under_a_repeated_header_is_no_header(read, grid_of, page_of, numbering) -> None:
    half = ["Program/Kegiatan", "Lokasi", "Indikator Kinerja", "Target Capaian"]
    header = [
        ["No", "Rancangan Awal RKPD", "<", "<", "<", "<", "Hasil Analisis Kebutuhan", "<", "<", "<", "<", "Catatan"],
        ["^", *half, "Pagu Indikatif (Rp)", *half, "Kebutuhan Dana (Rp)", "^"],
        *numbering,
    ]
    cut = ["PROGRAM A", "Kota", "Evaluasi\npembangunan", "80%", "1.500"]
    whole = ["PROGRAM B", "Kota", "Nilai", "90%", "2.500"]
    rest = ["", "", "daerah", "", ""]
    pages = [[["1", *cut, *cut, ""]], [["", *rest, *rest, ""], ["2", *whole, *whole, ""]]]
    grids = [grid_of([*header, *rows], page=number) for number, rows in enumerate(pages, start=1)]
    (table,) = read(*(page_of(grid, number=grid.page) for grid in grids)).tables
    assert [record.get("awal_indikator").text for record in table.records] == ["Evaluasi pembangunan daerah", "Nilai"]
