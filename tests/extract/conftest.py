"""A page drawn for one test and read."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.model import Page
from extract.text_layer.pdfium_reader import read_digital_page

PAGE = (400.0, 300.0)
"""Width and height in points."""

Draw = Callable[[Canvas], None]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Page]:
    def draw_and_read(draw: Draw, size: tuple[float, float] = PAGE) -> Page:
        path = tmp_path / "page.pdf"
        canvas = Canvas(str(path), pagesize=size)
        draw(canvas)
        canvas.showPage()
        canvas.save()
        document = pypdfium2.PdfDocument(path)
        try:
            return read_digital_page(document[0], 1)
        finally:
            document.close()

    return draw_and_read
