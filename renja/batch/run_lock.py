"""One run at a time on an output folder; the operating system drops the lock when its holder dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from export.errors import OutputNotWritableError
from renja.failures import OutputLockedError

STATE_FOLDER = ".renja"
"""Where a run keeps its lock, journals and records, inside the output folder."""
LOCK_FILE = "lock"


@contextmanager
def locked_output(out: Path) -> Iterator[Path]:
    """Give the state folder of ``out`` while nobody else has it; leave no trace when nothing was written.

    Raises :class:`OutputLockedError` and :class:`~export.errors.OutputNotWritableError`.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - who only names the folder locks nothing

    state = out / STATE_FOLDER
    made = [folder for folder in (state, out, *out.parents) if not folder.exists()]
    lock = FileLock(state / LOCK_FILE)
    try:
        state.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise OutputLockedError(out) from error
    except (OSError, NotImplementedError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputNotWritableError(out, reason) from error
    try:
        yield state
    finally:
        # Unlinked while still held, so that a waiting run never shares a lock with one that made a new file.
        if made and {entry.name for entry in state.iterdir()} <= {LOCK_FILE} and {*out.iterdir()} <= {state}:
            with suppress(OSError):  # an open file cannot be removed on Windows; it is tidiness only
                (state / LOCK_FILE).unlink()
        lock.release()
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
