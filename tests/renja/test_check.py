"""``renja check`` in a script: what it tells of edited outputs, and with which exit code."""

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from export.options import OutputOptions
from export.outputs import Conversion, write_outputs
from export.previous import Target
from export.provenance import RunInfo, SourceFile
from export.reading.workbook_reader import read_workbook
from extract.finding_codes import finding
from normalize.form import Kind
from normalize.model import Column, Document, Record, Table, Tingkat, Value
from renja.cli import run
from renja.exit_codes import ExitCode
from schemas.loader import load_schemas
from schemas.prove import prove_document

COLUMNS = (
    Column("no", "No", Kind.TEKS, ("No",)),
    Column("uraian", "Program/Kegiatan", Kind.TEKS, ("Program/Kegiatan",)),
    Column("target_capaian", "Target", Kind.KUANTITAS, ("Target",)),
    Column("pagu_indikatif", "Pagu", Kind.RUPIAH, ("Pagu Indikatif",)),
    Column("catatan_penting", "Catatan", Kind.TEKS, ("Catatan",)),
    Column("prakiraan_pagu", "Prakiraan", Kind.RUPIAH, ("Prakiraan",)),
)


def row(level: Tingkat, name: str, pagu: int | None, *, print_: str = "") -> Record:
    text = print_ or ("" if pagu is None else str(pagu))
    amount = Value(text, text, None if pagu is None else Decimal(pagu), confidence=1.0 if pagu is not None else 0.0)
    return Record({"uraian": Value(name, name), "pagu_indikatif": amount}, level, 3, 1.0)


def plan(total: int = 300, second: int | None = 200, *, print_: str = "") -> Document:
    records = (
        row(Tingkat.PROGRAM, "PROGRAM A", 300),
        row(Tingkat.KEGIATAN, "Kegiatan B", 300),
        row(Tingkat.SUB_KEGIATAN, "Sub Kegiatan C", 100),
        row(Tingkat.SUB_KEGIATAN, "Sub Kegiatan D", second, print_=print_),
        row(Tingkat.TOTAL, "JUMLAH", total),
    )
    return Document("renja", (Table("iii_1", "Tabel III.1", COLUMNS, records, (3,)),), (), (), (), (), "Dinas A", 2024)


def convert(document: Document, root: Path) -> Path:
    """Write a document as ``renja convert`` does; return the workbook."""
    schemas = load_schemas(None)
    proof = prove_document(document, schemas)
    conversion = Conversion(
        proof.document, proof.document.findings, SourceFile("renja.pdf", "0" * 64, 1), RunInfo({}, {}), (), proof.counts
    )
    write_outputs(conversion, Target(root, "renja"), OutputOptions())
    return root / "renja.xlsx"


def edit(path: Path, **changes: object) -> None:
    """Type into cells named by sheet and place, keeping the results of the formulas as Excel would."""
    book, results = load_workbook(path), load_workbook(path, data_only=True)
    for sheet in book:
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.data_type == "f":
                    cell.value = results[sheet.title][cell.coordinate].value
    for place, content in changes.items():
        sheet, _, cell = place.partition("__")
        book[{"iii": "III.1", "periksa": "Periksa"}[sheet]][cell] = content
    book.save(path)


def place(path: Path, record: int, column: str = "pagu_indikatif") -> str:
    return "iii__" + read_workbook(path).cells["iii_1", record, column].rpartition("!")[2]


def told(capsys, *arguments: str | Path) -> tuple[int, list[dict[str, str]]]:
    code = run(["check", *map(str, arguments), "--format", "csv"])
    return code, list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_a_sound_workbook_and_its_folder_pass(tmp_path, capsys):
    path = convert(plan(), tmp_path)
    assert told(capsys, path, "--fail-on", "warning") == (ExitCode.OK, [])
    assert told(capsys, tmp_path / "renja", "--fail-on", "warning") == (ExitCode.OK, [])


def test_a_sum_broken_by_typing_is_an_error_with_its_cell(tmp_path, capsys):
    path = convert(plan(), tmp_path)
    target = place(path, 4)
    edit(path, **{target: 250})
    code, findings = told(capsys, path)
    assert code == ExitCode.ERRORS_FOUND
    assert {(f["code"], f["severity"], f["row"]) for f in findings} == {("RJ-CEK-002", "error", "2")}
    assert findings[0]["cell"] == "III.1!" + place(path, 2)[5:]
    assert told(capsys, path, "--fail-on", "never")[0] == ExitCode.OK


def test_a_broken_sum_mended_in_the_workbook_passes(tmp_path, capsys):
    path = convert(plan(total=310), tmp_path)
    assert told(capsys, path)[0] == ExitCode.ERRORS_FOUND
    edit(path, **{place(path, 5): 300})
    assert told(capsys, path) == (ExitCode.OK, [])


@pytest.mark.parametrize(("status", "code"), [("Abaikan", 0), ("Benar", 0), ("Diperbaiki", 20), ("Belum", 20)])
def test_a_fault_of_the_document_that_somebody_accepted_is_not_told_again(tmp_path, capsys, status, code):
    path = convert(plan(total=310), tmp_path)
    edit(path, periksa__K4=status)
    assert told(capsys, path)[0] == code


def test_an_acceptance_does_not_cover_another_value(tmp_path, capsys):
    path = convert(plan(total=310), tmp_path)
    edit(path, periksa__K4="Abaikan", **{place(path, 5): 320})
    assert told(capsys, path)[0] == ExitCode.ERRORS_FOUND


def test_a_doubt_of_reading_stands_until_the_cell_is_filled_or_decided(tmp_path, capsys):
    document = plan(second=None, print_="77,1,1")
    doubted = document.tables[0].records[3].get("pagu_indikatif").raw
    doubt = finding("RJ-NUM-001", page=3, table="iii_1", row=4, column="pagu_indikatif", printed=doubted)
    path = convert(replace(document, findings=(doubt,)), tmp_path)
    code, findings = told(capsys, path)
    assert (code, [f["code"] for f in findings]) == (ExitCode.ERRORS_FOUND, ["RJ-NUM-001"])
    assert told(capsys, tmp_path / "renja")[0] == ExitCode.ERRORS_FOUND
    edit(path, **{place(path, 4): 200})
    assert told(capsys, path) == (ExitCode.OK, [])


def test_warnings_fail_only_when_asked(tmp_path, capsys):
    path = convert(plan(), tmp_path)
    edit(path, **{place(path, 4): "200"})
    code, findings = told(capsys, path)
    assert (code, [f["code"] for f in findings]) == (ExitCode.OK, ["RJ-BACA-002"])
    assert told(capsys, path, "--fail-on", "warning")[0] == ExitCode.WARNINGS_FOUND


def test_the_list_and_the_json_tell_the_same(tmp_path, capsys):
    path = convert(plan(total=310), tmp_path)
    run(["check", str(path), "--format", "json"])
    record = json.loads(capsys.readouterr().out)
    run(["check", str(path)])
    lines = capsys.readouterr().out.splitlines()
    assert record["counts"] == {"error": 1, "warning": 0, "info": 0}
    assert lines[0].split()[:4] == ["error", "iii_1", record["findings"][0]["cell"], "pagu_indikatif"]
    assert lines[-1].startswith("renja: 1 error, 0 warnings, 0 notes")


def test_what_renja_did_not_write_has_its_own_exit_code(tmp_path, capsys):
    (tmp_path / "x.xlsx").write_text("")
    assert run(["check", str(tmp_path / "x.xlsx")]) == ExitCode.NOT_OUR_OUTPUT
    assert run(["check", str(tmp_path)]) == ExitCode.NOT_OUR_OUTPUT
    assert "OUT/<name>.xlsx" in capsys.readouterr().err


def test_a_table_of_an_undeclared_kind_is_said_to_be_unchecked(tmp_path, capsys):
    document = plan()
    own = replace(document.tables[0], key="x_9")
    path = convert(replace(document, tables=(*document.tables, own)), tmp_path)
    run(["check", str(path)])
    assert "no schema declares their kind: x_9" in capsys.readouterr().out
