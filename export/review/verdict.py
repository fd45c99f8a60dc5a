"""What a person said about a finding, and the name by which a finding is known outside this program."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from extract.findings import Finding

CORRECTED_RULE = "dikoreksi"
"""Rule name of a value that a person typed."""
ID_CHARS = 16
"""Hexadecimal characters of a finding's name; chance collisions need billions of findings."""


class Status(StrEnum):
    """What a planner can say about a finding; the first is where each begins."""

    OPEN = "Belum"
    RIGHT = "Benar"
    CORRECTED = "Diperbaiki"
    IGNORED = "Abaikan"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status with who gave it, when and why."""

    status: Status
    who: str = ""
    when: str = ""
    """ISO 8601, as the reviewer's clock told it."""
    why: str = ""


def finding_id(finding: Finding) -> str:
    """Return a name that stays the same as long as the finding says the same about the same place."""
    parts = (finding.code, finding.table, finding.row, finding.column, finding.page, finding.message)
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:ID_CHARS]


def to_the_minute(when: str) -> str:
    """Return an ISO 8601 time as people read it: ``2025-01-31 09:30``."""
    return when.replace("T", " ")[: len("2025-01-31 09:30")]
