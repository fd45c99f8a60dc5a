"""``renja rekap`` on outputs of real conversions and on the paths people give it."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from renja.cli import run
from renja.exit_codes import ExitCode
from renja.rekap_inputs import find_outputs, read_agency_list

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
CHOSEN = ("baris-terbelah", "arsiran")


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    assert run(["convert", *(str(SAMPLES / f"{name}.pdf") for name in CHOSEN), "-o", str(out)]) == ExitCode.OK
    return out


def test_outputs_of_samples_become_one_workbook_that_agrees_with_their_totals(converted, tmp_path, capsys):
    (tmp_path / "daftar.txt").write_text("Dinas Pendidikan\nDinas Lingkungan Hidup\nDinas Sosial\n")
    target = tmp_path / "rekap.xlsx"
    arguments = ["rekap", str(converted), "-o", str(target), "--perangkat-daerah", str(tmp_path / "daftar.txt")]
    assert run(arguments) == ExitCode.OK
    assert "2 agencies" in capsys.readouterr().out
    book = load_workbook(target, data_only=True)
    by_agency = {row[1]: row for row in book["Perangkat Daerah"].iter_rows(min_row=5, values_only=True)}
    assert by_agency["Dinas Pendidikan"][2] == 10_800_638_945  # the total the document prints
    assert by_agency["Dinas Pendidikan"][8] == 0  # difference to it
    assert any("Dinas Sosial" in row for row in book["Periksa"].iter_rows(values_only=True))
    assert run(arguments) == ExitCode.OUTPUT_EDITED
    assert run([*arguments, "--force"]) == ExitCode.OK


def test_the_same_rows_come_from_workbooks_and_from_csvs(converted, tmp_path):
    for kind, suffix in (("buku", ".xlsx"), ("csv", "")):
        paths = [str(converted / f"{name}{suffix}") for name in CHOSEN]
        assert run(["rekap", *paths, "-o", str(tmp_path / f"{kind}.xlsx")]) == ExitCode.OK
    one, other = (load_workbook(tmp_path / f"{kind}.xlsx", data_only=True)["Data"] for kind in ("buku", "csv"))
    but_output = slice(0, 19)
    assert [row[but_output] for row in one.iter_rows(values_only=True)] == [
        row[but_output] for row in other.iter_rows(values_only=True)
    ]


def test_a_folder_gives_each_document_once_and_its_workbook_before_its_csvs(converted):
    workbooks = [converted / "arsiran.xlsx", converted / "baris-terbelah.xlsx"]
    assert list(find_outputs([converted])) == workbooks
    assert list(find_outputs([converted, workbooks[0]])) == workbooks
    assert list(find_outputs([converted / "arsiran"])) == [converted / "arsiran"]


def test_a_folder_without_outputs_is_refused(tmp_path, capsys):
    assert run(["rekap", str(tmp_path), "-o", str(tmp_path / "rekap.xlsx")]) == ExitCode.NOT_OUR_OUTPUT
    assert "no output" in capsys.readouterr().err


def test_lists_of_agencies_are_read_from_text_csv_and_workbooks(tmp_path):
    names = ("Dinas A", "Kecamatan B")
    (tmp_path / "a.txt").write_text("Dinas A\n\nKecamatan B\nDinas A\n")
    (tmp_path / "b.csv").write_text("No;Nama OPD\n1;Dinas A\n2;Kecamatan B\n")
    book = Workbook()
    for row in (("No", "Perangkat Daerah"), (1, "Dinas A"), (2, "Kecamatan B")):
        book.active.append(row)
    book.save(tmp_path / "c.xlsx")
    assert [read_agency_list(tmp_path / name) for name in ("a.txt", "b.csv", "c.xlsx")] == [names] * 3
    assert run(["rekap", "x", "-o", str(tmp_path / "r.xlsx"), "--perangkat-daerah", "tak-ada.txt"]) == (
        ExitCode.INPUT_UNREADABLE
    )


def test_a_rekap_is_a_workbook_and_nothing_else(tmp_path, capsys):
    assert run(["rekap", str(tmp_path), "-o", str(tmp_path / "rekap.csv")]) == ExitCode.USAGE
    assert ".xlsx" in capsys.readouterr().err
