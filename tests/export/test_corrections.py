"""Corrections change what they name, say so, and are refused when they do not fit."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from documents import document, finding, money, plan_records, plan_table

from export.errors import CorrectionsError
from export.review.corrections import Correction, CorrectionMismatchError, CorrectionSet, Decision, apply_corrections
from export.review.corrections_file import read_corrections, render_corrections
from export.review.verdict import Status, finding_id

PAGU = Correction("iii_1", 1, "pagu_indikatif", "300.5", "400.25", "Siti", "2025-02-03T09:30:00+07:00", "lihat DPA")


def corrections(*entries, decisions=()) -> CorrectionSet:
    return CorrectionSet("0" * 64, "f" * 64, entries, decisions)


def corrected_field(entry: Correction, *tables):
    done = apply_corrections(document(*tables), (), corrections(entry))
    table = next(t for t in done.document.tables if (t.key, t.ordinal) == ("iii_1", 2 if "_2" in entry.table else 1))
    return table.records[entry.row - 1].get(entry.column)


def test_a_corrected_amount_is_exact_sure_and_keeps_its_print():
    value = corrected_field(PAGU)
    assert (value.number, value.raw, value.confidence, value.alternatives) == (Decimal("400.25"), "300,5", 1.0, ())


def test_only_the_named_field_changes():
    done = apply_corrections(document(), (), corrections(PAGU)).document
    changed = [
        (number, column.key)
        for number, (now, before) in enumerate(zip(done.tables[0].records, plan_records(), strict=True), start=1)
        for column in done.tables[0].columns
        if now.get(column.key) != before.get(column.key)
    ]
    assert changed == [(1, "pagu_indikatif")]


def test_of_two_tables_of_one_kind_only_the_named_one_changes():
    second = replace(PAGU, table="iii_1_2")
    done = apply_corrections(document(plan_table(), plan_table(ordinal=2, pages=(7,))), (), corrections(second))
    numbers = [table.records[0].get("pagu_indikatif").number for table in done.document.tables]
    assert numbers == [Decimal("300.5"), Decimal("400.25")]


def test_an_emptied_amount_is_blank():
    value = corrected_field(replace(PAGU, after=""))
    assert (value.number, value.text) == (None, "")


def test_a_corrected_quantity_is_read_again():
    target = replace(PAGU, row=3, column="target_capaian", before="21 orang", after="1.250 dokumen")
    value = corrected_field(target)
    assert (value.text, value.number, value.unit) == ("1.250 dokumen", Decimal(1250), "dokumen")


def test_a_typed_quantity_with_two_readings_stays_doubtful():
    value = corrected_field(replace(PAGU, row=3, column="target_capaian", before="21 orang", after="1,016 orang"))
    assert value.text == "1,016 orang"
    assert value.alternatives
    assert value.confidence < 1


def test_the_correction_answers_the_doubts_about_its_field_and_no_other():
    here, there = finding(column="pagu_indikatif", code="RJ-NUM-001"), finding(code="RJ-NUM-008")
    done = apply_corrections(document(), (here, there), corrections(PAGU))
    assert there in done.findings
    assert here not in done.findings
    (report,) = (f for f in done.findings if f.code == "RJ-FIX-004")
    for said in ("300,5", "400,25", "Siti", "2025-02-03", "lihat DPA", "RJ-NUM-001"):
        assert said in report.message
    verdict = done.verdicts[finding_id(report)]
    assert (verdict.status, verdict.who, verdict.why) == (Status.CORRECTED, "Siti", "lihat DPA")


@pytest.mark.parametrize(
    "wrong",
    [
        {"table": "iv_1"},
        {"row": 99},
        {"row": 0},
        {"column": "lokasi"},
        {"before": "300.4"},
        {"after": "1.234.567"},
        {"after": "1e9"},
        {"after": "NaN"},
        {"after": "=1+1"},
    ],
    ids=str,
)
def test_a_correction_that_does_not_fit_is_refused(wrong):
    with pytest.raises(CorrectionMismatchError):
        apply_corrections(document(), (), corrections(replace(PAGU, **wrong)))


def test_the_later_word_counts_and_may_take_back_the_earlier_one():
    judged = Decision("a" * 16, Status.RIGHT, "Siti", "2025-02-03")
    earlier = corrections(PAGU, decisions=(judged,))
    later = earlier.merged(corrections(replace(PAGU, after="500")))
    assert [entry.after for entry in later.corrections] == ["500"]
    assert later.decisions == (judged,)
    taken_back = corrections(replace(PAGU, after="300.5"), decisions=(replace(judged, status=Status.OPEN),))
    emptied = later.merged(taken_back)
    assert (emptied.corrections, emptied.decisions) == ((), ())


def test_merging_twice_is_merging_once():
    once = corrections().merged(corrections(PAGU))
    assert once.merged(corrections(PAGU)) == once


def test_a_file_of_corrections_comes_back(tmp_path):
    path = tmp_path / "koreksi.json"
    written = corrections(PAGU, decisions=(Decision("a" * 16, Status.IGNORED, "Siti", "2025", "cetakan"),))
    path.write_bytes(render_corrections(written, "renja.pdf"))
    assert read_corrections(path) == written


def broken(change):
    record = json.loads(render_corrections(corrections(PAGU), "renja.pdf"))
    change(record)
    return json.dumps(record)


BROKEN = {
    "no json": "{",
    "a list": "[]",
    "another format": broken(lambda r: r.update(format="lain")),
    "a later version": broken(lambda r: r.update(version=2)),
    "a number as text": broken(lambda r: r["corrections"][0].update(after=5)),
    "a row as text": broken(lambda r: r["corrections"][0].update(row="1")),
    "a missing name": broken(lambda r: r["corrections"][0].pop("who")),
    "an unknown status": broken(
        lambda r: r["decisions"].append({"finding": "a", "status": "Lulus", "who": "", "when": "", "why": ""})
    ),
    "no source": broken(lambda r: r.pop("source")),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_a_malformed_file_is_refused_with_a_remedy(tmp_path, content):
    path = tmp_path / "koreksi.json"
    path.write_text(content)
    with pytest.raises(CorrectionsError) as refused:
        read_corrections(path)
    assert "koreksi.json" in str(refused.value)
    assert refused.value.remedy


def test_a_corrected_value_is_never_less_sure_than_its_row():
    doubted = replace(money("300.5"), confidence=0.4)
    table = plan_table((replace(plan_records()[0], values={"pagu_indikatif": doubted}, confidence=0.4),))
    done = apply_corrections(document(table), (), corrections(PAGU))
    assert done.document.tables[0].records[0].confidence == 1.0
