"""Which PDF a document was read from, and with what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from export.json_bytes import Json


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The PDF a document was read from; ``name`` without folders, so that the manifest names no machine."""

    name: str
    sha256: str
    size: int
    """In bytes."""


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What the reading was done with."""

    versions: Mapping[str, str]
    settings: Mapping[str, Json]
