"""The scorer counts what it says it counts."""

import pytest

from samples.score import fold, score_folders, score_table, wrong_numbers

ROW = {"kode": "1.02.01", "uraian": "Program A", "pagu_indikatif": "1000", "tingkat": "program"}
OTHER = {"kode": "1.02.02", "uraian": "Pelayanan B", "pagu_indikatif": "2500", "tingkat": "program"}


def test_equal_tables_score_one():
    tally = score_table([ROW, OTHER], [ROW, OTHER])
    assert (tally.f1, tally.num, tally.rec, tally.level) == (1.0, 1.0, 1.0, 1.0)


def test_a_wrong_number_costs_the_cell_and_the_record():
    tally = score_table([ROW, OTHER], [ROW, {**OTHER, "pagu_indikatif": "2501"}])
    assert tally.f1 == pytest.approx(5 / 6)
    assert tally.num == pytest.approx(1 / 2)
    assert tally.rec == pytest.approx(1 / 2)


def test_a_missing_record_costs_recall_alone():
    tally = score_table([ROW, OTHER], [OTHER])
    assert tally.precision == pytest.approx(1.0)
    assert tally.recall == pytest.approx(1 / 2)


def test_an_invented_record_costs_precision_alone():
    tally = score_table([ROW], [ROW, OTHER])
    assert tally.precision == pytest.approx(1 / 2)
    assert tally.recall == pytest.approx(1.0)


def test_a_wrong_level_costs_level_alone():
    tally = score_table([ROW], [{**ROW, "tingkat": "kegiatan"}])
    assert (tally.level, tally.rec) == (0.0, 1.0)


def test_columns_that_are_not_expected_are_ignored():
    assert score_table([ROW], [{**ROW, "x_catatan": "lain"}]).f1 == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("key", "one", "other"),
    [
        ("pagu_indikatif", "1000", "1000.00"),
        ("uraian", "Program\nA", "program a"),
        ("pagu_indikatif", "-", ""),
    ],
)
def test_cells_are_compared_by_meaning(key, one, other):
    assert fold(key, one) == fold(key, other)


def test_a_number_that_is_no_decimal_never_equals_one():
    assert fold("pagu_indikatif", "1.000,00") != fold("pagu_indikatif", "1000")


def test_nothing_expected_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError, match="to compare with"):
        score_folders(tmp_path, tmp_path)


def test_wrong_missing_and_invented_numbers_are_named_by_row_and_column():
    blank = {**ROW, "pagu_indikatif": ""}
    assert wrong_numbers([ROW, OTHER], [ROW, {**OTHER, "pagu_indikatif": "1"}]) == [(2, "pagu_indikatif")]
    assert wrong_numbers([ROW], [blank]) == [(1, "pagu_indikatif")]
    assert wrong_numbers([blank], [ROW]) == [(1, "pagu_indikatif")]
    assert not wrong_numbers([ROW], [{**ROW, "pagu_indikatif": "1000.0"}])
