"""The records of a recapitulation: the work plans of many agencies, stacked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from extract.findings import Finding
from normalize.model import Document, Tingkat

UNSAID = "(tidak disebut)"
"""Stands for a name the document does not print."""


@dataclass(frozen=True, slots=True)
class Output:
    """One output of ``renja convert`` as it is now."""

    name: str
    """How messages call it: its file name or the name of its folder."""
    document: Document
    open_errors: int = 0
    """Doubts of severity *error* that nobody has decided."""


@dataclass(frozen=True, slots=True)
class RekapRow:
    """One sub kegiatan and indicator, or one source of its funds."""

    output: int
    """Position of its output."""
    agency: str
    table: str
    """Name of its table, as its CSV."""
    unit: str
    urusan: str
    program: str
    kegiatan: str
    code: str
    code_from: str
    """Name of the table of the same document that prints the code, when the row's own does not."""
    name: str
    tingkat: Tingkat
    indicator: str
    target: str
    amount: Decimal | None
    next_amount: Decimal | None
    """Prakiraan maju."""
    fund: str
    place: str
    number: int
    """1-based record in its table."""
    page: int
    counted: bool = True
    """False for what is printed a second time."""
    unreadable: bool = False
    """Digits are printed where the amount belongs, but no number was read."""


@dataclass(frozen=True, slots=True)
class Agency:
    """What is told of one output besides its rows."""

    name: str
    output: str
    year: int | None
    tables: tuple[str, ...]
    """Names of the tables its rows come from."""
    printed_total: Decimal | None
    """The total the document prints, ``None`` when it prints none."""
    open_errors: int
    counted: bool = True


@dataclass(frozen=True, slots=True)
class RekapFinding:
    """Something to look at before the recapitulation is used."""

    agency: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Rekap:
    """All agencies."""

    agencies: tuple[Agency, ...]
    """One for each output, in the order given."""
    rows: tuple[RekapRow, ...]
    findings: tuple[RekapFinding, ...]
    expected: int | None = None
    """Agencies on the list given, if one was."""

    @property
    def counted(self) -> tuple[RekapRow, ...]:
        """The rows that are added up."""
        return tuple(row for row in self.rows if row.counted)


def total(rows: Iterable[RekapRow]) -> Decimal:
    """Return the sum of the amounts."""
    return sum((row.amount for row in rows if row.amount is not None), Decimal(0))


def next_total(rows: Iterable[RekapRow]) -> Decimal:
    """Return the sum of the prakiraan maju."""
    return sum((row.next_amount for row in rows if row.next_amount is not None), Decimal(0))
