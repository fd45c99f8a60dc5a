"""An output folder comes back as the document it was written from."""

import json
from decimal import Decimal

import pytest
from documents import document, plan_table, record
from documents import finding as made_finding

from export.csv_profile import PROFILES
from export.options import OutputOptions
from export.outputs import Conversion, render_outputs
from export.provenance import RunInfo, SourceFile
from export.reading.folder_reader import read_folder
from export.reading.read_errors import NotOurOutputError
from normalize.model import Tingkat, Value


def written(source, folder, profile="plain", findings=()):
    conversion = Conversion(source, findings, SourceFile("renja.pdf", "0" * 64, 1), RunInfo({}, {}))
    for path, data in render_outputs(conversion, "renja", OutputOptions(profile=PROFILES[profile])).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder / "renja"


@pytest.mark.parametrize("profile", PROFILES)
def test_a_document_comes_back_from_its_csvs(tmp_path, profile):
    source = document(plan_table(), plan_table(ordinal=2, pages=(7, 9)))
    read = read_folder(written(source, tmp_path, profile))
    assert read.problems == ()
    assert (read.document.name, read.document.agency, read.document.year) == ("renja", "Dinas Contoh", 2024)
    for ours, theirs in zip(source.tables, read.document.tables, strict=True):
        assert (theirs.key, theirs.ordinal, theirs.pages) == (ours.key, ours.ordinal, ours.pages)
        kinds = {c.key: (c.kind, c.declared, c.numbering) for c in ours.columns}
        assert {c.key: (c.kind, c.declared, c.numbering) for c in theirs.columns} == kinds
        for one, other in zip(ours.records, theirs.records, strict=True):
            assert (other.tingkat, other.page, other.confidence) == (one.tingkat, one.page, one.confidence)
            for column in ours.columns:
                a, b = one.get(column.key), other.get(column.key)
                assert (b.number, b.unit) == (a.number, a.unit)
                assert column.kind.is_number or b.text == a.text


def test_the_print_of_an_unreadable_number_comes_from_the_findings(tmp_path):
    unread = Value("390,210,4", "390,210,4", None, confidence=0.0)
    source = document(plan_table((record(Tingkat.PROGRAM, "PROGRAM A", pagu_indikatif=unread),)))
    doubt = made_finding(code="RJ-NUM-001", column="pagu_indikatif", printed="390,210,4", value="")
    read = read_folder(written(source, tmp_path, findings=(doubt,)))
    assert read.document.tables[0].records[0].get("pagu_indikatif").raw == "390,210,4"
    assert [ticket.finding.code for ticket in read.tickets] == ["RJ-NUM-001"]


def test_edited_csvs_are_read_as_they_are_now(tmp_path):
    folder = written(document(), tmp_path)
    path = folder / "tabel_iii_1.csv"
    text = path.read_text()
    path.write_text(text.replace(",200,", ",250,").replace(",999,", ",9O9,").replace(",sub_kegiatan,4", ",sub,4"))
    read = read_folder(folder)
    assert read.document.tables[0].records[4].get("pagu_indikatif").number == Decimal(250)
    assert [(p.code, p.row) for p in read.problems] == [("RJ-BACA-001", 1), ("RJ-BACA-003", 5)]


def test_what_is_missing_or_foreign_is_named(tmp_path):
    folder = written(document(), tmp_path)
    (folder / "tabel_iii_1.csv").unlink()
    assert [p.code for p in read_folder(folder).problems] == ["RJ-BACA-008"]
    (folder / "manifest.json").write_text(json.dumps({"tables": 3}))
    with pytest.raises(NotOurOutputError, match="malformed"):
        read_folder(folder)
    (folder / "datapackage.json").unlink()
    with pytest.raises(NotOurOutputError, match=r"datapackage\.json"):
        read_folder(folder)
