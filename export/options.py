"""What a user may choose about the outputs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from export.csv_profile import PLAIN, CsvProfile


class Format(StrEnum):
    """Kinds of output a user can ask for; findings, leftovers and manifest are always written."""

    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """How the outputs are written."""

    formats: frozenset[Format] = frozenset(Format)
    profile: CsvProfile = PLAIN
    raw: bool = False
    """Also write the tables of no known kind."""
