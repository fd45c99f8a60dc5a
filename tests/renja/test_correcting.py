"""Corrections meet the outputs they were made for, and no others."""

import csv
import io
import json
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from export.file_names import RECORD_FILE
from export.review.corrections import Correction, CorrectionSet
from export.review.corrections_file import read_corrections, render_corrections
from export.review.record_file import read_record
from renja.cli import run
from renja.exit_codes import ExitCode

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "arsiran.pdf"
NAME = SAMPLE.stem
WHEN = "2025-02-03T09:30:00+07:00"


@pytest.fixture(scope="module")
def converted(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("keluaran")
    assert run(["convert", str(SAMPLE), "-o", str(out)]) == ExitCode.OK
    return out


@pytest.fixture
def folder(converted, tmp_path) -> Path:
    shutil.copytree(converted, tmp_path / "out")
    return tmp_path / "out" / NAME


def total_row(folder: Path) -> tuple[int, Decimal]:
    """Return the first row of III.1 with an amount that other rows add up to."""
    table = next(t for t in read_record(folder / RECORD_FILE).document.tables if t.key == "iii_1")
    return next(
        (number, value)
        for number, record in enumerate(table.records, start=1)
        if (value := record.get("pagu_indikatif").number) is not None
    )


def write_set(folder: Path, path: Path, after: str, **changes: str) -> Path:
    reading = read_record(folder / RECORD_FILE)
    row, amount = total_row(folder)
    entry = Correction("iii_1", row, "pagu_indikatif", f"{amount:f}", after, "Siti", WHEN, "")
    made = replace(CorrectionSet(reading.source.sha256, reading.fingerprint, (entry,)), **changes)
    path.write_bytes(render_corrections(made, SAMPLE.name))
    return path


def outputs(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder.parent)): path.read_bytes() for path in folder.parent.rglob("*") if path.is_file()
    }


def codes(folder: Path) -> list[str]:
    return [row["code"] for row in csv.DictReader(io.StringIO((folder / "temuan.csv").read_text()))]


def test_totals_are_checked_again(folder, tmp_path):
    before = codes(folder)
    _, amount = total_row(folder)
    file = write_set(folder, tmp_path / "k.json", f"{amount + 1_000_000:f}")
    assert run(["apply", str(file), str(folder)]) == ExitCode.OK
    after = codes(folder)
    assert after.count("RJ-FIX-004") == 1
    broken = [sum(code.startswith("RJ-CEK-") for code in listed) for listed in (before, after)]
    assert broken[1] > broken[0], "a changed total must break its sum"


def test_a_correction_taken_back_gives_the_first_outputs_again(folder, tmp_path):
    before = outputs(folder)
    _, amount = total_row(folder)
    assert run(["apply", str(write_set(folder, tmp_path / "k.json", "5")), str(folder)]) == ExitCode.OK
    assert outputs(folder) != before
    assert run(["apply", str(write_set(folder, tmp_path / "k.json", f"{amount:f}")), str(folder)]) == ExitCode.OK
    after = outputs(folder)
    assert json.loads(after.pop(f"{NAME}/koreksi.json"))["corrections"] == []
    clock = f"{NAME}/manifest.json"
    assert {k: v for k, v in after.items() if k != clock} == {k: v for k, v in before.items() if k != clock}


@pytest.mark.parametrize(
    ("changes", "says"),
    [({"source_sha256": "0" * 64}, "another PDF"), ({"reading": "0" * 64}, "another reading")],
    ids=["another PDF", "another reading"],
)
def test_corrections_of_something_else_are_refused_and_nothing_changes(folder, tmp_path, capsys, changes, says):
    before = outputs(folder)
    file = write_set(folder, tmp_path / "k.json", "5", **changes)
    assert run(["apply", str(file), str(folder)]) == ExitCode.CORRECTIONS_REFUSED
    assert says in capsys.readouterr().err
    assert outputs(folder) == before


def test_an_edited_workbook_is_not_overwritten_unasked(folder, tmp_path):
    book = folder.with_suffix(".xlsx")
    book.write_bytes(book.read_bytes() + b" ")
    file = write_set(folder, tmp_path / "k.json", "5")
    assert run(["apply", str(file), str(folder)]) == ExitCode.OUTPUT_EDITED
    assert run(["apply", str(file), str(folder), "--force"]) == ExitCode.OK


def test_converting_again_never_loses_corrections(folder, tmp_path, capsys):
    assert run(["apply", str(write_set(folder, tmp_path / "k.json", "5")), str(folder)]) == ExitCode.OK
    again = ["convert", str(SAMPLE), "-o", str(folder.parent), "--dpi", "200"]
    assert run(again) == ExitCode.OUTPUT_EDITED
    assert "renja apply" in capsys.readouterr().err
    assert run([*again, "--force"]) == ExitCode.OK
    assert [entry.after for entry in read_corrections(folder / "koreksi.json").corrections] == ["5"]
    assert "RJ-FIX-004" not in codes(folder)
    assert run(["apply", str(folder / "koreksi.json"), str(folder)]) == ExitCode.OK
    assert "RJ-FIX-004" in codes(folder)


def test_a_folder_that_holds_no_conversion_is_named(folder, tmp_path, capsys):
    file = write_set(folder, tmp_path / "k.json", "5")
    assert run(["apply", str(file), str(tmp_path)]) == ExitCode.CORRECTIONS_REFUSED
    assert "rekaman.json" in capsys.readouterr().err


def test_a_review_needs_the_pdf_of_the_folder(folder, capsys):
    other = ROOT / "samples" / "renja-contoh.pdf"
    assert run(["review", str(folder), "--source", str(other)]) == ExitCode.CORRECTIONS_REFUSED
    assert "arsiran.pdf" in capsys.readouterr().err
    assert run(["review", str(folder)]) == ExitCode.USAGE
    assert run(["review", str(folder), "--source", str(SAMPLE)]) == ExitCode.OK
    page = folder / "periksa.html"
    assert f"{NAME}/periksa.html" in json.loads((folder / "manifest.json").read_text())["files"]
    assert page.read_text().count("application/octet-stream;base64") >= 1
