"""Grids drawn in text, so that a test shows the table it is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from extract.model import BBox, Cell, Grid, Line, PageContent, PageOrigin, Word
from normalize.document import build_document
from normalize.form import TableForm
from normalize.model import Document
from schemas.loader import load_schemas

COLUMN_WIDTH = 80.0
ROW_HEIGHT = 20.0
LINE_HEIGHT = 8.0

LEFT, UP = "<", "^"
"""In a drawn row: this position belongs to the cell on its left, or above it."""

MakeGrid = Callable[..., Grid]


def line(text: str, x0: float, top: float, *, bold: bool = False) -> Line:
    words, x = [], x0
    for part in text.split():
        width = 4.0 * len(part)
        words.append(Word(part, BBox(x, top, x + width, top + LINE_HEIGHT), size=LINE_HEIGHT, bold=bold))
        x += width + 3.0
    return Line(tuple(words), BBox(x0, top, max(x - 3.0, x0), top + LINE_HEIGHT))


def draw_grid(
    rows: Sequence[Sequence[str]],
    *,
    page: int = 1,
    top: float = 100.0,
    left: float = 40.0,
    open_top: bool = False,
    open_bottom: bool = False,
    bold_rows: Sequence[int] = (),
) -> Grid:
    """Build a grid from rows of texts; ``<`` and ``^`` mark positions a cell on the left or above spans."""
    columns = len(rows[0])
    x_edges = tuple(left + COLUMN_WIDTH * n for n in range(columns + 1))
    y_edges = tuple(top + ROW_HEIGHT * n for n in range(len(rows) + 1))
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in (LEFT, UP):
                continue
            across = 1
            while c + across < columns and row[c + across] == LEFT:
                across += 1
            down = 1
            while r + down < len(rows) and rows[r + down][c] == UP:
                down += 1
            box = BBox(x_edges[c], y_edges[r], x_edges[c + across], y_edges[r + down])
            printed = [part for part in text.split("\n") if part.strip()]
            lines = tuple(
                line(part, box.x0 + 2, box.top + 1 + (LINE_HEIGHT + 1) * n, bold=r in bold_rows)
                for n, part in enumerate(printed)
            )
            cells.append(Cell(r, c, down, across, box, lines))
    return Grid(
        page=page,
        bbox=BBox(x_edges[0], y_edges[0], x_edges[-1], y_edges[-1]),
        x_edges=x_edges,
        y_edges=y_edges,
        cells=tuple(cells),
        open_top=open_top,
        open_bottom=open_bottom,
    )


def as_scanned(grid: Grid) -> Grid:
    """Return the grid as if a recogniser had read its words."""

    def scanned(printed: Line) -> Line:
        return replace(printed, words=tuple(replace(word, confidence=0.97) for word in printed.words))

    return replace(grid, cells=tuple(replace(c, lines=tuple(map(scanned, c.lines))) for c in grid.cells))


def draw_page(*grids: Grid, loose: Sequence[Line] = (), number: int = 1) -> PageContent:
    return PageContent(number, 936.0, 609.0, PageOrigin.DIGITAL, 0, tuple(grids), tuple(loose))


@pytest.fixture
def grid_of() -> MakeGrid:
    return draw_grid


@pytest.fixture
def scanned() -> Callable[[Grid], Grid]:
    return as_scanned


@pytest.fixture
def page_of() -> Callable[..., PageContent]:
    return draw_page


@pytest.fixture
def line_of() -> Callable[..., Line]:
    return line


@pytest.fixture(scope="session")
def forms() -> list[TableForm]:
    return [schema.form for schema in load_schemas().values()]


@pytest.fixture
def read(forms: list[TableForm]) -> Callable[..., Document]:
    """Read pages, each drawn as rows of texts with the caption lines above them."""

    def read_pages(*pages: Sequence[Sequence[str]] | PageContent, caption: Sequence[str] = ()) -> Document:
        contents = []
        for number, drawn in enumerate(pages, start=1):
            if isinstance(drawn, PageContent):
                contents.append(drawn)
                continue
            printed = caption if number == 1 else ()
            above = [line(text, 60.0, 98.0 - 12 * (len(printed) - n)) for n, text in enumerate(printed)]
            contents.append(draw_page(draw_grid(drawn, page=number), loose=above, number=number))
        return build_document("uji", contents, forms)

    return read_pages
