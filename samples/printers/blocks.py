"""What a document is made of, before any printer touches it."""

from __future__ import annotations

from dataclasses import dataclass

from samples.content.model import SampleTable


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph of running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter or section title."""

    text: str


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with its caption."""

    table: SampleTable
    caption: tuple[str, ...] | None = None
    """Printed instead of the table's own caption and notes; empty for none."""
    continuation: str = ""
    """Printed above the table on every further page (``Lanjutan Tabel III.1``)."""
    beside: str = ""
    """Running text set in a column to the right of the table."""

    @property
    def caption_lines(self) -> tuple[str, ...]:
        """Centred lines above the table."""
        return self.table.caption if self.caption is None else self.caption

    @property
    def note_lines(self) -> tuple[str, ...]:
        """Lines at the left between caption and table."""
        return self.table.notes if self.caption is None else ()


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption with no table under it."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrgChart:
    """Boxes joined by lines: drawn, but no table."""

    boxes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """Start a page, of another size (points) or drawn sideways if asked."""

    size: tuple[float, float] | None = None
    rotate: str = ""
    """Overrides the page style's own (``none``, ``flag``, ``bare``) from here on."""


Block = Prose | Heading | Caption | TableBlock | OrgChart | NewPage


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on every page."""

    head: str = ""
    foot: str = ""
    page_numbers: bool = True
    as_table: bool = False
    """The footer is drawn as a ruled table of two cells."""
    watermark: str = ""
    """``invisible`` (text render mode 3) or ``grey`` (light diagonal text)."""
