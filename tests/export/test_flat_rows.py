import io

from documents import COLUMNS, document, money, plan_records, plan_table, record, text
from openpyxl import load_workbook

from export.sheets.data_sheet import COLUMN_TITLES
from export.sheets.flat_columns import Role
from export.sheets.flat_rows import flat_rows
from export.sheets.workbook import workbook_chunks
from normalize.form import Kind
from normalize.model import Column, Table, Tingkat

SIPD = (
    Column("kode", "Kode", Kind.KODE, ("Kode",)),
    Column("uraian", "Uraian", Kind.TEKS, ("Uraian",)),
    Column("indikator", "Indikator", Kind.TEKS, ("Indikator",)),
    Column("target_2024", "Target 2024", Kind.KUANTITAS, ("Target 2024",)),
    Column("pagu_indikatif", "Pagu", Kind.RUPIAH, ("Pagu",)),
    Column("penanggung_jawab", "PD", Kind.TEKS, ("PD",), fill_down=True),
)


def workbook_of(*told):
    """Return a workbook as bytes."""
    return b"".join(workbook_chunks(*told))


def rows_of(*records, columns=COLUMNS):
    return list(flat_rows(document(Table("iii_1", "Tabel", columns, records, (3,)))))


def texts(row, role):
    return row.fields[role].text


def test_each_sub_kegiatan_and_each_further_indicator_is_a_row_with_its_parents():
    rows = rows_of(*plan_records())
    assert [(r.number, texts(r, Role.URAIAN)) for r in rows] == [
        (3, "Sub Kegiatan C"), (4, "Sub Kegiatan C"), (5, "Sub Kegiatan D; baris\nkedua"),
    ]  # fmt: skip
    assert all(r.parents == {Tingkat.PROGRAM: "PROGRAM A", Tingkat.KEGIATAN: "Kegiatan B"} for r in rows)


def test_a_further_indicator_repeats_the_name_but_not_the_money():
    first, second, _ = rows_of(*plan_records())
    assert first.fields[Role.PAGU].number is not None
    assert second.fields[Role.PAGU].number is None
    assert texts(second, Role.KODE) == texts(first, Role.KODE) == "2.01"


def test_totals_and_parents_are_no_rows():
    rows = rows_of(*plan_records())
    assert {r.tingkat for r in rows} == {Tingkat.SUB_KEGIATAN}


def test_a_kegiatan_without_sub_kegiatan_is_a_row_as_in_older_plans():
    rows = rows_of(record(Tingkat.PROGRAM, "P"), record(Tingkat.KEGIATAN, "K", pagu_indikatif=money("5")))
    assert [(texts(r, Role.URAIAN), dict(r.parents)) for r in rows] == [("K", {Tingkat.PROGRAM: "P"})]


def test_a_new_program_leaves_the_kegiatan_of_the_one_before():
    rows = rows_of(
        record(Tingkat.PROGRAM, "P1"),
        record(Tingkat.KEGIATAN, "K1"),
        record(Tingkat.SUB_KEGIATAN, "S1"),
        record(Tingkat.PROGRAM, "P2"),
        record(Tingkat.SUB_KEGIATAN, "S2"),
    )
    assert [dict(r.parents) for r in rows] == [
        {Tingkat.PROGRAM: "P1", Tingkat.KEGIATAN: "K1"},
        {Tingkat.PROGRAM: "P2"},
    ]


def test_the_two_rows_of_a_sipd_sub_kegiatan_become_one():
    rows = rows_of(
        record(Tingkat.SUB_KEGIATAN, "S", kode=text("2.07.01.2.01.0001")),
        record(Tingkat.INDIKATOR, indikator=text("Jumlah"), target_2024=text("3 dokumen"), pagu_indikatif=money("7")),
        columns=SIPD,
    )
    assert len(rows) == 1
    assert [texts(rows[0], role) for role in (Role.KODE, Role.URAIAN, Role.INDIKATOR, Role.TARGET)] == [
        "2.07.01.2.01.0001", "S", "Jumlah", "3 dokumen",
    ]  # fmt: skip


def test_cells_merged_downwards_are_filled_and_others_are_not():
    rows = rows_of(
        record(Tingkat.PROGRAM, "P", penanggung_jawab=text("Dinas A"), indikator=text("i")),
        record(Tingkat.SUB_KEGIATAN, "S1", indikator=text("x")),
        record(Tingkat.SUB_KEGIATAN, "S2", penanggung_jawab=text("Dinas B")),
        record(Tingkat.SUB_KEGIATAN, "S3"),
        columns=SIPD,
    )
    assert [texts(r, Role.PENANGGUNG_JAWAB) for r in rows] == ["Dinas A", "Dinas B", "Dinas B"]
    assert [texts(r, Role.INDIKATOR) for r in rows] == ["x", "", ""]


def test_the_data_sheet_is_an_excel_table_whose_money_adds_up_to_the_printed_total():
    sheet = load_workbook(io.BytesIO(workbook_of(document(plan_table()), (), ())))["Data"]
    assert sheet.tables["Data"].ref.startswith("A1:")
    header = [cell.value for cell in sheet[1]]
    assert tuple(header) == COLUMN_TITLES
    pagu = [row[header.index("Pagu (Rp)")].value for row in sheet.iter_rows(min_row=2)]
    assert sum(value for value in pagu if value) == 300.5
    code = sheet.cell(2, header.index("Kode") + 1)
    assert (code.value, code.data_type) == ("2.01", "s")


def test_a_document_without_planning_rows_still_has_a_valid_empty_data_table():
    sheet = load_workbook(io.BytesIO(workbook_of(document(plan_table(())), (), ())))["Data"]
    assert sheet.tables["Data"].ref.endswith("2")
