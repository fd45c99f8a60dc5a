"""Documents that once lost rows, columns or amounts because nothing ruled their tables: each is read whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from export.table_csv import csv_columns, csv_rows
from renja.pipeline import read_document
from renja.settings import Settings
from samples.quirks import make_document
from samples.score import read_records, score_table
from samples.truth import truth_to_csv

FACTS = {
    "a head of three levels over filled cells keeps its amounts": (770090, "header_once inset_fills nil_zero"),
    "the last rows of a zebra table keep their second amount": (770098, "no_rulings numbering_skips zebra"),
    "a filled table whose first column stays white is found": (770026, "inset_fills"),
    "two header rows drawn as fills belong to the rows below": (770160, "inset_fills mixed_sizes"),
    "a blank column and a further indicator stand without rulings": (
        770086,
        "group_rows_numbered no_rulings tc33_six_columns",
    ),
    "group rows begin no record of their own table": (770054, "group_rows no_rulings numbering_skips"),
    "K and Rp under one ordinal are two columns": (770057, "no_column_rules rotate_flag"),
    "short targets stay beside their indicator": (770132, "no_column_rules"),
    "three records between column rules are three rows": (770176, "no_numbering no_row_rules"),
    "a further indicator between column rules is a row": (770164, "no_row_rules"),
    "lists of amounts in brackets begin no rows": (42420052, "no_rulings sideways"),
}


@pytest.mark.parametrize(("seed", "quirks"), FACTS.values(), ids=FACTS)
def test_an_unruled_document_is_read_whole(seed: int, quirks: str, tmp_path: Path) -> None:
    pdf, truths = make_document(seed, frozenset(quirks.split()), tmp_path)
    tables = {table.key: table for table in read_document(pdf, Settings()).document.tables}
    for key, truth in truths.items():
        truth_to_csv(truth, tmp_path)
        expected = read_records(tmp_path / f"tabel_{key}.csv")
        columns = csv_columns(tables[key])
        names = [column.name for column in columns]
        found = [
            dict(zip(names, ("" if cell is None else str(cell) for cell in row), strict=True))
            for row in csv_rows(tables[key], columns)
        ]
        tally = score_table(expected, found)
        assert (tally.whole_records, tally.found_records) == (len(expected), len(expected))
