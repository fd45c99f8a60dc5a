"""``rekaman.json``: a conversion as it was read, so that a review or a correction needs no second reading."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from export.csv_profile import PLAIN, PROFILES
from export.errors import RecordFileError
from export.manifest import RunInfo, SourceFile
from export.naming import table_name
from export.plain_number import plain
from export.review.record_codec import RecordFormatError, from_plain, plain_once
from extract.findings import Finding
from extract.page_image import PagePose
from normalize.model import Document, Table, Value
from schemas.outcome import RelationCount

RECORD_FILE = "rekaman.json"
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
        for table in self.document.tables:  # one at a time: a long document is not copied to be counted
            digest.update(json.dumps(_table_content(table), ensure_ascii=False).encode())
        told = [[f.code, f.table, f.row, f.column, f.page, f.message] for f in self.findings]
        digest.update(json.dumps(told, ensure_ascii=False).encode())
        return digest.hexdigest()


def render_record(reading: Reading) -> bytes:
    """Return a reading as compact JSON."""
    record = {"format": RECORD_FORMAT, "fingerprint": reading.fingerprint, "reading": reading}
    writer = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=plain_once)
    return writer.encode(record).encode() + b"\n"


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


def _table_content(table: Table) -> list[Any]:
    keys = [column.key for column in table.columns]
    return [table_name(table), keys, [[_field(record.get(key)) for key in keys] for record in table.records]]


def _field(value: Value) -> list[str]:
    return [value.text, "" if value.number is None else plain(value.number)]
