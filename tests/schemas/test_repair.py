"""Doubtful readings are settled by arithmetic, confident ones never."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from normalize.model import Document, Table, Value
from schemas.check import check_document
from schemas.model import Schema
from schemas.repair import BORNE_OUT, REPAIRED_BY_ONE, REPAIRED_RULE, repair_document

Make = Callable[..., Table]
MakeDocument = Callable[..., Document]


def plan(*pagu: str) -> list[tuple[str, dict[str, str]]]:
    """Return a kegiatan over sub kegiatan with these amounts, the parent first."""
    levels = ["kegiatan"] + ["sub_kegiatan"] * (len(pagu) - 1)
    return [
        (level, {"uraian": f"{level} {number}", "pagu_indikatif": amount})
        for number, (level, amount) in enumerate(zip(levels, pagu, strict=True))
    ]


def with_value(table: Table, row: int, **changes: object) -> Table:
    record = table.records[row]
    value = replace(record.get("pagu_indikatif"), **changes)
    lowest = min(value.confidence, record.confidence)
    changed = replace(record, values={**record.values, "pagu_indikatif": value}, confidence=lowest)
    return replace(table, records=(*table.records[:row], changed, *table.records[row + 1 :]))


def pagu(document: Document, row: int) -> Value:
    return document.tables[0].records[row].get("pagu_indikatif")


def test_the_alternative_under_which_the_sum_holds_is_taken(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    table = with_value(
        make_table("iii_1", plan("102350", "102.150", "200")),
        1,
        raw="102,150",
        number=Decimal("102.150"),
        alternatives=(Decimal(102150),),
        confidence=0.5,
    )
    document, findings = repair_document(make_document(table), schemas)
    value = pagu(document, 1)
    assert (value.number, value.rule, value.alternatives) == (Decimal(102150), REPAIRED_RULE, ())
    assert value.raw == "102,150"
    assert (value.confidence, document.tables[0].records[1].confidence) == (REPAIRED_BY_ONE, REPAIRED_BY_ONE)
    (found,) = findings
    assert (found.code, found.row, found.printed, found.value) == ("RJ-FIX-001", 2, "102,150", "102150")
    assert "tercetak '102,150', semula 102,15, menjadi 102.150 menurut iii_1: pagu_indikatif" in found.message


def test_a_reading_that_already_fits_is_confirmed_and_kept(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    table = with_value(make_table("iii_1", plan("300", "100", "200")), 1, alternatives=(Decimal(700),), confidence=0.6)
    document, findings = repair_document(make_document(table), schemas)
    assert (pagu(document, 1).number, pagu(document, 1).alternatives) == (Decimal(100), ())
    assert [finding.code for finding in findings] == ["RJ-FIX-002"]


def test_two_relations_make_a_repair_surer_than_one(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    rows = [("program", {"uraian": "Program", "pagu_indikatif": "300"}), *plan("3", "100", "200")]
    table = with_value(make_table("iii_1", rows), 1, alternatives=(Decimal(300),), confidence=0.5)
    document, _ = repair_document(make_document(table), schemas)
    assert (pagu(document, 1).number, pagu(document, 1).confidence) == (Decimal(300), BORNE_OUT)


def test_a_confident_figure_is_never_changed_to_please_a_sum(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    before = make_document(make_table("iii_1", plan("300", "100", "210")))
    document, findings = repair_document(before, schemas)
    assert document == before
    assert findings == ()


def test_several_combinations_that_fit_leave_the_figures_as_read_and_flagged(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    table = make_table("iii_1", plan("300", "110", "190"))
    for row, other in ((1, "100"), (2, "200")):
        table = with_value(table, row, alternatives=(Decimal(other),), confidence=0.5)
    before = make_document(table)
    document, findings = repair_document(before, schemas)
    assert document == before
    assert [finding.code for finding in findings] == ["RJ-FIX-003", "RJ-FIX-003"]


def test_no_combination_that_fits_leaves_the_figure_as_read_and_flagged(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    table = with_value(make_table("iii_1", plan("300", "50", "200")), 1, alternatives=(Decimal(70),), confidence=0.5)
    before = make_document(table)
    document, findings = repair_document(before, schemas)
    assert document == before
    assert [finding.code for finding in findings] == ["RJ-FIX-003"]


def test_relations_that_ask_for_different_readings_leave_the_figure_flagged(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    rows = [("program", {"uraian": "Program", "pagu_indikatif": "300"}), *plan("3", "100", "150")]
    table = with_value(make_table("iii_1", rows), 1, alternatives=(Decimal(300), Decimal(250)), confidence=0.5)
    before = make_document(table)
    document, findings = repair_document(before, schemas)
    assert document == before
    assert [finding.code for finding in findings] == ["RJ-FIX-003"]


def test_a_cut_off_amount_is_completed_by_its_sum(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    table = make_table("iii_1", plan("66127650", "64048150", "2079500"))
    table = with_value(table, 0, raw="66,127,6", number=None, confidence=0.0)
    document, findings = repair_document(make_document(table), schemas)
    assert pagu(document, 0).number == Decimal(66127650)
    assert "semula kosong, menjadi 66.127.650" in findings[0].message


def test_three_cut_off_amounts_under_one_sum_stay_blank(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    table = make_table("iii_1", plan("1174134745", "390210450", "126542250", "657382045"))
    for row, raw in ((1, "390,210,4"), (2, "126,542,2"), (3, "657,382,0")):
        table = with_value(table, row, raw=raw, number=None, confidence=0.0)
    before = make_document(table)
    document, _ = repair_document(before, schemas)
    assert document == before


def test_an_amount_that_resembles_nothing_printed_is_not_filled_in(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    table = with_value(make_table("iii_1", plan("300", "100", "200")), 1, raw="7.7.7", number=None, confidence=0.0)
    before = make_document(table)
    assert repair_document(before, schemas) == (before, ())


@pytest.mark.parametrize(("confidence", "expected"), [(0.6, "103"), (0.95, "108")])
def test_one_misread_digit_is_repaired_only_where_the_reader_was_unsure(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument, confidence: float, expected: str
) -> None:
    table = with_value(make_table("iii_1", plan("303", "108", "200")), 1, confidence=confidence)
    document, _ = repair_document(make_document(table), schemas)
    assert pagu(document, 1).number == Decimal(expected)


def test_two_unsure_figures_that_could_each_be_the_misread_one_stay(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    table = make_table("iii_1", plan("303", "103", "203"))
    for row in (1, 2):
        table = with_value(table, row, confidence=0.6)
    before = make_document(table)
    document, findings = repair_document(before, schemas)
    assert (document, findings) == (before, ())
    assert [finding.code for finding in check_document(document, schemas).findings] == ["RJ-CEK-002"]


def test_what_one_round_settles_lets_the_next_complete_a_cut_amount(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    rows = [("program", {"uraian": "Program", "pagu_indikatif": "505"}), *plan("303", "100", "203")]
    rows.append(("kegiatan", {"uraian": "Kegiatan Lain", "pagu_indikatif": "202"}))
    table = with_value(make_table("iii_1", rows), 1, confidence=0.6)
    table = with_value(table, 4, raw="20", number=None, confidence=0.0)
    document, _ = repair_document(make_document(table), schemas)
    assert pagu(document, 1).confidence == BORNE_OUT
    assert pagu(document, 4).number == Decimal(202)


def test_the_other_table_settles_what_a_sum_cannot(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    table = make_table("iii_1", plan("300", "110", "190"))
    for row, other in ((1, "100"), (2, "200")):
        table = with_value(table, row, alternatives=(Decimal(other),), confidence=0.5)
    twin = [
        (level, {"uraian": c["uraian"], "dana_indikatif": c["pagu_indikatif"]})
        for level, c in plan("300", "100", "200")
    ]
    document, _ = repair_document(make_document(table, make_table("iv_1", twin)), schemas)
    assert [pagu(document, row).number for row in (1, 2)] == [Decimal(100), Decimal(200)]


def test_a_figure_read_with_some_doubt_is_confirmed_by_an_exact_sum(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    table = with_value(make_table("iii_1", plan("300", "100", "200")), 1, confidence=0.95)
    document, findings = repair_document(make_document(table), schemas)
    assert pagu(document, 1).confidence == BORNE_OUT
    assert document.tables[0].records[1].confidence == BORNE_OUT
    assert findings == ()


def test_a_percentage_read_as_thousands_is_settled_by_its_formula(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    row = {"target_renstra_rp": "200", "realisasi_renstra_akhir_rp": "200", "tingkat_capaian_rp": "100000"}
    table = make_table("ii_1", [("sub_kegiatan", row)])
    record = table.records[0]
    value = replace(record.get("tingkat_capaian_rp"), alternatives=(Decimal(100),), confidence=0.5)
    table = replace(table, records=(replace(record, values={**record.values, "tingkat_capaian_rp": value}),))
    document, _ = repair_document(make_document(table), schemas)
    assert document.tables[0].records[0].get("tingkat_capaian_rp").number == Decimal(100)


def test_repairing_twice_changes_nothing_more(
    schemas: dict[str, Schema], make_table: Make, make_document: MakeDocument
) -> None:
    table = with_value(make_table("iii_1", plan("303", "108", "200")), 1, confidence=0.6)
    once, _ = repair_document(make_document(table), schemas)
    assert repair_document(once, schemas) == (once, ())


def test_the_corpus_as_read_by_hand_is_left_untouched(truth: Document, schemas: dict[str, Schema]) -> None:
    assert repair_document(truth, schemas)[0] == truth
