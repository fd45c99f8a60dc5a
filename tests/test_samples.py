"""Every sample converts to its expected CSVs, cell by cell, and no word of a page is lost on the way."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

import pdfplumber
import pytest

from export.table_csv import csv_columns, csv_rows
from extract.grids.cells import all_words
from normalize.model import Document, Table
from normalize.rows.values import looks_like
from normalize.tables.stitch import stitch
from renja.pipeline import Reading, read_document
from renja.settings import Settings
from schemas.loader import load_schemas

SAMPLES = Path(__file__).parent.parent / "samples"
EXPECTED = SAMPLES / "expected"
DIGITAL = sorted(folder.name for folder in EXPECTED.iterdir() if (SAMPLES / f"{folder.name}.pdf").exists())
TABLES = [
    (name, path.stem.removeprefix("tabel_")) for name in DIGITAL for path in sorted(EXPECTED.glob(f"{name}/*.csv"))
]


@cache
def reading_of(name: str) -> Reading:
    return read_document(SAMPLES / f"{name}.pdf", Settings())


def table_of(document: Document, key: str) -> Table:
    return next(table for table in document.tables if table.key == key)


def comparable(text: str) -> str | Decimal:
    """Numbers compare as numbers, texts without white space; ``-`` is nil like blank."""
    folded = "".join(text.split())
    if folded in ("", "-"):
        return ""
    try:
        return Decimal(folded)
    except InvalidOperation:
        return folded


@pytest.mark.parametrize(("name", "key"), TABLES)
def test_table_equals_its_expected_csv_cell_by_cell(name: str, key: str) -> None:
    with (EXPECTED / name / f"tabel_{key}.csv").open(newline="", encoding="utf-8") as file:
        expected = list(csv.DictReader(file))
    table = table_of(reading_of(name).document, key)
    columns = csv_columns(table)
    header = [column.name for column in columns]
    found = [
        dict(zip(header, ("" if cell is None else str(cell) for cell in row), strict=True))
        for row in csv_rows(table, columns)
    ]
    differences = [
        (number, column, wanted[column], got.get(column, "(no such column)"))
        for number, (wanted, got) in enumerate(zip(expected, found, strict=False), start=1)
        for column in wanted
        if comparable(wanted[column]) != comparable(got.get(column, ""))
    ]
    assert differences == []
    assert len(found) == len(expected)


def characters(texts: Iterable[str]) -> Counter[str]:
    """Count glyphs, ligatures opened."""
    return Counter("".join(unicodedata.normalize("NFKC", "".join(texts)).split()))


@pytest.mark.parametrize("name", DIGITAL)
def test_every_printed_character_of_a_page_is_in_a_cell_or_a_loose_line(name: str) -> None:
    """Another reader (pdfplumber) says what is printed."""
    contents = reading_of(name).contents
    with pdfplumber.open(SAMPLES / f"{name}.pdf") as pdf:
        for page, content in zip(pdf.pages, contents, strict=True):
            kept = characters(word.text for word in (*all_words(content), *content.discarded))
            lost = characters(char["text"] for char in page.chars) - kept
            if lost:  # unless they were printed twice for bold, which takes pdfplumber long to find out
                lost = characters(char["text"] for char in page.dedupe_chars().chars) - kept
            assert lost == Counter(), f"lost on page {content.number}"
            page.close()


@pytest.mark.parametrize("name", DIGITAL)
def test_every_character_of_a_known_table_is_in_its_header_or_a_record(name: str) -> None:
    reading = reading_of(name)
    forms = [schema.form for schema in load_schemas().values()]
    stitched = stitch(reading.contents, forms, looks_like)
    for raw, table in zip(stitched.tables, reading.document.tables, strict=True):
        printed = characters(
            cell.text for part in raw.parts for cell in part.grid.cells if cell.row >= part.header.rows
        )
        kept = characters(value.raw for record in table.records for value in record.values.values())
        assert printed - kept == Counter(), f"lost in {table.key}"


@pytest.mark.parametrize("name", DIGITAL)
def test_every_loose_line_of_a_table_page_is_listed_as_left_over(name: str) -> None:
    reading = reading_of(name)
    listed = {(leftover.page, leftover.line) for leftover in reading.document.leftovers}
    for content in reading.contents:
        if content.grids:
            assert {(content.number, line) for line in content.loose} <= listed


@pytest.mark.parametrize("name", DIGITAL)
def test_every_word_of_an_unknown_table_is_listed_as_left_over(name: str) -> None:
    reading = reading_of(name)
    listed = Counter(leftover.line.text for leftover in reading.document.leftovers if leftover.role == "unknown_table")
    grids = {(grid.page, grid.bbox): grid for content in reading.contents for grid in content.grids}
    unknown = [grids[table.page, table.bbox] for table in reading.document.unknown]
    assert Counter(line.text for grid in unknown for cell in grid.cells for line in cell.lines) == listed
