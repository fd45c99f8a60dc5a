"""One run at a time on a remote output folder, as far as an object store can promise it.

No system drops a lock there when its holder dies. The holder therefore writes the lock anew every few seconds, and one
that was not for :data:`LEASE_SECONDS` counts as left behind. What holds: of two runs that begin at once, one gets the
lock (the server creates it only if it is not there; S3 and fsspec's memory do). What does not: of two runs that take
over a lock left behind within the same instant, both may go on until the next renewal, where the loser stops; and a
run that the network cuts off for longer than the lease may find that another has taken its place.
"""

from __future__ import annotations

import json
import os
import platform
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from renja.failures import OutputLockedError, RemoteOutputError
from renja.remote.folder import RemoteFolder

LEASE_SECONDS = 180.0
"""A lock that was not renewed for so long was left behind; clocks may differ by a part of it."""
RENEW_SECONDS = 30.0


@dataclass(slots=True)
class Lease:
    """A held lock."""

    folder: RemoteFolder
    name: str
    token: str = field(default_factory=lambda: uuid.uuid4().hex)
    lost: bool = False
    """Another run has taken it over."""

    def content(self) -> bytes:
        """Return what the lock file says now."""
        holder = {"token": self.token, "host": platform.node(), "pid": os.getpid(), "renewed": time.time()}
        return json.dumps(holder).encode()

    def check(self) -> None:
        """Raise :class:`~renja.failures.OutputLockedError` when another run has taken the folder over."""
        if self.lost:
            raise OutputLockedError(self.folder.address)

    def renew(self) -> None:
        """Write the lock anew, unless it is another's by now."""
        self.lost = self.lost or self._holder().get("token") not in {self.token, None}
        if not self.lost:
            self.folder.write(self.name, self.content())

    def take(self) -> None:
        """Get the lock or raise :class:`~renja.failures.OutputLockedError`."""
        if self.folder.create(self.name, self.content()):
            return
        holder = self._holder()
        if time.time() - float(holder.get("renewed", 0)) < LEASE_SECONDS:
            raise OutputLockedError(self.folder.address, _told(holder))
        self.folder.remove(self.name)
        if not self.folder.create(self.name, self.content()):
            raise OutputLockedError(self.folder.address, _told(self._holder()))

    def drop(self) -> None:
        """Give the lock back."""
        if self._holder().get("token") == self.token:
            self.folder.remove(self.name)

    def _holder(self) -> dict[str, Any]:
        try:
            content: Any = json.loads(self.folder.read(self.name) or b"{}")
        except ValueError:
            return {}
        return content if isinstance(content, dict) else {}


@contextmanager
def leased(folder: RemoteFolder, name: str) -> Iterator[Lease]:
    """Hold the lock for the length of a ``with`` block, renewed by a thread of its own."""
    lease = Lease(folder, name)
    lease.take()
    ended = threading.Event()

    def keep() -> None:
        while not ended.wait(RENEW_SECONDS):
            with suppress(RemoteOutputError):  # the next renewal may get through
                lease.renew()

    keeper = threading.Thread(target=keep, name="renja-lease", daemon=True)
    keeper.start()
    try:
        yield lease
    finally:
        ended.set()
        keeper.join()
        with suppress(RemoteOutputError):  # it runs out by itself
            lease.drop()


def _told(holder: dict[str, Any]) -> str:
    return f"{holder.get('host', '?')}, process {holder.get('pid', '?')}"
