"""Many ranges of indices taken apart at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

PAIR_BATCH = 2_000_000
"""Pairs handed out at once; bounds memory on map-like pages."""


def pairs_in_ranges(low: Ints, high: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Yield the pairs ``(i, j)`` with ``low[i] <= j < high[i]`` as two columns, a batch at a time."""
    count = np.maximum(high - low, 0)
    batch_of = np.cumsum(count) // PAIR_BATCH
    for batch in sorted(set(batch_of.tolist())):
        owners = np.flatnonzero(batch_of == batch)
        own = count[owners]
        if not (size := int(own.sum())):
            continue
        owner = np.repeat(owners, own)
        offset = np.arange(size) - np.repeat(np.cumsum(own) - own, own)
        yield owner, low[owner] + offset
