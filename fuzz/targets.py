"""What is fuzzed, one function an entry point: bytes in; anything but a quiet return is a defect.

Nothing here needs the fuzzer, so that an input it found is replayed by a plain test.
"""

from __future__ import annotations

import struct
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from extract.errors import PdfError
from extract.grids.cells import build_page_content
from extract.grids.tables import find_tables
from extract.model import (
    BBox,
    Cell,
    Grid,
    Line,
    Orientation,
    Page,
    PageContent,
    PageOrigin,
    Ruling,
    RulingKind,
    Word,
)
from extract.opening import open_pdf
from extract.pages import OcrPolicy, PageFailure, ReadSettings, read_pages
from fuzz.small_pdf import page_of, stream
from normalize.codes import parse_code
from normalize.document import build_document
from normalize.form import Kind
from normalize.numbers.quantity import read_quantity
from normalize.numbers.read import Notation, read_number
from schemas.loader import load_schemas
from schemas.prove import prove_document

FIRST_PAGE = frozenset({1})
"""More pages of the same file find nothing new."""
SETTINGS = ReadSettings(ocr=OcrPolicy.NEVER)
SCRATCH = Path(tempfile.mkdtemp(prefix="renja-fuzz-")) / "masukan.pdf"
HELVETICA = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>>>"
PAGE_SIDE = 255.0
"""Points; a byte is then a coordinate."""
RULING_SIZE, WORD_SIZE = 4, 6
"""Bytes of one ruling and one word in the input of :func:`grid`."""
SCHEMAS = load_schemas()


def opening(data: bytes) -> None:
    """Open the bytes as a PDF and load its first page."""
    SCRATCH.write_bytes(data)
    try:
        with open_pdf(SCRATCH) as opened:
            assert opened.pages > 0
    except PdfError:
        return


def file(data: bytes) -> None:
    """Read the bytes as a PDF: an error of ours, or a first page whose every word is accounted for."""
    SCRATCH.write_bytes(data)
    try:
        for page in read_pages(SCRATCH, pages=FIRST_PAGE, settings=SETTINGS):
            if not isinstance(page, PageFailure):
                _accounted(page, SCRATCH)
    except PdfError:
        return


def drawing(data: bytes) -> None:
    """Read the bytes as the drawing operators of a page: its text, fills and lines."""
    file(page_of(stream(data), resources=HELVETICA, box=b"[0 0 255 255]"))


def grid(data: bytes) -> None:
    """Cut a page of rulings and words into cells; bytes are coordinates."""
    count = data[0] if data else 0
    rulings = tuple(_rulings(data[1 : 1 + count * RULING_SIZE]))
    words = tuple(_words(data[1 + count * RULING_SIZE :]))
    page = Page(1, PAGE_SIDE, PAGE_SIDE, words, rulings, origin=PageOrigin.RASTER)  # no file for camelot to look at
    _accounted(page, SCRATCH)


def number(data: bytes) -> None:
    """Read a print as a number of every kind: no error, and no digit that was not printed."""
    text = data.decode("utf-8", "replace")
    for kind in (Kind.RUPIAH, Kind.PERSEN, Kind.KUANTITAS):
        for notation in (None, *Notation):
            reading = read_number.__wrapped__(text, kind, notation)
            assert 0 <= reading.confidence <= 1
            assert reading.value not in reading.alternatives or reading.value is None
            if reading.value is not None:
                assert reading.value.is_finite()
                printed = "".join(str(int(c)) for c in text if c.isdecimal())
                assert _digits(f"{reading.value:f}") in printed, "a digit that was not printed"
    read_quantity(text, None)
    parse_code(text)


def header(data: bytes) -> None:
    """Recognise, type and prove a table of these cells (``|`` between cells, a line a row)."""
    rows = [line.split("|") for line in data.decode("utf-8", "replace").split("\n")]
    columns = max(map(len, rows))
    content = PageContent(
        1, 100.0 * columns, 20.0 * len(rows), PageOrigin.DIGITAL, 0, (_grid(rows, columns),), loose=()
    )
    document = build_document("fuzz", iter([content]), [schema.form for schema in SCHEMAS.values()])
    prove_document(document, SCHEMAS, narrative="", nomenclature=None)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "opening": opening,
    "file": file,
    "drawing": drawing,
    "grid": grid,
    "number": number,
    "header": header,
}


def _accounted(page: Page, path: Path) -> None:
    content = build_page_content(page, find_tables(page, path))
    lines = [line for grid in content.grids for cell in grid.cells for line in cell.lines]
    told = Counter(_told(word) for line in (*lines, *content.loose) for word in line.words)
    assert told == Counter(map(_told, page.words)), "a word was dropped or doubled"
    for grid in content.grids:
        _tiled(grid)


def _told(word: Word) -> tuple[str, float, float]:
    return word.text, round(word.bbox.x0, 3), round(word.bbox.top, 3)


def _tiled(grid: Grid) -> None:
    """Assert that the cells of a grid tile it and that its edges ascend."""
    covered = Counter(
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    )
    assert set(covered.values()) <= {1}, "two cells at one place"
    assert len(covered) == grid.rows * grid.columns, "a place without a cell"
    for edges in (grid.x_edges, grid.y_edges):
        assert all(one < next_one for one, next_one in pairwise(edges)), "edges out of order"


def _rulings(data: bytes) -> Iterator[Ruling]:
    kinds = tuple(RulingKind)
    for what, position, start, end in _pieces("4B", data):
        way = Orientation.VERTICAL if what & 1 else Orientation.HORIZONTAL
        first, last = sorted((float(start), float(end)))
        yield Ruling(way, float(position), first, last, 0.5, kinds[(what >> 1) % len(kinds)], (what >> 4) / 15)


def _words(data: bytes) -> Iterator[Word]:
    for number, (x, y, width, size, bold, letter) in enumerate(_pieces("6B", data)):
        text = f"{letter}" if letter < 128 else f"{chr(letter)}{number}"
        height = 1.0 + size % 16
        yield Word(text, BBox(float(x), float(y), float(x + width % 64), y + height), height, bold=bool(bold & 1))


def _pieces(form: str, data: bytes) -> Iterator[tuple[int, ...]]:
    size = struct.calcsize(form)
    return struct.iter_unpack(form, data[: len(data) // size * size])


def _grid(rows: list[list[str]], columns: int) -> Grid:
    edges_x = tuple(100.0 * number for number in range(columns + 1))
    edges_y = tuple(20.0 * number for number in range(len(rows) + 1))
    cells = tuple(
        _cell(row, column, cells[column] if column < len(cells) else "")
        for row, cells in enumerate(rows)
        for column in range(columns)
    )
    return Grid(1, BBox(0.0, 0.0, edges_x[-1], edges_y[-1]), edges_x, edges_y, cells)


def _cell(row: int, column: int, text: str) -> Cell:
    box = BBox(100.0 * column, 20.0 * row, 100.0 * column + 100, 20.0 * row + 20)
    words = tuple(
        Word(part, BBox(box.x0 + 2 + place, box.top + 4, box.x0 + 3 + place, box.top + 14), 10.0)
        for place, part in enumerate(text.split())
    )
    return Cell(row, column, 1, 1, box, (Line(words, box),) if words else ())


def _digits(number: str) -> str:
    """Return the significant digits of a plain number, without the zeros at its ends."""
    return number.lstrip("-").replace(".", "").strip("0")
