"""Page lists as a user types them: ``1-5,8``."""

from __future__ import annotations

import re

_RANGE = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")


def parse_page_ranges(text: str) -> tuple[int, ...]:
    """Return the pages named by ``text``, ascending and each once; raise ValueError with the part that is wrong."""
    pages: set[int] = set()
    for part in text.replace(" ", "").split(","):
        match = _RANGE.fullmatch(part)
        if match is None:
            raise ValueError(f"'{part}' is no page or range of pages; write for instance 1-5,8")
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last:
            raise ValueError(f"'{part}' names no pages: pages count from 1 and ranges rise")
        pages.update(range(first, last + 1))
    return tuple(sorted(pages))
