"""What became of one document, as the command, the report and the log tell it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from renja.exit_codes import ExitCode
from renja.failures import Failure


class Status(StrEnum):
    """How the conversion of a document ended."""

    CONVERTED = "converted"
    CURRENT = "current"
    """An earlier run had written the same already."""
    NO_TABLE = "no_table"
    """Read, and a manifest written, but no known table is in it."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Counts:
    """What a document held."""

    pages: int = 0
    tables: int = 0
    records: int = 0
    errors: int = 0
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one document."""

    status: Status
    name: str = ""
    """Under which its outputs stand; empty when there are none."""
    counts: Counts = Counts()
    code: ExitCode = ExitCode.OK
    message: str = ""
    remedy: str = ""
    seconds: float = 0.0
    """Of reading, checking and writing, whenever that was."""
    notes: tuple[str, ...] = ()
    """Deaths of workers that were survived, pages given up."""
    trace: str = ""
    """The traceback of a defect of this program."""

    def as_record(self) -> dict[str, Any]:
        """Return the outcome as JSON values."""
        counts = self.counts
        return {
            "status": self.status.value,
            "name": self.name,
            "pages": counts.pages,
            "tables": counts.tables,
            "records": counts.records,
            "errors": counts.errors,
            "warnings": counts.warnings,
            "code": int(self.code),
            "message": self.message,
            "remedy": self.remedy,
            "seconds": round(self.seconds, 3),
            "notes": list(self.notes),
            "trace": self.trace,
        }


def outcome_from_record(record: dict[str, Any]) -> Outcome:
    """Return what :meth:`Outcome.as_record` gave; raises KeyError, TypeError or ValueError for anything else."""
    counts = Counts(*(int(record[key]) for key in ("pages", "tables", "records", "errors", "warnings")))
    return Outcome(
        Status(record["status"]),
        str(record["name"]),
        counts,
        ExitCode(record["code"]),
        str(record["message"]),
        str(record["remedy"]),
        float(record["seconds"]),
        tuple(str(note) for note in record["notes"]),
        str(record["trace"]),
    )


def failed(failure: Failure, **more: Any) -> Outcome:  # noqa: ANN401 - fields of Outcome
    """Return the outcome of a document that could not be converted."""
    return Outcome(Status.FAILED, code=failure.code, message=failure.message, remedy=failure.remedy, **more)
