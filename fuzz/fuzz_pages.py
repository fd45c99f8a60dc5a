"""Fuzz the reading of PDFs: whatever the bytes, an error of ours or pages whose every word is accounted for.

    python fuzz/fuzz_pages.py CORPUS [libFuzzer options, such as -max_total_time=1200]

Needs atheris (`make fuzz` installs it). CORPUS is filled by `python fuzz/corpus.py CORPUS`.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["extract"]):
    from extract.errors import PdfError
    from extract.grids.cells import build_page_content
    from extract.grids.tables import find_tables
    from extract.model import PageContent, Word
    from extract.pages import OcrPolicy, PageFailure, ReadSettings, read_pages

FIRST_PAGES = frozenset({1, 2})
"""More pages of the same file find nothing new."""
SETTINGS = ReadSettings(ocr=OcrPolicy.NEVER)
SCRATCH = Path(tempfile.mkdtemp(prefix="renja-fuzz-")) / "masukan.pdf"


def read_one(data: bytes) -> None:
    """Read the bytes as a PDF; raises AssertionError, or any unexpected error, for what must not happen."""
    SCRATCH.write_bytes(data)
    try:
        for page in read_pages(SCRATCH, pages=FIRST_PAGES, settings=SETTINGS):
            if not isinstance(page, PageFailure):
                content = build_page_content(page, find_tables(page, SCRATCH))
                assert _words(content) == Counter(map(_told, page.words)), "a word was dropped or doubled"
                _tiled(content)
    except PdfError:
        return


def _words(content: PageContent) -> Counter[tuple[str, float, float]]:
    """Count the words of a page as they stand in its cells and outside them."""
    lines = [line for grid in content.grids for cell in grid.cells for line in cell.lines]
    return Counter(_told(word) for line in (*lines, *content.loose) for word in line.words)


def _told(word: Word) -> tuple[str, float, float]:
    return word.text, round(word.bbox.x0, 3), round(word.bbox.top, 3)


def _tiled(content: PageContent) -> None:
    """Assert that the cells of every grid tile it."""
    for grid in content.grids:
        covered = Counter(
            (row, column)
            for cell in grid.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        )
        assert set(covered.values()) <= {1}, "two cells at one place"
        assert len(covered) == grid.rows * grid.columns, "a place without a cell"


def main() -> None:
    """Run libFuzzer."""
    atheris.Setup(sys.argv, read_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
