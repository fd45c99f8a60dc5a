"""Loose lines of a page told apart: captions of tables, furniture that repeats over pages, and other text."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extract.model import Grid, Line, PageContent
from normalize.fold import fold_caption

MAX_CAPTION_LINES = 8
"""Lines above a grid that can belong to its caption (number, title, agency, year, quarter)."""
MAX_LINE_GAP = 3.0
"""Largest gap between caption lines, in line heights."""
MARGIN_SHARE = 0.12
"""Share of the page height at top and bottom where running heads and page numbers stand."""
MIN_REPEATS = 2
"""Pages a margin line must recur on, digits aside, to be furniture."""

LABEL = re.compile(
    r"^(?:lanjutan\s+|lampiran\s+)?(?:tabel|tabel\.|table|formulir|form)\s*[.:]?\s*"
    r"(?P<label>(?:t\s*[-–.]?\s*[vc]+\b|[ivx]+|e|\d+)(?:\s*[-–.]\s*[a-z0-9]+)*)",
    re.IGNORECASE,
)
"""``Tabel T-C. 33.``, ``TABEL III.1``, ``Tabel 3.1``, ``Formulir E.81``, ``Lanjutan Tabel III.1``."""
CONTINUATION = re.compile(r"\blanjutan\b|\(lanj\.?\)|\bsambungan\b", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"^\W*(?:hal(?:aman)?\.?\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|dari|of)\s*\d{1,4})?\W*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Caption:
    """The printed lines that name a table."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The lines as printed, one a line."""
        return "\n".join(line.text for line in self.lines)

    @property
    def folded(self) -> str:
        """The caption as caption patterns expect it."""
        return fold_caption(self.text)

    @property
    def labelled(self) -> bool:
        """Whether a line carries a table number."""
        return any(LABEL.match(line.text.strip()) for line in self.lines)

    @property
    def continues(self) -> bool:
        """Whether it says that the table goes on from the page before."""
        return bool(CONTINUATION.search(self.text))


class MarginLines:
    """The lines at the margins of the pages seen so far."""

    def __init__(self) -> None:
        """Begin without any page."""
        self._seen: Counter[tuple[str, bool]] = Counter()

    def add(self, page: PageContent) -> None:
        """See one more page."""
        self._seen.update({key for line in page.loose if (key := _margin_key(line, page)) is not None})

    def furniture(self) -> frozenset[tuple[str, bool]]:
        """Return the (digit-free text, is at the bottom) keys of those that recur over pages."""
        return frozenset(key for key, count in self._seen.items() if count >= MIN_REPEATS)


def is_furniture(line: Line, page: PageContent, keys: frozenset[tuple[str, bool]]) -> bool:
    """Say whether a loose line is a running head, a footer or a page number."""
    key = _margin_key(line, page)
    if key is None:
        return False
    return bool(_PAGE_NUMBER.match(line.text)) or (key in keys and not LABEL.match(line.text.strip()))


def caption_above(grid: Grid, page: PageContent, taken: Sequence[Grid], keys: frozenset[tuple[str, bool]]) -> Caption:
    """Return the caption standing between the grid and whatever is above it (another grid, prose, the page's top).

    A labelled line (``Tabel ...``) bounds the caption at its top; without one, the short centred lines directly above
    the grid are taken.
    """
    ceiling = max((other.bbox.bottom for other in taken if other.bbox.bottom <= grid.bbox.top + 1), default=0.0)
    above = [
        line
        for line in page.loose
        if ceiling - 1 <= line.bbox.center_y < grid.bbox.top + 1
        and line.bbox.x0 < grid.bbox.x1
        and line.bbox.x1 > grid.bbox.x0
        and not is_furniture(line, page, keys)
    ]
    above.sort(key=lambda line: (line.bbox.top, line.bbox.x0))
    near: list[Line] = []
    floor = grid.bbox.top
    for line in reversed(above):
        gap = floor - line.bbox.bottom
        if len(near) == MAX_CAPTION_LINES or gap > MAX_LINE_GAP * max(line.bbox.height, 6.0):
            break
        near.insert(0, line)
        floor = min(floor, line.bbox.top)
        if LABEL.match(line.text.strip()):
            return Caption(tuple(near))
    labelled = [number for number, line in enumerate(above) if LABEL.match(line.text.strip())]
    if labelled and len(above) - labelled[-1] <= MAX_CAPTION_LINES:
        return Caption(tuple(above[labelled[-1] :]))
    titles = [line for line in near if not _is_prose(line, grid)]
    return Caption(tuple(titles))


def stands_first(grid: Grid, page: PageContent, keys: frozenset[tuple[str, bool]]) -> bool:
    """Say whether nothing but a running head is printed above the grid."""
    return not any(other.bbox.top < grid.bbox.top for other in page.grids) and all(
        line.bbox.center_y >= grid.bbox.top or is_furniture(line, page, keys) for line in page.loose
    )


def caption_at_foot(page: PageContent, keys: frozenset[tuple[str, bool]]) -> Caption:
    """Return the labelled caption that ends a page, its table printed overleaf; blank when the page ends otherwise."""
    floor = max((grid.bbox.bottom for grid in page.grids), default=0.0)
    below = [line for line in page.loose if line.bbox.top >= floor - 1 and not is_furniture(line, page, keys)]
    below.sort(key=lambda line: (line.bbox.top, line.bbox.x0))
    last = next((n for n in range(len(below) - 1, -1, -1) if LABEL.match(below[n].text.strip())), None)
    if last is None or len(below) - last > MAX_CAPTION_LINES:
        return Caption(())
    lines = below[last:]
    follows = itertools.pairwise(lines)
    near = all(after.bbox.top - line.bbox.bottom <= MAX_LINE_GAP * line.bbox.height for line, after in follows)
    closes = lines[-1].text.rstrip().endswith((".", ";", ":")) and len(lines) > 1  # prose that begins with a label
    return Caption(tuple(lines) if near and not closes else ())


def _is_prose(line: Line, grid: Grid) -> bool:
    """Say whether a line belongs to a paragraph: over the whole measure, or the closing line of one."""
    text = line.text.strip()
    letters = [character for character in text if character.isalpha()]
    capitals = sum(character.isupper() for character in letters)
    wide = line.bbox.width > 0.8 * grid.bbox.width
    closes = text.endswith((".", ";", ":")) and text[:1].islower()
    return not line.bold and (wide or closes) and capitals < 0.6 * len(letters)


def _margin_key(line: Line, page: PageContent) -> tuple[str, bool] | None:
    at_top = line.bbox.bottom <= MARGIN_SHARE * page.height
    at_bottom = line.bbox.top >= (1 - MARGIN_SHARE) * page.height
    if not (at_top or at_bottom):
        return None
    return "".join(character for character in fold_caption(line.text) if not character.isdigit()).strip(), at_bottom
