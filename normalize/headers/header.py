"""Header rows of a grid to header paths, and grid columns to logical columns.

A header may be several rows high with spanning cells, close with a numbering row, and print ``K`` / ``Rp`` below that
row (E.81). A blank header cell is transparent: the column belongs to the nearest labelled cell above it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from extract.model import Cell, Grid, Line
from normalize.fold import fold_header, squeeze
from normalize.headers.numbering import is_numbering_row, label_beside

MAX_HEADER_ROWS = 10
"""Rows looked at for the end of the header; the highest seen in print is 6."""
HEADER_WORD_SHARE = 0.5
"""Share of a row's printed cells that must be known header wording for the row to be header."""

MAX_SUB_LABEL = 14
"""Characters of a label printed below the numbering row (``K``, ``Satuan``, ``Anggaran (Rp)``)."""
MIN_KNOWN_SUB_LABELS = 4
"""Legible labels of such a row from which the others may be misread ones."""
MAX_MISREAD_SUB_LABELS = 0.4
"""Share of them that may be misread."""
LONGEST_MISREAD = 3
"""Characters of a misread ``K`` or ``Rp``."""
MIN_MISREAD_LABELS = 4
"""Labels in the first row of a header that is told by its shape."""
MISREAD_HEADER_SHARE = 0.6
"""Share of them that must be like known header wording."""
_CUT_YEAR = re.compile(r"(?<!\d)(?:1\n?9|2\n?0)\n?\d\n?\d(?!\d)")
_ORDINAL_LIKE = re.compile(r"[ivx]+|\d+|[a-z]")

IsHeaderText = Callable[[str], bool]
"""Says whether a folded cell text is wording that some form prints in its header."""


@dataclass(frozen=True, slots=True)
class Header:
    """The header band of one grid."""

    rows: int
    """Header rows at the top of the grid, numbering row included; 0 when the grid has none."""
    labelled: bool
    """Whether it holds wording, not only a numbering row."""
    paths: tuple[tuple[str, ...], ...]
    """Per grid column the printed header cells over it, outermost first, numbering row left out."""
    numbering: tuple[str, ...]
    """Per grid column the printed text of its numbering cell, blank where there is none."""
    cells: tuple[tuple[int, ...], ...]
    """Per grid column an identity of each cell of its path."""
    readings: tuple[tuple[str, ...], ...]
    """The paths as they are understood: where a recogniser misread labels, what the labels around them tell."""
    recognised: bool = False
    """Whether a recogniser read it from a picture."""
    title: tuple[Line, ...] = ()
    """Lines of the rows over the header that run across the whole grid: a caption drawn inside it."""

    @property
    def leaves(self) -> tuple[int, ...]:
        """Per grid column the identity of its lowest labelled header cell; -1 without one."""
        return tuple(ids[-1] if ids else -1 for ids in self.cells)

    @property
    def signature(self) -> tuple[tuple[str, ...], ...]:
        """The folded paths: equal for a header repeated or re-wrapped on another page."""
        return tuple(tuple(fold_header(part) for part in path) for path in self.paths)


def rows_of(grid: Grid) -> list[list[Cell]]:
    """Return the cells that start in each row, left to right."""
    rows: list[list[Cell]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row].append(cell)
    return rows


def read_header(grid: Grid, is_header_text: IsHeaderText, is_like_header: IsHeaderText | None = None) -> Header:
    """Find the header band of the grid and the header path of each of its columns.

    ``is_like_header`` is a laxer test for labels a recogniser misread: where no row is header by its wording, one that
    is by its shape needs no more than likeness.
    """
    rows = rows_of(grid)
    titles = _title_rows(rows, grid.columns)
    below, numbering_rows = _band(rows[titles:], is_header_text)
    if not below and is_like_header is not None:
        below, numbering_rows = _misread_band(rows[titles:], is_like_header)
    if below:
        height, numbering_rows = titles + below, frozenset(titles + row for row in numbering_rows)
    else:
        titles, height = 0, 0
    return _header(grid, range(titles, height), numbering_rows)


def header_of_height(grid: Grid, height: int) -> Header:
    """Return the first rows of a grid as its header, whatever they say."""
    return _header(grid, range(height), frozenset())


def first_rows(grid: Grid, height: int) -> Header:
    """Return the first rows of a grid as its header, the numbering rows among them told apart."""
    return _header(grid, range(height), _numbering_rows(rows_of(grid)[:height]))


def _header(grid: Grid, band: range, numbering_rows: frozenset[int]) -> Header:
    rows = rows_of(grid)
    above: list[list[Cell]] = [[] for _ in range(grid.columns)]
    numbering = [""] * grid.columns
    for cell in itertools.chain.from_iterable(rows[band.start : band.stop]):
        text = _text(cell)
        if not text:
            continue
        for column in range(cell.column, min(cell.column + cell.column_span, grid.columns)):
            if cell.row not in numbering_rows or label_beside(text):
                above[column].append(cell)
            if cell.row in numbering_rows and column == cell.column:
                numbering[column] = text
    paths = tuple(tuple(_label(cell, numbering_rows) for cell in cells) for cells in above)
    return Header(
        rows=band.stop,
        labelled=any(above),
        paths=paths,
        numbering=tuple(numbering),
        cells=tuple(tuple(cell.row * grid.columns + cell.column for cell in cells) for cells in above),
        readings=paths,
        recognised=any(is_recognised_cell(cell) for cells in above for cell in cells),
        title=tuple(line for row in rows[: band.start] for cell in row for line in cell.lines),
    )


def is_recognised_cell(cell: Cell) -> bool:
    """Say whether a recogniser read the cell; a sound text layer is certain of every word."""
    return cell.confidence < 1


def _text(cell: Cell) -> str:
    """Return the text of a cell on one line, a year that a narrow column cut made whole (``202`` / ``4``)."""
    return squeeze(_CUT_YEAR.sub(lambda match: "".join(match.group().split()), cell.text))


def _label(cell: Cell, numbering_rows: frozenset[int]) -> str:
    text = _text(cell)
    return label_beside(text) if cell.row in numbering_rows else text


def without_header(header: Header) -> Header:
    """Return the header of a grid whose first rows only looked like header: none."""
    return replace(header, rows=0, labelled=False, title=())


def _title_rows(rows: list[list[Cell]], columns: int) -> int:
    """Return how many rows at the top hold nothing but one cell across the grid; 0 when a first row does not."""
    count = 0
    while count < len(rows) - 1:
        labels = [cell for cell in rows[count] if _is_label(cell)]
        if any(cell.column_span < columns for cell in labels) or any(cell.row_span > 1 for cell in rows[count]):
            break
        count += 1
    return count


def _numbering_rows(rows: list[list[Cell]]) -> frozenset[int]:
    return frozenset(number for number, row in enumerate(rows) if is_numbering_row([cell.text for cell in row]))


def _band(rows: list[list[Cell]], is_header_text: IsHeaderText) -> tuple[int, frozenset[int]]:
    """Return the number of header rows and which of them are numbering rows."""
    texts = [[cell.text for cell in row] for row in rows[:MAX_HEADER_ROWS]]
    numbered = _numbering_rows(rows[:MAX_HEADER_ROWS])
    if numbered and _leads_to(min(numbered), texts, is_header_text):
        first = min(numbered)
        last = first
        while last + 1 < len(texts) and last + 1 in numbered:
            last += 1
        band = frozenset(range(first, last + 1))
        while last + 1 < len(texts) and _is_sub_header(rows[last + 1], is_header_text):
            last += 1
        return last + 1, band
    height = 0
    while height < len(texts) and _is_header_row(texts[height], is_header_text):
        height += 1
        height = max(
            [height, *(n + cell.row_span for n, row in enumerate(rows[:height]) for cell in row if _is_label(cell))]
        )
        if height > MAX_HEADER_ROWS:
            return 0, frozenset()
    return height, frozenset()


def _misread_band(rows: list[list[Cell]], is_like_header: IsHeaderText) -> tuple[int, frozenset[int]]:
    """Return the band of a header whose labels are misread, told by its shape: spans down and across, or numbering."""
    first = [cell for cell in rows[0] if _is_label(cell)] if rows else []
    like = [cell for cell in first if is_like_header(fold_header(cell.text))]
    if len(first) < MIN_MISREAD_LABELS or len(like) < MISREAD_HEADER_SHARE * len(first):
        return 0, frozenset()
    if not all(is_recognised_cell(cell) for cell in first):
        return 0, frozenset()
    height = max(cell.row_span for cell in first)
    numbered = height < len(rows) and is_numbering_row([cell.text for cell in rows[height]])
    layered = height > 1 and any(cell.column_span > 1 for cell in first)
    if height >= MAX_HEADER_ROWS or not (numbered or layered):
        return 0, frozenset()
    return (height + 1, frozenset({height})) if numbered else (height, frozenset())


def _leads_to(numbering_row: int, texts: list[list[str]], is_header_text: IsHeaderText) -> bool:
    """Say whether the rows above a numbering row are header (none above: the row stands for the header)."""
    cells = [text for row in texts[:numbering_row] for text in row if text.strip()]
    known = sum(1 for text in cells if is_header_text(fold_header(text)))
    return not cells or known >= HEADER_WORD_SHARE * len(cells) or numbering_row <= 1


def _is_header_row(texts: list[str], is_header_text: IsHeaderText) -> bool:
    """Say whether a row is header by its wording; ``I`` or ``K`` stand in bodies too and alone prove nothing."""
    printed = [fold_header(text) for text in texts if text.strip()]
    known = [text for text in printed if is_header_text(text)]
    if len(known) < len(printed):
        known = [text for text in known if not _ORDINAL_LIKE.fullmatch(text)]
    return bool(known) and len(known) >= HEADER_WORD_SHARE * len(printed)


def _is_sub_header(row: Sequence[Cell], is_header_text: IsHeaderText) -> bool:
    """Say whether a row under the numbering row still is header: nothing but known wording (``K``, ``Rp``).

    A recogniser misreads such short labels (``X``, ``Bp``); most of them it reads.
    """
    printed = [fold_header(cell.text) for cell in row if _is_label(cell)]
    known = [text for text in printed if len(text) <= MAX_SUB_LABEL and is_header_text(text)]
    if len(printed) > 1 and len(known) == len(printed):
        return True
    odd = [text for text in printed if text not in known]
    return (
        len(known) >= MIN_KNOWN_SUB_LABELS
        and len(odd) <= MAX_MISREAD_SUB_LABELS * len(printed)
        and all(len(text) <= LONGEST_MISREAD for text in odd)
        and any(is_recognised_cell(cell) for cell in row)
    )


def _is_label(cell: Cell) -> bool:
    return bool(cell.text.strip())
