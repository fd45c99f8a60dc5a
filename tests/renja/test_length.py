"""The words and the records of a long document are not held together."""

import gc
from functools import partial
from pathlib import Path

from extract.model import Word
from extract.page_shelf import PageShelf
from normalize import document
from normalize.model import Record
from normalize.record_shelf import BLOCK, record_shelf
from renja import pipeline
from renja.settings import Settings

SAMPLE = Path(__file__).parents[2] / "samples" / "payakumbuh-digital.pdf"
AT_HAND = 4
"""Pages held in this test; the sample has 39."""


def alive(kind: type) -> int:
    return sum(isinstance(item, kind) for item in gc.get_objects())


def test_while_tables_are_built_only_the_words_of_the_pages_at_hand_are_in_memory(monkeypatch):
    pages = list(pipeline.read_contents(SAMPLE, Settings(), []))
    printed = sum(
        len(line.words) for page in pages for grid in page.grids for cell in grid.cells for line in cell.lines
    )
    del pages
    counts: list[int] = []

    def watched(table, ordinal, words):
        built = draft(table, ordinal, words)
        counts.append(alive(Word))
        return built

    draft = document.draft_table
    monkeypatch.setattr(document, "draft_table", watched)
    monkeypatch.setattr(document, "PageShelf", partial(PageShelf, at_hand=AT_HAND))
    before = alive(Word)
    reading = pipeline.read_document(SAMPLE, Settings(), keep_grids=False)
    assert len(counts) == len(reading.document.tables)
    assert max(counts) - before < printed / 3


def test_the_records_of_finished_tables_are_not_in_memory(monkeypatch):
    monkeypatch.setattr(document, "record_shelf", partial(record_shelf, at_hand=1))
    before = alive(Record)
    reading = pipeline.read_document(SAMPLE, Settings(), keep_grids=False)
    assert sum(len(table.records) for table in reading.document.tables) > 5 * BLOCK
    gc.collect()
    assert alive(Record) - before < 3 * BLOCK
