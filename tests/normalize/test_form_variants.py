"""Variants in which agencies print the columns of a form."""

import pytest

HEADER_33 = [
    ["Kode", "Program/Kegiatan", "Indikator Kinerja", "Rencana Tahun 2025", "<", "<", "<"],
    ["^", "^", "^", "Lokasi", "Target Capaian Kinerja", "Pagu Indikatif (Rp)", "Sumber Dana"],
]
ROW_33 = ["1.05.01.2.01.0001", "Penyusunan Renja", "Jumlah dokumen", "Kota", "10 dok", "1.500", "APBD"]
CODE_PARTS = ["1", "05", "01", "2.01", "0001"]


def keys_of(document) -> list[str]:
    (table,) = document.tables
    return [column.key for column in table.columns]


def test_code_parts_under_headings_of_their_own_are_one_code(read) -> None:
    header = [["Kode", "<", "<", "<", "<", *HEADER_33[0][1:]]]
    header += [["Urusan", "Bidang", "Program", "Kegiatan", "Sub Kegiatan", *HEADER_33[1][1:]]]
    document = read([*header, [*CODE_PARTS, *ROW_33[1:]]])
    assert document.tables[0].records[0].get("kode").text == ROW_33[0]
    assert not [key for key in keys_of(document) if key.startswith("x_")]


def test_code_parts_under_a_heading_over_the_first_only_are_one_code(read) -> None:
    header = [["Kode", "", "", "", "", *HEADER_33[0][1:]], ["", "", "", "", "", *HEADER_33[1][1:]]]
    document = read([*header, [*CODE_PARTS, *ROW_33[1:]]])
    assert document.tables[0].records[0].get("kode").text == ROW_33[0]


def test_unlabelled_column_of_words_beside_the_code_is_no_code(read) -> None:
    header = [["Kode", "", *HEADER_33[0][1:]], ["", "", *HEADER_33[1][1:]]]
    document = read([*header, [ROW_33[0], "Sub Kegiatan", *ROW_33[1:]]])
    assert document.tables[0].records[0].get("kode").text == ROW_33[0]
    assert document.tables[0].records[0].get("x_kolom_2").text == "Sub Kegiatan"


def test_column_whose_leaf_no_form_knows_is_kept_under_its_own_name(read) -> None:
    header = [["Kode", "Program/Kegiatan", "Indikator Kinerja", "Rencana Tahun 2025", "<", "<", "<", "<"]]
    header += [["^", "^", "^", "Lokasi", "Target Capaian Kinerja", "<", "Pagu Indikatif (Rp)", "Sumber Dana"]]
    header += [["^", "^", "^", "^", "Keluaran Sub Kegiatan", "Hasil Kegiatan", "^", "^"]]
    document = read([*header, [*ROW_33[:5], "1 laporan", *ROW_33[5:]]])
    record = document.tables[0].records[0]
    assert record.get("target_capaian").text == "10 dok"
    assert "satuan" not in record.values
    assert "1 laporan" in [value.text for key, value in record.values.items() if key.startswith("x_")]


def test_no_and_kode_side_by_side_keep_their_names(read) -> None:
    header = [["No", "Kode", "Program/Kegiatan", "Lokasi", "Indikator Kinerja", "Besaran/Volume", "Catatan"]]
    document = read([*header, ["1", "2.07", "Pelatihan", "Kota", "Peserta", "20 orang", ""]], caption=["Tabel T-C.32"])
    assert document.tables[0].records[0].get("no").text == "1"
    assert document.tables[0].records[0].get("x_kode").text == "2.07"


HALVES_30 = ["no", "indikator", "satuan", "target_2022", "realisasi_2022", "target_2023", "realisasi_2023"]


def test_years_may_stand_over_the_halves_of_the_performance_table(read) -> None:
    header = [["No", "Indikator", "Satuan", "2022", "<", "2023", "<", "2024", "Catatan Analisis"]]
    header += [["^", "^", "^", "Target", "Realisasi", "Target", "Realisasi", "Proyeksi", "^"]]
    document = read([*header, ["1", "PPKS", "%", "1", "2", "3", "4", "5", "baik"]], caption=["Tabel T-C.30"])
    record = document.tables[0].records[0]
    assert [record.get(key).text for key in HALVES_30[3:]] == ["1", "2", "3", "4"]
    assert record.get("proyeksi_2024").text == "5"


def test_year_n_is_the_year_of_the_caption(read) -> None:
    header = [
        ["No", "Indikator", "Target Renstra", "<", "<", "<", "Realisasi Capaian", "<", "Proyeksi", "<", "Catatan"]
    ]
    header += [["^", "^", "n-2", "n-1", "n", "n+1", "n-2", "n-1", "n", "n+1", "^"]]
    body = ["1", "PPKS", "1", "2", "3", "4", "5", "6", "7", "8", ""]
    document = read([*header, body], caption=["Tabel T-C.30 Pencapaian Kinerja Pelayanan Tahun 2024"])
    record = document.tables[0].records[0]
    assert (record.get("target_2022").text, record.get("target_2024").text, record.get("proyeksi_2025").text) == (
        "1",
        "3",
        "8",
    )


def test_column_without_any_year_is_no_column_of_a_year(read) -> None:
    header = [["No", "Indikator", "Target Renstra", "<", "<", "Realisasi Capaian", "Proyeksi", "Catatan Analisis"]]
    header += [["^", "^", "2023", "2024", "(6+7)", "2023", "2024", "^"]]
    document = read([*header, ["1", "PPKS", "1", "2", "3", "1", "2", ""]], caption=["Tabel T-C.30"])
    assert document.tables[0].records[0].get("x_target_renstra_6_7").text == "3"


def test_header_decides_when_the_caption_carries_the_label_of_another_form(read) -> None:
    document = read([*HEADER_33, ROW_33], caption=["Tabel T-C.31"])
    assert [table.key for table in document.tables] == ["iii_1"]


@pytest.mark.parametrize("where", range(7))
def test_label_of_a_total_may_stand_in_any_column(read, where) -> None:
    total = ["", "", "", "", "", "1.500", ""]
    if where == 5:
        total[4:6] = ["JUMLAH TOTAL", "1.500"]
    else:
        total[where] = "JUMLAH TOTAL"
    document = read([*HEADER_33, ROW_33, total])
    assert document.tables[0].records[1].tingkat == "total"


@pytest.mark.parametrize(
    "unit", ["(Rp.000)", "(Rp. 000,-)", "(x Rp. 1.000)", "(Rp. x 1000)", "('000)", "(ribuan rupiah)", "(Rp 1.000,-)"]
)
def test_thousands_are_read_from_the_header_and_from_the_caption(read, unit) -> None:
    header = [HEADER_33[0], [*HEADER_33[1][:5], f"Pagu Indikatif {unit}", HEADER_33[1][6]]]
    for drawn, caption in ((header, ["Tabel T-C.33"]), (HEADER_33, ["Tabel T-C.33", unit])):
        value = read([*drawn, ROW_33], caption=caption).tables[0].records[0].get("pagu_indikatif")
        assert (value.number, value.raw) == (1_500_000, "1.500")


@pytest.mark.parametrize("label", ["Jumlah I + II", "Subtotal", "TOTAL DINAS SOSIAL", "JUMLAH BELANJA", "J U M L A H"])
def test_spanning_label_of_any_total_is_read_whole(read, label) -> None:
    total = [label, "<", "<", "<", "<", "1.500", ""]
    record = read([*HEADER_33, ROW_33, total]).tables[0].records[1]
    assert (record.tingkat, record.get("uraian").text) == ("total", label)


def test_row_of_small_numbers_that_names_something_is_no_numbering_row(read) -> None:
    header = [["No", "Indikator", "Target Renstra", "Realisasi Capaian", "Proyeksi", "Catatan Analisis"]]
    header += [["^", "^", "2023", "2023", "2024", "^"]]
    document = read([*header, ["1", "PPKS", "2", "3", "4", "5"]], caption=["Tabel T-C.30"])
    assert [record.get("indikator").text for record in document.tables[0].records] == ["PPKS"]


def test_column_of_names_is_no_code_though_its_heading_resembles_one(read) -> None:
    header = [["No", "Program", "Kegiatan", "Indikator Kinerja", "Lokasi", "Target", "Pagu Indikatif", "Sumber Dana"]]
    document = read([*header, ["1", "PROGRAM A", "Rapat", "I", "Kota", "1", "1.500", "DAU"]], caption=["Tabel T-C.33"])
    assert "kode" not in document.tables[0].records[0].values


def test_target_printed_as_volume_and_satuan_is_target_and_satuan(read) -> None:
    header = [[*HEADER_33[0], "<"], ["^", "^", "^", "Lokasi", "Target Capaian Kinerja", "<", *HEADER_33[1][5:]]]
    header += [["^", "^", "^", "^", "Volume", "Satuan", "^", "^"]]
    record = read([*header, [*ROW_33[:4], "10", "dok", *ROW_33[5:]]]).tables[0].records[0]
    assert (record.get("target_capaian").text, record.get("satuan").text) == ("10", "dok")


def test_code_part_without_a_heading_of_its_own_belongs_to_the_code(read) -> None:
    header = [["Kode", "<", "<", "<", "<", "<", *HEADER_33[0][1:]], ["U", "BU", "P", "K", "", "SK", *HEADER_33[1][1:]]]
    document = read([*header, ["1", "05", "01", "2", "01", "0001", *ROW_33[1:]]])
    assert document.tables[0].records[0].get("kode").text == ROW_33[0]
    assert not [key for key in keys_of(document) if key.startswith("x_")]


def test_rows_numbered_in_letters_below_a_repeated_header_are_no_records(read) -> None:
    page = [*HEADER_33, list("abcdefg"), ROW_33]
    document = read(page, page)
    assert [record.get("uraian").text for record in document.tables[0].records] == [ROW_33[1]] * 2


def test_columns_under_one_heading_may_stand_in_any_order(read) -> None:
    header = [["Kode", "Program/Kegiatan", "Lokasi", "Indikator Kinerja", "Tahun 2025", "<", "<"]]
    header[0] += ["Perkiraan Maju Tahun 2026", "<", "<", "Sumber Pendanaan"]
    header += [["^", "^", "^", "^", *["Anggaran (Rp)", "Volume", "Satuan"] * 2, "^"]]
    row = [*ROW_33[:2], "Kota", "Jumlah dokumen", "1.500", "10", "dok", "1.650", "11", "dok kedua", "APBD"]
    record = read([*header, row], caption=["Tabel 3.3"]).tables[0].records[0]
    assert (record.get("pagu_indikatif").number, record.get("prakiraan_pagu").number) == (1500, 1650)
    assert (record.get("target_capaian").text, record.get("prakiraan_target").text) == ("10", "11")
    assert record.get("satuan").text == "dok"
    assert record.get("x_perkiraan_maju_tahun_2026_satuan").text == "dok kedua"
    assert record.get("sumber_dana").text == "APBD"


def test_letter_spaced_total_spread_over_columns_is_a_total(read) -> None:
    document = read([*HEADER_33, ROW_33, ["", "", "J U M L A", "H", "", "1.500", ""]])
    assert document.tables[0].records[-1].tingkat == "total"


def test_heading_cut_by_a_narrow_column_is_the_heading(read) -> None:
    header = [["N\no", *HEADER_33[0]], ["^", *HEADER_33[1]]]
    document = read([*header, ["1", *ROW_33]])
    assert document.tables[0].records[0].get("no").text == "1"


@pytest.mark.parametrize(("printed", "told"), [("1.000.0\n00 dok", ["RJ-NUM-009"]), ("1.000.000\ndok", [])])
def test_target_whose_digits_stand_on_two_lines_is_mended_and_told(read, printed, told) -> None:
    document = read([*HEADER_33, [*ROW_33[:4], printed, *ROW_33[5:]]])
    assert document.tables[0].records[0].get("target_capaian").number == 1_000_000
    assert [finding.code for finding in document.findings if finding.column == "target_capaian"] == told


@pytest.mark.parametrize("printed", [["1.05.01.2.01.00\n01"], ["1", "05", "01", "2.0\n1", "00\n01"]])
def test_code_cut_by_a_narrow_cell_is_whole_and_no_doubt(read, printed) -> None:
    spans = ["<"] * (len(printed) - 1)
    header = [["Kode", *spans, *HEADER_33[0][1:]], [*["^"] * len(printed), *HEADER_33[1][1:]]]
    document = read([*header, [*printed, *ROW_33[1:]]])
    assert document.tables[0].records[0].get("kode").text == ROW_33[0]
    assert not [found.code for found in document.findings if found.code.startswith("RJ-CODE")]


BEFORE_AND_AFTER = [
    ("Sebelum Perubahan", "Setelah Perubahan"),
    ("Rencana Tahun 2025 Sebelum Perubahan", "Rencana Tahun 2025 Sesudah Perubahan"),
    ("Semula", "Menjadi"),
    ("Renja Murni Tahun 2025", "Perubahan Renja Tahun 2025"),
]
CHANGED = {
    "target_sebelum": "10 dok",
    "pagu_sebelum": "1.500.000",
    "target_capaian": "12 dok",
    "pagu_indikatif": "1.200.000",
}


@pytest.mark.parametrize("halves", BEFORE_AND_AFTER)
@pytest.mark.parametrize("above", [True, False])
def test_targets_and_amounts_before_and_after_a_change_are_told_apart(read, halves, above) -> None:
    before, after = halves
    name = ["Kode", "Program/Kegiatan", "Indikator Kinerja", "Lokasi"]
    leaves = ["Target Capaian Kinerja", "Pagu Indikatif (Rp)"]
    if above:
        header = [[*name, before, "<", after, "<"], ["^"] * 4 + leaves * 2]
        figures = ["10 dok", "1.500.000", "12 dok", "1.200.000"]
    else:
        header = [[*name, leaves[0], "<", leaves[1], "<"], ["^"] * 4 + [before, after] * 2]
        figures = ["10 dok", "12 dok", "1.500.000", "1.200.000"]
    header = [[*header[0], "Bertambah/(Berkurang)", "Sumber Dana"], [*header[1], "^", "^"]]
    document = read([*header, [*ROW_33[:4], *figures, "(300.000)", "APBD"]])
    (record,) = document.tables[0].records
    assert {key: record.get(key).text for key in CHANGED} == CHANGED
    assert [int(record.get(key).number) for key in ("pagu_sebelum", "pagu_indikatif", "selisih_pagu")] == [
        1500000,
        1200000,
        -300000,
    ]


def test_amounts_of_another_year_are_not_those_before_a_change(read) -> None:
    header = [[*HEADER_33[0][:3], "Tahun 2024", "<", *HEADER_33[0][3:]]]
    header += [["^", "^", "^", "Target Capaian Kinerja", "Pagu Indikatif (Rp)", *HEADER_33[1][3:]]]
    document = read([*header, [*ROW_33[:3], "9 dok", "1.400", *ROW_33[3:]]])
    assert "pagu_sebelum" not in document.tables[0].records[0].values
    assert document.tables[0].records[0].get("pagu_indikatif").text == "1.500"


def test_a_total_stays_one_where_a_column_no_form_knows_holds_a_figure(read) -> None:
    header = [[*row, last] for row, last in zip(HEADER_33, ("Pagu APBD", "^"), strict=True)]
    document = read([*header, [*ROW_33, "1.700"], ["", "JUMLAH", "", "", "", "1.500", "", "1.700"]])
    assert document.tables[0].records[-1].tingkat.value == "total"


def test_target_of_the_sipd_print_without_a_year_is_that_of_the_plan_year(read) -> None:
    header = [["No", "Kode", "Urusan/Bidang Urusan/Program/Kegiatan/Sub Kegiatan", "Indikator Kinerja"]]
    header[0] += [
        "Target Akhir Renstra",
        "Realisasi Capaian Renja Tahun 2024",
        "Prakiraan Capaian Target Renja Tahun 2025",
    ]
    header[0] += ["Capaian Kinerja dan Kerangka Pendanaan", "<", "<", "<", "Prioritas", "<", "Kelompok Sasaran"]
    header[0] += ["Prakiraan Maju Rencana Tahun 2027", "<", "Perangkat Daerah Penanggung Jawab"]
    header += [["^"] * 7 + ["Target", "Pagu Indikatif", "Lokasi", "Sumber Dana", "Nasional", "Daerah", "^"]]
    header[1] += ["Target", "Pagu Indikatif", "^"]
    row = ["1.", "2.09.02", "PROGRAM PANGAN", "Skor PPH", "90 skor", "84 skor", "85 skor"]
    row += ["86 skor", "1.500.000,00", "Kota", "DAU", "", "", "Warga", "87 skor", "1.600.000,00", "DKP"]
    document = read([*header, row], caption=["PENETAPAN RENCANA KERJA PERANGKAT DAERAH", "TAHUN 2026"])
    assert document.tables[0].records[0].get("target_2026").text == "86 skor"


@pytest.mark.parametrize("before", ["Sebelum Perubahan", "Semula", "Renja Murni"])
def test_figures_before_a_change_are_no_column_of_a_form_that_has_none_for_them(read, before) -> None:
    header = [["No", "Program/Kegiatan", "Lokasi", "Indikator Kinerja", "Besaran/Volume", "<", "Catatan"]]
    header += [["^", "^", "^", "^", before, "Menjadi", "^"]]
    row = ["1", "Pelatihan", "Kota", "Peserta", "20 orang", "25 orang", ""]
    document = read([*header, row], caption=["Tabel T-C.32"])
    before_change = [key for key, value in document.tables[0].records[0].values.items() if value.text == "20 orang"]
    assert [key[:2] for key in before_change] == ["x_"]


def test_the_sipd_print_of_a_change_keeps_the_figures_of_both_sides_apart(read) -> None:
    sides = ["Sebelum Perubahan", "Setelah Perubahan"]
    header = [["No", "Kode", "Urusan/Bidang Urusan/Program/Kegiatan/Sub Kegiatan", "Indikator Kinerja"], ["^"] * 7]
    header[0] += [
        "Target Akhir Renstra",
        "Realisasi Capaian Renja Tahun 2023",
        "Prakiraan Capaian Target Renja Tahun 2024",
    ]
    for side in sides:
        header[0] += [f"Capaian Kinerja dan Kerangka Pendanaan {side}", "<"]
        header[1] += ["Target 2025", "Pagu Indikatif"]
    header[0] += ["Lokasi", "Sumber Dana", "Kelompok Sasaran", "Perangkat Daerah Penanggung Jawab"]
    header[1] += ["^"] * 4
    row = [
        "1.",
        "2.09.02",
        "PROGRAM PANGAN",
        "Skor PPH",
        "90",
        "84",
        "85",
        "86 skor",
        "1.500,00",
        "88 skor",
        "1.700,00",
    ]
    row += ["Kota", "DAU", "Warga", "DKP"]
    document = read([*header, row], caption=["PENETAPAN RENCANA KERJA PERANGKAT DAERAH (RENJA OPD)", "TAHUN 2025"])
    (record,) = document.tables[0].records
    keys = ("target_sebelum", "pagu_sebelum", "target_2025", "pagu_indikatif")
    assert [record.get(key).text for key in keys] == ["86 skor", "1.500,00", "88 skor", "1.700,00"]


@pytest.mark.parametrize(("amounts", "doubted"), [(3, True), (2, False)])
def test_amounts_under_a_quantity_where_the_money_column_is_amiss_are_a_doubt(read, amounts, doubted) -> None:
    header = [[*HEADER_33[0], "Prakiraan Maju Rencana Tahun 2026"], [*HEADER_33[1], "Target Capaian Kinerja"]]
    rows = [[*ROW_33, "1.250.000.000" if number < amounts else "10 dok"] for number in range(4)]
    document = read([*header, *rows])
    found = [finding for finding in document.findings if finding.code == "RJ-TAB-012"]
    assert [finding.column for finding in found] == (["prakiraan_target"] if doubted else [])
