"""Where the tables of our own workbook stand: the sheet ``Kolom`` and the defined names it lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from openpyxl import Workbook
from openpyxl.utils import range_boundaries

from export.sheets.columns_sheet import HEADERS, PATH_MARK, SHEET, TRAIT_KIND, YES
from export.sheets.range_names import trait_key
from normalize.form import Kind
from normalize.model import Column

_REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!(.+)")


@dataclass(frozen=True, slots=True)
class Span:
    """One column of one sheet over the rows of a table (1-based, both ends included)."""

    sheet: str
    column: int
    first: int
    last: int


@dataclass(slots=True)
class Placed:
    """One table of the workbook: its columns in print order and where each stands."""

    key: str
    ordinal: int
    written_as: str
    """Name its sheet had when the workbook was written."""
    columns: list[Column] = field(default_factory=list)
    spans: dict[str, Span] = field(default_factory=dict)
    """By column key, and by :func:`~export.sheets.range_names.trait_key` for ours; deleted ones are absent."""

    @property
    def name(self) -> str:
        """Name of the table in files and findings."""
        return self.key if self.ordinal == 1 else f"{self.key}_{self.ordinal}"

    @property
    def missing(self) -> tuple[Column, ...]:
        """Columns that were deleted from the sheet."""
        return tuple(column for column in self.columns if column.key not in self.spans)

    @property
    def sheet(self) -> str:
        """Name of its sheet now; empty when it was deleted."""
        return next((span.sheet for span in self.spans.values()), "")


def list_rows(book: Workbook, sheet: str, header: str) -> Iterator[Mapping[str, object]]:
    """Yield the rows of one of our lists by column title; the header is the row that begins with ``header``."""
    titles: list[str] = []
    for row in book[sheet].iter_rows(values_only=True):
        if titles:
            if any(cell is not None for cell in row):
                yield dict(zip(titles, row, strict=False))
        elif row and row[0] == header:
            titles = [str(cell or "") for cell in row]


def placed_tables(book: Workbook) -> tuple[Placed, ...]:
    """Return the tables the workbook lists, in its order; none when it has no such list."""
    if SHEET not in book.sheetnames:
        return ()
    tables: dict[tuple[str, int], Placed] = {}
    for row in list_rows(book, SHEET, HEADERS[0][0]):
        texts = {title: _text(cell) for title, cell in row.items()}
        key, ordinal = texts.get("Kunci tabel", ""), texts.get("Ke", "")
        if not key or not ordinal.isdigit():
            continue
        table = tables.setdefault((key, int(ordinal)), Placed(key, int(ordinal), texts["Lembar"]))
        is_trait = texts["Jenis"] == TRAIT_KIND
        name = trait_key(texts["Kunci kolom"]) if is_trait else texts["Kunci kolom"]
        if not is_trait:
            table.columns.append(_column(texts))
        span = _span(book, texts["Nama rentang"])
        if span is not None:
            table.spans[name] = span
    return tuple(tables.values())


def _column(texts: Mapping[str, str]) -> Column:
    kinds = {kind.value: kind for kind in Kind}
    try:
        factor = Decimal(texts["Pengali"] or "1")
    except InvalidOperation:
        factor = Decimal(1)
    return Column(
        key=texts["Kunci kolom"],
        title=texts["Judul baku"],
        kind=kinds.get(texts["Jenis"], Kind.TEKS),
        header_path=tuple(part for part in texts["Kepala tercetak"].split(PATH_MARK) if part),
        declared=texts["Kolom baku"] == YES,
        fill_down=texts["Isi ke bawah"] == YES,
        unit_factor=factor,
        numbering=texts["Nomor tercetak"],
        order=int(texts["Urutan"]) if texts["Urutan"].isdigit() else 1_000,
    )


def _span(book: Workbook, name: str) -> Span | None:
    """Return what a defined name points at; ``None`` when it, or all it pointed at, was deleted."""
    known = book.defined_names.get(name)
    match = _REFERENCE.fullmatch(known.attr_text or "") if known is not None else None
    if match is None or "#REF" in match[0]:
        return None
    sheet = match[1].replace("''", "'") if match[1] else match[2]
    try:
        first_column, first, _, last = range_boundaries(match[3])
    except ValueError:
        return None
    if sheet not in book.sheetnames or first is None or last is None or first_column is None:
        return None
    return Span(sheet, first_column, first, last)


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()
