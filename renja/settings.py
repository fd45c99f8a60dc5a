"""What a user may choose about reading a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

DEFAULT_DPI = 300
"""Resolution at which scanned pages are rendered for recognition."""
MIN_DPI = 72
MAX_DPI = 600

Progress = Callable[[int, int], None]
"""Told (pages done, pages in all) after each page."""


class OcrMode(StrEnum):
    """When page pictures are recognised."""

    AUTO = "auto"
    """On pages whose text layer is missing or cannot be trusted."""
    ALWAYS = "always"
    NEVER = "never"


def silent(_done: int, _total: int) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How one document is read."""

    pages: tuple[int, ...] = ()
    """1-based, ascending; empty for all pages."""
    tables: tuple[str, ...] = ()
    """Table keys to keep; empty for all kinds."""
    ocr: OcrMode = OcrMode.AUTO
    dpi: int = DEFAULT_DPI
    schema_dir: Path | None = None
    """Folder of table kinds that add to or replace the bundled ones."""
    nomenclature: Path | None = None
    """Official list of sub kegiatan (xlsx)."""
    password: str = field(default="", repr=False)
    progress: Progress = field(default=silent, compare=False, repr=False)

    def as_record(self) -> Mapping[str, str | int | list[int] | list[str] | None]:
        """Return the settings for the manifest; the schema folder by its name, so that no path is told."""
        return {
            "pages": list(self.pages) or "all",
            "tables": list(self.tables) or "all",
            "ocr": self.ocr.value,
            "dpi": self.dpi,
            "schema_dir": self.schema_dir.name if self.schema_dir else None,
            "nomenklatur": self.nomenclature.name if self.nomenclature else None,
        }
