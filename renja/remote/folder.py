"""A remote output folder: read and written whole files at a time."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath

from export.atomic import write_files
from renja.remote.access import file_system, writing
from renja.remote.address import RemoteAddress


class RemoteFolder:
    """The files below an address, by their names relative to it.

    A write of one file is a single request (or one multipart upload): on an object store a reader sees the old bytes
    or the new ones. Everything raises :class:`~renja.failures.RemoteOutputError`.
    """

    def __init__(self, address: RemoteAddress) -> None:
        """Name the folder; nothing is asked of the server but what making a client asks."""
        self.address = address
        with writing(address):
            self._system, base = file_system(address)
        self._base = base.rstrip("/")

    def entries(self) -> frozenset[str]:
        """Return the names at the top level, empty when the folder does not exist."""
        with writing(self.address):
            try:
                listed = self._system.ls(self._base, detail=False)
            except FileNotFoundError:
                return frozenset()
        return frozenset(name.rstrip("/").rpartition("/")[2] for name in listed)

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes, None when it does not exist."""
        with writing(self.address):
            try:
                data: bytes = self._system.cat_file(self._path(name))
            except FileNotFoundError:
                return None
        return data

    def copy(self, names: Iterable[str], target: Path) -> None:
        """Copy files, and the files that stand directly in folders, of these names below ``target``."""
        with writing(self.address):
            paths = [path for name in names for path in self._files(name)]
            contents = self._system.cat(paths) if paths else {}
        write_files(target, {path[len(self._base) + 1 :]: data for path, data in contents.items()})

    def write(self, name: str, data: bytes) -> None:
        """Put a file in place."""
        with writing(self.address):
            self._system.pipe_file(self._path(name), data)

    def create(self, name: str, data: bytes) -> bool:
        """Put a file in place unless there is one; say whether it was done. The server decides, not a look before."""
        with writing(self.address):
            try:
                self._system.pipe_file(self._path(name), data, mode="create")
            except FileExistsError:
                return False
        return True

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        with writing(self.address), suppress(FileNotFoundError):
            self._system.rm_file(self._path(name))

    def _files(self, name: str) -> list[str]:
        path = self._path(name)
        if self._system.isfile(path):
            return [path]
        found = self._system.find(path, maxdepth=1)
        # Whatever keys a stranger wrote there, a copy stays below its folder.
        return [file for file in found if _is_plain(file[len(path) + 1 :])]

    def _path(self, name: str) -> str:
        return f"{self._base}/{name}"


def _is_plain(name: str) -> bool:
    return name not in {"", ".", ".."} and len(PurePosixPath(name).parts) == 1 and not set(name) & {"\\", "\0"}
