"""The workbook in another program's hands; slow because LibreOffice starts."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from export.sheets.workbook import workbook_chunks
from renja.pipeline import read_document
from renja.settings import Settings

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "renja-contoh.pdf"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]


def workbook_of(*told):
    """Return a workbook as bytes."""
    return b"".join(workbook_chunks(*told))


def recalculated(data: bytes, folder: Path):
    """Return the workbook as LibreOffice computes it; stored results are dropped first."""
    bare = folder / "bare.xlsx"
    load_workbook(io.BytesIO(data)).save(bare)  # openpyxl keeps formulas and drops their results
    out = folder / "out"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(bare)]
    subprocess.run(command, check=True, timeout=180, capture_output=True)
    return load_workbook(out / "bare.xlsx", data_only=True)


def test_libreoffice_computes_every_sum_to_the_printed_figure_and_finds_no_error(tmp_path):
    document = read_document(SAMPLE, Settings()).document
    data = workbook_of(document, document.findings, ())
    formulas, stored = load_workbook(io.BytesIO(data)), load_workbook(io.BytesIO(data), data_only=True)
    computed = recalculated(data, tmp_path)
    assert computed.sheetnames == formulas.sheetnames
    sums = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                value = computed[sheet.title][cell.coordinate].value
                assert not str(value).startswith("#"), f"{sheet.title}!{cell.coordinate} is {value}"
                if cell.data_type == "f":
                    sums += 1
                    assert value == pytest.approx(stored[sheet.title][cell.coordinate].value, abs=0.005)
    assert sums > 20, "the sample has parents and totals that add up"
