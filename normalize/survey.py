"""What all pages together tell before any table is read: running heads, known words, and the lines outside tables."""

from __future__ import annotations

from collections.abc import Iterable

from extract.model import PageContent, PageOrigin
from normalize.headers.captions import MarginLines
from normalize.rows.draft_row import KnownWords
from normalize.text.lexicon import PrintedWords
from normalize.text.vocabulary import SurelyRead


class Survey:
    """One look at each page of a document."""

    def __init__(self) -> None:
        """Begin without any page."""
        self.lines: list[str] = []
        """The texts outside all grids, in reading order."""
        self._margins = MarginLines()
        self._printed = PrintedWords()
        self._sure = SurelyRead()
        self._recognised = False

    def add(self, page: PageContent) -> None:
        """Look at one more page."""
        lines = [line for grid in page.grids for cell in grid.cells for line in cell.lines]
        lines.extend(page.loose)
        self.lines.extend(line.text for line in page.loose)
        self._margins.add(page)
        self._printed.add(lines)
        self._sure.add(lines)
        self._recognised = self._recognised or page.origin is PageOrigin.RASTER

    def furniture(self) -> frozenset[tuple[str, bool]]:
        """Return the keys of the margin lines that recur over pages."""
        return self._margins.furniture()

    def known_words(self, official_names: Iterable[str]) -> KnownWords:
        """Return the words by which texts are joined and mended; ``official_names`` are those of a nomenclature."""
        vocabulary = self._sure.vocabulary(official_names) if self._recognised else None
        return KnownWords(self._printed.lexicon(), vocabulary)
