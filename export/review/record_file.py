"""``rekaman.json``: a conversion as it was read, so that a review or a correction needs no second reading."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from export.csv_profile import PLAIN, PROFILES
from export.errors import RecordFileError
from export.naming import table_name
from export.plain_number import plain
from export.provenance import RunInfo, SourceFile
from export.review.record_codec import RecordFormatError, from_plain, plain_chunks
from extract.findings import Finding
from extract.page_image import PagePose
from normalize.model import Document, Table, Value
from schemas.outcome import RelationCount

RECORD_FORMAT = 1
"""Raised when a key changes its meaning."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a later review or correction needs to know of a conversion."""

    document: Document
    findings: tuple[Finding, ...]
    checks: tuple[RelationCount, ...]
    source: SourceFile
    run: RunInfo
    prose: str = ""
    """The text outside all tables, which some checks compare with them."""
    poses: tuple[PagePose, ...] = ()
    formats: tuple[str, ...] = ()
    csv_profile: str = PLAIN.name

    @property
    def fingerprint(self) -> str:
        """What corrections refer to: equal for two readings that gave the same rows and the same doubts."""
        digest = hashlib.sha256(self.source.sha256.encode())
        for table in self.document.tables:
            for part in _table_content(table):
                digest.update(part.encode())
        told = [[f.code, f.table, f.row, f.column, f.page, f.message] for f in self.findings]
        digest.update(json.dumps(told, ensure_ascii=False).encode())
        return digest.hexdigest()


def record_chunks(reading: Reading) -> Iterator[bytes]:
    """Yield a reading as compact JSON, a record at a time."""
    yield f'{{"format":{RECORD_FORMAT},"fingerprint":"{reading.fingerprint}","reading":'.encode()
    yield from plain_chunks(reading)
    yield b"}\n"


def read_record(path: Path) -> Reading:
    """Return the reading that a ``rekaman.json`` holds; raise :class:`~export.errors.RecordFileError`."""
    try:
        record: Any = json.loads(path.read_bytes())
    except OSError as error:
        raise RecordFileError(path, error.strerror or "cannot be read") from error
    except ValueError as error:
        raise RecordFileError(path, "is no JSON") from error
    if not isinstance(record, dict) or record.get("format") != RECORD_FORMAT:
        raise RecordFileError(path, "was written by another version of this program")
    try:
        reading: Reading = from_plain(Reading, record.get("reading"))
    except RecordFormatError as error:
        raise RecordFileError(path, "does not hold a conversion") from error
    if reading.fingerprint != record.get("fingerprint") or reading.csv_profile not in PROFILES:
        raise RecordFileError(path, "was changed after it was written")
    return reading


def _table_content(table: Table) -> Iterator[str]:
    """Yield name, columns and fields of a table as one JSON list, a record at a time."""
    keys = [column.key for column in table.columns]
    yield f"[{_json(table_name(table))}, {_json(keys)}, ["
    for number, record in enumerate(table.records):
        yield (", " if number else "") + _json([_field(record.get(key)) for key in keys])
    yield "]]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _field(value: Value) -> list[str]:
    return [value.text, "" if value.number is None else plain(value.number)]
