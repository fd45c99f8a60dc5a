"""The tables of a document whose form has a column of codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from normalize.form import TableForm
from normalize.model import Document, Table
from schemas.model import Schema


def coded_tables(document: Document, schemas: Mapping[str, Schema]) -> Iterator[tuple[int, Table, TableForm]]:
    """Yield index, table and form of every table of a declared kind with a code column."""
    for index, table in enumerate(document.tables):
        schema = schemas.get(table.key)
        if schema is not None and schema.form.code_column:
            yield index, table, schema.form
