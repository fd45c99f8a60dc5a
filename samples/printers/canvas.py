"""The ReportLab printer: every glyph and ruling placed by hand, so that any drawing habit can be imitated."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from samples.printers.blocks import Block, Caption, Furniture, Heading, NewPage, OrgChart, Prose, TableBlock
from samples.printers.layout import Placed, Segment, TableSetter, TableStyle, wrap

A4_LANDSCAPE = (842.0, 595.0)
A3_LANDSCAPE = (1191.0, 842.0)
A4_PORTRAIT = (595.0, 842.0)
F4_LANDSCAPE = (936.0, 612.0)
LEGAL_LANDSCAPE = (1008.0, 612.0)

BLACK = (0.0, 0.0, 0.0)
WHITE = (1.0, 1.0, 1.0)
GREY = (0.85, 0.85, 0.85)
DARK = (0.12, 0.22, 0.42)
PALE = (0.93, 0.95, 0.99)
WATERMARK_GREY = (0.9, 0.9, 0.9)
FURNITURE_SIZE = 8.0
PROSE_SIZE = 10.0
CAPTION_SIZE = 9.5
GAP = 8.0
"""Points between blocks."""
FIRST_ROWS = 80.0
"""Points a table needs under its caption, or it starts on the next page."""
FILL_INSET = 0.8
"""Points by which a filled cell stays inside its true box."""


class Rules(StrEnum):
    """How the grid is drawn."""

    LINES = "lines"
    RECTS = "rects"
    """Thin filled rectangles instead of strokes."""
    BOXES = "boxes"
    """One stroked box a cell, so that every ruling is drawn twice."""
    HAIRLINES = "hairlines"
    DOTTED = "dotted"
    FILLS = "fills"
    """No rulings; filled rectangles inset by the padding, and one more behind every text line."""
    COLUMNS = "columns"
    """Vertical rulings and the frame only, no row rules in the body."""
    ROWS = "rows"
    """Horizontal rulings only."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PageStyle:
    """How the whole document is drawn."""

    size: tuple[float, float] = A4_LANDSCAPE
    margin: float = 40.0
    table: TableStyle = field(default_factory=TableStyle)
    rules: Rules = Rules.LINES
    outer: bool = True
    """Draw the left and right border."""
    open_breaks: bool = False
    """Draw no rule where a page break cuts the table."""
    head_fill: str = "grey"
    """``none``, ``grey`` or ``dark`` (white text)."""
    shade_parents: bool = False
    zebra: bool = False
    """Shade every other row."""
    overrun: float = 0.0
    """Points by which tables run past the right margin."""
    glyph_spaces: bool = True
    """Without them every word is placed by itself and the text layer holds no space glyph."""
    rotate: str = "none"
    """``flag``: drawn sideways and turned by /Rotate 90; ``bare``: drawn sideways, no /Rotate."""
    furniture: Furniture = field(default_factory=Furniture)


class CanvasPrinter:
    """Prints blocks into one PDF with ReportLab."""

    def __init__(self, path: Path, style: PageStyle) -> None:
        """Open a new file at ``path``."""
        self.style = style
        self.size = style.size
        self.rotate = style.rotate
        self.canvas = Canvas(str(path), invariant=1, pageCompression=1)
        self.page = 0
        self.y = 0.0

    def print(self, blocks: list[Block]) -> None:
        """Write the file."""
        self._begin_page()
        for block in blocks:
            match block:
                case Prose(text):
                    self._prose(text)
                case Heading(text):
                    self._line_block((text,), "Helvetica-Bold", PROSE_SIZE + 1, center=False)
                case Caption(lines):
                    self._line_block(lines, "Helvetica-Bold", CAPTION_SIZE, center=True)
                case TableBlock():
                    self._table(block)
                case OrgChart(boxes):
                    self._org_chart(boxes)
                case NewPage(size, rotate):
                    self._end_page()
                    self.size = size or self.style.size
                    self.rotate = rotate or self.rotate
                    self._begin_page()
        self._end_page()
        self.canvas.save()

    @property
    def _top(self) -> float:
        return self.style.margin

    @property
    def _bottom(self) -> float:
        return self.size[1] - self.style.margin

    def _begin_page(self) -> None:
        self.page += 1
        width, height = self.size
        self.canvas.setPageRotation(90 if self.rotate == "flag" else 0)
        match self.rotate:
            case "flag":
                # ReportLab swaps width and height itself when a page is rotated by a quarter turn.
                self.canvas.setPageSize((width, height))
            case "bare":
                self.canvas.setPageSize((height, width))
            case _:
                self.canvas.setPageSize((width, height))
        if self.rotate != "none":
            self.canvas.translate(height, 0)
            self.canvas.rotate(90)
        self.y = self._top
        self._watermark()

    def _end_page(self) -> None:
        self._furniture()
        self.canvas.showPage()

    def _next_page(self) -> None:
        self._end_page()
        self._begin_page()

    def _flip(self, y: float) -> float:
        return self.size[1] - y

    def _furniture(self) -> None:
        furniture = self.style.furniture
        width, height = self.size
        left, right = self.style.margin, width - self.style.margin
        foot = height - self.style.margin * 0.45
        if furniture.head:
            self._text(left, self.style.margin * 0.55, furniture.head, "Helvetica", FURNITURE_SIZE)
        number = str(self.page) if furniture.page_numbers else ""
        if furniture.as_table:
            middle = right - 40
            self.canvas.setLineWidth(0.5)
            for x0, x1 in ((left, middle), (middle, right)):
                self.canvas.rect(x0, self._flip(foot + 4), x1 - x0, 14)
            self._text(left + 3, foot, furniture.foot, "Helvetica", FURNITURE_SIZE)
            self._text(middle + 3, foot, number, "Helvetica", FURNITURE_SIZE)
            return
        self._text(left, foot, furniture.foot, "Helvetica", FURNITURE_SIZE)
        if number:
            self._text(right - 20, foot, number, "Helvetica", FURNITURE_SIZE)

    def _watermark(self) -> None:
        kind = self.style.furniture.watermark
        width, height = self.size
        if kind == "invisible":
            self.canvas.saveState()
            text = self.canvas.beginText(width * 0.2, height * 0.5)
            text.setFont("Helvetica", 14)
            text.setTextRenderMode(3)
            text.textLine("jdih.contoh.go.id salinan tidak resmi")
            self.canvas.drawText(text)
            self.canvas.restoreState()
        elif kind == "grey":
            self.canvas.saveState()
            self.canvas.translate(width / 2, height / 2)
            self.canvas.rotate(35)
            self.canvas.setFillColorRGB(*WATERMARK_GREY)
            self.canvas.setFont("Helvetica-Bold", 60)
            self.canvas.drawCentredString(0, 0, "RANCANGAN")
            self.canvas.restoreState()

    def _text(
        self, x: float, baseline: float, text: str, font: str, size: float, color: tuple[float, float, float] = BLACK
    ) -> None:
        if not text:
            return
        self.canvas.setFillColorRGB(*color)
        self.canvas.setFont(font, size)
        if self.style.glyph_spaces:
            self.canvas.drawString(x, self._flip(baseline), text)
            return
        space = stringWidth(" ", font, size)
        for word in text.split():
            self.canvas.drawString(x, self._flip(baseline), word)
            x += stringWidth(word, font, size) + space

    def _prose(self, text: str) -> None:
        width = self.size[0] - 2 * self.style.margin
        for line in wrap(text, "Helvetica", PROSE_SIZE, width):
            if self.y + PROSE_SIZE * 1.4 > self._bottom:
                self._next_page()
            self.y += PROSE_SIZE * 1.4
            self._text(self.style.margin, self.y - PROSE_SIZE * 0.4, line, "Helvetica", PROSE_SIZE)
        self.y += GAP

    def _line_block(self, lines: tuple[str, ...], font: str, size: float, *, center: bool) -> None:
        for line in lines:
            self.y += size * 1.35
            x = self.style.margin
            if center:
                x = (self.size[0] - stringWidth(line, font, size)) / 2
            self._text(x, self.y - size * 0.35, line, font, size)
        if lines:
            self.y += GAP * 0.6

    def _org_chart(self, boxes: tuple[str, ...]) -> None:
        width, height = 150.0, 26.0
        if self.y + 3.2 * height > self._bottom:
            self._next_page()
        center = self.size[0] / 2
        head_bottom = self.y + height
        self._box(center - width / 2, self.y, width, height, boxes[0])
        gap = (self.size[0] - 2 * self.style.margin) / max(len(boxes) - 1, 1)
        bus = head_bottom + height * 0.5
        self.canvas.line(center, self._flip(head_bottom), center, self._flip(bus))
        places = [self.style.margin + gap * (index + 0.5) for index in range(len(boxes) - 1)]
        if places:
            self.canvas.line(places[0], self._flip(bus), places[-1], self._flip(bus))
        for x, text in zip(places, boxes[1:], strict=True):
            self.canvas.line(x, self._flip(bus), x, self._flip(bus + height * 0.5))
            self._box(x - width / 2, bus + height * 0.5, width, height, text)
        self.y = bus + height * 1.5 + 2 * GAP

    def _box(self, x: float, top: float, width: float, height: float, text: str) -> None:
        self.canvas.setLineWidth(0.7)
        self.canvas.rect(x, self._flip(top + height), width, height)
        lines = wrap(text, "Helvetica", 8, width - 6)
        for number, line in enumerate(lines):
            offset = (width - stringWidth(line, "Helvetica", 8)) / 2
            self._text(x + offset, top + 11 + number * 9, line, "Helvetica", 8)

    def _table(self, block: TableBlock) -> None:
        left, right = self.style.margin, self.size[0] - self.style.margin + self.style.overrun
        if block.beside:
            right = left + (right - left) * 0.68
        setter = TableSetter(block.table, self.style.table, left, right)
        needed = FIRST_ROWS + CAPTION_SIZE * 1.35 * (len(block.caption_lines) + len(block.note_lines))
        if self.y + needed > self._bottom:
            self._next_page()
        self._line_block(block.caption_lines, "Helvetica-Bold", CAPTION_SIZE, center=True)
        self._line_block(block.note_lines, "Helvetica-Bold", CAPTION_SIZE - 1, center=False)
        start = self.y
        resume = self._top + (CAPTION_SIZE * 1.35 + GAP * 0.6 if block.continuation else 0.0)
        segments = setter.set(start, resume, self._bottom)
        for number, segment in enumerate(segments):
            if number:
                self._next_page()
                if block.continuation:
                    self._line_block((block.continuation,), "Helvetica-Bold", CAPTION_SIZE, center=True)
            self._draw(segment, first=number == 0, last=number == len(segments) - 1)
            if number == 0 and block.beside:
                self._beside(block.beside, right + 10, start)
        self.y = segments[-1].bottom + 2 * GAP

    def _beside(self, text: str, x: float, top: float) -> None:
        width = self.size[0] - self.style.margin - x
        for number, line in enumerate(wrap(text, "Helvetica", PROSE_SIZE - 1, width)):
            self._text(x, top + 10 + number * PROSE_SIZE * 1.25, line, "Helvetica", PROSE_SIZE - 1)

    def _draw(self, segment: Segment, *, first: bool, last: bool) -> None:
        for index, cell in enumerate(segment.cells):
            self._fill(cell, index)
        self._rules(segment, first=first, last=last)
        for cell in segment.cells:
            self._cell_text(cell)

    def _fill(self, cell: Placed, index: int) -> None:
        style = self.style
        color = None
        if cell.head:
            color = {"grey": GREY, "dark": DARK}.get(style.head_fill)
        elif style.rules is Rules.FILLS:
            color = PALE if index % 2 else WHITE
        elif (style.shade_parents and cell.bold) or (style.zebra and cell.odd):
            color = PALE
        if color is None:
            return
        inset = FILL_INSET if style.rules is Rules.FILLS else 0.0
        self.canvas.setFillColorRGB(*color)
        self._rect(cell.x0 + inset, cell.top + inset, cell.x1 - inset, cell.bottom - inset)
        if style.rules is Rules.FILLS and not cell.head:
            pitch = style.table.pitch
            for number in range(len(cell.lines)):
                top = cell.top + style.table.pad_y + number * pitch
                self._rect(cell.x0 + style.table.pad_x, top, cell.x1 - style.table.pad_x, top + pitch)

    def _rect(self, x0: float, top: float, x1: float, bottom: float) -> None:
        self.canvas.rect(x0, self._flip(bottom), x1 - x0, bottom - top, stroke=0, fill=1)

    def _rules(self, segment: Segment, *, first: bool, last: bool) -> None:
        style = self.style
        if style.rules in (Rules.NONE, Rules.FILLS):
            return
        self.canvas.saveState()
        self.canvas.setStrokeColorRGB(*BLACK)
        self.canvas.setFillColorRGB(*BLACK)
        self.canvas.setLineWidth(0.1 if style.rules is Rules.HAIRLINES else 0.5)
        if style.rules is Rules.DOTTED:
            self.canvas.setDash(1, 1.5)
        if style.rules is Rules.BOXES:
            for cell in segment.cells:
                self.canvas.rect(cell.x0, self._flip(cell.bottom), cell.x1 - cell.x0, cell.bottom - cell.top)
        else:
            for line in sorted(self._edges(segment, first=first, last=last)):
                self._edge(*line)
        self.canvas.restoreState()

    def _edges(self, segment: Segment, *, first: bool, last: bool) -> set[tuple[float, float, float, float]]:
        """Return the rulings as (x0, top, x1, bottom), each once."""
        style = self.style
        left = min(cell.x0 for cell in segment.cells)
        right = max(cell.x1 for cell in segment.cells)
        lines: set[tuple[float, float, float, float]] = set()
        for cell in segment.cells:
            frame_top, frame_bottom = cell.top == segment.top, cell.bottom == segment.bottom
            row_rules = style.rules is not Rules.COLUMNS or cell.head
            if row_rules or frame_top:
                lines.add((cell.x0, cell.top, cell.x1, cell.top))
            if row_rules or frame_bottom:
                lines.add((cell.x0, cell.bottom, cell.x1, cell.bottom))
            if style.rules is not Rules.ROWS:
                lines.add((cell.x0, cell.top, cell.x0, cell.bottom))
                lines.add((cell.x1, cell.top, cell.x1, cell.bottom))
        glued = {cell.top for cell in segment.cells if cell.glued}
        lines = {line for line in lines if not (line[1] == line[3] and line[1] in glued)}
        if not style.outer:
            lines = {line for line in lines if not (line[0] == line[2] and line[0] in (left, right))}
        if style.open_breaks:
            opened = {segment.top} if not first else set()
            opened |= {segment.bottom} if not last else set()
            lines = {line for line in lines if not (line[1] == line[3] and line[1] in opened)}
        return lines

    def _edge(self, x0: float, top: float, x1: float, bottom: float) -> None:
        if self.style.rules is Rules.RECTS:
            self._rect(x0 - 0.25, top - 0.25, x1 + 0.25, bottom + 0.25)
        else:
            self.canvas.line(x0, self._flip(top), x1, self._flip(bottom))

    def _cell_text(self, cell: Placed) -> None:
        table = self.style.table
        font = table.bold if cell.bold else table.font
        pitch = cell.size * table.leading
        top = cell.top + table.pad_y
        if cell.head or table.middle:
            top = (cell.top + cell.bottom - len(cell.lines) * pitch) / 2
        color = WHITE if cell.head and self.style.head_fill == "dark" else BLACK
        for number, line in enumerate(cell.lines):
            width = stringWidth(line, font, cell.size)
            x = cell.x0 + table.pad_x
            if cell.align == "right":
                x = cell.x1 - table.pad_x - width
            elif cell.align == "center":
                x = max(x, (cell.x0 + cell.x1 - width) / 2)
            self._text(x, top + number * pitch + cell.size * 0.95, line, font, cell.size, color)
