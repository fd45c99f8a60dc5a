"""The one place where an error becomes an exit code and a message a person can act on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from export.errors import (
    CorrectionsError,
    ExportError,
    OutputCorrectedError,
    OutputEditedError,
    OutputNotWritableError,
    RecordFileError,
)
from export.page_spans import page_spans
from export.reading.read_errors import NotOurOutputError
from extract.errors import EmptyFile, EncryptedPdf, LimitExceeded, NotAPdf, PdfError, TruncatedPdf
from extract.shelf import ShelfFullError
from renja.exit_codes import ExitCode
from renja.shown import shown
from schemas.errors import NomenclatureError, SchemaError


class InputUnreadableError(Exception):
    """A named input file does not exist or may not be read."""

    def __init__(self, path: Path, reason: str) -> None:
        """Name the file and the operating system's reason."""
        super().__init__(f"{path}: cannot be read ({reason})")
        folder = "It is a folder; name a file in it."
        self.remedy = folder if path.is_dir() else "Check the path and the permissions of the file."


class NoKnownTableError(Exception):
    """A document was read but holds no table of a known, or of a wanted, kind."""

    remedy = "Run `renja inspect` to see which tables it has; declare another kind with --schema-dir."

    def __init__(self, path: Path, pages: int, wanted: tuple[str, ...] = (), unread: int = 0) -> None:
        """Name the file, how many pages were searched, the kinds asked for, and how many pages could not be read."""
        sought = f"no table of the kinds {', '.join(wanted)}" if wanted else "no table of a known kind"
        rest = f"; {unread} pages could not be read" if unread else ""
        super().__init__(f"{path}: {sought} on the {pages} pages read{rest}")


class NoSuchPageError(Exception):
    """None of the pages asked for is in the document."""

    remedy = "Count pages from the first one of the PDF, whatever number is printed on it."

    def __init__(self, path: Path, pages: tuple[int, ...]) -> None:
        """Name the file and the pages."""
        super().__init__(f"{path}: has no page {page_spans(pages)}")


class NoInputError(Exception):
    """A folder or pattern that names no PDF at all."""

    remedy = "Check the path; folders are searched for files whose names end in .pdf."

    def __init__(self, argument: str) -> None:
        """Name the argument."""
        super().__init__(f"{argument}: no PDF found")


class OutputLockedError(Exception):
    """Another run is writing to the same folder."""

    remedy = "Wait until it has ended, or choose another folder with -o."

    def __init__(self, out: object, holder: str = "") -> None:
        """Name the folder, and who writes there where that is known."""
        super().__init__(f"{out}: another run of renja is writing to this folder{f' ({holder})' if holder else ''}")


class InputTooLargeError(Exception):
    """A remote file is larger than any PDF that is read; it was not copied to its end."""

    remedy = "Split it, for instance with `qpdf --split-pages`."

    def __init__(self, where: str, limit: int) -> None:
        """Name the file and the limit in bytes."""
        super().__init__(f"{where}: has more than {limit / 1e6:.0f} MB")


class RemoteInputError(Exception):
    """A file behind a URL cannot be had."""

    def __init__(self, where: str, reason: str, remedy: str) -> None:
        """Name the address, what happened, and what to do."""
        super().__init__(f"{where}: cannot be read ({reason})")
        self.remedy = remedy


class RemoteOutputError(Exception):
    """An output folder behind a URL cannot be used."""

    def __init__(self, where: str, reason: str, remedy: str) -> None:
        """Name the address, what happened, and what to do."""
        super().__init__(f"{where}: cannot be written ({reason})")
        self.remedy = remedy


class NoClusterError(Exception):
    """The cluster cannot be used."""

    remedy = "Start it with `dask scheduler` and `dask worker ADDRESS`; install renja-tables[cluster] on every machine."


class UnknownSchemaError(Exception):
    """A table key that no schema declares."""

    remedy = "Run `renja schema list` to see the keys."

    def __init__(self, key: str) -> None:
        """Name the key."""
        super().__init__(f"{key}: no table kind has this key")


_CODES: tuple[tuple[type[Exception], ExitCode], ...] = (
    (InputUnreadableError, ExitCode.INPUT_UNREADABLE),
    (EmptyFile, ExitCode.EMPTY_FILE),
    (NotAPdf, ExitCode.NOT_A_PDF),
    (EncryptedPdf, ExitCode.ENCRYPTED_PDF),
    (LimitExceeded, ExitCode.LIMIT_EXCEEDED),
    (TruncatedPdf, ExitCode.TRUNCATED_PDF),
    (PdfError, ExitCode.TRUNCATED_PDF),
    (NoInputError, ExitCode.INPUT_UNREADABLE),
    (RemoteInputError, ExitCode.INPUT_UNREADABLE),
    (InputTooLargeError, ExitCode.LIMIT_EXCEEDED),
    (RemoteOutputError, ExitCode.OUTPUT_NOT_WRITABLE),
    (OutputLockedError, ExitCode.OUTPUT_LOCKED),
    (NoClusterError, ExitCode.CLUSTER_UNAVAILABLE),
    (NoSuchPageError, ExitCode.USAGE),
    (NoKnownTableError, ExitCode.NO_KNOWN_TABLE),
    (OutputEditedError, ExitCode.OUTPUT_EDITED),
    (OutputCorrectedError, ExitCode.OUTPUT_EDITED),
    (CorrectionsError, ExitCode.CORRECTIONS_REFUSED),
    (RecordFileError, ExitCode.CORRECTIONS_REFUSED),
    (NotOurOutputError, ExitCode.NOT_OUR_OUTPUT),
    (OutputNotWritableError, ExitCode.OUTPUT_NOT_WRITABLE),
    (ExportError, ExitCode.OUTPUT_NOT_WRITABLE),
    (ShelfFullError, ExitCode.OUTPUT_NOT_WRITABLE),
    (SchemaError, ExitCode.SCHEMA_INVALID),
    (UnknownSchemaError, ExitCode.SCHEMA_INVALID),
    (NomenclatureError, ExitCode.SCHEMA_INVALID),
)


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as the command reports it."""

    code: ExitCode
    message: str
    remedy: str

    def __str__(self) -> str:
        """Return the message as it stands on standard error."""
        return f"{self.message}\n  -> {self.remedy}" if self.remedy else self.message


class ReportedError(Exception):
    """A failure that another process has already put into words."""

    def __init__(self, failure: Failure) -> None:
        """Keep the failure."""
        super().__init__(failure.message)
        self.failure = failure


EXPECTED_ERRORS: tuple[type[Exception], ...] = (*(error for error, _ in _CODES), ReportedError)
"""Errors a user can meet and mend, or that were reported; anything else is a defect of this program."""


def failure_of(error: Exception) -> Failure:
    """Return the failure for one of :data:`EXPECTED_ERRORS`; anything else is :attr:`ExitCode.INTERNAL`."""
    if isinstance(error, ReportedError):
        return error.failure
    code = next((code for kind, code in _CODES if isinstance(error, kind)), ExitCode.INTERNAL)
    if isinstance(error, PdfError):  # its text already carries the remedy; here it stands on its own line
        place = [str(error.path)] if error.path else []
        place += [f"page {error.page}"] if error.page else []
        return Failure(code, shown(": ".join([*place, error.message])), f"{error.remedy}.")
    return Failure(code, shown(str(error)), str(getattr(error, "remedy", "")))
