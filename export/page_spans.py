"""Page numbers as people write them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby


def page_spans(pages: Iterable[int], *, dash: str = "-") -> str:
    """Return page numbers as ascending ranges: ``3-5, 8``."""
    spans = []
    for _, group in groupby(enumerate(sorted(set(pages))), key=lambda pair: pair[1] - pair[0]):
        run = [page for _, page in group]
        spans.append(str(run[0]) if len(run) == 1 else f"{run[0]}{dash}{run[-1]}")
    return ", ".join(spans)
