"""Pictures of pages for people to compare with: upright, in the frame of the words, small enough to be sent along."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

from extract.frame import POINTS_PER_INCH
from extract.opening import open_pdf
from extract.page_image import PageImage, PagePose

PICTURE_DPI = 110.0
"""Dots per inch; eight-point figures are still told apart, and a page takes about 60 kB."""
MAX_PICTURE_SIDE = 4_000
"""Pixels; larger sheets are rendered at fewer dots per inch."""
LOSSLESS_EFFORT = 20
"""WebP's 0 to 100: more takes three times as long for a few per cent."""
LOSSLESS_BYTES = 180_000
"""Line drawings and print stay far below this without any loss; a scan is noise and does not."""
LOSSY_QUALITY = 45
COLOUR_SPREAD = 24
"""Difference of two colour channels (of 255) below which a pixel is taken for grey."""
LEAST_SKEW = 0.05
"""Degrees; a smaller lean does not move a cell off its ink."""


def render_page_images(
    path: Path, poses: Iterable[PagePose], *, password: str = "", dpi: float = PICTURE_DPI
) -> Iterator[PageImage]:
    """Yield the picture of each page of a PDF that ``poses`` names, one in memory at a time.

    Pages the document does not have, or PDFium cannot draw, are passed over: their findings tell. Raises the errors
    of :func:`extract.opening.open_pdf`.
    """
    with open_pdf(path, password=password) as opened:
        for pose in poses:
            if not 1 <= pose.number <= opened.pages:
                continue
            try:
                pdf_page = opened.page(pose.number)
            except pypdfium2.PdfiumError:
                continue
            try:
                yield render_page_picture(pdf_page, pose, dpi)
            finally:
                pdf_page.close()


def render_page_picture(pdf_page: pypdfium2.PdfPage, pose: PagePose, dpi: float = PICTURE_DPI) -> PageImage:
    """Render one page upright and straight as WebP, in grey when nothing on it is coloured."""
    width, height = pdf_page.get_size()
    scale = min(dpi / POINTS_PER_INCH, MAX_PICTURE_SIDE / max(width, height))
    bitmap = pdf_page.render(scale=scale, may_draw_forms=True)
    try:
        picture = bitmap.to_pil().convert("RGB")
    finally:
        bitmap.close()
    if pose.turned % 360:
        picture = picture.rotate(-pose.turned, expand=True)
    if pose.turned % 180:
        width, height = height, width
    if abs(pose.skew) >= LEAST_SKEW:
        picture = picture.rotate(-pose.skew, resample=Image.Resampling.BILINEAR, fillcolor="white")
    if not _coloured(picture):
        picture = picture.convert("L")
    return PageImage(pose.number, width, height, _webp(picture))


def _webp(picture: Image.Image) -> bytes:
    """Return the picture without loss when that is small, else with a loss no reader of figures notices."""
    stream = io.BytesIO()
    picture.save(stream, "WEBP", lossless=True, method=1, quality=LOSSLESS_EFFORT)
    if stream.tell() > LOSSLESS_BYTES:
        stream = io.BytesIO()
        picture.save(stream, "WEBP", quality=LOSSY_QUALITY, method=0)
    return stream.getvalue()


def _coloured(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    spreads = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return any(any(spread.histogram()[COLOUR_SPREAD:]) for spread in spreads)
