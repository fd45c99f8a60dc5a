"""What can go wrong when our own outputs are read back; each error says what to do."""

from __future__ import annotations

from pathlib import Path

from export.errors import ExportError


class NotOurOutputError(ExportError):
    """A file or folder that ``renja convert`` did not write, or that lost what is needed to read it."""

    remedy = "Name a workbook OUT/<name>.xlsx or a folder OUT/<name> that `renja convert` wrote."

    def __init__(self, path: Path, reason: str) -> None:
        """Name the path and what is missing."""
        super().__init__(f"{path}: cannot be read back ({reason})")
