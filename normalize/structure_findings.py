"""Doubts about the structure of tables: their kind, their columns, and how their pages were joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.finding_codes import finding
from extract.findings import Finding, Severity
from extract.model import BBox
from normalize.form import TAHUN, ColumnForm, Kind
from normalize.headers.identify import MIN_HEADER
from normalize.model import Column, Record, UnknownTable
from normalize.rows.draft_row import DraftRow
from normalize.tables.column_doubts import column_doubts
from normalize.tables.stitched import StitchedTable

SURE_KIND = 0.8
"""Evidence from which the kind of a table is not in doubt (the header alone gives up to 1, the caption 0.3 more)."""
MAX_DETAIL = 120
"""Characters of a caption that a finding repeats."""
LARGE_PRINT = 1_000_000
"""Median printed amount from which a column in thousands looks like one in full rupiah."""
ROUND_SHARE = 0.6
"""Share of amounts that end in three zeros, as full rupiah do and thousands do not."""
MIN_AMOUNTS = 3
"""Amounts in a column of quantities that are no chance; a target of revenue is one."""
AMOUNTS_SHARE = 0.3
"""Of the column's printed cells."""
_MILLIONS = re.compile(r"(?:rp\.?)?\d{1,3}(?:[.,]\d{3}){2,}(?:[.,]\d{1,2})?(?:,-)?", re.IGNORECASE)
SURE_COLUMN = 0.7
"""Score of a column's header from which the match is not in doubt."""


def table_findings(table: StitchedTable, columns: Sequence[Column], rows: Sequence[DraftRow]) -> list[Finding]:
    """Return the doubts about one table, in the order of their codes."""
    return [
        *_undeclared(table, columns, rows),
        *_doubtful_parts(table),
        *_doubtful_kind(table),
        *_missing_columns(table, columns),
        *_unclaimed_figures(table, columns, rows),
        *_doubtful_columns(table, columns),
        *_guessed_columns(table, columns),
        *_unproven_columns(table, columns),
        *_amounts_as_quantities(table, columns, rows),
    ]


def unknown_findings(unknown: Sequence[UnknownTable]) -> list[Finding]:
    """Return one note for each table of no known kind, a warning where it may be a lost part of a known one."""
    found = []
    for table in unknown:
        detail, severity = " ".join(table.caption.split())[:MAX_DETAIL], None
        if table.follows:
            detail, severity = f"mungkin sambungan tabel {table.follows}", Severity.WARNING
        elif table.titled:
            detail, severity = f"judulnya milik tabel {table.titled}, kepalanya tidak terbaca", Severity.WARNING
        elif table.score >= MIN_HEADER:
            detail, severity = f"mirip tabel {table.best_guess}", Severity.WARNING
        if table.damage:
            detail, severity = "; ".join(filter(None, (detail, table.damage))), Severity.WARNING
        found.append(finding("RJ-TAB-007", detail, severity=severity, page=table.page, bbox=table.bbox))
    return found


def _undeclared(table: StitchedTable, columns: Sequence[Column], rows: Sequence[DraftRow]) -> Iterator[Finding]:
    for column in columns:
        if not column.declared and any(column.key in row.fields for row in rows):
            page, box = _place_of(table, column.key)
            yield finding(
                "RJ-TAB-001",
                column.title or "kolom tanpa judul",
                page=page,
                bbox=box,
                table=table.form.key,
                column=column.key,
                printed=column.title,
            )


def _doubtful_parts(table: StitchedTable) -> Iterator[Finding]:
    for part in table.parts:
        if part.doubt:
            yield finding("RJ-TAB-002", part.doubt, page=part.grid.page, bbox=part.grid.bbox, table=table.form.key)


def _doubtful_kind(table: StitchedTable) -> Iterator[Finding]:
    first = table.parts[0].grid
    if table.claim.foreign_label:
        detail = "nomor tabel yang tercetak milik tabel lain"
    elif table.score < SURE_KIND:
        detail = f"nilai kecocokan {table.score:.2f}".replace(".", ",")
    else:
        return
    yield finding("RJ-TAB-003", detail, page=first.page, bbox=first.bbox, table=table.form.key)


def _missing_columns(table: StitchedTable, columns: Sequence[Column]) -> Iterator[Finding]:
    first = table.parts[0].grid
    for form in _missing_forms(table, columns):
        yield finding("RJ-TAB-004", form.title, page=first.page, bbox=first.bbox, table=table.form.key, column=form.key)


def _missing_forms(table: StitchedTable, columns: Sequence[Column]) -> Iterator[ColumnForm]:
    """Yield the declared columns that a print must have and this one has not."""
    found = {column.key for column in columns}
    for form in table.form.columns:
        stem = form.key.partition(TAHUN)[0]
        printed = any(key.startswith(stem) for key in found) if TAHUN in form.key else form.key in found
        numbered = form.key == table.form.number_column and table.form.code_column in found
        if not (form.optional or form.unlabelled_after or printed or numbered):
            yield form


def _unclaimed_figures(table: StitchedTable, columns: Sequence[Column], rows: Sequence[DraftRow]) -> Iterator[Finding]:
    """Yield, per page and declared column without a source there, the undeclared columns whose figures may be its own.

    The declared ones are those the form must have and those that other pages of the table print.
    """
    declared = [column for column in columns if column.declared]
    titles = {column.key: column.title for column in declared}
    titles |= {form.key: form.title for form in _missing_forms(table, columns)}
    undeclared = [column.key for column in columns if not column.declared]
    printed = {
        (row.page, key) for row in rows for key in undeclared if any(character.isdigit() for character in row.raw(key))
    }
    for part in table.parts:
        figures = [key for key in undeclared if key in part.keys and (part.grid.page, key) in printed]
        for key in [key for key in titles if figures and key not in part.keys]:
            yield finding(
                "RJ-TAB-011",
                f"{titles[key]} ({key}) mungkin tercetak di {', '.join(figures)}",
                page=part.grid.page,
                bbox=part.grid.bbox,
                table=table.form.key,
                column=key,
            )


def _doubtful_columns(table: StitchedTable, columns: Sequence[Column]) -> Iterator[Finding]:
    for column in columns:
        if table.likeness.get(column.key, 1.0) < SURE_COLUMN and column.key not in table.guesses:
            yield _about_header(table, column, f"'{column.title}' dibaca sebagai {column.key}")


def _guessed_columns(table: StitchedTable, columns: Sequence[Column]) -> Iterator[Finding]:
    for column in columns:
        if (guess := table.guesses.get(column.key)) is not None:
            detail = f"'{guess.printed}' diartikan {column.key} {guess.source}"
            yield replace(_about_header(table, column, detail, code="RJ-TAB-010"), printed=guess.printed)


def _unproven_columns(table: StitchedTable, columns: Sequence[Column]) -> Iterator[Finding]:
    doubts = column_doubts(table)
    for column in columns:
        if column.key in doubts and column.key not in table.guesses:
            yield _about_header(
                table, column, f"'{column.title}' dibaca sebagai {column.key}; {doubts[column.key]}", code="RJ-TAB-012"
            )


def _amounts_as_quantities(
    table: StitchedTable, columns: Sequence[Column], rows: Sequence[DraftRow]
) -> Iterator[Finding]:
    """Yield a doubt for each column of quantities that holds amounts, where a money column of the form is not printed.

    Two columns without a wall between them are read as one, and the optional one is not missed.
    """
    keys = {column.key for column in columns}
    absent = [
        form.title
        for form in table.form.columns
        if form.kind is Kind.RUPIAH and form.numbering and form.key not in keys
    ]
    for column in columns if absent else ():
        printed = ["".join(row.raw(column.key).split()) for row in rows if column.kind is Kind.KUANTITAS]
        amounts = [text for text in printed if _MILLIONS.fullmatch(text)]
        if len(amounts) >= MIN_AMOUNTS and len(amounts) >= AMOUNTS_SHARE * sum(map(bool, printed)):
            detail = f"'{column.title}' berisi jumlah uang, kolom {absent[0]} tidak ditemukan"
            yield _about_header(table, column, detail, code="RJ-TAB-012")


def unit_findings(table: StitchedTable, columns: Sequence[Column], records: Sequence[Record]) -> Iterator[Finding]:
    """Yield a doubt for each money column whose header says thousands while its figures look like full rupiah.

    Templates print ``(Rp.000)`` over columns that agencies fill with full amounts.
    """
    for column in columns:
        if column.unit_factor == 1:
            continue
        values = [record.get(column.key).number for record in records]
        amounts = sorted(value / column.unit_factor for value in values if value)
        if not amounts or amounts[len(amounts) // 2] < LARGE_PRINT:
            continue
        if sum(amount % 1000 == 0 for amount in amounts) >= ROUND_SHARE * len(amounts):
            detail = f"'{column.title}' sudah dikali {column.unit_factor}, tetapi angkanya tampak rupiah penuh"
            yield _about_header(table, column, detail)


def _about_header(table: StitchedTable, column: Column, detail: str, *, code: str = "RJ-TAB-005") -> Finding:
    """Return a doubt about what a printed column header means."""
    page, box = _place_of(table, column.key)
    return finding(
        code,
        detail,
        page=page,
        bbox=box,
        table=table.form.key,
        column=column.key,
        printed=column.title,
    )


def _place_of(table: StitchedTable, key: str) -> tuple[int, BBox]:
    """Return the page and box of the lowest header cell over a column, of the whole grid when none is printed."""
    for part in table.parts:
        if key not in part.keys:
            continue
        number = part.keys.index(key)
        above = [
            cell
            for cell in part.grid.cells
            if cell.row < part.header.rows and cell.lines and cell.column <= number < cell.column + cell.column_span
        ]
        return (part.page_of(above[-1]), above[-1].bbox) if above else (part.grid.page, part.grid.bbox)
    return table.parts[0].grid.page, table.parts[0].grid.bbox
