"""Page pictures stand as the words do."""

import io

import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from extract.page_image import PagePose
from extract.picture import PICTURE_DPI, render_page_images, render_page_picture

WIDTH, HEIGHT = 400, 300


@pytest.fixture
def marked(tmp_path):
    """Draw a black square into the top-left corner of a white page, and a red one on the second page."""
    path = tmp_path / "sudut.pdf"
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.rect(10, HEIGHT - 60, 50, 50, stroke=0, fill=1)
    canvas.showPage()
    canvas.setFillColorRGB(1, 0, 0)
    canvas.rect(10, HEIGHT - 60, 50, 50, stroke=0, fill=1)
    canvas.save()
    return path


def opened(image) -> Image.Image:
    return Image.open(io.BytesIO(image.webp))


def ink_corner(picture: Image.Image) -> tuple[bool, bool]:
    """Return whether the ink is in the right half and in the lower half."""
    box = Image.eval(picture.convert("L"), lambda level: 255 if level < 128 else 0).getbbox()
    return (box[0] + box[2]) / 2 > picture.width / 2, (box[1] + box[3]) / 2 > picture.height / 2


@pytest.mark.parametrize(
    ("turned", "corner"), [(0, (False, False)), (90, (True, False)), (180, (True, True)), (270, (False, True))]
)
def test_a_picture_is_turned_clockwise_with_its_page(marked, turned, corner):
    page = pypdfium2.PdfDocument(marked)[0]
    image = render_page_picture(page, PagePose(1, turned))
    assert ink_corner(opened(image)) == corner
    assert (image.width, image.height) == ((WIDTH, HEIGHT) if turned % 180 == 0 else (HEIGHT, WIDTH))
    assert opened(image).width == pytest.approx(image.width * PICTURE_DPI / 72, abs=1)


def test_a_lean_is_taken_out(marked):
    page = pypdfium2.PdfDocument(marked)[0]
    straight, turned = (opened(render_page_picture(page, PagePose(1, 0, skew))).convert("L") for skew in (0.0, 5.0))
    left, right = turned.getpixel((20, 40)), turned.getpixel((90, 40))
    assert straight.size == turned.size
    assert left != straight.getpixel((20, 40)) or right != straight.getpixel((90, 40))


def test_only_coloured_pages_keep_colour(marked):
    grey, red = (
        opened(image).convert("RGB").getpixel((50, 50)) for image in render_page_images(marked, map(PagePose, (1, 2)))
    )
    assert grey[0] == grey[1] == grey[2]
    assert red[0] > red[1] + 100


def test_pages_the_document_does_not_have_are_passed_over(marked):
    assert [image.number for image in render_page_images(marked, map(PagePose, (0, 2, 9)))] == [2]
