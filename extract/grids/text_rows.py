"""Rows that no rule separates: they begin where the anchor columns have an entry.

Used for ruled tables with column rules only, and for tables without any rule. A line of text begins a row when an
anchor column (amounts, running numbers) has an entry on it; the other lines carry on the row above or below.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.grids.cell_index import CellIndex
from extract.grids.rulings import Floats
from extract.grids.text_lines import rows_of_words
from extract.model import BBox, Cell, Grid, Word
from extract.unruled.spaced_rows import spaced_starts

MIN_UNRULED_ROWS = 3
"""Fewer entries under each other are a list inside one cell."""
MIN_SHARE_OF_GRID = 0.4
"""Only a row that makes up this much of the grid's height can be the unruled body."""
ANCHOR_AGREEMENT = 0.8
"""Anchor columns of one table have their entries on the same lines in this share of cases."""
SPACING_AGREEMENT = 0.85
"""Spacing tells the rows when so many of the lines with an amount or a counter begin one by it."""
FEW_ROWS_FIGURES = 2
"""Rows too few to compare have figures in at least this many columns, on their first lines."""
MIN_FILLED_ROWS = 2
"""Rows told by gaps of which at least so many fill two columns; else they are one text, its letters far apart."""
EQUAL_GAP_POINTS = 0.75
"""Gaps between lines that differ by less are equal."""
EQUAL_GAP_SHARE = 0.1
"""The same as a share of the line height: recognised words have unsteady boxes."""
MIN_FULL_LINES = 5
"""Fewer lines with figures may be the list of one record's indicators."""
FULL_LINES_SHARE = 0.8
"""Share of the lines that hold a figure, or a name, where every line is a row of its own."""
ROW_GAP_SHARE = 0.15
"""Where rows are told by their spacing alone, gaps between them are wider by this share of a line's height."""
NAMED_SHARE = 0.7
"""Share of the rows told by spacing that have something in the first column."""
MAX_LEVELS = 4
"""Levels of running numbers in one column: urusan, program, kegiatan, sub kegiatan."""
MAX_COUNTER_DIGITS = 3
"""A longer number counts nothing."""
AMOUNT = re.compile(r"(rp\.?)?\(?-?[1-9]\d{0,2}([.,]\d{3})+([.,]\d{1,2})?,?-?\)?", re.IGNORECASE)
"""An amount with thousands: one a record, unlike small figures, of which a cell may list several."""
COUNTER = re.compile(r"\(?(\d{1,3}|[a-z]|[ivxlc]+)[.)]*", re.IGNORECASE)
YEAR = re.compile(r"\(?(19|20)\d\d\)?")
NUMBER = re.compile(r"(rp\.?)?[(-]?\d[\d.,]*%?,?-?\)?", re.IGNORECASE)


ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text across all columns: its vertical extent and the words of every column."""

    top: float
    bottom: float
    columns: tuple[tuple[Word, ...], ...]

    def text(self, column: int) -> str:
        """Return the text that the line has in one column."""
        return "".join(word.text for word in self.columns[column])


def lines_by_column(words: Sequence[Word], x_edges: Sequence[float]) -> list[TextLine]:
    """Cut words into lines, and each line into columns by where the words' middles lie."""
    lines = []
    inner = x_edges[1:-1]
    for row in rows_of_words(words):
        columns: list[list[Word]] = [[] for _ in pairwise(x_edges)]
        for word in row:
            columns[bisect_right(inner, word.bbox.center_x)].append(word)
        top, bottom = min(w.bbox.top for w in row), max(w.bbox.bottom for w in row)
        lines.append(TextLine(top, bottom, tuple(tuple(column) for column in columns)))
    return lines


def cuts_before(lines: Sequence[TextLine], starts: Sequence[int]) -> list[float]:
    """Return the heights between consecutive rows that begin at the given lines.

    Rows part at the widest gap between two entries: entries that stand in the middle of their row have lines of text
    above them. Where all gaps are equal the lines go to the row above.
    """
    gaps = [after.top - before.bottom for before, after in pairwise(lines)]
    cuts = []
    for start, following in pairwise(starts):
        equal = max(EQUAL_GAP_POINTS, EQUAL_GAP_SHARE * (lines[start].bottom - lines[start].top))
        widest = max(gaps[start:following])
        # Among equal gaps the last: right above the entry.
        at = max(n for n in range(start, following) if gaps[n] >= widest - equal)
        cuts.append((lines[at].bottom + lines[at + 1].top) / 2)
    return cuts


def split_unruled_rows(grid: Grid, words: Sequence[Word], boxes: Floats) -> Grid:
    """Split the rows of a ruled grid in which several records stand under each other without a rule between them.

    ``boxes`` are those of the words, see :func:`extract.grids.cell_index.word_boxes`.
    """
    tall = [row for row in range(grid.rows) if _row_height(grid, row) >= MIN_SHARE_OF_GRID * grid.bbox.height]
    if grid.rows > 1 and grid.rows - 1 not in tall:
        tall.append(grid.rows - 1)
    if not tall:
        return grid
    cell_of = CellIndex(grid).of_words(boxes).tolist()
    inner_edges: list[float] = []
    for row in tall:
        members = {number: cell for number, cell in enumerate(grid.cells) if cell.row == row}
        if (
            any(cell.row_span > 1 for cell in members.values())
            or sum(cell.column_span for cell in members.values()) < len(grid.x_edges) - 1
        ):
            continue
        edges = [cell.bbox.x0 for cell in members.values()] + [grid.bbox.x1]
        inside = [word for word, number in zip(words, cell_of, strict=True) if number in members]
        lines = lines_by_column(inside, edges)
        starts = _starts_by_spacing(lines) or record_starts(lines)
        if starts:
            inner_edges += cuts_before(lines, starts)
    return _with_row_edges(grid, inner_edges) if inner_edges else grid


def _starts_by_spacing(lines: Sequence[TextLine]) -> list[int]:
    """Return the lines after a leading wider than inside cells, if records begin there and hold figures.

    Two rows are believed where they have figures in the same columns, several of them; more where amounts and counters
    begin them. Lines that fill each other's gaps are one row whose cells are set high and low.
    """
    if not lines:
        return []
    starts = spaced_starts(lines)
    anchors = {at for at, line in enumerate(lines) if _has_amount(line)} | _anchor_lines(lines, 0)
    agreeing = sum(at in starts for at in anchors)
    if len(starts) >= MIN_UNRULED_ROWS and len(anchors) >= MIN_UNRULED_ROWS and len(starts) < len(lines):
        return starts if agreeing >= SPACING_AGREEMENT * len(anchors) else []
    full = len(set.intersection(*(_figures(lines[at]) for at in starts))) >= FEW_ROWS_FIGURES
    return starts if len(starts) > 1 and full and agreeing == len(anchors) else []


def _has_amount(line: TextLine) -> bool:
    return any(AMOUNT.fullmatch(line.text(column)) for column in range(len(line.columns)))


def _figures(line: TextLine) -> set[int]:
    """Return the columns that hold a bare figure on a line."""
    return {column for column, words in enumerate(line.columns) if words and is_number(line.text(column))}


def _row_height(grid: Grid, row: int) -> float:
    return grid.y_edges[row + 1] - grid.y_edges[row]


def record_starts(lines: Sequence[TextLine]) -> list[int]:
    """Return the lines on which records begin, or nothing when no two columns agree that there are several.

    Amounts with thousands and rising counters are anchors. A cell may hold a list of small figures beside a list of
    indicators, which is one record; a counter in the first column or two columns of amounts are several.
    """
    starts = _record_starts(lines) if lines else []
    return starts if len(starts) >= MIN_UNRULED_ROWS else []


def _record_starts(lines: Sequence[TextLine]) -> list[int]:
    if counted := counted_lines(lines):
        return counted
    anchors = [at for at in (_anchor_lines(lines, column) for column in range(len(lines[0].columns))) if at]
    for anchor in sorted(anchors, key=len, reverse=True):
        agreeing = [other for other in anchors if len(other & anchor) >= ANCHOR_AGREEMENT * len(anchor | other)]
        if len(agreeing) >= 2:
            return sorted(set.union(*agreeing))
    return _starts_after_gaps(lines) or _starts_of_full_lines(lines)


def _starts_after_gaps(lines: Sequence[TextLine]) -> list[int]:
    """Return the lines after gaps that run through all columns, if most of them have a number or a name.

    Paragraphs set apart inside one record leave no such gap: the text of another column runs past it.
    """
    gaps = [after.top - before.bottom for before, after in pairwise(lines)]
    if not gaps:
        return []
    height = sorted(line.bottom - line.top for line in lines)[len(lines) // 2]
    usual = sorted(gaps)[len(gaps) // 4]
    starts = [0, *(at + 1 for at, gap in enumerate(gaps) if gap > usual + ROW_GAP_SHARE * height)]
    first = next(column for column in range(len(lines[0].columns)) if any(line.columns[column] for line in lines))
    named = sum(bool(lines[at].columns[first]) for at in starts)
    filled = sum(sum(map(bool, lines[at].columns)) > 1 for at in starts)
    if filled < MIN_FILLED_ROWS:
        return []
    return starts if named >= NAMED_SHARE * len(starts) else []


def _starts_of_full_lines(lines: Sequence[TextLine]) -> list[int]:
    """Return the lines with figures, if nearly every line has a name and figures: records of one line each."""
    if len(lines) < MIN_FULL_LINES:
        return []
    columns = range(len(lines[0].columns))
    figures = [
        column
        for column in columns
        if sum(is_number(line.text(column)) for line in lines) >= FULL_LINES_SHARE * len(lines)
    ]
    named = sum(any(line.columns[column] for column in columns[:2]) for line in lines)
    if len(figures) < 2 or named < FULL_LINES_SHARE * len(lines):
        return []
    return [at for at, line in enumerate(lines) if sum(bool(line.columns[c]) for c in figures) >= len(figures) / 2]


def is_number(text: str) -> bool:
    """Say whether a text is a bare number, amount or percentage (or a dash for nil)."""
    return text in {"-", "–"} or NUMBER.fullmatch(text) is not None


def is_entry(text: str) -> bool:
    """Say whether a text is a figure of a record rather than the year of a head title."""
    return is_number(text) and YEAR.fullmatch(text) is None


def is_counter(text: str) -> bool:
    """Say whether a text is a running number, letter or Roman numeral."""
    return COUNTER.fullmatch(text) is not None


def _anchor_lines(lines: Sequence[TextLine], column: int) -> set[int]:
    texts = {at: line.text(column) for at, line in enumerate(lines) if line.columns[column]}
    if len(texts) < MIN_UNRULED_ROWS:
        return set()
    amounts = sum(AMOUNT.fullmatch(text) is not None for text in texts.values())
    if AMOUNT.fullmatch("".join(texts.values())):  # one that a narrow column cut
        return set()
    plain = all(is_number(text) for text in texts.values())
    if (plain and amounts >= len(texts) / 2) or _rises(list(texts.values())):
        return set(texts)
    return set()


def _rises(texts: Sequence[str]) -> bool:
    """Say whether texts count on by one: 1 2 3, a) b) c), I. II. III."""
    marks = [text.strip("().").lower() for text in texts]
    if all(mark.isdecimal() for mark in marks):
        return all(int(after) == int(before) + 1 for before, after in pairwise(marks))
    if all(len(mark) == 1 and mark.isalpha() for mark in marks) and marks[0] != "i":
        return all(ord(after) == ord(before) + 1 for before, after in pairwise(marks))
    return all(mark in ROMAN for mark in marks) and all(
        ROMAN.index(after) == ROMAN.index(before) + 1 for before, after in pairwise(marks)
    )


def counted_lines(lines: Sequence[TextLine]) -> list[int]:
    """Return the lines with a running number in the first column, or nothing where its entries do not count on."""
    counted = [at for at, line in enumerate(lines) if line.columns[0]]
    counts_on = len(counted) >= MIN_UNRULED_ROWS and _counts_on([lines[at].text(0) for at in counted])
    return counted if counts_on else []


def _counts_on(texts: Sequence[str]) -> bool:
    """Say whether running numbers of one or several levels count on: ``1 2 3``, ``A 1 2 B 1``, ``1 1.1 1.2 2``.

    Overleaf a list goes on anywhere; one that was begun begins again at its first number only.
    """
    levels: list[tuple[str, int]] = []
    counted = False
    for text in texts:
        readings = _ordinals(text.strip("()."))
        after = next((n for n in reversed(range(len(levels))) if (levels[n][0], levels[n][1] + 1) in readings), None)
        if after is not None:
            levels[after:] = [(levels[after][0], levels[after][1] + 1)]
            counted = True
            continue
        begun = {name for name, _ in levels}
        first = next((r for r in sorted(readings, key=lambda r: r[1] != 1) if r[1] == 1 or r[0] not in begun), None)
        if first is None or len(levels) == MAX_LEVELS:
            return False
        levels.append(first)
    return counted


def _ordinals(mark: str) -> list[tuple[str, int]]:
    """Return what a running number may be: the list it belongs to and its place there."""
    above, dot, last = mark.rpartition(".")
    if last.isdecimal() and len(last) <= MAX_COUNTER_DIGITS:
        return [(above + dot, int(last))]
    if not mark.isalpha() or not mark.isascii():
        return []
    case, small = ("A" if mark.isupper() else "a"), mark.lower()
    letter = [(case, ord(small) - ord("a") + 1)] if len(small) == 1 else []
    roman = [(f"{case} roman", ROMAN.index(small) + 1)] if small in ROMAN else []
    return letter + roman


def _with_row_edges(grid: Grid, added: list[float]) -> Grid:
    y_edges = sorted({*grid.y_edges, *added})
    row_of = {edge: number for number, edge in enumerate(y_edges)}
    cells = []
    for cell in grid.cells:
        edges = [edge for edge in y_edges if cell.bbox.top <= edge <= cell.bbox.bottom]
        split = cell.row_span == 1 and len(edges) > 2
        for top, bottom in pairwise(edges) if split else [(edges[0], edges[-1])]:
            cells.append(
                Cell(
                    row=row_of[top],
                    column=cell.column,
                    row_span=row_of[bottom] - row_of[top],
                    column_span=cell.column_span,
                    bbox=BBox(cell.bbox.x0, top, cell.bbox.x1, bottom),
                )
            )
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return replace(grid, y_edges=tuple(y_edges), cells=tuple(cells))
