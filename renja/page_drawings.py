"""Pictures of pages with what was seen drawn over them, so that a person sees why a table was read as it was."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from export.naming import safe_stem
from extract.debug import draw_page
from extract.model import BBox, PageContent, PageOrigin, Ruling
from extract.page_image import PagePose
from extract.pages import OcrPolicy, PageFailure, ReadSettings, read_pages
from extract.picture import render_page_images
from normalize.rows.values import looks_like
from normalize.tables.stitch import stitch
from renja.pipeline import Reading
from renja.settings import Settings
from schemas.loader import load_schemas

DRAWING_DPI = 150.0


def write_page_drawings(path: Path, reading: Reading, settings: Settings, folder: Path) -> tuple[Path, ...]:
    """Write one PNG per page with a table: rulings, cells, words, and over each column what it was taken for.

    Rulings are those of the text layer; on a scan the cells show them. Raises OSError when ``folder`` cannot be
    written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    contents = {content.number: content for content in reading.contents if content.grids}
    rulings = dict(_rulings(path, contents, settings))
    names = _names(reading, settings)
    poses = [PagePose(content.number, content.turned, content.skew) for content in contents.values()]
    written = []
    for image in render_page_images(path, poses, password=settings.password, dpi=DRAWING_DPI):
        content = contents[image.number]
        picture = Image.open(io.BytesIO(image.webp))
        drawing = draw_page(picture, content, rulings.get(image.number, ()), names.get(image.number, {}))
        target = folder / f"{safe_stem(path.stem)}_h{image.number:04d}.png"
        drawing.save(target)
        written.append(target)
    return tuple(written)


def _rulings(
    path: Path, contents: dict[int, PageContent], settings: Settings
) -> Iterator[tuple[int, tuple[Ruling, ...]]]:
    digital = frozenset(n for n, content in contents.items() if content.origin is PageOrigin.DIGITAL)
    read = ReadSettings(ocr=OcrPolicy.NEVER, password=settings.password)
    for page in read_pages(path, pages=digital, settings=read) if digital else ():
        if not isinstance(page, PageFailure):
            yield page.number, page.rulings


def _names(reading: Reading, settings: Settings) -> dict[int, dict[BBox, tuple[str, ...]]]:
    """Return the column keys of every recognised grid by page and box."""
    forms = [schema.form for schema in load_schemas(settings.schema_dir).values()]
    names: dict[int, dict[BBox, tuple[str, ...]]] = {}
    for table in stitch(reading.contents, forms, looks_like).tables:
        for part in table.parts:
            names.setdefault(part.grid.page, {})[part.grid.bbox] = part.keys
    return names
