"""Setting a table: wrapping, row heights, page breaks; every coordinate is in points from the top-left corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from reportlab.pdfbase.pdfmetrics import stringWidth

from samples.content.model import Row, SampleTable, printed_cells

OVERFLOW_SLACK_LINES = 2
"""Spare lines given to a vertically merged cell, lost to padding when a page break cuts it."""


class HeaderMode(StrEnum):
    """What continuation pages show of the header."""

    REPEAT = "repeat"
    ONCE = "once"
    REWRAP = "rewrap"
    """Repeated in smaller type, so that it wraps elsewhere."""


@dataclass(frozen=True, slots=True)
class TableStyle:
    """How a table is set; sizes in points."""

    font: str = "Helvetica"
    bold: str = "Helvetica-Bold"
    size: float = 7.5
    leading: float = 1.2
    """Line pitch over font size."""
    pad_x: float = 2.0
    pad_y: float = 2.0
    header: HeaderMode = HeaderMode.REPEAT
    split_rows: bool = False
    """Let a page break cut rows between text lines."""
    middle: bool = False
    """Centre body cells vertically."""
    overflow: frozenset[str] = frozenset()
    """Columns whose text is never wrapped and may run over the neighbour."""
    weights: tuple[tuple[str, float], ...] = ()
    """Column widths that replace the form's own, by slot name."""

    @property
    def pitch(self) -> float:
        """Line pitch in points."""
        return self.size * self.leading


@dataclass(frozen=True, slots=True)
class Placed:
    """One cell, or the part of it that falls on this page."""

    x0: float
    top: float
    x1: float
    bottom: float
    lines: tuple[str, ...]
    bold: bool = False
    align: str = "left"
    size: float = 0.0
    head: bool = False
    level: str = ""
    open_top: bool = False
    """Continues a cell of the page before."""
    open_bottom: bool = False
    """Goes on overleaf."""
    glued: bool = False
    """No rule above."""
    odd: bool = False
    """Every other row, for zebra shading."""


@dataclass(slots=True)
class Segment:
    """The part of a table on one page."""

    cells: list[Placed] = field(default_factory=list)
    top: float = 0.0
    bottom: float = 0.0


@lru_cache(maxsize=200_000)
def _width(text: str, font: str, size: float) -> float:
    return float(stringWidth(text, font, size))


def wrap(text: str, font: str, size: float, width: float) -> tuple[str, ...]:
    """Break text into lines no wider than ``width``; a token that is too long is cut anywhere."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for token in paragraph.split():
            candidate = f"{line} {token}" if line else token
            if _width(candidate, font, size) <= width:
                line = candidate
                continue
            if line:
                lines.append(line)
            pieces = _cut(token, font, size, width)
            lines.extend(pieces[:-1])
            line = pieces[-1]
        lines.append(line)
    return tuple(lines) if text else ()


def _cut(token: str, font: str, size: float, width: float) -> list[str]:
    pieces: list[str] = []
    while _width(token, font, size) > width and len(token) > 1:
        end = len(token) - 1
        while end > 1 and _width(token[:end], font, size) > width:
            end -= 1
        pieces.append(token[:end])
        token = token[end:]
    return [*pieces, token]


@dataclass(slots=True)
class _Pending:
    """A row waiting for room: the lines still to print, by slot index."""

    index: int
    row: Row
    lines: dict[int, tuple[str, ...]]
    extra: float
    first: bool = True

    def line_count(self) -> int:
        return max((len(lines) for lines in self.lines.values()), default=0)


@dataclass(slots=True)
class _Part:
    """A row, or a part of it, placed on a page."""

    index: int
    row: Row
    lines: dict[int, tuple[str, ...]]
    top: float
    bottom: float
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class _Group:
    """A cell merged over rows ``start`` to ``end`` (inclusive)."""

    slot: int
    start: int
    end: int
    lines: tuple[str, ...]


class TableSetter:
    """Sets one table into segments, page by page."""

    def __init__(self, table: SampleTable, style: TableStyle, x0: float, x1: float) -> None:
        """Fit the table between ``x0`` and ``x1``."""
        self.table = table
        self.style = style
        weights = dict(style.weights)
        shares = [weights.get(slot.name, slot.weight) for slot in table.slots]
        unit = (x1 - x0) / sum(shares)
        self.edges = [x0]
        for share in shares:
            self.edges.append(self.edges[-1] + share * unit)
        self._groups = self._find_groups()
        self._grouped = {(group.slot, index) for group in self._groups for index in range(group.start, group.end + 1)}

    def set(self, start: float, page_top: float, page_bottom: float) -> list[Segment]:
        """Return one segment a page: the first begins at ``start``, the others at ``page_top``."""
        pages: list[list[_Part]] = [[]]
        heads: list[list[Placed]] = [self._head(start, self.style.size)]
        y = max((cell.bottom for cell in heads[0]), default=start)
        fresh = True
        for pending in self._pending():
            while True:
                part = self._place(pending, y, page_bottom, force=fresh)
                if part is not None:
                    pages[-1].append(part)
                    y = part.bottom
                    fresh = False
                    if part.last:
                        break
                heads.append(self._continuation_head(page_top))
                y = max((cell.bottom for cell in heads[-1]), default=page_top)
                pages.append([])
                fresh = True
        return self._segments(pages, heads, start, page_top)

    def _find_groups(self) -> list[_Group]:
        groups = []
        for position, slot in enumerate(self.table.slots):
            start = 0
            for index in range(1, len(self.table.rows) + 1):
                ends = index == len(self.table.rows) or slot.key not in self.table.rows[index].merged_up
                if ends and index - start > 1:
                    row = self.table.rows[start]
                    text = printed_cells(self.table, row)[slot.name]
                    groups.append(_Group(position, start, index - 1, self._wrap(position, 1, text, row.bold)))
                if ends:
                    start = index
        return groups

    def _wrap(self, slot: int, span: int, text: str, bold: bool) -> tuple[str, ...]:  # noqa: FBT001 - positional in a private one-liner
        style = self.style
        if self.table.slots[slot].name in style.overflow:
            return tuple(text.split("\n")) if text else ()
        width = self.edges[slot + span] - self.edges[slot] - 2 * style.pad_x
        return wrap(text, style.bold if bold else style.font, style.size, width)

    def _pending(self) -> list[_Pending]:
        waiting = []
        for index, row in enumerate(self.table.rows):
            texts = printed_cells(self.table, row)
            lines: dict[int, tuple[str, ...]] = {}
            covered = -1
            for position, slot in enumerate(self.table.slots):
                if position <= covered or (position, index) in self._grouped:
                    continue
                span = row.wide.get(slot.name, 1)
                covered = position + span - 1
                under = [texts[other.name] for other in self.table.slots[position : position + span]]
                text = next((candidate for candidate in under if candidate), "")
                lines[position] = self._wrap(position, span, text, row.bold)
            waiting.append(_Pending(index, row, lines, 0.0))
        for group in self._groups:
            need = (len(group.lines) + OVERFLOW_SLACK_LINES) * self.style.pitch + 2 * self.style.pad_y
            have = sum(self._height(waiting[index]) for index in range(group.start, group.end + 1))
            waiting[group.end].extra = max(waiting[group.end].extra, need - have)
        return waiting

    def _height(self, pending: _Pending) -> float:
        return max(1, pending.line_count()) * self.style.pitch + 2 * self.style.pad_y + max(pending.extra, 0.0)

    def _place(self, pending: _Pending, y: float, page_bottom: float, *, force: bool) -> _Part | None:
        height = self._height(pending)
        if y + height <= page_bottom:
            return _Part(pending.index, pending.row, pending.lines, y, y + height, pending.first, last=True)
        if not self.style.split_rows and not force:
            return None
        fitting = int((page_bottom - y - 2 * self.style.pad_y) / self.style.pitch)
        if fitting < 1 or pending.line_count() <= fitting:
            if not force:
                return None
            return _Part(pending.index, pending.row, pending.lines, y, page_bottom, pending.first, last=True)
        here = {slot: lines[:fitting] for slot, lines in pending.lines.items()}
        bottom = y + fitting * self.style.pitch + 2 * self.style.pad_y
        part = _Part(pending.index, pending.row, here, y, bottom, pending.first, last=False)
        pending.lines = {slot: lines[fitting:] for slot, lines in pending.lines.items()}
        pending.first = False
        return part

    def _head(self, top: float, size: float) -> list[Placed]:
        style = self.style
        cells = self.table.head_cells()
        rows = 1 + max((cell.row + cell.row_span - 1 for cell in cells), default=-1)
        pitch = size * style.leading
        wrapped = []
        heights = [pitch + 2 * style.pad_y] * rows
        for cell in cells:
            width = self.edges[cell.column + cell.column_span] - self.edges[cell.column] - 2 * style.pad_x
            lines = wrap(cell.text, style.bold, size, width)
            wrapped.append(lines)
            if cell.row_span == 1:
                heights[cell.row] = max(heights[cell.row], len(lines) * pitch + 2 * style.pad_y)
        for cell, lines in zip(cells, wrapped, strict=True):
            spanned = sum(heights[cell.row : cell.row + cell.row_span])
            missing = len(lines) * pitch + 2 * style.pad_y - spanned
            if missing > 0:
                heights[cell.row + cell.row_span - 1] += missing
        tops = [top + sum(heights[:row]) for row in range(rows + 1)]
        return [
            Placed(
                self.edges[cell.column],
                tops[cell.row],
                self.edges[cell.column + cell.column_span],
                tops[cell.row + cell.row_span],
                lines,
                bold=cell.row < self.table.head_rows,
                align="center",
                size=size,
                head=True,
            )
            for cell, lines in zip(cells, wrapped, strict=True)
        ]

    def _continuation_head(self, top: float) -> list[Placed]:
        match self.style.header:
            case HeaderMode.REPEAT:
                return self._head(top, self.style.size)
            case HeaderMode.REWRAP:
                return self._head(top, self.style.size * 0.8)
            case HeaderMode.ONCE:
                return []

    def _segments(
        self, pages: list[list[_Part]], heads: list[list[Placed]], start: float, page_top: float
    ) -> list[Segment]:
        segments = []
        carried = {group: group.lines for group in self._groups}
        for number, (parts, head) in enumerate(zip(pages, heads, strict=True)):
            segment = Segment(list(head), start if number == 0 else page_top)
            for part in parts:
                segment.cells.extend(self._row_cells(part))
            for group in self._groups:
                own = [part for part in parts if group.start <= part.index <= group.end]
                if own:
                    segment.cells.append(self._group_cell(group, own, carried))
            segment.bottom = max((cell.bottom for cell in segment.cells), default=segment.top)
            if segment.cells:
                segments.append(segment)
        return segments

    def _row_cells(self, part: _Part) -> list[Placed]:
        cells = []
        for position, lines in part.lines.items():
            slot = self.table.slots[position]
            span = part.row.wide.get(slot.name, 1)
            cells.append(
                Placed(
                    self.edges[position],
                    part.top,
                    self.edges[position + span],
                    part.bottom,
                    lines,
                    bold=part.row.bold,
                    align=slot.align,
                    size=self.style.size,
                    level=part.row.level,
                    open_top=not part.first,
                    open_bottom=not part.last,
                    glued=part.row.glued and part.first,
                    odd=part.index % 2 == 1,
                )
            )
        return cells

    def _group_cell(self, group: _Group, own: Sequence[_Part], carried: dict[_Group, tuple[str, ...]]) -> Placed:
        style = self.style
        top, bottom = own[0].top, own[-1].bottom
        room = int((bottom - top - 2 * style.pad_y + 0.01) / style.pitch)
        ends = own[-1].index == group.end and own[-1].last
        lines = carried[group]
        here = lines if ends else lines[:room]
        carried[group] = lines[len(here) :]
        if len(here) > room:
            raise ValueError(f"merged cell of {self.table.key} overflows: give its rows more lines")
        slot = self.table.slots[group.slot]
        return Placed(
            self.edges[group.slot],
            top,
            self.edges[group.slot + 1],
            bottom,
            here,
            bold=self.table.rows[group.start].bold,
            align=slot.align,
            size=style.size,
            level=self.table.rows[group.start].level,
            open_top=own[0].index != group.start or not own[0].first,
            open_bottom=not ends,
        )
