"""Rendered outputs that wait to be put in place: on disk once they are large, so that no length of document is held."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from extract.shelf import ShelfFullError

IN_MEMORY = 1 << 22
"""Bytes of all outputs together up to which none touches the disk before its time."""
CHUNK = 1 << 18
"""Bytes copied at a time."""


@dataclass(frozen=True, slots=True)
class _Entry:
    start: int
    size: int
    sha256: str


class RenderedFiles(Mapping[str, bytes]):
    """Files by path relative to the output folder, in the order they were added; looked up, they are bytes."""

    def __init__(self) -> None:
        """Begin without any file."""
        self._store: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY, prefix="renja-")  # noqa: SIM115 - as long as we
        self._entries: dict[str, _Entry] = {}
        self._end = 0

    def add(self, path: str, chunks: Iterable[bytes]) -> None:
        """Add a file, a chunk at a time; raises :class:`~extract.shelf.ShelfFullError`."""
        start, digest = self._end, hashlib.sha256()
        for chunk in chunks:
            digest.update(chunk)
            self._write(chunk)
        self._entries[path] = _Entry(start, self._end - start, digest.hexdigest())

    def _write(self, chunk: bytes) -> None:
        try:
            self._store.seek(self._end)
            self._end += self._store.write(chunk)
        except OSError as error:
            raise ShelfFullError(error.strerror or str(error)) from error

    def chunks(self, path: str) -> Iterator[bytes]:
        """Yield the bytes of a file, a chunk at a time; nothing may be added meanwhile."""
        entry = self._entries[path]
        self._store.seek(entry.start)
        left = entry.size
        while left:
            chunk = self._store.read(min(CHUNK, left))
            left -= len(chunk)
            yield chunk

    def size(self, path: str) -> int:
        """Return the bytes of a file."""
        return self._entries[path].size

    def sha256(self, path: str) -> str:
        """Return the SHA-256 of a file."""
        return self._entries[path].sha256

    def __getitem__(self, path: str) -> bytes:
        """Return the bytes of a file."""
        return b"".join(self.chunks(path))

    def __iter__(self) -> Iterator[str]:
        """Yield the paths, in the order of their addition."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self._entries)


def chunks_of(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield a stream from its beginning, a chunk at a time."""
    stream.seek(0)
    while chunk := stream.read(CHUNK):
        yield chunk
