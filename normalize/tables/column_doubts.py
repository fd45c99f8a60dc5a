"""What a doubt about a column does to its values: each is no surer than the column is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from normalize.fold import years_in
from normalize.headers.part_columns import GuessedFrom
from normalize.headers.year_proof import unproven_years
from normalize.model import Column, Document, Record, Table
from normalize.record_shelf import rewritten
from normalize.tables.stitched import StitchedTable

UNPROVEN = 0.75
"""Confidence of the values of a column that may be another one; low enough for their cells to be marked."""
GUESSED_BY_LABELS = 0.9
"""The same where the labels around a misread one leave one meaning."""


def column_doubts(table: StitchedTable) -> dict[str, str]:
    """Return, per column key, why a recognised header does not prove the column (Indonesian)."""
    if not any(part.header.recognised for part in table.parts):
        return {}
    keys = [column.key for column in table.columns if column.declared]
    years = unproven_years(keys, table.form, years_in(table.caption.text), table.guesses)
    return {**years, **table.doubts}


def with_sureness(table: StitchedTable, columns: Sequence[Column]) -> list[Column]:
    """Return the columns of a table, each with how sure it is to be that column."""
    sureness = {
        key: GUESSED_BY_LABELS if guess.source is GuessedFrom.LABELS else UNPROVEN
        for key, guess in table.guesses.items()
    }
    sureness |= dict.fromkeys(column_doubts(table), UNPROVEN)
    return [replace(column, sureness=sureness.get(column.key, 1.0)) for column in columns]


def with_doubted_columns(document: Document) -> Document:
    """Return the document with no value surer than its column.

    This comes after repair: a sum that bears out a figure says nothing of the column it stands in, and a doubt about
    the column none about its digits.
    """
    return replace(document, tables=tuple(map(_with_doubts, document.tables)))


def _with_doubts(table: Table) -> Table:
    sureness = {column.key: column.sureness for column in table.columns if column.sureness < 1}
    if not sureness:
        return table
    return replace(table, records=rewritten(table.records, (_lowered(record, sureness) for record in table.records)))


def _lowered(record: Record, sureness: Mapping[str, float]) -> Record:
    lowered = {
        key: replace(value, confidence=min(value.confidence, sureness[key]))
        for key, value in record.values.items()
        if key in sureness and value.raw.strip()
    }
    if not lowered:
        return record
    lowest = min(value.confidence for value in lowered.values())
    return replace(record, values={**record.values, **lowered}, confidence=min(record.confidence, lowest))
