"""The raw form holds every grid with its spans and survives JSON."""

from __future__ import annotations

import json

from extract.grids.cells import build_page_content
from extract.grids.grid import find_grids
from extract.model import BBox, Orientation, Page, Ruling, Word
from extract.raw import raw_document

H, V = Orientation.HORIZONTAL, Orientation.VERTICAL
RULINGS = (
    *(Ruling(H, y, 50, 250) for y in (50, 80, 110)),
    *(Ruling(V, x, 50, 110) for x in (50, 250)),
    Ruling(V, 150, 80, 110),
    Ruling(V, 100, 80, 110),
)


def test_raw_form_has_spans_text_and_loose_lines() -> None:
    words = (Word("Program", BBox(60, 60, 100, 70)), Word("Tabel", BBox(60, 20, 90, 30)))
    page = Page(3, 300, 200, words, RULINGS)
    document = raw_document([build_page_content(page, find_grids(page))])
    assert json.loads(json.dumps(document)) == document
    (raw,) = document["pages"]
    assert raw["loose"] == [{"bbox": [60, 20, 90, 30], "text": "Tabel"}]
    (grid,) = raw["grids"]
    assert (grid["page"], grid["rows"], grid["columns"], grid["bbox"]) == (3, 2, 3, [50, 50, 250, 110])
    head = grid["cells"][0]
    assert (head["row"], head["column"], head["row_span"], head["column_span"]) == (0, 0, 1, 3)
    assert head["text"] == "Program"
