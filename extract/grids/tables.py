"""All tables of a page: drawn ones, those a numbering line shows, those that go on, those that only spacing shows."""

from __future__ import annotations

from pathlib import Path

from extract.grids.grid import find_grids_and_drawn
from extract.model import Grid, GridMethod, Page, PageOrigin
from extract.unruled.borderless import propose_text_grids
from extract.unruled.headed import continued_grid, find_heads, headed_grids
from extract.unruled.wallless_head import with_head_walls


def find_tables(page: Page, pdf_path: Path, before: Grid | None = None) -> tuple[Grid, ...]:
    """Return the tables of a page, top to bottom, cells without text.

    ``before`` is the last grid of the page before: where it was read from its words alone, its columns are tried on a
    page without a drawn table or a head of its own.
    """
    grids, drawn = find_grids_and_drawn(page)
    heads = find_heads(page)
    added = [grid for grid in headed_grids(page, drawn, heads, before) if grid not in drawn]
    if added:
        grids = (*added, *(grid for grid in grids if not any(_overlap(grid, other) for other in added)))
    elif before is not None and before.method is GridMethod.TEXT and not drawn:
        going_on = continued_grid(page, before)
        grids = grids if going_on is None else (going_on,)
    grids = tuple(with_head_walls(page, grid) for grid in grids)
    layer = pdf_path if page.origin is PageOrigin.DIGITAL and page.turned == 0 else None
    spaced = propose_text_grids(page, layer, grids=grids)
    return tuple(sorted((*grids, *spaced), key=lambda grid: (grid.bbox.top, grid.bbox.x0)))


def _overlap(one: Grid, other: Grid) -> bool:
    a, b = one.bbox, other.bbox
    return a.x0 < b.x1 and b.x0 < a.x1 and a.top < b.bottom and b.top < a.bottom
