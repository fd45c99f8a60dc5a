"""Grids as plain dictionaries, the form that ``--raw`` writes as JSON.

One dictionary a document::

    {"version": 1,
     "pages": [{"page": 1, "width": 842.0, "height": 595.0, "origin": "digital", "turned": 0,
                "grids": [{"page": 1, "index": 0, "bbox": [x0, top, x1, bottom], "method": "ruled",
                           "rows": 3, "columns": 4, "x_edges": [...], "y_edges": [...],
                           "open_top": false, "open_bottom": false,
                           "cells": [{"row": 0, "column": 0, "row_span": 1, "column_span": 2,
                                      "bbox": [x0, top, x1, bottom], "text": "Program"}]}],
                "loose": [{"bbox": [...], "text": "Tabel III.1"}],
                "discarded": [{"bbox": [...], "text": "DRAFT"}]}]}

Coordinates are points from the top-left corner of the upright page (after turning it clockwise by ``turned`` degrees),
rounded to two decimals. Rows and columns count from 0; the cells of a grid tile it; ``text`` has the cell's lines
joined by line feeds. ``loose`` are the lines outside every grid, ``discarded`` the words left out as invisible.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from extract.model import BBox, Cell, Grid, PageContent

RAW_VERSION = 1
DECIMALS = 2


def raw_document(pages: Iterable[PageContent]) -> dict[str, Any]:
    """Return the JSON-able form of a document's pages."""
    return {"version": RAW_VERSION, "pages": [raw_page(page) for page in pages]}


def raw_page(content: PageContent) -> dict[str, Any]:
    """Return the JSON-able form of one page."""
    return {
        "page": content.number,
        "width": round(content.width, DECIMALS),
        "height": round(content.height, DECIMALS),
        "origin": content.origin.value,
        "turned": content.turned,
        "grids": [raw_grid(grid, index=index) for index, grid in enumerate(content.grids)],
        "loose": [{"bbox": _box(line.bbox), "text": line.text} for line in content.loose],
        "discarded": [{"bbox": _box(word.bbox), "text": word.text} for word in content.discarded],
    }


def raw_grid(grid: Grid, *, index: int) -> dict[str, Any]:
    """Return the JSON-able form of one grid; ``index`` counts the grids of its page from 0."""
    return {
        "page": grid.page,
        "index": index,
        "bbox": _box(grid.bbox),
        "method": grid.method.value,
        "rows": grid.rows,
        "columns": grid.columns,
        "x_edges": [round(x, DECIMALS) for x in grid.x_edges],
        "y_edges": [round(y, DECIMALS) for y in grid.y_edges],
        "open_top": grid.open_top,
        "open_bottom": grid.open_bottom,
        "cells": [_cell(cell) for cell in grid.cells],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "row": cell.row,
        "column": cell.column,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        "bbox": _box(cell.bbox),
        "text": cell.text,
    }


def _box(box: BBox) -> list[float]:
    return [round(value, DECIMALS) for value in (box.x0, box.top, box.x1, box.bottom)]
