"""How a CSV is written: the machine-readable default, and the one Excel opens with Indonesian settings."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from export.plain_number import plain
from export.plain_text import clean_text, leads_formula

CsvCell = str | int | Decimal | None
"""Text is data and may be escaped by a profile; numbers are written plainly; ``None`` is an empty field."""

CHUNK_CHARS = 1 << 16
"""Characters of a CSV that are encoded at a time."""


@dataclass(frozen=True, slots=True)
class CsvProfile:
    """One dialect of CSV."""

    name: str
    delimiter: str
    decimal_mark: str
    line_end: str
    encoding: str
    escape_formulas: bool
    """Put ``'`` before texts that a spreadsheet would take for a formula."""


PLAIN = CsvProfile("plain", ",", ".", "\n", "utf-8", escape_formulas=False)
EXCEL_ID = CsvProfile("excel-id", ";", ",", "\r\n", "utf-8-sig", escape_formulas=True)
PROFILES = {profile.name: profile for profile in (PLAIN, EXCEL_ID)}


def render_csv(header: Sequence[str], rows: Iterable[Sequence[CsvCell]], profile: CsvProfile) -> bytes:
    """Return a CSV file as bytes: RFC 4180 quoting, one header row."""
    return b"".join(csv_chunks(header, rows, profile))


def csv_chunks(header: Sequence[str], rows: Iterable[Sequence[CsvCell]], profile: CsvProfile) -> Iterator[bytes]:
    """Yield a CSV file as :func:`render_csv` renders it, some rows at a time."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=profile.delimiter, lineterminator=profile.line_end)
    encoder = codecs.getincrementalencoder(profile.encoding)()
    writer.writerow(header)
    for row in rows:
        writer.writerow([_field(cell, profile) for cell in row])
        if stream.tell() >= CHUNK_CHARS:
            yield encoder.encode(stream.getvalue())
            stream.seek(0)
            stream.truncate()
    yield encoder.encode(stream.getvalue(), final=True)


def _field(cell: CsvCell, profile: CsvProfile) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return plain(cell).replace(".", profile.decimal_mark)
    if isinstance(cell, int):
        return str(cell)
    text = clean_text(cell)
    return f"'{text}" if profile.escape_formulas and leads_formula(text) else text
