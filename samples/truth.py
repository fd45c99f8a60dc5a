"""Writes what a converter must find in a sample: the same rows as JSON (with levels) and as expected CSVs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from samples.content.model import Kind, Row, SampleTable


def truth_of(table: SampleTable) -> dict[str, Any]:
    """Return the truth of one table: ``rows`` of ``level``, ``cells`` as printed and ``values`` of number columns."""
    return {
        "table": table.key,
        "title": [*table.caption, *table.notes],
        "columns": [{"key": column.key, "kind": column.kind.value} for column in table.columns],
        "rows": [_row_truth(table, row) for row in table.rows],
    }


def write_truth(tables: Iterable[SampleTable], folder: Path) -> None:
    """Write ``<key>.json`` for every table."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in tables:
        text = json.dumps(truth_of(table), ensure_ascii=False, indent=1)
        (folder / f"{table.key}.json").write_text(text + "\n", encoding="utf-8")


def write_expected(tables: Iterable[SampleTable], folder: Path) -> None:
    """Write ``tabel_<key>.csv`` for every table."""
    for table in tables:
        truth_to_csv(truth_of(table), folder)


def truth_to_csv(truth: dict[str, Any], folder: Path) -> None:
    """Write the expected CSV of one truth: declared columns in order, then ``tingkat``."""
    folder.mkdir(parents=True, exist_ok=True)
    keys = [column["key"] for column in truth["columns"]]
    numbers = {column["key"] for column in truth["columns"] if column["kind"] == Kind.NUMBER}
    with (folder / f"tabel_{truth['table']}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*keys, "tingkat"])
        for row in truth["rows"]:
            cells = [row["values"].get(key) or "" if key in numbers else row["cells"].get(key, "") for key in keys]
            writer.writerow([*cells, row["level"]])


def _row_truth(table: SampleTable, row: Row) -> dict[str, Any]:
    numbers = [column.key for column in table.columns if column.kind is Kind.NUMBER]
    return {
        "level": row.level,
        "cells": {column.key: row.cells.get(column.key, "") for column in table.columns},
        "values": {key: _plain(row.values.get(key)) for key in numbers},
    }


def _plain(value: Decimal | None) -> str | None:
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
