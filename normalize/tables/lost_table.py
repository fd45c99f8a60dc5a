"""Signs of a table whose rulings a recogniser lost: figures in columns where no grid is, or several in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.grids.text_lines import LOOSE_GAP_EMS, rows_of_words
from extract.model import BBox, Grid, GridMethod, Line, PageContent, Word
from normalize.form import TableForm
from normalize.headers.captions import LABEL, Caption
from normalize.headers.identify import form_titled
from normalize.model import UnknownTable

APART = 0.8
"""Word heights of white that part a figure from the text of another column; words of one text stand nearer."""
DIGIT_SHARE = 0.5
"""Of the characters of a figure."""
MIN_FIGURES = 3
"""Rows in which a column must print a figure."""
MIN_COLUMNS = 3
"""Columns of figures that only a table has; a table of contents has two, its numbers and its pages."""
MIN_COLUMNS_WITH_AMOUNTS = 2
MIN_CAPTIONED_AMOUNTS = 2
"""Amounts that are a table where a line before them says ``Tabel ...``."""
MOST_CAPTIONS = 2
"""Lines that begin with ``Tabel ...`` on one page; a list of tables has more."""
MIN_MIXED_CELLS = 2
"""Cells with the figures of several rows or columns; a single one may have been printed so."""

_AMOUNT = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_CURRENCY = re.compile(r"^(?:rp|idr)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LostTable:
    """Aligned figures of a page that no grid holds."""

    bbox: BBox
    """Of the rows that print them."""
    rows: int
    """Rows with at least two figures, or an amount beside texts."""
    columns: int
    """Columns of figures; 0 where only texts are seen."""
    caption: tuple[Line, ...]
    """The last line above that names a table, if any."""


def lost_table(page: PageContent) -> LostTable | None:
    """Return the table among the lines outside all grids of a page; None where they are those of a text.

    Figures in columns show it, and on a page without any grid rows of several texts under a line that names a table.
    """
    rows = [row for row in rows_of_words(word for line in page.loose for word in line.words) if row]
    labels = [line for line in page.loose if LABEL.match(line.text.strip())]
    printed = [(row, figures) for row in rows if len(figures := figures_of(row)) > 1 or _is_amount_beside(row, figures)]
    columns = list(_columns(word for _, figures in printed for word in figures))
    full = sum(len(column) >= MIN_FIGURES for column in columns)
    amounts = max((sum(map(_is_amount, column)) for column in columns), default=0)
    if (
        full >= MIN_COLUMNS
        or (full >= MIN_COLUMNS_WITH_AMOUNTS and amounts >= MIN_FIGURES)
        or (labels and amounts >= MIN_CAPTIONED_AMOUNTS)
    ):
        return _lost([row for row, _ in printed], max(1, full), labels)
    if page.grids or not 1 <= len(labels) <= MOST_CAPTIONS:
        return None
    below = [row for row in rows if row[0].bbox.top > labels[0].bbox.bottom and _texts_apart(row) >= MIN_COLUMNS]
    return _lost(below, 0, labels) if len(below) >= MIN_FIGURES else None


def _lost(rows: Sequence[Sequence[Word]], columns: int, labels: Sequence[Line]) -> LostTable:
    """Return the lost table of some rows, under the last of the labels that stands above them."""
    box = rows[0][0].bbox
    for word in (word for row in rows for word in row):
        box = box.union(word.bbox)
    return LostTable(box, len(rows), columns, tuple(label for label in labels if label.bbox.top <= box.top)[-1:])


def _is_amount_beside(row: Sequence[Word], figures: Sequence[Word]) -> bool:
    """Say whether a row's only figure is an amount beside texts of other columns, as in a cell of several lines."""
    return len(figures) == 1 and _is_amount(figures[0]) and _texts_apart(row) >= MIN_COLUMNS


def _texts_apart(row: Sequence[Word]) -> int:
    """Return how many texts stand side by side in a row of words, wide white between them."""
    return 1 + sum(
        right.bbox.x0 - left.bbox.x1 > LOOSE_GAP_EMS * min(left.bbox.height, right.bbox.height)
        for left, right in pairwise(row)
    )


def as_unknown(lost: LostTable, page: int, follows: str, forms: Sequence[TableForm]) -> UnknownTable:
    """Return a lost table as one of no known kind; ``follows`` is the key of the table it may go on with."""
    caption = Caption(lost.caption)
    figures = f" di sekitar {lost.columns} kolom angka" if lost.columns else ""
    return UnknownTable(
        page=page,
        bbox=lost.bbox,
        rows=lost.rows,
        columns=lost.columns,
        caption=caption.text,
        best_guess="",
        score=0.0,
        follows=follows,
        titled=form_titled(caption, forms),
        damage=f"garisnya tidak terbaca{figures}, isinya ada di sisa.csv",
    )


def damage_of(grid: Grid) -> str:
    """Return in which way a recognised grid does not show the cells of its table, empty where it seems to (Indonesian).

    A ruled grid is damaged where several cells hold the figures of neighbouring rows or columns.
    """
    if grid.method is GridMethod.TEXT:
        return "garisnya tidak terbaca, susunan selnya diduga dari letak kata"
    mixed = sum(_is_mixed([word for line in cell.lines for word in line.words]) for cell in grid.cells)
    return f"{mixed} sel memuat angka dari beberapa baris atau kolom" if mixed >= MIN_MIXED_CELLS else ""


def figures_of(row: Sequence[Word]) -> list[Word]:
    """Return the figures of a row of words, left to right, that stand apart from the text before them."""
    figures: list[Word] = []
    in_text, end = False, float("-inf")
    for word in row:
        apart = word.bbox.x0 - end > APART * word.bbox.height
        end = max(end, word.bbox.x1)
        if apart or not in_text:
            in_text = not _is_figure(word) and not _CURRENCY.match(word.text)
            if _is_figure(word) and (apart or not figures):
                figures.append(word)
    return figures


def _is_mixed(words: Sequence[Word]) -> bool:
    """Say whether the words of one cell hold several figures side by side, or several amounts."""
    rows = rows_of_words(words)
    return sum(map(_is_amount, words)) > 1 or any(len(figures_of(row)) > 1 for row in rows)


def _is_figure(word: Word) -> bool:
    return sum(map(str.isdigit, word.text)) >= max(1, DIGIT_SHARE * len(word.text))


def _is_amount(word: Word) -> bool:
    return bool(_AMOUNT.search(word.text)) and _is_figure(word)


def _columns(figures: Iterable[Word]) -> Iterator[list[Word]]:
    """Yield the figures that stand above each other, column by column."""
    column: list[Word] = []
    end = float("-inf")
    for word in sorted(figures, key=lambda figure: figure.bbox.x0):
        if column and word.bbox.x0 > end:
            yield column
            column = []
        column.append(word)
        end = max(end, word.bbox.x1) if len(column) > 1 else word.bbox.x1
    if column:
        yield column
