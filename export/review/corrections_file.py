"""The JSON of corrections: what the review page exports, and ``koreksi.json`` beside a corrected workbook."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from export.errors import CorrectionsError
from export.json_bytes import json_bytes
from export.review.corrections import Correction, CorrectionSet, Decision
from export.review.verdict import Status

CORRECTIONS_FORMAT = "renja-koreksi"
CORRECTIONS_VERSION = 1
MAX_BYTES = 20_000_000
"""A larger file is no list of typed corrections."""
MAX_CHARS = 32_767
"""Characters of one typed text, as many as a sheet's cell takes."""

_EXPORT_AGAIN = "Export the corrections again from the review page (periksa.html)."


def read_corrections(path: Path) -> CorrectionSet:
    """Return the corrections of a file; raise :class:`~export.errors.CorrectionsError` for anything malformed."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CorrectionsError(path, f"cannot be read ({error.strerror or error})", "Check the path.") from error
    if len(data) > MAX_BYTES:
        raise CorrectionsError(path, f"is larger than {MAX_BYTES // 1_000_000} MB", _EXPORT_AGAIN)
    try:
        record = json.loads(data)
    except ValueError as error:
        raise CorrectionsError(path, "is no JSON", _EXPORT_AGAIN) from error
    if not isinstance(record, dict) or record.get("format") != CORRECTIONS_FORMAT:
        raise CorrectionsError(path, "is no file of corrections", _EXPORT_AGAIN)
    if record.get("version") != CORRECTIONS_VERSION:
        remedy = "Use the program version that wrote it, or review again with this one."
        raise CorrectionsError(path, f"has format version {record.get('version')}", remedy)
    try:
        return _corrections(record)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CorrectionsError(path, f"has a malformed entry ({error})", _EXPORT_AGAIN) from error


def render_corrections(corrections: CorrectionSet, source_name: str) -> bytes:
    """Return a set of corrections in the form :func:`read_corrections` reads."""
    return json_bytes(
        {
            "format": CORRECTIONS_FORMAT,
            "version": CORRECTIONS_VERSION,
            "source": {"name": source_name, "sha256": corrections.source_sha256},
            "reading": corrections.reading,
            "corrections": [asdict(entry) for entry in corrections.corrections],
            "decisions": [asdict(entry) for entry in corrections.decisions],
        }
    )


def _corrections(record: Mapping[str, Any]) -> CorrectionSet:
    texts = ("table", "column", "before", "after", "who", "when", "why")
    corrections = tuple(
        Correction(row=_row(entry["row"]), **{name: _text(entry, name) for name in texts})
        for entry in record["corrections"]
    )
    decisions = tuple(
        Decision(
            status=Status(entry["status"]), **{name: _text(entry, name) for name in ("finding", "who", "when", "why")}
        )
        for entry in record["decisions"]
    )
    source, reading = _text(record["source"], "sha256"), _text(record, "reading")
    return CorrectionSet(source, reading, corrections, decisions)


def _text(entry: Mapping[str, Any], name: str) -> str:
    text = entry[name]
    if not isinstance(text, str) or len(text) > MAX_CHARS:
        raise TypeError(f"{name} is no text of at most {MAX_CHARS} characters")
    return text


def _row(row: object) -> int:
    if isinstance(row, bool) or not isinstance(row, int):
        raise TypeError("row is no whole number")
    return row
