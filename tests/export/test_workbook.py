import io
import re
import zipfile
from decimal import Decimal

import pytest
from documents import COLUMNS, HEADER, conversion, document, finding, money, plan_records, plan_table, record, text
from openpyxl import load_workbook

from export.limits import CODE_LONG_TEXT, CODE_PRECISION, CODE_UNPRINTABLE, MAX_CELL_CHARS, limit_findings
from export.sheets.live_sums import live_sums
from export.sheets.workbook import workbook_chunks
from extract.findings import Severity
from normalize.form import TableForm
from normalize.model import HeaderCell, Table, Tingkat, Value
from schemas.outcome import RelationCount


def rendered(*told):
    """Return a workbook as bytes."""
    return b"".join(workbook_chunks(*told))


def workbook_of(*tables: Table, findings=(), catalogue=(), values=False):
    data = rendered(document(*tables, findings=findings), findings, catalogue)
    return load_workbook(io.BytesIO(data), data_only=values)


def cell_with(sheet, shown: str):
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == shown)


def column_of(key: str) -> int:
    return next(index for index, column in enumerate(COLUMNS, start=1) if column.key == key)


def first_record_row(sheet) -> int:
    return cell_with(sheet, "PROGRAM A").row


def test_the_header_is_merged_as_printed_with_the_numbering_below():
    sheet = workbook_of()["III.1"]
    top = cell_with(sheet, "No").row
    merged = {str(r) for r in sheet.merged_cells.ranges}
    assert {f"A{top}:A{top + 1}", f"D{top}:E{top}", f"F{top}:F{top + 1}"} <= merged
    assert [c.value for c in sheet[top + 2]][:7] == ["1", "2", "3", "4", "5", None, "7 = 5x110%"]
    assert sheet.freeze_panes == f"D{top + 3}"
    assert sheet.print_title_rows == f"${top}:${top + 2}"


def test_numbers_are_numbers_with_grouping_and_their_decimals():
    sheet = workbook_of()["III.1"]
    row = cell_with(sheet, "Sub Kegiatan C").row
    pagu = sheet.cell(row, column_of("pagu_indikatif"))
    whole = sheet.cell(row, column_of("prakiraan_pagu"))
    assert (pagu.value, pagu.number_format) == (100.5, "#,##0.0")
    assert (whole.value, whole.number_format) == (110, "#,##0")


def test_codes_stay_text():
    sheet = workbook_of()["III.1"]
    code = sheet.cell(cell_with(sheet, "Sub Kegiatan C").row, column_of("kode"))
    assert (code.value, code.data_type, code.number_format) == ("2.01", "s", "@")


def test_text_is_never_a_formula_and_stays_text_when_edited():
    sheet = workbook_of()["III.1"]
    cell = cell_with(sheet, "=HYPERLINK(1)")
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_a_parent_that_equals_its_children_is_a_live_sum_with_its_value_stored():
    formulas, values = workbook_of()["III.1"], workbook_of(values=True)["III.1"]
    first = first_record_row(formulas)
    column = column_of("pagu_indikatif")
    assert formulas.cell(first, column).value == f"=SUM(E{first + 1})"
    assert formulas.cell(first + 1, column).value == f"=SUM(E{first + 2}:E{first + 4})"
    assert formulas.cell(first + 5, column).value == f"=SUM(E{first})"
    assert values.cell(first + 1, column).value == 300.5


def test_a_parent_that_differs_from_its_children_keeps_the_printed_figure():
    sheet = workbook_of()["III.1"]
    first, column = first_record_row(sheet), column_of("prakiraan_pagu")
    assert sheet.cell(first, column).value == 999
    assert sheet.cell(first + 5, column).value == 331


def test_sums_skip_grandchildren_by_splitting_the_range():
    records = (
        record(Tingkat.PROGRAM, "P", pagu_indikatif=money("3")),
        record(Tingkat.KEGIATAN, "K1", pagu_indikatif=money("1")),
        record(Tingkat.SUB_KEGIATAN, "S1", pagu_indikatif=money("1")),
        record(Tingkat.KEGIATAN, "K2", pagu_indikatif=money("2")),
        record(Tingkat.TOTAL, "T", pagu_indikatif=money("3")),
    )
    sums = live_sums(plan_table(records))
    assert sums[0, "pagu_indikatif"] == ((1, 1), (3, 3))
    assert sums[4, "pagu_indikatif"] == ((0, 0),)
    assert (3, "pagu_indikatif") not in sums


def test_an_amount_on_the_row_of_an_indicator_counts_for_its_sub_kegiatan():
    records = (
        record(Tingkat.KEGIATAN, "K", pagu_indikatif=money("3")),
        record(Tingkat.SUB_KEGIATAN, "S1"),
        record(Tingkat.INDIKATOR, pagu_indikatif=money("1")),
        record(Tingkat.SUB_KEGIATAN, "S2"),
        record(Tingkat.INDIKATOR, pagu_indikatif=money("2")),
    )
    assert live_sums(plan_table(records))[0, "pagu_indikatif"] == ((2, 4),)


def test_levels_are_indented_and_parents_bold():
    sheet = workbook_of()["III.1"]
    names = ("PROGRAM A", "Kegiatan B", "Sub Kegiatan C")
    cells = [cell_with(sheet, name) for name in names]
    assert [int(cell.alignment.indent) for cell in cells] == [0, 1, 2]
    assert [bool(cell.font.bold) for cell in cells] == [True, True, False]


def test_a_numbering_row_of_the_printed_header_is_not_written_twice():
    numbers = tuple(HeaderCell(c.numbering, 2, i, 1, 1) for i, c in enumerate(COLUMNS))
    base = plan_table()
    table = Table("iii_1", "Tabel", COLUMNS, base.records, (3,), (*base.header, *numbers), 3)
    sheet = workbook_of(table)["III.1"]
    assert sum(cell.value == "7 = 5x110%" for row in sheet.iter_rows() for cell in row) == 1


def test_a_heading_reaches_down_over_the_blank_cells_below_it():
    cells = tuple(cell for cell in HEADER if cell.column != 2 and cell.row == 0) + HEADER[4:6]
    title = COLUMNS[2].header_path[0]
    header = (*cells, HeaderCell(title, 0, 2, 1, 1), HeaderCell("", 1, 2, 1, 1))
    sheet = workbook_of(Table("iii_1", "Tabel", COLUMNS, plan_records(), (3,), header, 2))["III.1"]
    row = cell_with(sheet, title).row
    assert f"C{row}:C{row + 1}" in {str(merged) for merged in sheet.merged_cells.ranges}


def test_a_group_heading_whose_columns_stand_apart_is_shown_over_each_part():
    loose = (HeaderCell("Target Capaian", 1, 3, 1, 1), HeaderCell("Pagu Indikatif (Rp)", 1, 4, 1, 1))
    kept = tuple(cell for cell in HEADER if cell.column not in (3, 4))
    table = Table("iii_1", "Tabel", COLUMNS, plan_records(), (3,), (*kept, *loose), 2)
    sheet = workbook_of(table)["III.1"]
    heading = cell_with(sheet, "Rencana Tahun 2024")
    assert heading.coordinate == f"D{cell_with(sheet, 'No').row}"
    assert f"D{heading.row}:E{heading.row}" in {str(merged) for merged in sheet.merged_cells.ranges}


def test_doubtful_cells_are_filled_and_explain_themselves():
    doubt = finding(printed="9,9,9", severity=Severity.WARNING)
    sheet = workbook_of(findings=(doubt,))["III.1"]
    cell = sheet.cell(first_record_row(sheet), column_of("prakiraan_pagu"))
    assert cell.fill.fgColor.rgb == "FFFFEB9C"
    assert "Jumlah anak tidak sama." in cell.comment.text
    assert "Halaman PDF: 3" in cell.comment.text
    plain_cell = sheet.cell(first_record_row(sheet), column_of("pagu_indikatif"))
    assert plain_cell.comment is None


def test_an_unreadable_number_is_blank_filled_and_quoted_in_its_note():
    bad = Value("390,210,4", "390,210,4", None, confidence=0.2, alternatives=(Decimal(3902104),))
    records = (record(Tingkat.PROGRAM, "PROGRAM A", pagu_indikatif=bad),)
    sheet = workbook_of(plan_table(records))["III.1"]
    cell = sheet.cell(first_record_row(sheet), column_of("pagu_indikatif"))
    assert cell.value is None
    assert "Tertulis: 390,210,4" in cell.comment.text
    assert "Kemungkinan lain: 3902104" in cell.comment.text


def test_the_finding_of_a_second_table_marks_only_that_table():
    book = workbook_of(plan_table(), plan_table(ordinal=2, pages=(9,)), findings=(finding(table="iii_1_2", page=9),))
    first, second = book["III.1"], book["III.1 (2)"]
    column = column_of("prakiraan_pagu")
    assert first.cell(first_record_row(first), column).comment is None
    assert second.cell(first_record_row(second), column).comment is not None


def test_findings_link_to_their_cells_and_wait_for_a_status():
    book = workbook_of(findings=(finding(), finding(row=None, column="", severity=Severity.INFO)))
    sheet = book["Periksa"]
    target = book["III.1"].cell(first_record_row(book["III.1"]), column_of("prakiraan_pagu"))
    links = [cell for cell in sheet["D"] if cell.hyperlink]
    assert links[0].value == target.coordinate
    assert links[0].hyperlink.location == f"'III.1'!{target.coordinate}"
    assert links[1].value == "lembar"
    assert sheet.data_validations.dataValidation[0].formula1 == '"Belum,Benar,Diperbaiki,Abaikan"'
    assert {cell.value for cell in sheet["K"][3:]} == {"Belum"}


def test_findings_speak_of_columns_by_name_not_by_key():
    said = finding(message="Tidak sesuai iii_1: pagu_indikatif di kolom lokasi.")
    book = workbook_of(findings=(said,))
    shown = "Tidak sesuai III.1: Pagu di kolom lokasi."
    assert cell_with(book["Periksa"], shown)
    sheet = book["III.1"]
    assert shown in sheet.cell(first_record_row(sheet), column_of("prakiraan_pagu")).comment.text


def test_the_summary_names_found_and_missing_tables_and_links_totals():
    catalogue = (TableForm("iii_1", "Rumusan", (), (), ()), TableForm("iv_1", "Rencana Kerja", (), (), ()))
    sheet = workbook_of(catalogue=catalogue)["Ringkasan"]
    assert sheet.cell(cell_with(sheet, "IV.1").row, 8).value == "tidak ada di dokumen"
    assert cell_with(sheet, "III.1").hyperlink.location == "'III.1'!A1"
    assert any(str(cell.value).startswith("='III.1'!E") for cell in sheet["C"])
    assert cell_with(sheet, "Tabel lain").row


def test_the_summary_tells_how_the_checks_fared_in_words():
    checks = (RelationCount("iii_1: pagu_indikatif, induk = jumlah rincian", held=4, broken=1),)
    book = load_workbook(io.BytesIO(rendered(document(), (), (), checks)))
    row = cell_with(book["Ringkasan"], "Pagu, induk = jumlah rincian").row
    assert [cell.value for cell in book["Ringkasan"][row]][:6] == [
        "III.1", "Pagu, induk = jumlah rincian", 4, 0, 1, 0,
    ]  # fmt: skip


def test_numbers_beyond_fifteen_digits_are_text_and_reported():
    records = (record(Tingkat.TOTAL, "PROGRAM A", pagu_indikatif=money("1234567890123456.78")),)
    sheet = workbook_of(plan_table(records))["III.1"]
    cell = sheet.cell(first_record_row(sheet), column_of("pagu_indikatif"))
    assert (cell.value, cell.data_type) == ("1234567890123456.78", "s")
    assert [f.code for f in limit_findings(document(plan_table(records)))] == [CODE_PRECISION]


def test_a_text_too_long_for_a_cell_is_cut_and_reported():
    table = plan_table((record(Tingkat.PROGRAM, "PROGRAM A", x_keterangan_daerah=text("k" * 40_000)),))
    sheet = workbook_of(table)["III.1"]
    shown = sheet.cell(first_record_row(sheet), column_of("x_keterangan_daerah")).value
    assert len(shown) == MAX_CELL_CHARS
    assert shown.endswith("[terpotong; teks lengkap ada di CSV]")
    assert [f.code for f in limit_findings(document(table))] == [CODE_LONG_TEXT]


def test_control_characters_are_taken_out_and_reported():
    table = plan_table((record(Tingkat.PROGRAM, "PROGRAM A", x_keterangan_daerah=text("a\x01b\x0c\ud800c")),))
    sheet = workbook_of(table)["III.1"]
    assert sheet.cell(first_record_row(sheet), column_of("x_keterangan_daerah")).value == "abc"
    assert [f.code for f in limit_findings(document(table))] == [CODE_UNPRINTABLE]


@pytest.mark.parametrize(
    "header",
    [
        (HeaderCell("Satu", 0, 0, 2, 9), HeaderCell("Dua", 1, 3, 1, 1)),
        (HeaderCell("Satu", 0, 0, 1, 3), HeaderCell("Dua", 0, 2, 2, 2)),
        (HeaderCell("Satu", 0, 0, 5, 1), HeaderCell("Dua", 0, 0, 1, 1)),
        (),
    ],
    ids=["too wide", "overlap", "same place", "none printed"],
)
def test_a_damaged_header_still_makes_a_workbook_with_all_its_texts(header):
    table = Table("iii_1", "Tabel", COLUMNS, plan_records(), (3,), header, 2 if header else 0)
    sheet = workbook_of(table)["III.1"]
    shown = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    for cell in header:
        assert cell.text in shown
    if not header:
        assert "Rencana Tahun 2024" in shown


def test_no_sheet_is_hidden_or_protected():
    book = workbook_of(findings=(finding(),))
    for sheet in book:
        assert sheet.sheet_state == "visible"
        assert not sheet.protection.sheet


def test_the_package_carries_no_clock():
    data = rendered(conversion().document, (), ())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\d", core)) == {"2000-01-01"}
