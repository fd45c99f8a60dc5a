"""A worker process as its supervisor sees it: start, hand over a task, notice silence and death, say what it was."""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO

import renja
from renja.messages import AtPage, AtStage, Defect, Finished, Message, PagesDone, Ready
from renja.process_limits import Limits
from renja.tasks import Answer, Task
from renja.worker import ONE_THREAD

START_SECONDS = 120.0
"""A worker that has not come up by then never will; it takes 1 to 2 s on an idle machine."""
STDERR_CHARS = 400
"""So much of the last words of a dead worker is kept."""

Tell = Callable[[Message], None]


class WorkerLostError(Exception):
    """A worker ended, or had to be ended, before its task did."""

    def __init__(self, reason: str, *, page: int | None, stage: str, certain: bool, trace: str = "") -> None:
        """Keep where it was; ``certain`` when trying again would end the same way."""
        super().__init__(reason)
        self.reason = reason
        self.page = page
        self.stage = stage
        self.certain = certain
        self.trace = trace


class Worker:
    """One process; used by one thread at a time."""

    def __init__(self, limits: Limits) -> None:
        """Start the process; it is ready when the first task is answered."""
        self._limits = limits
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        root = str(Path(renja.__file__).parents[1])
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "renja.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            env=os.environ | ONE_THREAD | {"PYTHONPATH": os.pathsep.join(paths)},
        )
        self._messages: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        assert self._process.stdout is not None
        threading.Thread(target=_pump, args=(self._process.stdout, self._messages), daemon=True).start()
        self._send(limits)
        self.tasks_done = 0

    @property
    def alive(self) -> bool:
        """Whether the process can take a task."""
        return self._process.poll() is None

    def perform(self, task: Task, tell: Tell) -> Answer:
        """Do a task and return its answer; raise :class:`WorkerLostError` when that cannot be had.

        ``tell`` hears every message on the way.
        """
        page, stage = None, "starting"
        self._send(task)
        patience = START_SECONDS
        while True:
            try:
                message = self._messages.get(timeout=patience)
            except queue.Empty:
                self.kill()
                reason = f"no progress within {patience:.0f} s"
                raise WorkerLostError(reason, page=page, stage=stage, certain=True) from None
            match message:
                case None:
                    reason, certain = self._cause_of_death()
                    raise WorkerLostError(reason, page=page, stage=stage, certain=certain)
                case Ready():
                    patience = self._limits.seconds
                case AtPage(number):
                    page, patience = number, self._limits.seconds
                case AtStage(name):
                    page, stage, patience = None, name, self._limits.seconds
                case Finished(answer):
                    self.tasks_done += 1
                    return answer
                case Defect(kind, trace):
                    reason = f"internal error ({kind})"
                    raise WorkerLostError(reason, page=page, stage=stage, certain=True, trace=trace)
                case PagesDone():
                    pass
            tell(message)

    def kill(self) -> None:
        """End the process at once."""
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Let the process end and release what belongs to it."""
        with contextlib.suppress(OSError):
            assert self._process.stdin is not None
            self._process.stdin.close()
        try:
            self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self.kill()
        self._stderr.close()

    def _send(self, parcel: Task | Limits) -> None:
        with contextlib.suppress(OSError):  # a dead process is noticed by its silence
            assert self._process.stdin is not None
            pickle.dump(parcel, self._process.stdin)
            self._process.stdin.flush()

    def _cause_of_death(self) -> tuple[str, bool]:
        """Say how the process ended, and whether it would again."""
        code = self._process.wait()
        reason, certain = _named(code)
        self._stderr.seek(0)
        last = self._stderr.read()[-STDERR_CHARS:].decode("utf-8", "replace").strip()
        return (f"{reason}: {last.splitlines()[-1]}" if last else reason), certain


def _named(code: int) -> tuple[str, bool]:
    if code >= 0:
        return f"the worker ended with code {code}", False
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    meaning = {"SIGKILL": "perhaps for want of memory", "SIGSEGV": "a fault in a native library"}.get(name)
    if name == "SIGXCPU":
        return "more computing time than --timeout allows", True
    return f"the worker was ended by {name}" + (f" ({meaning})" if meaning else ""), False


def _pump(source: IO[bytes], messages: queue.SimpleQueue[Message | None]) -> None:
    """Pass messages on; None when there can be no more."""
    try:
        while True:
            messages.put(pickle.load(source))  # noqa: S301 - from our own worker
    except (EOFError, OSError, ValueError, pickle.UnpicklingError):
        messages.put(None)
