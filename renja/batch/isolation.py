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
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

import renja
from renja.batch.messages import AtPage, AtStage, Defect, Finished, Message, PagesDone, Ready
from renja.batch.process_limits import Limits
from renja.batch.tasks import WorkerAnswer, WorkerTask
from renja.batch.worker import ONE_THREAD

START_SECONDS = 120.0
"""A worker that has not come up by then never will; it takes 1 to 2 s on an idle machine."""
STDERR_CHARS = 400
"""So much of the last words of a dead worker is kept."""

Tell = Callable[[Message], None]


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a worker was lost."""

    reason: str
    sebab: str
    """The same for planners, in Indonesian."""
    certain: bool
    """Trying again would end the same way."""
    over_limit: bool = False
    """A limit of ours ended it."""


class WorkerLostError(Exception):
    """A worker ended, or had to be ended, before its task did."""

    def __init__(self, cause: Cause, *, page: int | None, stage: str, trace: str = "") -> None:
        """Keep why and where it was."""
        super().__init__(cause.reason)
        self.cause = cause
        self.page = page
        self.stage = stage
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
            [sys.executable, "-P", "-m", "renja.batch.worker"],
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

    def perform(self, task: WorkerTask, tell: Tell) -> WorkerAnswer:
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
                raise WorkerLostError(_silent(patience), page=page, stage=stage) from None
            match message:
                case None:
                    raise WorkerLostError(self._cause_of_death(), page=page, stage=stage)
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
                    cause = Cause(f"internal error ({kind})", f"cacat program ({kind})", certain=True)
                    raise WorkerLostError(cause, page=page, stage=stage, trace=trace)
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

    def _send(self, parcel: WorkerTask | Limits) -> None:
        with contextlib.suppress(OSError):  # a dead process is noticed by its silence
            assert self._process.stdin is not None
            pickle.dump(parcel, self._process.stdin)
            self._process.stdin.flush()

    def _cause_of_death(self) -> Cause:
        """Say how the process ended, with its last words."""
        cause = _cause(self._process.wait())
        self._stderr.seek(0)
        last = self._stderr.read()[-STDERR_CHARS:].decode("utf-8", "replace").strip()
        return replace(cause, reason=f"{cause.reason}: {last.splitlines()[-1]}") if last else cause


def _silent(seconds: float) -> Cause:
    return Cause(
        f"no progress within {seconds:.0f} s (--timeout)",
        f"tidak selesai dalam {seconds:.0f} detik",
        certain=True,
        over_limit=True,
    )


def _cause(code: int) -> Cause:
    """Return the cause that an exit code tells.

    A signal from outside (the system short of memory, an operator) need not come again; a crash of its own does.
    """
    try:
        name = signal.Signals(-code).name
    except ValueError:
        return Cause(f"the worker ended with code {code}", f"prosesnya berakhir dengan kode {code}", certain=False)
    if name == "SIGXCPU":
        return Cause(
            "more computing time than --timeout allows", "melampaui batas waktu hitung", certain=True, over_limit=True
        )
    memory = {"SIGKILL", "SIGABRT", "SIGTRAP"}  # PDFium aborts where it gets no memory
    meaning = ", perhaps for want of memory" if name in memory else ""
    outside = name in {"SIGKILL", "SIGTERM", "SIGHUP", "SIGINT"}
    return Cause(f"the worker was ended by {name}{meaning}", f"prosesnya mati ({name})", certain=not outside)


def _pump(source: IO[bytes], messages: queue.SimpleQueue[Message | None]) -> None:
    """Pass messages on; None when there can be no more."""
    try:
        while True:
            messages.put(pickle.load(source))  # noqa: S301 - from our own worker
    except (EOFError, OSError, ValueError, pickle.UnpicklingError):
        messages.put(None)
