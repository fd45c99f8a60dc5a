"""The exit codes of the command; the README lists them for scripts."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a run ended. Findings do not change the code of a conversion unless they stand for a lost page."""

    OK = 0
    INTERNAL = 1
    """A defect of this program."""
    USAGE = 2
    """The command line is wrong."""
    INPUT_UNREADABLE = 3
    """The file does not exist or may not be read."""
    NOT_A_PDF = 4
    EMPTY_FILE = 5
    TRUNCATED_PDF = 6
    """Cut off or damaged."""
    ENCRYPTED_PDF = 7
    LIMIT_EXCEEDED = 8
    """More pages, pixels or memory than allowed."""
    NO_KNOWN_TABLE = 9
    """Read, and a manifest written, but no table of a known kind is in it."""
    OUTPUT_NOT_WRITABLE = 10
    OUTPUT_EDITED = 11
    """An earlier output was changed by hand; ``--force`` overwrites it."""
    SCHEMA_INVALID = 12
    """A file of ``--schema-dir`` cannot be used, or the key is not known."""
    CORRECTIONS_REFUSED = 13
    """Corrections or a record that belong to another PDF or another reading of it, or are malformed."""
    OUTPUT_LOCKED = 14
    """Another run is writing to the same output folder."""
    WORKER_DIED = 15
    """The process that read the document was killed, or a native library crashed, each time it was tried."""
    CLUSTER_UNAVAILABLE = 16
    """No Dask scheduler answers, or the extra ``cluster`` is not installed."""
    PAGES_LOST = 17
    """Converted and written, but without pages that could not be read, whatever the reason."""
    ERRORS_FOUND = 20
    """``renja check`` found errors."""
    WARNINGS_FOUND = 21
    """``renja check --fail-on warning`` found warnings and no errors."""
    NOT_OUR_OUTPUT = 22
    """A workbook or folder that ``renja convert`` did not write, or that lost what is needed to read it."""
    INTERRUPTED = 130
    """Stopped with Ctrl-C."""
