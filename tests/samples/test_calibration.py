"""The calibration counts what it says it counts, and its page tells whether the promise is kept."""

from decimal import Decimal

import numpy as np
import pytest
from PIL import Image

from extract.finding_codes import finding
from normalize.form import Kind
from normalize.model import Column, Document, Record, Table, Tingkat, Value
from samples.calibration import classes, compare
from samples.calibration_report import Bin, write_picture, write_report

COLUMNS = (
    Column("uraian", "Uraian", Kind.TEKS, ("Uraian",)),
    Column("pagu_indikatif", "Pagu", Kind.RUPIAH, ("Pagu",)),
)


def row(name: str, amount: int | None, confidence: float = 1.0, *, of_row: float | None = None) -> Record:
    values = {"uraian": Value(name, name)}
    if amount is not None:
        values["pagu_indikatif"] = Value(str(amount), str(amount), Decimal(amount), confidence=confidence)
    lowest = min(value.confidence for value in values.values())
    return Record(values, Tingkat.BARIS, 1, lowest if of_row is None else of_row)


def outcomes(folder, truth: str, *records: Record, flagged: tuple[int, ...] = ()):
    (folder / "tabel_iii_1.csv").write_text(f"uraian,pagu_indikatif,tingkat\n{truth}")
    told = tuple(finding("RJ-NUM-001", table="iii_1", row=number, column="pagu_indikatif") for number in flagged)
    document = Document("renja", (Table("iii_1", "T", COLUMNS, records, (1,)),), (), (), told, ())
    return compare("sample", document, folder)


def test_right_and_wrong_cells_are_counted_in_the_class_of_their_confidence(tmp_path):
    truth = "Satu,10,baris\nDua,20,baris\nTiga,30,baris\n"
    cells, lost = outcomes(tmp_path, truth, row("Satu", 10), row("Dua", 21, 0.7), row("Tiga", 30, 0.7), flagged=(2,))
    by_edge = {entry.lower: entry for entry in classes(cells)}
    assert (by_edge[1.0].cells, by_edge[1.0].wrong) == (4, 0)
    assert (by_edge[0.5].cells, by_edge[0.5].wrong, by_edge[0.5].unflagged) == (2, 1, 0)
    assert (lost.tables, lost.records) == (0, 0)


def test_a_missing_number_is_wrong_at_the_confidence_of_a_blank(tmp_path):
    cells, _ = outcomes(tmp_path, "Satu,10,baris\n", row("Satu", None))
    (wrong,) = [cell for cell in cells if not cell.is_right]
    assert (wrong.confidence, wrong.is_number, wrong.is_flagged) == (1.0, True, False)


def test_blanks_that_belong_there_prove_nothing(tmp_path):
    cells, _ = outcomes(tmp_path, "Satu,,baris\n", row("Satu", None))
    assert [cell.place.rpartition(" ")[2] for cell in cells] == ["uraian"]


def test_invented_rows_are_wrong_and_lost_rows_are_told(tmp_path):
    cells, lost = outcomes(tmp_path, "Satu,10,baris\nDua,20,baris\n", row("Satu", 10), row("Lain sekali", 99))
    assert sorted(cell.found for cell in cells if not cell.is_right) == ["99", "Lain sekali"]
    assert lost.records == 1


def test_a_doubt_about_the_whole_row_lowers_each_of_its_cells(tmp_path):
    cells, _ = outcomes(tmp_path, "Satu,10,baris\n", row("Satu", 10, of_row=0.6))
    assert {cell.confidence for cell in cells} == {0.6}


@pytest.mark.parametrize(("wrong", "verdict"), [(1, "1 in 1,000 | kept"), (2, "1 in 500 | NOT kept")])
def test_the_page_says_whether_the_promise_is_kept(tmp_path, wrong, verdict):
    bins = (Bin(0.5, 0.99, 10, 5, 0), Bin(0.99, 1.0, 400, wrong, 0), Bin(1.0, 1.0, 600, 0, 0))
    path = tmp_path / "docs" / "calibration.md"
    write_report(
        path, {"all": bins}, {"sample": (3, 0, 1)}, "no quirks", {"quirk:1:iii_1": wrong}, sure=0.99, promise=1_000
    )
    text = path.read_text()
    assert f"| all of them | 1,000 | {wrong} | {verdict} |" in text
    assert f"- quirk:1:iii_1: {wrong}" in text
    assert "| 0.5 - 0.99 | 10 | 5 | 50.00% | 0 |" in text


def test_a_worse_class_has_the_higher_bar(tmp_path):
    write_picture(tmp_path / "x.png", {"sample": (Bin(0.5, 1.0, 100, 50, 0), Bin(1.0, 1.0, 100, 1, 0))})
    picture = Image.open(tmp_path / "x.png").convert("RGB")
    left, right = (picture.crop(box) for box in ((80, 60, 400, 334), (420, 60, 740, 334)))
    inked = [
        int((np.asarray(half)[..., 2] > np.asarray(half)[..., 0].astype(int) + 40).sum()) for half in (left, right)
    ]
    assert inked[0] > inked[1] > 0
