"""Python's collector of cyclic garbage in a process that reads documents: it looks rarely, and not at the program."""

from __future__ import annotations

import gc

YOUNG_OBJECTS = 50_000
"""New objects after which the collector looks for cycles among them: the records of some ten pages, which have none."""


def settle_collector() -> None:
    """Call after the imports: what they made stays, and need not be looked through in the middle of a document."""
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)
