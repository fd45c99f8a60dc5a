"""Program, Kegiatan and Sub Kegiatan in columns of their own."""

import pytest

HEADER = ["Kode", "Program", "Kegiatan", "Sub Kegiatan", "Indikator Kinerja", "Lokasi", "Target Capaian Kinerja"]
HEADER += ["Pagu Indikatif (Rp)", "Sumber Dana"]
STAIRS = [
    ["1.05.01", "Penunjang Urusan", "", "", "Nilai", "Kota", "80", "1.500", "APBD"],
    ["1.05.01.2.01", "", "Perencanaan Kinerja", "", "Dokumen", "Kota", "2", "1.500", "APBD"],
    ["1.05.01.2.01.0001", "", "", "Penyusunan Renja", "Dokumen", "Kota", "2", "1.500", "APBD"],
    ["Jumlah", "<", "<", "<", "<", "<", "<", "1.500", ""],
]
FIGURES = ["Dokumen", "Kota", "2", "1.500", "APBD"]


def names(document) -> list[tuple[str, str]]:
    (table,) = document.tables
    return [(record.tingkat.value, record.get("uraian").text) for record in table.records]


def test_the_filled_column_names_the_row_and_tells_its_level(read) -> None:
    document = read([HEADER, *STAIRS], caption=["Tabel 3.1"])
    assert names(document) == [
        ("program", "Penunjang Urusan"),
        ("kegiatan", "Perencanaan Kinerja"),
        ("sub_kegiatan", "Penyusunan Renja"),
        ("total", "Jumlah"),
    ]
    assert not [column.key for column in document.tables[0].columns if column.key.startswith("x_")]


def test_level_of_the_column_stands_without_codes_and_overleaf_without_a_header(read) -> None:
    first, rest = [row[1:] for row in STAIRS[:2]], [row[1:] for row in STAIRS[2:3]]
    document = read([HEADER[1:], *first], rest, caption=["Tabel 3.1"])
    assert [level for level, _ in names(document)] == ["program", "kegiatan", "sub_kegiatan"]


@pytest.mark.parametrize("above", [("^", "^"), ("Penunjang Urusan", "Perencanaan Kinerja"), ("", "")])
def test_names_side_by_side_are_a_row_each_and_upper_ones_only_once(read, above) -> None:
    first = ["1", "Penunjang Urusan", "Perencanaan Kinerja", "Penyusunan Renja", *FIGURES]
    second = ["2", *above, "Evaluasi Kinerja", *FIGURES]
    document = read([["No", *HEADER[1:]], first, second], caption=["Tabel 3.1"])
    assert names(document) == [
        ("program", "Penunjang Urusan"),
        ("kegiatan", "Perencanaan Kinerja"),
        ("sub_kegiatan", "Penyusunan Renja"),
        ("sub_kegiatan", "Evaluasi Kinerja"),
    ]
    amounts = [record.get("pagu_indikatif").number for record in document.tables[0].records]
    assert amounts == [None, None, 1500, 1500]


def test_merged_names_cut_by_the_page_break_are_made_whole(read) -> None:
    first = ["1", "Pengelolaan Sumber", "Sistem Irigasi Primer", "Rehabilitasi Jaringan", *FIGURES]
    cut = ["", "Daya Air", "dan Sekunder", "", "yang disusun", "", "", "", ""]
    second = ["2", "", "", "Operasi Jaringan", *FIGURES]
    document = read([["No", *HEADER[1:]], first], [["No", *HEADER[1:]], cut, second], caption=["Tabel 3.1"])
    assert names(document) == [
        ("program", "Pengelolaan Sumber Daya Air"),
        ("kegiatan", "Sistem Irigasi Primer dan Sekunder"),
        ("sub_kegiatan", "Rehabilitasi Jaringan"),
        ("sub_kegiatan", "Operasi Jaringan"),
    ]
    assert document.tables[0].records[2].get("indikator_kinerja").text == "Dokumen yang disusun"


def test_program_that_begins_overleaf_is_a_row_of_its_own(read) -> None:
    first = ["1", "Penunjang Urusan", "Perencanaan Kinerja", "Penyusunan Renja", *FIGURES]
    second = ["2", "Penyelenggaraan Jalan", "Jalan Kabupaten", "Rehabilitasi Jalan", *FIGURES]
    document = read([["No", *HEADER[1:]], first], [["No", *HEADER[1:]], second], caption=["Tabel 3.1"])
    assert names(document)[3:] == [
        ("program", "Penyelenggaraan Jalan"),
        ("kegiatan", "Jalan Kabupaten"),
        ("sub_kegiatan", "Rehabilitasi Jalan"),
    ]


def test_headings_of_all_level_columns_stand_in_the_printed_header(read) -> None:
    (table,) = read([HEADER, *STAIRS], caption=["Tabel 3.1"]).tables
    assert "Program / Kegiatan / Sub Kegiatan" in [cell.text for cell in table.header]


def test_a_number_merged_down_with_its_program_is_the_program_s(read) -> None:
    rows = [
        ["1", "Penunjang Urusan", "Perencanaan Kinerja", "Penyusunan Renja", *FIGURES],
        ["^", "^", "^", "Evaluasi Kinerja", *FIGURES],
        ["2", "Irigasi", "Jaringan Primer", "Rehabilitasi Jaringan", *FIGURES],
    ]
    document = read([["No", *HEADER[1:]], *rows], caption=["Tabel 3.1"])
    assert [
        (level, record.get("no").text)
        for (level, _), record in zip(names(document), document.tables[0].records, strict=True)
    ][:4] == [("program", "1"), ("kegiatan", ""), ("sub_kegiatan", ""), ("sub_kegiatan", "")]
