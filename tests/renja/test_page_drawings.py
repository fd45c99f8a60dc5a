import io
from pathlib import Path

from PIL import Image

from extract.page_image import PagePose
from extract.picture import render_page_images
from renja.page_drawings import DRAWING_DPI, write_page_drawings
from renja.pipeline import read_document
from renja.settings import Settings

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def test_every_page_with_a_table_is_drawn_with_its_columns_named(tmp_path) -> None:
    source, settings = SAMPLES / "renja-contoh.pdf", Settings(pages=(1, 11))
    written = write_page_drawings(source, read_document(source, settings), settings, tmp_path / "new")
    assert [path.name for path in written] == ["renja-contoh_h0011.png"]
    (plain,) = render_page_images(source, [PagePose(11)], dpi=DRAWING_DPI)
    before = Image.open(io.BytesIO(plain.webp)).convert("RGB")
    drawn = Image.open(written[0])
    assert drawn.size == before.size
    violet = [c for _, c in drawn.getcolors(1 << 20) if c[0] > 110 and c[1] < 90 and c[2] > 110]
    assert violet, "no column name was written"
