"""A workbook comes back as the document it was written from, also after people worked in it."""

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from documents import document, finding, money, plan_records, plan_table, record
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils import range_boundaries

from export.reading.read_errors import NotOurOutputError
from export.reading.workbook_reader import read_workbook
from export.review.verdict import Status
from export.sheets.workbook import workbook_chunks
from extract.findings import Severity
from normalize.model import Document, Record, Table, Tingkat, Value

PAGU, KODE, TARGET, URAIAN = "iii_1__pagu_indikatif", "iii_1__kode", "iii_1__target_capaian", "iii_1__uraian"


def workbook_of(*told):
    """Return a workbook as bytes."""
    return b"".join(workbook_chunks(*told))


def essence(source: Document) -> object:
    """Return what a workbook promises to carry: numbers in number columns, texts elsewhere, level, page, confidence."""
    return [
        (
            table.key, table.ordinal, table.title, table.pages,
            [replace(column, order=0) for column in table.columns],
            [
                (
                    row.tingkat, row.page, round(row.confidence, 3),
                    {c.key: _kept(row.get(c.key), is_number=c.kind.is_number) for c in table.columns},
                )
                for row in table.records
            ],
        )
        for table in source.tables
    ]  # fmt: skip


def _kept(value: Value, *, is_number: bool) -> object:
    if is_number:
        return value.number if value.number is not None else value.text if value.text in ("-", "–", "—") else ""
    return value.text, value.number, value.unit


def written(source: Document, folder, findings=()):
    path = folder / "renja.xlsx"
    path.write_bytes(workbook_of(source, findings, ()))
    return path


class Edited:
    """A workbook opened for the kind of editing people do."""

    def __init__(self, path):  # noqa: D107 - a test's tool
        self.path, self.book = path, load_workbook(path)

    def cell(self, name: str, record_number: int):
        sheet, _, cells = self.book.defined_names[name].attr_text.rpartition("!")
        column, first, _, _ = range_boundaries(cells)
        return self.book[sheet.strip("'")].cell(first + record_number - 1, column)

    def insert_row(self, sheet: str, row: int) -> None:
        """Insert a row as Excel does: cells move down and defined names grow with them."""
        self.book[sheet].insert_rows(row)
        for known in self.book.defined_names.values():
            place, _, cells = known.attr_text.rpartition("!")
            if place.strip("'") == sheet:
                columns = [part.split("$")[1] for part in cells.split(":")]
                _, first, _, last = range_boundaries(cells)
                first, last = first + (first >= row), last + (last >= row)
                known.attr_text = f"{place}!${columns[0]}${first}:${columns[-1]}${last}"

    def read(self):
        self.book.save(self.path)
        return read_workbook(self.path)


def codes(problems) -> list[str]:
    return [problem.code for problem in problems]


def without_formulas(edited: Edited) -> Edited:
    """Put in the results openpyxl would drop, as when values are pasted over formulas."""
    results = load_workbook(edited.path, data_only=True)
    for sheet in edited.book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.value = results[sheet.title][cell.coordinate].value
    return edited


@pytest.fixture
def edited(tmp_path):
    return without_formulas(Edited(written(document(), tmp_path)))


def test_a_document_comes_back_from_its_workbook(tmp_path):
    source = document(plan_table(), plan_table(ordinal=2, pages=(7, 9, 10)))
    read = read_workbook(written(source, tmp_path))
    assert essence(read.document) == essence(source)
    assert (read.document.name, read.document.agency, read.document.year) == ("renja", "Dinas Contoh", 2024)
    assert [line.line.text for line in read.document.leftovers] == ["Rencana Kerja"]
    assert read.problems == ()


amounts = st.decimals(-(10**16), 10**16, places=2, allow_nan=False, allow_infinity=False)
plain_texts = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), max_size=20)
rows = st.tuples(st.sampled_from(list(Tingkat)), st.none() | amounts, plain_texts, st.integers(1, 900), st.floats(0, 1))


@settings(max_examples=20, deadline=None)
@given(st.lists(rows, min_size=1, max_size=8))
def test_any_amount_text_level_and_page_come_back(tmp_path_factory, drawn):
    records = tuple(
        Record(
            {"uraian": Value(name, name), "kode": Value(f"1.{page:02}", f"1.{page:02}")}
            | ({} if amount is None else {"pagu_indikatif": Value(str(amount), str(amount), amount)}),
            tingkat,
            page,
            round(confidence, 3),
        )
        for tingkat, amount, name, page, confidence in drawn
    )
    source = document(plan_table(records))
    assert essence(read_workbook(written(source, tmp_path_factory.mktemp("x"))).document) == essence(source)


def test_values_typed_over_formulas_count(edited):
    edited.cell(PAGU, 1).value = 777
    read = edited.read()
    assert read.document.tables[0].records[0].get("pagu_indikatif").number == 777
    assert read.problems == ()


def test_a_formula_without_a_stored_result_is_told_and_no_blank(tmp_path):
    read = Edited(written(document(), tmp_path)).read()  # openpyxl drops the results
    assert set(codes(read.problems)) == {"RJ-BACA-004"}
    assert all(problem.severity is Severity.ERROR for problem in read.problems)
    place = read.problems[0]
    assert read.document.tables[0].records[place.row - 1].get(place.column).raw == "?"


@pytest.mark.parametrize(
    ("typed", "number", "code"),
    [
        ("1.234.567,50", "1234567.5", "RJ-BACA-002"),
        ("1.234.567,5", "1234567.5", "RJ-BACA-001"),
        ("Rp 1.234.567", "1234567", "RJ-BACA-002"),
        (" 250 ", "250", "RJ-BACA-002"),
        ("12O", None, "RJ-BACA-001"),
        ("1,234", "1234", "RJ-BACA-002"),
        ("#REF!", None, "RJ-BACA-001"),
        ("-", None, None),
        (True, None, "RJ-BACA-001"),
        (datetime(2024, 1, 2), None, "RJ-BACA-005"),  # noqa: DTZ001 - sheets know no zones
    ],
)
def test_a_number_stored_as_something_else_is_read_or_told(edited, typed, number, code):
    edited.cell(PAGU, 3).value = typed
    read = edited.read()
    value = read.document.tables[0].records[2].get("pagu_indikatif").number
    assert value == (None if number is None else Decimal(number))
    assert codes(read.problems) == ([code] if code else [])


def test_a_code_that_became_a_number_is_told(edited):
    edited.cell(KODE, 3).value = 2.1
    read = edited.read()
    assert read.document.tables[0].records[2].get("kode").text == "2.1"
    assert codes(read.problems) == ["RJ-BACA-006"]


def test_a_target_typed_as_a_percentage_is_one(edited):
    cell = edited.cell(TARGET, 3)
    cell.value, cell.number_format = 0.955, "0.0%"
    value = edited.read().document.tables[0].records[2].get("target_capaian")
    assert (value.text, value.number, value.unit) == ("95,5%", Decimal("95.5"), "%")


def test_inserted_rows_are_read_and_their_missing_level_is_told(edited):
    row = edited.cell(URAIAN, 4).row
    edited.insert_row("III.1", row)
    edited.cell(URAIAN, 4).value = "Sub Kegiatan Baru"
    edited.cell(PAGU, 4).value = 5
    read = edited.read()
    records = read.document.tables[0].records
    assert [r.get("uraian").text for r in records[2:6]] == [
        "Sub Kegiatan C", "Sub Kegiatan Baru", "", "Sub Kegiatan D; baris\nkedua",
    ]  # fmt: skip
    assert (records[3].tingkat, records[3].page) == (Tingkat.BARIS, 3)
    assert [(p.code, p.row) for p in read.problems] == [("RJ-BACA-003", 4)]
    assert read.cells["iii_1", 4, "pagu_indikatif"] == f"III.1!E{row}"


def test_blank_rows_are_no_records_and_rows_typed_below_are(edited):
    edited.insert_row("III.1", edited.cell(URAIAN, 1).row - 3)
    edited.insert_row("III.1", edited.cell(URAIAN, 2).row)
    edited.cell(URAIAN, 8).value = "Catatan di bawah"
    read = edited.read()
    records = read.document.tables[0].records
    assert len(records) == len(plan_records()) + 1
    assert records[-1].get("uraian").text == "Catatan di bawah"


def test_a_renamed_sheet_and_deleted_notes_do_no_harm(tmp_path):
    path = written(document(), tmp_path, (finding(),))
    edited = without_formulas(Edited(path))
    for row in edited.book["III.1"].iter_rows():
        for cell in row:
            if isinstance(cell, Cell):
                cell.comment = None
    for known in edited.book.defined_names.values():
        known.attr_text = known.attr_text.replace("'III.1'", "'Rencana 2024'")
    edited.book["III.1"].title = "Rencana 2024"
    assert essence(edited.read().document) == essence(document())


def test_deleted_columns_and_sheets_are_told(tmp_path):
    edited = without_formulas(Edited(written(document(plan_table(), plan_table(ordinal=2)), tmp_path)))
    edited.book.defined_names[PAGU].attr_text = "'III.1'!#REF!"
    del edited.book["III.1 (2)"]
    read = edited.read()
    assert [(p.code, p.table, p.column) for p in read.problems] == [
        ("RJ-BACA-007", "iii_1", "pagu_indikatif"), ("RJ-BACA-008", "iii_1_2", ""),
    ]  # fmt: skip
    assert "pagu_indikatif" not in [column.key for column in read.document.tables[0].columns]


def test_the_print_of_an_unreadable_number_is_kept_until_somebody_fills_it(tmp_path):
    unread = Value("390,210,4", "390,210,4", None, confidence=0.0)
    source = document(plan_table((record(Tingkat.PROGRAM, "PROGRAM A", pagu_indikatif=unread),)))
    path = written(source, tmp_path)
    assert read_workbook(path).document.tables[0].records[0].get("pagu_indikatif").raw == "390,210,4"
    edited = Edited(path)
    edited.cell(PAGU, 1).value = 3902104
    value = edited.read().document.tables[0].records[0].get("pagu_indikatif")
    assert (value.number, value.raw) == (3902104, "3902104")


def test_the_work_list_comes_back_with_what_was_said(tmp_path):
    edited = Edited(written(document(), tmp_path, (finding(), finding(row=4, column="kode", page=4))))
    edited.book["Periksa"]["K5"].value = "abaikan"
    edited.book["Periksa"]["A7"].value = "catatan saya sendiri"
    first, second = edited.read().tickets
    assert (first.finding.table, first.finding.row, first.finding.column) == ("iii_1", 1, "prakiraan_pagu")
    assert (second.finding.row, second.finding.column, second.finding.page) == (4, "kode", 4)
    assert (first.status, second.status) == (Status.OPEN, Status.IGNORED)


def test_a_table_without_records_comes_back(tmp_path):
    source = document(replace(plan_table(), records=()))
    read = read_workbook(written(source, tmp_path))
    assert isinstance(read.document.tables[0], Table)
    assert read.document.tables[0].records == ()


def test_other_files_are_refused_by_name(tmp_path):
    foreign = tmp_path / "lain.xlsx"
    load_workbook(io.BytesIO(workbook_of(document(), (), ()))).save(foreign)
    book = load_workbook(foreign)
    del book["Kolom"]
    book.save(foreign)
    (tmp_path / "teks.xlsx").write_text("bukan")
    for name, reason in (("lain.xlsx", "Kolom"), ("teks.xlsx", "no xlsx"), ("hilang.xlsx", "No such file")):
        with pytest.raises(NotOurOutputError, match=reason):
            read_workbook(tmp_path / name)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_saves_what_we_can_read(tmp_path):
    source = document(plan_table((*plan_records()[:-1], record(Tingkat.TOTAL, "JUMLAH", pagu_indikatif=money("1")))))
    path = written(source, tmp_path, (finding(),))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", tmp_path / "out", path], check=True, timeout=180, capture_output=True)
    saved, ours = read_workbook(tmp_path / "out" / "renja.xlsx"), read_workbook(path)
    assert saved == ours
