"""What can go wrong when files are written; each error says what to do."""

from __future__ import annotations

from pathlib import Path


class ExportError(Exception):
    """An output could not be written; ``remedy`` tells the reader what to do about it."""

    remedy = ""


class OutputNotWritableError(ExportError):
    """The output folder cannot be created or written."""

    remedy = "Choose another folder with -o, free some space, or close the workbook if it is open in Excel."

    def __init__(self, path: Path | str, reason: str) -> None:
        """Name the path that failed and the operating system's reason."""
        super().__init__(f"{path}: cannot be written ({reason})")


class OutputEditedError(ExportError):
    """An earlier output was changed by hand and would be lost."""

    remedy = "Move the edited file away, choose another folder with -o, or pass --force to overwrite it."

    def __init__(self, path: Path | str) -> None:
        """Name the edited file."""
        super().__init__(f"{path}: was changed after it was written and would be overwritten")


class TooManyRowsError(ExportError):
    """A table is longer than an Excel sheet."""

    remedy = "Write CSVs only (--format csv), or convert fewer pages at a time (--pages)."

    def __init__(self, title: str, rows: int) -> None:
        """Name the table and its length."""
        super().__init__(f"{title}: {rows} rows do not fit on an Excel sheet")
