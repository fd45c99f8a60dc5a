"""What became of one page, and where such results wait for the rest of their document.

Apart from the reading itself, so that whoever only keeps results loads none of the readers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from extract.findings import Finding
from extract.model import Page


@dataclass(frozen=True, slots=True)
class PageResult:
    """One page as read: its words and rulings, or None and the reason among the findings."""

    number: int
    """1-based."""
    page: Page | None
    findings: tuple[Finding, ...] = ()
    seconds: float = 0.0
    """What reading it took, whenever that was."""


class PageStore(Protocol):
    """Where page results wait for the rest of their document."""

    def get(self, number: int) -> PageResult | None:
        """Return the result of a page, None when it has to be read."""

    def put(self, result: PageResult) -> None:
        """Take a result that was just read."""


class NoStore:
    """Keeps nothing: every page is read."""

    def get(self, number: int) -> PageResult | None:  # noqa: ARG002 - the protocol's signature
        """Return None."""
        return None

    def put(self, result: PageResult) -> None:
        """Forget the result."""
