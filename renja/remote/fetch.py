"""Remote inputs: which PDFs an address names, and a private copy of one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from export.errors import OutputNotWritableError
from export.provenance import SourceFile
from extract.opening import MAX_FILE_BYTES
from renja.failures import InputTooLargeError, NoInputError
from renja.remote.access import file_system, reading
from renja.remote.address import RemoteAddress
from renja.shown import shown

CHUNK_BYTES = 1 << 20
BLOCK_BYTES = 4 << 20
"""Asked of an object store at a time."""
_WILDCARDS = frozenset("*?[")


def expand_remote(address: RemoteAddress, suffix: str) -> tuple[RemoteAddress, ...]:
    """Return the files an address names: itself, those a pattern matches, or those below a folder, sorted.

    Folders that begin with a dot are passed over. Raises :class:`~renja.failures.NoInputError` and
    :class:`~renja.failures.RemoteInputError`.
    """
    if address.is_web:
        return (address,)
    with reading(address):
        system, path = file_system(address)
        if _WILDCARDS & set(path) and not system.exists(path):
            found, base = system.glob(path), ""
        elif system.isdir(path):
            found, base = system.find(path), path
        else:
            return (address,)
        urls = [system.unstrip_protocol(name) for name in sorted(found) if _is_wanted(name, base, suffix)]
    if not urls:
        raise NoInputError(str(address))
    return tuple(map(RemoteAddress, urls))


def fetch(address: RemoteAddress, folder: Path) -> tuple[Path, SourceFile]:
    """Copy a remote file into ``folder`` and return the copy and its identity.

    Raises :class:`~renja.failures.RemoteInputError`, :class:`~renja.failures.InputTooLargeError`, and
    :class:`~export.errors.OutputNotWritableError` when the copy finds no room.
    """
    target = folder / address.private_name
    digest, size = hashlib.sha256(), 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as copy:
            for chunk in _chunks(address):
                size += len(chunk)
                if size > MAX_FILE_BYTES:
                    raise InputTooLargeError(str(address), MAX_FILE_BYTES)
                digest.update(chunk)
                copy.write(chunk)
    except OSError as error:
        raise OutputNotWritableError(error.filename or target, error.strerror or str(error)) from error
    return target, SourceFile(shown(target.name), digest.hexdigest(), size)


def _chunks(address: RemoteAddress) -> Iterator[bytes]:
    with reading(address):
        source = _open(address)
    try:
        while True:
            with reading(address):
                chunk = source.read(CHUNK_BYTES)
            if not chunk:
                return
            yield chunk
    finally:
        source.close()


def _open(address: RemoteAddress) -> IO[bytes]:
    system, path = file_system(address)
    # A web server may not know ranges: 0 reads it as one stream.
    opened: Any = system.open(path, "rb", block_size=0 if address.is_web else BLOCK_BYTES)
    stream: IO[bytes] = opened
    return stream


def _is_wanted(name: str, base: str, suffix: str) -> bool:
    below = PurePosixPath(name[len(base) :]).parts if base else ()
    return name.lower().endswith(suffix) and not any(part.startswith(".") for part in below[:-1])
