"""Findings: every doubt is a record with a stable code, a place and a remedy, never only a string.

They live in the lowest room because every room reports them. :mod:`extract.finding_codes` is the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from extract.model import BBox


class Severity(StrEnum):
    """How much a reader must care."""

    ERROR = "error"
    """A value is missing or contradicted."""
    WARNING = "warning"
    """A value was settled by inference; look at it."""
    INFO = "info"
    """Worth knowing, nothing to do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt about one place of a document."""

    code: str
    """Stable, from the catalogue: ``RJ-<room>-<number>``."""
    severity: Severity
    message: str
    """What was found and what to do, in Indonesian."""
    page: int | None = None
    bbox: BBox | None = None
    table: str = ""
    """Table key, for instance ``iii_1``."""
    row: int | None = None
    """1-based record number in that table."""
    column: str = ""
    printed: str = ""
    """The text as printed."""
    value: str = ""
    """The value that was written, empty when the cell was left blank."""
