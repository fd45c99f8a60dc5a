from dataclasses import replace

import pytest

from normalize.form import TableForm
from normalize.levels import RowSigns, level_of, worded_levels
from normalize.model import Tingkat

HIERARCHY = TableForm("t", "T", (), (), (), level_column="uraian", number_column="no", code_column="kode")
LIST = TableForm("l", "L", (), (), (), level_column="uraian", number_column="no", hierarchy=False)


def signs(
    name="", number="", code="", *, others=False, figures=False, first="", bold=False, spanning=False
) -> RowSigns:
    return RowSigns(name, number, code, others, figures, first or name, bold, spanning)


@pytest.mark.parametrize(
    ("name", "tingkat"),
    [
        ("URUSAN PEMERINTAHAN WAJIB YANG TIDAK BERKAITAN DENGAN PELAYANAN DASAR", Tingkat.URUSAN),
        ("URUSAN PILIHAN", Tingkat.URUSAN),
        ("UNSUR PENUNJANG URUSAN PEMERINTAHAN", Tingkat.URUSAN),
        ("URUSAN PEMERINTAHAN BIDANG TENAGA KERJA", Tingkat.BIDANG_URUSAN),
        ("URUSAN PEMERINTAHAN TENAGA KERJA", Tingkat.BIDANG_URUSAN),
        ("BIDANG URUSAN PERINDUSTRIAN", Tingkat.BIDANG_URUSAN),
        ("PROGRAM : HUBUNGAN INDUSTRIAL", Tingkat.PROGRAM),
        ("PROG RAM : HUBUNGAN INDUSTRIAL", Tingkat.PROGRAM),
        ("Kegiatan Administrasi Umum", Tingkat.KEGIATAN),
        ("KEGIA TAN : Administrasi Umum", Tingkat.KEGIATAN),
        ("SUB KEGIA TAN : Penyediaan Jasa", Tingkat.SUB_KEGIATAN),
        ("Sub Kegiatan Penyediaan Bahan Logistik", Tingkat.SUB_KEGIATAN),
        ("KEGIATAN : SUB KEGIATAN : Pembinaan", Tingkat.KEGIATAN),
    ],
)
def test_prefix_of_the_name_tells_the_level(name: str, tingkat: Tingkat) -> None:
    assert level_of(signs(name, others=True), [], HIERARCHY) is tingkat


@pytest.mark.parametrize(
    ("code", "tingkat"),
    [
        ("2", Tingkat.URUSAN),
        ("2.07", Tingkat.BIDANG_URUSAN),
        ("2.07.01", Tingkat.PROGRAM),
        ("2.07.01.2.01", Tingkat.KEGIATAN),
        ("2.07.01.2.01.01", Tingkat.SUB_KEGIATAN),
        ("2.07.01.2.01.0001", Tingkat.SUB_KEGIATAN),
    ],
)
def test_code_tells_the_level_whatever_the_name(code: str, tingkat: Tingkat) -> None:
    assert level_of(signs("Program ini", code=code), [], HIERARCHY) is tingkat


@pytest.mark.parametrize(
    "label", ["TOTAL", "Jumlah", "J U M L A H", "JUMLAH TOTAL", "Total Pagu Indikatif", "JUMLAH :"]
)
def test_total_label_wins_over_everything(label: str) -> None:
    assert level_of(signs(label, figures=True), [Tingkat.PROGRAM], HIERARCHY) is Tingkat.TOTAL
    assert level_of(signs("", first=label, number=label, figures=True), [], LIST) is Tingkat.TOTAL


def test_indicator_that_begins_with_jumlah_is_no_total() -> None:
    row = signs("", first="Jumlah Dokumen Perencanaan", others=True)
    assert level_of(row, [Tingkat.SUB_KEGIATAN], HIERARCHY) is Tingkat.INDIKATOR


def test_old_numbering_roman_program_arabic_kegiatan() -> None:
    assert level_of(signs("Pelayanan Administrasi", number="I", others=True), [], HIERARCHY) is Tingkat.PROGRAM
    assert level_of(signs("Jasa surat", number="1", others=True), [Tingkat.PROGRAM], HIERARCHY) is Tingkat.KEGIATAN


def test_unnamed_heading_in_capitals_is_a_group() -> None:
    assert level_of(signs("DINAS TENAGA KERJA", figures=True), [], HIERARCHY) is Tingkat.KELOMPOK


def test_list_rows_are_lines_and_roman_headings_groups() -> None:
    assert level_of(signs("Pelatihan Menjahit", number="1", others=True), [], LIST) is Tingkat.BARIS
    assert level_of(signs("Kecamatan Barat", number="I"), [], LIST) is Tingkat.KELOMPOK
    assert level_of(signs("", others=True), [Tingkat.BARIS], LIST) is Tingkat.INDIKATOR


def test_numbered_row_in_a_table_that_words_its_kegiatan_is_a_sub_kegiatan() -> None:
    worded = worded_levels(["PROGRAM: Penunjang", "Kegiatan: Perencanaan", "Penyusunan Renja"])
    row = replace(signs("Penyusunan Renja", number="1", others=True), worded=worded)
    assert level_of(row, [Tingkat.PROGRAM, Tingkat.KEGIATAN], HIERARCHY) is Tingkat.SUB_KEGIATAN


def test_official_name_that_begins_with_kegiatan_does_not_make_sub_kegiatan_of_its_siblings() -> None:
    worded = worded_levels(["Kegiatan Pemberdayaan Kelurahan", "Rapat Koordinasi"], ["1", "1.1"])
    row = replace(signs("Administrasi Keuangan", number="2", others=True), worded=worded)
    assert level_of(row, [Tingkat.PROGRAM, Tingkat.KEGIATAN, Tingkat.SUB_KEGIATAN], HIERARCHY) is Tingkat.KEGIATAN


def test_a_dotted_number_below_a_numbered_program_is_a_kegiatan_and_the_unnumbered_row_a_sub_kegiatan() -> None:
    names, numbers = ["PROGRAM KETERTIBAN", "Patroli", "Penyediaan Sarana", "Pos Jaga"], ["1", "1.1", "", "1.2"]
    worded, levels = worded_levels(names, numbers), []
    for name, number in zip(names, numbers, strict=True):
        levels.append(level_of(replace(signs(name, number, others=True), worded=worded), levels, HIERARCHY))
    assert levels == [Tingkat.PROGRAM, Tingkat.KEGIATAN, Tingkat.SUB_KEGIATAN, Tingkat.KEGIATAN]


def test_a_bold_name_with_its_amount_only_below_a_program_is_a_kegiatan_and_heads_sub_kegiatan() -> None:
    levels = [Tingkat.PROGRAM]
    for row in (signs("Administrasi Keuangan", figures=True, bold=True), signs("Gaji", others=True, figures=True)) * 2:
        levels.append(level_of(row, levels, HIERARCHY))
    assert levels[1:] == [Tingkat.KEGIATAN, Tingkat.SUB_KEGIATAN] * 2
