"""Documents built in code: from the truth of the samples, and from rows written in a test."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from normalize.form import TAHUN, ColumnForm, Kind
from normalize.model import Column, Document, Record, Table, Tingkat, Value
from normalize.numbers.quantity import read_quantity
from schemas.loader import load_schemas
from schemas.model import Schema

SHARED = Path(__file__).parents[3] / "shared"
SAMPLES = Path(__file__).parents[2] / "samples" / "expected"


def shared(*parts: str) -> Path:
    """Return a file of the optional corpus folder, or skip the test."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the corpus folder beside the project has no {'/'.join(parts)}")
    return path


@pytest.fixture(scope="session")
def schemas() -> dict[str, Schema]:
    return load_schemas()


def make_value(text: str, kind: Kind, number: str | None = None) -> Value:
    if kind is Kind.KUANTITAS:
        quantity = read_quantity(text, None)
        return Value(text, text, quantity.value, quantity.unit)
    return Value(text, text, None if number is None else Decimal(number))


def declared(schema: Schema, key: str) -> ColumnForm:
    head = key.rstrip("0123456789")
    return next(c for c in schema.form.columns if c.key == key or (head != key and c.key == head + TAHUN))


def truth_table(path: Path, schema: Schema) -> Table:
    truth = json.loads(path.read_text(encoding="utf-8"))
    columns = [
        Column(entry["key"], form.title, form.kind, (form.title,), fill_down=form.fill_down)
        for entry in truth["columns"]
        for form in (declared(schema, entry["key"]),)
    ]
    records = tuple(
        Record(
            {
                column.key: make_value(row["cells"][column.key], column.kind, row["values"].get(column.key))
                for column in columns
                if row["cells"][column.key]
            },
            Tingkat(row["level"]),
            1,
            1.0,
        )
        for row in truth["rows"]
    )
    return Table(truth["table"], truth["title"][0], tuple(columns), records, (1,))


def truth_document(sample: str, schemas: dict[str, Schema]) -> Document:
    """Build a document from the truth of a committed sample: every table as a careful reader types it."""
    folder = SAMPLES / sample / "truth"
    tables = tuple(
        truth_table(folder / f"{key}.json", schemas[key]) for key in schemas if (folder / f"{key}.json").exists()
    )
    return Document(sample, tables, (), (), (), (), year=2024)


@pytest.fixture(scope="session")
def read_sample(schemas: dict[str, Schema]) -> Callable[[str], Document]:
    return lambda sample: truth_document(sample, schemas)


@pytest.fixture(scope="session")
def truth(schemas: dict[str, Schema]) -> Document:
    """Give the tables of a whole real Renja (Payakumbuh 2024)."""
    return truth_document("payakumbuh-digital", schemas)


@pytest.fixture(scope="session")
def narrative() -> str:
    return shared("seed", "renja-payakumbuh-2024.txt").read_text(encoding="utf-8")


def build_table(schema: Schema, rows: Sequence[tuple[str, Mapping[str, str]]], *, ordinal: int = 1) -> Table:
    used = {column for _, cells in rows for column in cells}
    columns = [Column(c.key, c.title, c.kind, (c.title,)) for c in schema.form.columns if c.key in used]
    kinds = {column.key: column.kind for column in columns}
    records = tuple(
        Record(
            {
                name: make_value(text, kinds[name], text if kinds[name].is_number and text != "-" else None)
                for name, text in cells.items()
            },
            Tingkat(tingkat),
            1,
            1.0,
        )
        for tingkat, cells in rows
    )
    return Table(schema.key, schema.form.title, tuple(columns), records, (1,), ordinal=ordinal)


@pytest.fixture
def table_of() -> Callable[..., Table]:
    """Build a table of a schema from ``(tingkat, {column: text})`` rows; money texts are plain decimals."""
    return build_table


@pytest.fixture
def make_table(schemas: dict[str, Schema]) -> Callable[..., Table]:
    """Build a table of a bundled kind from ``(tingkat, {column: text})`` rows."""
    return lambda key, rows, *, ordinal=1: build_table(schemas[key], rows, ordinal=ordinal)


@pytest.fixture
def make_document() -> Callable[..., Document]:
    def make(*tables: Table, year: int | None = 2024) -> Document:
        return Document("contoh", tables, (), (), (), (), year=year)

    return make
