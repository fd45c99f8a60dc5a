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


class OutputCorrectedError(ExportError):
    """An earlier output holds corrections that converting again would leave out."""

    remedy = "Choose another folder with -o, or pass --force and then put koreksi.json in again with `renja apply`."

    def __init__(self, path: Path | str) -> None:
        """Name the file of corrections."""
        super().__init__(f"{path}: its corrections are in the earlier output and would be left out")


class TooManyRowsError(ExportError):
    """A table is longer than an Excel sheet."""

    remedy = "Write CSVs only (--format csv), or convert fewer pages at a time (--pages)."

    def __init__(self, title: str, rows: int) -> None:
        """Name the table and its length."""
        super().__init__(f"{title}: {rows} rows do not fit on an Excel sheet")


class RecordFileError(ExportError):
    """The record of an earlier conversion cannot be used."""

    remedy = "Convert the PDF again with `renja convert`; the corrections in koreksi.json stay."

    def __init__(self, path: Path, reason: str) -> None:
        """Name the file and what is wrong with it."""
        super().__init__(f"{path}: {reason}")


class CorrectionsError(ExportError):
    """A file of corrections cannot be applied; nothing was changed."""

    def __init__(self, path: Path | str, reason: str, remedy: str) -> None:
        """Name the file, what is wrong with it, and what to do."""
        super().__init__(f"{path}: {reason}")
        self.remedy = remedy
