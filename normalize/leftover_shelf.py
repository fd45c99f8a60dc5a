"""Leftovers of a long document, which wait on disk until they are written."""

from __future__ import annotations

from extract.line_codec import from_bytes, pack_lines, to_bytes, unpack_lines
from extract.shelf import Shelf
from normalize.model import Leftover

BLOCK = 256
"""Lines that are put on disk together."""


def leftover_shelf() -> Shelf[Leftover]:
    """Return an empty shelf for leftovers."""
    return Shelf(block=BLOCK, at_hand=2, pack=_pack, unpack=_unpack)


def _pack(leftovers: list[Leftover]) -> bytes:
    named = [(leftover.page, leftover.role) for leftover in leftovers]
    return to_bytes((named, pack_lines([leftover.line for leftover in leftovers])))


def _unpack(data: bytes) -> list[Leftover]:
    named, packed = from_bytes(data)
    return [Leftover(page, line, role) for (page, role), line in zip(named, unpack_lines(packed), strict=True)]
