"""Logical tables under construction: the grids that are one table, and what each grid column is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from extract.model import Cell, Grid
from normalize.form import TableForm
from normalize.headers.captions import Caption
from normalize.headers.header import Header
from normalize.headers.identify import Candidate
from normalize.headers.part_columns import Guess, GuessedFrom
from normalize.model import Column, Leftover, Tingkat, UnknownTable


@dataclass(frozen=True, slots=True)
class Part:
    """The piece of a table on one page."""

    grid: Grid
    header: Header
    keys: tuple[str, ...]
    """Column key of every grid column."""
    caption: Caption
    levels: Mapping[int, Tingkat] = field(default_factory=dict)
    """The level of each grid column headed by one (``Program``, ``Kegiatan``); empty for most tables."""
    beyond: tuple[tuple[int, int], ...] = ()
    """First grid column and page of each part of the sheet that was printed on another page, left to right."""
    doubt: str = ""
    """Why it may not belong to the table after all, for people; blank when nothing speaks against it."""

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages it is printed on."""
        return (self.grid.page, *(page for _, page in self.beyond))

    def page_of(self, cell: Cell) -> int:
        """Return the page a cell of the grid is printed on."""
        return next((page for column, page in reversed(self.beyond) if column <= cell.column), self.grid.page)


@dataclass(slots=True)
class StitchedTable:
    """A logical table under construction: its columns and its parts in page order."""

    claim: Candidate
    caption: Caption
    columns: list[Column] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    likeness: dict[str, float] = field(default_factory=dict)
    """Per declared column key the score of its printed header, the lowest of all parts."""
    guesses: dict[str, Guess] = field(default_factory=dict)
    """Per column key what its header was guessed from, where a recogniser misread it."""
    doubts: dict[str, str] = field(default_factory=dict)
    """Per column key why it is not proven to be that column, where a recogniser read its header; Indonesian."""
    spread: tuple[int, ...] = ()
    """How many pages after its left part each further part of a wide sheet is printed; empty for most tables."""

    def rename(self, old: str, column: Column) -> None:
        """Give the column called ``old`` on the pages so far the name that a later header prints."""
        title = next(known.title for known in self.columns if known.key == old)
        self.columns = [column if known.key == old else known for known in self.columns]
        self.parts = [
            replace(part, keys=tuple(column.key if key == old else key for key in part.keys)) for part in self.parts
        ]
        self.guesses[column.key] = Guess(title, GuessedFrom.PAGES)

    @property
    def form(self) -> TableForm:
        """The declared form it was recognised as."""
        return self.claim.form

    @property
    def score(self) -> float:
        """The evidence for its form."""
        return self.claim.score


@dataclass(frozen=True, slots=True)
class Stitched:
    """What the pages hold."""

    tables: tuple[StitchedTable, ...]
    unknown: tuple[UnknownTable, ...]
    leftovers: tuple[Leftover, ...]
