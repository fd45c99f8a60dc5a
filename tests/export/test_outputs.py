import csv
import hashlib
import io
import json
import time

import pytest
from documents import conversion, finding, plan_table
from frictionless import Package

from export.csv_profile import EXCEL_ID
from export.errors import OutputEditedError, OutputNotWritableError
from export.options import Format, OutputOptions
from export.outputs import render_outputs, write_outputs
from export.previous import choose_target

EVERYTHING = OutputOptions()
SHA = "0" * 64


def target_in(folder, sha256=SHA, taken=(), *, overwrite=False):
    return choose_target(folder, folder / "renja.pdf", sha256, taken, overwrite=overwrite)


def written(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_every_file_of_the_contract_is_written(tmp_path):
    write_outputs(conversion(plan_table(), plan_table(ordinal=2)), target_in(tmp_path), EVERYTHING)
    assert sorted(written(tmp_path)) == [
        "renja.xlsx", "renja/datapackage.json", "renja/manifest.json", "renja/rekaman.json", "renja/sisa.csv",
        "renja/tabel_iii_1.csv", "renja/tabel_iii_1_2.csv", "renja/temuan.csv",
    ]  # fmt: skip


@pytest.mark.parametrize("options", [EVERYTHING, OutputOptions(profile=EXCEL_ID)], ids=["plain", "excel-id"])
def test_frictionless_finds_the_data_package_valid(tmp_path, options):
    write_outputs(conversion(findings=(finding(),)), target_in(tmp_path), options)
    report = Package(str(tmp_path / "renja/datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])
    assert len(report.tasks) == 3


def test_frictionless_reads_the_same_numbers_from_both_profiles(tmp_path):
    for options in (EVERYTHING, OutputOptions(profile=EXCEL_ID)):
        write_outputs(conversion(), target_in(tmp_path / options.profile.name), options)
    plain, excel = (
        [
            row["pagu_indikatif"]
            for row in Package(str(tmp_path / name / "renja/datapackage.json")).resources[0].read_rows()
        ]
        for name in ("plain", "excel-id")
    )
    assert plain == excel
    assert str(plain[2]) == "100.5"


def test_the_same_input_gives_the_same_bytes_later():
    first = render_outputs(conversion(findings=(finding(),)), "renja", EVERYTHING)
    time.sleep(2.1)  # zip entries and document properties count in steps of two seconds
    assert render_outputs(conversion(findings=(finding(),)), "renja", EVERYTHING) == first


def test_only_the_seconds_of_the_manifest_depend_on_the_clock():
    slow, fast = (dict(render_outputs(conversion(seconds=s), "renja", EVERYTHING)) for s in (9.0, 0.1))
    manifests = [json.loads(files.pop("renja/manifest.json")) for files in (slow, fast)]
    assert slow == fast
    assert manifests[0] != manifests[1]
    for manifest in manifests:
        for page in manifest["pages"]:
            del page["seconds"]
    assert manifests[0] == manifests[1]


def test_the_manifest_tells_source_pages_findings_and_file_hashes():
    files = render_outputs(conversion(findings=(finding(),)), "renja", EVERYTHING)
    manifest = json.loads(files["renja/manifest.json"])
    assert manifest["source"] == {"name": "renja.pdf", "sha256": SHA, "bytes": 1234}
    first = manifest["pages"][0]
    assert (first["number"], first["kind"], first["tables"], first["findings"]) == (3, "digital", ["iii_1"], 1)
    assert manifest["findings"] == {"error": 1, "warning": 0, "info": 0}
    for path, digest in manifest["files"].items():
        assert hashlib.sha256(files[path]).hexdigest() == digest


def test_findings_and_left_over_words_are_listed_with_their_boxes():
    files = render_outputs(conversion(findings=(finding(printed="390,210,4", value=""),)), "renja", EVERYTHING)
    (row,) = csv.DictReader(io.StringIO(files["renja/temuan.csv"].decode()))
    assert list(row) == ["table", "row", "column", "page", "bbox", "code", "severity", "printed", "value", "message"]
    assert (row["table"], row["row"], row["printed"], row["value"]) == ("iii_1", "1", "390,210,4", "")
    assert row["bbox"] == "10.00 20.00 110.00 32.50"
    words = list(csv.DictReader(io.StringIO(files["renja/sisa.csv"].decode())))
    assert [(w["page"], w["text"], w["role"]) for w in words] == [
        ("3", "Rencana", "furniture"),
        ("3", "Kerja", "furniture"),
    ]


def test_findings_name_the_second_table_of_a_kind_as_its_csv_does():
    second = finding(page=9)
    tables = (plan_table(), plan_table(ordinal=2, pages=(9,)))
    files = render_outputs(conversion(*tables, findings=(second,)), "renja", EVERYTHING)
    (row,) = csv.DictReader(io.StringIO(files["renja/temuan.csv"].decode()))
    assert row["table"] == "iii_1_2"


def test_formats_choose_workbook_or_csvs():
    only_csv = render_outputs(conversion(), "renja", OutputOptions(frozenset({Format.CSV})))
    only_xlsx = render_outputs(conversion(), "renja", OutputOptions(frozenset({Format.XLSX})))
    assert "renja.xlsx" not in only_csv
    assert "renja/tabel_iii_1.csv" not in only_xlsx
    assert {"renja/manifest.json", "renja/temuan.csv", "renja/sisa.csv"} <= only_csv.keys() & only_xlsx.keys()


def test_a_second_run_replaces_its_own_output_and_removes_what_is_stale(tmp_path):
    write_outputs(conversion(plan_table(), plan_table(ordinal=2)), target_in(tmp_path), EVERYTHING)
    write_outputs(conversion(plan_table()), target_in(tmp_path), EVERYTHING)
    assert "renja/tabel_iii_1_2.csv" not in written(tmp_path)
    assert not (tmp_path / "renja-2").exists()


def test_another_pdf_of_the_same_name_gets_another_name(tmp_path):
    write_outputs(conversion(), target_in(tmp_path), EVERYTHING)
    assert target_in(tmp_path, "f" * 64).name == "renja-2"


def test_a_folder_we_did_not_write_is_left_alone(tmp_path):
    (tmp_path / "renja").mkdir()
    (tmp_path / "renja" / "catatan.txt").write_text("milik orang")
    assert target_in(tmp_path).name == "renja-2"


def test_an_edited_workbook_is_not_overwritten_unless_forced(tmp_path):
    write_outputs(conversion(), target_in(tmp_path), EVERYTHING)
    (tmp_path / "renja.xlsx").write_bytes(b"corrected by hand")
    with pytest.raises(OutputEditedError, match=r"renja\.xlsx"):
        target_in(tmp_path)
    assert target_in(tmp_path, overwrite=True).name == "renja"


def test_a_forged_manifest_cannot_make_us_remove_other_files(tmp_path):
    outside = tmp_path / "penting.txt"
    outside.write_text("x")
    folder = tmp_path / "out"
    (folder / "renja").mkdir(parents=True)
    forged = {"source": {"sha256": SHA}, "files": {"renja/../../penting.txt": "0", "../penting.txt": "0"}}
    (folder / "renja" / "manifest.json").write_text(json.dumps(forged))
    write_outputs(conversion(), target_in(folder), EVERYTHING)
    assert outside.exists()


def test_a_failed_write_leaves_the_old_output_whole(tmp_path):
    write_outputs(conversion(), target_in(tmp_path), EVERYTHING)
    before = written(tmp_path)
    target = target_in(tmp_path)
    csv_path = tmp_path / "renja" / "tabel_iii_1_2.csv"
    csv_path.mkdir()  # a folder where a file must go
    with pytest.raises(OutputNotWritableError):
        write_outputs(conversion(plan_table(), plan_table(ordinal=2)), target, EVERYTHING)
    csv_path.rmdir()
    assert {name.rpartition("/")[2] for name in written(tmp_path)} == {name.rpartition("/")[2] for name in before}
    assert not list(tmp_path.rglob("*.tmp"))


def test_an_output_folder_that_is_a_file_is_a_named_error(tmp_path):
    (tmp_path / "out").write_text("x")
    with pytest.raises(OutputNotWritableError, match="out"):
        write_outputs(conversion(), target_in(tmp_path / "out"), EVERYTHING)
