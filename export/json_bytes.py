"""JSON as bytes that are the same for the same input."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | Mapping[str, Json] | Sequence[Json] | None"


PIECES = 1 << 12
"""Names, values and marks that are encoded at a time."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, indent=2, allow_nan=False)


def json_bytes(document: Mapping[str, Json]) -> bytes:
    """Return ``document`` as indented UTF-8 JSON in its own key order, closed by a newline."""
    return b"".join(json_chunks(document))


def json_chunks(document: Mapping[str, Json]) -> Iterator[bytes]:
    """Yield the bytes of :func:`json_bytes` as they are made: the pieces of a long document's are not held together."""
    pieces = _ENCODER.iterencode(document)
    while chunk := "".join(islice(pieces, PIECES)):
        yield chunk.encode()
    yield b"\n"
