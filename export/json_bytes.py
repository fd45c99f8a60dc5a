"""JSON as bytes that are the same for the same input."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | Mapping[str, Json] | Sequence[Json] | None"


def json_bytes(document: Mapping[str, Json]) -> bytes:
    """Return ``document`` as indented UTF-8 JSON in its own key order, closed by a newline."""
    return (json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()
