"""The records that leave the normalizer: typed values that still know where they were printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from extract.findings import Finding
from extract.model import BBox, Line
from extract.records import record
from normalize.form import Kind


class Tingkat(StrEnum):
    """Level of a record in the planning hierarchy."""

    URUSAN = "urusan"
    BIDANG_URUSAN = "bidang_urusan"
    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    SUB_KEGIATAN = "sub_kegiatan"
    INDIKATOR = "indikator"
    """A further indicator of the record above; its own name is blank."""
    KELOMPOK = "kelompok"
    """A group heading that is no level of the nomenclature."""
    TOTAL = "total"
    BARIS = "baris"


@record(frozen=True, slots=True)
class Source:
    """A place on a page, in points of the upright page, origin top-left."""

    page: int
    bbox: BBox


@record(frozen=True, slots=True)
class Value:
    """One field of a record."""

    raw: str
    """As printed, one printed line a line."""
    text: str
    """Cleaned text: wraps joined, bullets on lines of their own."""
    number: Decimal | None = None
    """The plain value of a number column, or of a quantity with exactly one value."""
    unit: str = ""
    """Unit of a quantity with exactly one value."""
    rule: str = ""
    """Name of the number rule that gave :attr:`number`."""
    confidence: float = 1.0
    alternatives: tuple[Decimal, ...] = ()
    """Other well-formed readings of the same print, best first."""
    sources: tuple[Source, ...] = ()
    """Every cell the text came from; two when a page break cut it."""


BLANK = Value("", "")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table as found in this document."""

    key: str
    title: str
    kind: Kind
    header_path: tuple[str, ...]
    """As printed, outermost first."""
    declared: bool = True
    """False for an ``x_<slug>`` column no schema claims."""
    fill_down: bool = False
    unit_factor: Decimal = Decimal(1)
    """1000 when the header says ``(Rp.000)``; already applied to the values."""
    numbering: str = ""
    """The printed text of its numbering cell (``12 = 8+9+10+11``)."""
    sureness: float = 1.0
    """How sure it is that this column was printed here; below 1 where a recogniser may have misread its header."""
    order: int = 1_000
    """Position in the schema; undeclared columns come last, in printed order."""


@record(frozen=True, slots=True)
class Record:
    """One row of a logical table."""

    values: Mapping[str, Value]
    """Keyed by column key; a key may be absent for a blank cell."""
    tingkat: Tingkat
    page: int
    """First page of the record, 1-based."""
    confidence: float
    bold: bool = False

    def get(self, key: str) -> Value:
        """Return the field, blank when the record has none."""
        return self.values.get(key, BLANK)


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """One cell of the printed header, in logical column indices, for the print-alike sheet."""

    text: str
    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Table:
    """A logical table, stitched over its pages."""

    key: str
    """Schema key, unique in a document together with :attr:`ordinal`."""
    title: str
    """The caption as printed, or the form's title when none was."""
    columns: tuple[Column, ...]
    records: Sequence[Record]
    """In printed order."""
    pages: tuple[int, ...]
    header: tuple[HeaderCell, ...] = ()
    header_rows: int = 0
    ordinal: int = 1
    """2, 3 ... when a document prints the same kind more than once."""
    confidence: float = 1.0
    """How sure the recognition of the kind is."""
    evidence: tuple[str, ...] = ()
    """Why it was taken for this kind and how its pages were joined, for people."""


@dataclass(frozen=True, slots=True)
class UnknownTable:
    """A grid that no schema claims; ``inspect`` lists it and ``--raw`` exports it."""

    page: int
    bbox: BBox
    rows: int
    columns: int
    caption: str
    best_guess: str
    score: float
    follows: str = ""
    """Key of the table it stands right behind, when it may be a continuation that was not recognised."""
    titled: str = ""
    """Key of the form whose title, over a digital table whose national label, stands over it: its header is misread."""
    damage: str = ""
    """In which way a recogniser failed to see its cells, for people; empty where it seems to have seen them."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A line of a table page that landed in no cell."""

    page: int
    line: Line
    role: str
    """``caption``, ``furniture``, ``text``, ``unknown_table`` (a grid no schema claims) or ``invisible``."""


@dataclass(frozen=True, slots=True)
class PageReport:
    """What one page was and cost, for the manifest."""

    number: int
    kind: str
    turned: int
    tables: tuple[str, ...]
    seconds: float
    evidence: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """Everything read from one PDF."""

    name: str
    tables: tuple[Table, ...]
    unknown: tuple[UnknownTable, ...]
    leftovers: Sequence[Leftover]
    """In reading order."""
    findings: tuple[Finding, ...]
    pages: tuple[PageReport, ...]
    agency: str = ""
    year: int | None = None
