"""Small documents drawn for the raster tests: a ruled table with known words, and what a scanner makes of it."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import reportlab
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

VERA = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
"""A typeface that travels with reportlab, so that pictures are the same on every machine."""

CAPTION = "Tabel 3.1 Rencana Program dan Kegiatan"
ROWS = (
    ("No", "Uraian", "Target", "Pagu Indikatif (Rp)"),
    ("1", "Program Pelatihan Kerja", "100%", "1.453.408.030,00"),
    ("2", "Kegiatan Pelaksanaan", "48 orang", "445.119.178,00"),
    ("3", "Penyediaan Jasa Surat", "12,75%", "-"),
    ("4", "", "16", "965.290.170,50"),
)
COLUMN_EDGES = (40.0, 70.0, 220.0, 290.0, 400.0)
ROW_HEIGHT = 22.0
TABLE_TOP = 60.0
PAGE_SIZE = (440.0, 220.0)
ROW_EDGES = tuple(TABLE_TOP + index * ROW_HEIGHT for index in range(len(ROWS) + 1))


def table_pdf() -> bytes:
    """Return a one-page PDF with :data:`CAPTION` above a ruled table of :data:`ROWS`."""
    if "Vera" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Vera", str(VERA)))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=PAGE_SIZE, bottomup=0, invariant=1)
    canvas.setFont("Vera", 9)
    canvas.drawString(40, 40, CAPTION)
    canvas.setLineWidth(0.7)
    for y in ROW_EDGES:
        canvas.line(COLUMN_EDGES[0], y, COLUMN_EDGES[-1], y)
    for x in COLUMN_EDGES:
        canvas.line(x, ROW_EDGES[0], x, ROW_EDGES[-1])
    canvas.setFont("Vera", 8)
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            canvas.drawString(COLUMN_EDGES[column] + 4, ROW_EDGES[row] + 14, text)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def scanned(pdf: bytes, *, dpi: int = 200, skew: float = 0.0, turn: int = 0, one_bit: bool = False) -> bytes:
    """Return the first page as a scan: leaning (degrees), softened, grainy, turned clockwise, seeded."""
    page = pdfium.PdfDocument(pdf)[0]
    grey = page.render(scale=dpi / 72, grayscale=True).to_numpy()
    grey = np.ascontiguousarray(grey[:, :, 0] if grey.ndim == 3 else grey)
    height, width = grey.shape
    lean = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
    grey = cv2.warpAffine(grey, lean, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,))
    grain = np.random.default_rng(7).normal(0, 5, grey.shape)
    soft = np.clip(cv2.GaussianBlur(grey, (0, 0), 0.6).astype(float) * 0.85 + 25 + grain, 0, 255).astype(np.uint8)
    image = Image.fromarray(np.ascontiguousarray(np.rot90(soft, -(turn // 90))))
    if one_bit:
        image = image.point(lambda value: 255 if value > 140 else 0).convert("1")
    stream = io.BytesIO()
    # Lossless inside the PDF: JPEG decoders may differ by a grey level.
    image.save(stream, "PDF", resolution=dpi) if one_bit else _save_lossless(image, stream, dpi)
    return stream.getvalue()


def _save_lossless(image: Image.Image, stream: io.BytesIO, dpi: int) -> None:
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415

    width, height = (pixels * 72 / dpi for pixels in image.size)
    canvas = Canvas(stream, pagesize=(width, height), invariant=1)
    canvas.drawImage(ImageReader(image), 0, 0, width, height)
    canvas.showPage()
    canvas.save()


def drawn_text(text: str, size: int, *, blur: float = 0.5) -> np.ndarray:
    """Return dark text on light ground, margins of half a glyph, as grey pixels."""
    font = ImageFont.truetype(str(VERA), size)
    left, top, right, bottom = font.getbbox(text)
    margin = size // 2
    image = Image.new("L", (int(right - left) + 2 * margin, int(bottom - top) + 2 * margin), 240)
    ImageDraw.Draw(image).text((margin - left, margin - top), text, font=font, fill=30)
    return cv2.GaussianBlur(np.asarray(image), (0, 0), blur)
