"""The words of a long document are not held together."""

import gc
from functools import partial
from pathlib import Path

from extract.model import Word
from extract.page_shelf import PageShelf
from normalize import document
from renja import pipeline
from renja.settings import Settings

SAMPLE = Path(__file__).parents[2] / "samples" / "payakumbuh-digital.pdf"
AT_HAND = 4
"""Pages held in this test; the sample has 39."""


def words_alive() -> int:
    return sum(isinstance(item, Word) for item in gc.get_objects())


def test_while_tables_are_built_only_the_words_of_the_pages_at_hand_are_in_memory(monkeypatch):
    pages = list(pipeline.read_contents(SAMPLE, Settings(), []))
    printed = sum(
        len(line.words) for page in pages for grid in page.grids for cell in grid.cells for line in cell.lines
    )
    del pages
    alive: list[int] = []

    def watched(table, ordinal, words):
        built = draft(table, ordinal, words)
        alive.append(words_alive())
        return built

    draft = document.draft_table
    monkeypatch.setattr(document, "draft_table", watched)
    monkeypatch.setattr(document, "PageShelf", partial(PageShelf, at_hand=AT_HAND))
    before = words_alive()
    reading = pipeline.read_document(SAMPLE, Settings(), keep_grids=False)
    assert len(alive) == len(reading.document.tables)
    assert max(alive) - before < printed / 3
