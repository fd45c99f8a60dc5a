"""Python's garbage collector in a process that reads documents: it runs rarely and passes over the imported code."""

from __future__ import annotations

import gc

YOUNG_OBJECTS = 50_000
"""New objects after which the collector looks for cycles; records have none, and ten pages make about so many."""


def settle_collector() -> None:
    """Freeze what the imports made, so that no collection searches it in the middle of a document; call after them."""
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)
