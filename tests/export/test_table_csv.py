import csv
import io
from decimal import Decimal

from documents import plan_table, record, text
from hypothesis import given
from hypothesis import strategies as st

from export.csv_profile import EXCEL_ID, PLAIN, render_csv
from export.plain_number import fits_excel, plain
from export.table_csv import csv_columns, csv_rows
from normalize.form import Kind
from normalize.model import Column, Table, Tingkat


def rows_of(table: Table, profile=PLAIN) -> list[dict[str, str]]:
    columns = csv_columns(table)
    data = render_csv([c.name for c in columns], csv_rows(table, columns), profile)
    return list(csv.DictReader(io.StringIO(data.decode(profile.encoding), newline=""), delimiter=profile.delimiter))


def test_columns_stand_in_contract_order():
    assert [c.name for c in csv_columns(plan_table())] == [
        "no", "kode", "uraian", "target_capaian", "pagu_indikatif", "prakiraan_pagu", "x_keterangan_daerah",
        "target_capaian_nilai", "target_capaian_satuan", "tingkat", "halaman", "keyakinan",
    ]  # fmt: skip


def test_numbers_are_plain_decimals_and_quantities_keep_their_print():
    row = rows_of(plan_table())[2]
    assert row["pagu_indikatif"] == "100.5"
    assert (row["target_capaian"], row["target_capaian_nilai"], row["target_capaian_satuan"]) == (
        "21 orang",
        "21",
        "orang",
    )
    assert (row["tingkat"], row["halaman"], row["keyakinan"]) == ("sub_kegiatan", "3", "1")


def test_a_quantity_without_one_value_leaves_amount_and_unit_empty():
    row = rows_of(plan_table())[3]
    assert (row["target_capaian"], row["target_capaian_nilai"], row["target_capaian_satuan"]) == ("A", "", "")


def test_plain_profile_keeps_text_that_looks_like_a_formula_as_data():
    assert rows_of(plan_table())[2]["x_keterangan_daerah"] == "=HYPERLINK(1)"


def test_excel_profile_escapes_text_formulas_and_never_numbers():
    records = (record(Tingkat.BARIS, "-2 -4", pagu_indikatif=text("x")),)
    row = rows_of(plan_table(), EXCEL_ID)[2]
    assert row["x_keterangan_daerah"] == "'=HYPERLINK(1)"
    assert row["pagu_indikatif"] == "100,5"
    assert rows_of(plan_table(records), EXCEL_ID)[0]["uraian"] == "'-2 -4"
    assert render_csv(["a"], [[Decimal(-5)]], EXCEL_ID) == b"\xef\xbb\xbfa\r\n-5\r\n"


def test_line_breaks_in_a_cell_survive():
    assert rows_of(plan_table())[4]["uraian"] == "Sub Kegiatan D; baris\nkedua"


def test_control_characters_are_taken_out_of_text():
    assert rows_of(plan_table((record(Tingkat.BARIS, "a\x00b\x1fc\r\nd"),)))[0]["uraian"] == "abc\nd"


def test_an_undeclared_column_never_takes_the_name_of_a_declared_trait():
    own = Column("tingkat", "Tingkat", Kind.TEKS, ("Tingkat",), declared=False)
    table = Table("x", "x", (own, Column("halaman_2", "Halaman", Kind.TEKS, (), declared=False)), (), (1,))
    names = [c.name for c in csv_columns(table)]
    assert names == ["tingkat_2", "halaman_2", "tingkat", "halaman", "keyakinan"]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**18), max_value=10**18))
def test_plain_numbers_keep_their_value_without_exponent_or_padding(number: Decimal):
    shown = plain(number)
    assert Decimal(shown) == number
    assert "E" not in shown
    assert shown == "0" or not (shown.endswith("0") and "." in shown)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**14), max_value=10**14))
def test_a_number_that_fits_excel_survives_the_sheet(number: Decimal):
    if fits_excel(number):
        assert Decimal(repr(float(f"{float(number):.16G}"))) == number
