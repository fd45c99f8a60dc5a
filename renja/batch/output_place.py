"""The output folder of a run: one of this machine, or a remote one of which a private copy holds what is needed."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from export.atomic import write_files
from renja.batch.result_record import RECORDS_FOLDER
from renja.batch.run_lock import LOCK_FILE, STATE_FOLDER, locked_output
from renja.remote.address import Location, RemoteAddress

if TYPE_CHECKING:  # of no use to local folders
    from renja.remote.folder import RemoteFolder
    from renja.remote.lease import Lease


class OutputPlace(Protocol):
    """Where a run writes; held by it alone."""

    @property
    def root(self) -> Path:
        """The folder of this machine in which earlier outputs are looked at."""

    @property
    def state(self) -> Path:
        """The folder of journals and records."""

    @property
    def publish(self) -> RemoteAddress | None:
        """Where outputs are uploaded to; None when ``root`` is the place itself."""

    @contextmanager
    def recovering(self) -> Iterator[None]:
        """Hold every record and every unfinished output while they are brought into order."""

    @contextmanager
    def looking_at(self, stem: str) -> Iterator[None]:
        """Hold the earlier outputs under a name and under it with a number behind."""

    def write(self, files: Mapping[str, bytes]) -> None:
        """Put files of the run itself in place."""

    def check(self) -> None:
        """Raise :class:`~renja.failures.OutputLockedError` when the place is no longer ours alone."""

    def told(self, name: str) -> str:
        """Return how the place of an output is told."""


@contextmanager
def output_place(out: Location) -> Iterator[OutputPlace]:
    """Give the place while nobody else has it; raises as :func:`locked_output`, or RemoteOutputError."""
    if isinstance(out, Path):
        with locked_output(out) as state:
            yield LocalPlace(out, state)
        return
    from renja.remote.folder import RemoteFolder  # noqa: PLC0415 - of no use to local folders
    from renja.remote.lease import leased  # noqa: PLC0415 - as above

    folder = RemoteFolder(out)
    with (
        leased(folder, f"{STATE_FOLDER}/{LOCK_FILE}") as lease,
        tempfile.TemporaryDirectory(prefix="renja-", ignore_cleanup_errors=True) as scratch,
    ):
        yield RemotePlace(folder, lease, Path(scratch))


class LocalPlace:
    """A folder of this machine, or one it mounts."""

    publish = None

    def __init__(self, root: Path, state: Path) -> None:
        """Name the folders."""
        self.root = root
        self.state = state

    @contextmanager
    def recovering(self) -> Iterator[None]:
        """Everything is there already."""
        yield

    @contextmanager
    def looking_at(self, stem: str) -> Iterator[None]:  # noqa: ARG002 - the protocol's signature
        """Everything is there already."""
        yield

    def write(self, files: Mapping[str, bytes]) -> None:
        """Put files in place; raises :class:`~export.errors.OutputNotWritableError`."""
        write_files(self.root, files)

    def check(self) -> None:
        """Trust the operating system, which holds the lock."""

    def told(self, name: str) -> str:
        """Return the path."""
        return str(self.root / name)


class RemotePlace:
    """A remote folder; earlier outputs are copied here only while they are looked at."""

    def __init__(self, folder: RemoteFolder, lease: Lease, scratch: Path) -> None:
        """Copy nothing yet."""
        self.root = scratch
        self.state = scratch / STATE_FOLDER
        self.publish = folder.address
        self._folder = folder
        self._lease = lease
        self._entries = folder.entries()
        self.state.mkdir()

    @contextmanager
    def recovering(self) -> Iterator[None]:
        """Copy all records and what unfinished ones name, then do there what was done here."""
        from renja.batch.result_record import read_records  # noqa: PLC0415

        self._folder.copy([f"{STATE_FOLDER}/{RECORDS_FOLDER}"], self.root)
        unfinished = [record for record in read_records(self.state) if not record.complete]
        self._folder.copy([entry for record in unfinished for entry in (f"{record.name}.xlsx", record.name)], self.root)
        before = self._held()
        yield
        after = self._held()
        for name, data in after.items():
            if before.get(name) != data:
                self._folder.write(name, data)
        for name in before.keys() - after.keys():
            self._folder.remove(name)
        self._forget()

    @contextmanager
    def looking_at(self, stem: str) -> Iterator[None]:
        """Copy the outputs of that name, and forget them again."""
        ours = re.compile(re.escape(stem.casefold()) + r"(-\d+)?(\.xlsx)?")
        self._folder.copy([entry for entry in self._entries if ours.fullmatch(entry.casefold())], self.root)
        try:
            yield
        finally:
            self._forget()

    def write(self, files: Mapping[str, bytes]) -> None:
        """Upload files; raises :class:`~renja.failures.RemoteOutputError`."""
        for name, data in files.items():
            self._folder.write(name, data)

    def check(self) -> None:
        """Raise when another run took the folder over."""
        self._lease.check()

    def told(self, name: str) -> str:
        """Return the address."""
        return f"{str(self.publish).rstrip('/')}/{name}"

    def _held(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes() for path in self.root.rglob("*") if path.is_file()
        }

    def _forget(self) -> None:
        """Remove the copies of outputs; the state stays."""
        for path in self.root.iterdir():
            if path != self.state:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
