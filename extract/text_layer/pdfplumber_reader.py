"""The same page read by pdfplumber: the reference the fast reader is tested against, and a second opinion."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

from extract.errors import PageFailed
from extract.frame import Affine, Frame, turn_box, turn_frame
from extract.model import BBox, Page
from extract.text_layer.drawing import UNDER_WHITE_LETTERS, Drawing, PagePaths
from extract.text_layer.glyphs import PLAIN_SPELLING, UNMAPPED, Fate, Glyphs, PageGlyphs, dominant_quarter, settle_fates
from extract.text_layer.pdfium_reader import assemble_page, hide_white_on_paper
from extract.text_layer.ruling_shapes import Point, Shape

UPRIGHT_TOLERANCE = math.radians(4)
"""A glyph leaning further from a quarter turn is slanted: a watermark or a stamp."""
RUN_GAP_EM = 1.0
"""pdfplumber does not say which glyphs one command set; a wider jump is taken for the next command."""
SAME_LINE = 0.1
"""Points by which base lines and sizes of one command may differ, for rounding."""
BOLD_NAMES = ("bold", "black", "heavy")
UNREADABLE = (
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    LookupError,
    AssertionError,
    RecursionError,
    OSError,
)
"""What pdfplumber raises on files that PDFium repairs silently, besides its own errors."""


def read_page_reference(path: Path, number: int, *, password: str = "") -> Page:
    """Read page ``number`` (1-based) as ``read_digital_page`` of the PDFium reader does, some ten times slower.

    pdfplumber knows no render mode and no opacity, so invisible text counts as visible here.
    Raises :class:`extract.errors.PageFailed` when there is no such page, or pdfplumber cannot read it.
    """
    try:
        return _read_page(path, number, password)
    except (PdfminerException, PSException, *UNREADABLE) as error:
        raise PageFailed("pdfplumber cannot read the page", "None is needed", path=path, page=number) from error


def _read_page(path: Path, number: int, password: str) -> Page:
    with pdfplumber.open(path, pages=[number], password=password or None) as document:
        if not document.pages:
            raise PageFailed("there is no such page", "Check --pages", path=path, page=number)
        page = document.pages[0]
        try:
            found = _read_glyphs(page)
            paths = _read_paths(page, found.frame)
        finally:
            page.close()  # without this every page stays in memory until the document is closed
    glyphs = hide_white_on_paper(found.glyphs, paths)
    return assemble_page(glyphs, paths, found.frame, number=number, turned=found.turned)


def _read_glyphs(page: Any) -> PageGlyphs:  # noqa: ANN401 -- pdfplumber carries no types
    """Read the characters of a page and turn it upright."""
    left, top, right, bottom = page.cropbox
    shown = Frame(right - left, bottom - top, Affine(e=-left, f=-top))
    chars = [char for char in page.chars if char["text"]]
    letters = ["".join(_letter(part) for part in char["text"]) for char in chars]
    angles = [math.atan2(char["matrix"][1], char["matrix"][0]) for char in chars]
    quarter = np.array([round(angle / (math.pi / 2)) % 4 for angle in angles], dtype=np.int64)
    turns = dominant_quarter(np.array([not letter.isspace() for letter in letters], dtype=np.bool_), quarter)
    boxes = [
        turn_box(
            BBox(char["x0"] - left, char["top"] - top, char["x1"] - left, char["bottom"] - top),
            90 * turns,
            shown.width,
            shown.height,
        )
        for char in chars
    ]
    quarter = (quarter - turns) % 4
    # pdfplumber's own size is the advance width when a character reads sideways.
    sizes = [box.width if q % 2 else box.height for box, q in zip(boxes, quarter, strict=True)]
    slanted = [abs(math.remainder(angle, math.pi / 2)) > UPRIGHT_TOLERANCE for angle in angles]
    alphabet = tuple(dict.fromkeys(letters))
    glyphs = Glyphs(
        alphabet=alphabet,
        letter=np.array([alphabet.index(letter) for letter in letters], dtype=np.int64),
        x0=np.array([box.x0 for box in boxes], dtype=np.float64),
        top=np.array([box.top for box in boxes], dtype=np.float64),
        x1=np.array([box.x1 for box in boxes], dtype=np.float64),
        bottom=np.array([box.bottom for box in boxes], dtype=np.float64),
        size=np.array(sizes, dtype=np.float64),
        run=np.array(list(_runs([char["fontname"] for char in chars], boxes, sizes)), dtype=np.int64),
        quarter=quarter,
        bold=np.array([any(n in char["fontname"].lower() for n in BOLD_NAMES) for char in chars], dtype=np.bool_),
        white=np.array(
            [_luminance(char["non_stroking_color"]) >= UNDER_WHITE_LETTERS for char in chars], dtype=np.bool_
        ),
        fate=np.array([Fate.WATERMARK if slant else Fate.VISIBLE for slant in slanted], dtype=np.int64),
    )
    frame = turn_frame(shown, 90 * turns)
    return PageGlyphs(settle_fates(glyphs, frame.width, frame.height), frame, 90 * turns)


def _letter(character: str) -> str:
    """Spell one character as the fast reader does."""
    plain = PLAIN_SPELLING.get(ord(character))
    if plain is not None:
        return plain
    return character if character >= " " else UNMAPPED


def _runs(fonts: Sequence[str], boxes: Sequence[BBox], sizes: Sequence[float]) -> Iterator[int]:
    """Give each character the ordinal of its stretch that looks set by one command."""
    ordinal = 0
    for index, (font, box, size) in enumerate(zip(fonts, boxes, sizes, strict=True)):
        if index:
            before = boxes[index - 1]
            same_face = fonts[index - 1] == font and abs(sizes[index - 1] - size) < SAME_LINE
            same_line = abs(before.bottom - box.bottom) < SAME_LINE and abs(box.x0 - before.x1) < RUN_GAP_EM * size
            ordinal += not (same_face and same_line)
        yield ordinal


def _read_paths(page: Any, frame: Frame) -> PagePaths:  # noqa: ANN401 -- pdfplumber carries no types
    """Read the lines, rectangles and curves of a page in drawing order."""
    drawing = Drawing(frame.width, frame.height)
    to_upright = frame.to_display
    for image in page.images:
        corners = [to_upright.point(image[x], image[y]) for x in ("x0", "x1") for y in ("top", "bottom")]
        xs, ys = zip(*corners, strict=True)
        drawing.add_image(BBox(min(xs), min(ys), max(xs), max(ys)), hides_text=False)  # order and masks are unknown
    for when, item in enumerate((*page.rects, *page.curves, *page.lines)):
        drawing.segments += len(item["path"])
        shape = _shape(item, to_upright)
        if shape is not None:
            drawing.add_shape(shape, None, when=when)
    return drawing.finish()


def _shape(item: dict[str, Any], to_upright: Affine) -> Shape | None:
    """Build the shape of one pdfplumber object; None when it paints nothing."""
    fill = _luminance(item["non_stroking_color"]) if item["fill"] else None
    stroke = _luminance(item["stroking_color"]) if item["stroke"] else None
    points: list[Point] = [to_upright.point(*point) for point in item["pts"]]
    if len(points) < 2 or (fill is None and stroke is None):
        return None
    closed = fill is not None or any(step[0] == "h" for step in item["path"]) or item["object_type"] == "rect"
    if closed and points[0] != points[-1]:
        points.append(points[0])
    curved = any(step[0] in "cvy" for step in item["path"])
    return Shape((tuple(points),), (curved,), stroke, float(item["linewidth"] or 0), fill)


def _luminance(color: Any) -> float:  # noqa: ANN401 -- a number, a tuple, a pattern name or None
    """Return the luminance (0 black to 1 white) of a colour in grey, RGB or CMYK; unknown kinds count as black."""
    values = color if isinstance(color, (tuple, list)) else (color,)
    match values:
        case [float() | int() as gray]:
            return float(gray)
        case [float() | int() as red, float() | int() as green, float() | int() as blue]:
            return float(0.299 * red + 0.587 * green + 0.114 * blue)
        case [float() | int() as cyan, float() | int() as magenta, float() | int() as yellow, float() | int() as black]:
            return float((1 - (0.299 * cyan + 0.587 * magenta + 0.114 * yellow)) * (1 - black))
        case _:
            return 0.0
