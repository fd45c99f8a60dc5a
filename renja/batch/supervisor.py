"""Do a task in a worker process, and again when the worker dies of it; a page that kills is left out and named."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace

from renja.batch.isolation import Tell, Worker, WorkerLostError
from renja.batch.outcome import Outcome, failed
from renja.batch.process_limits import Limits
from renja.batch.tasks import PagesRead, WorkerAnswer, WorkerTask
from renja.exit_codes import ExitCode
from renja.failures import Failure
from renja.shown import shown

MAX_LOSSES = 3
"""So often may a worker be lost at the same place, since it need not have been that place's fault."""
MAX_PAGES_GIVEN_UP = 20
"""A document with more pages that kill is no document."""
TASKS_PER_WORKER = 25
"""Then the process is replaced, so that no leak of a library adds up."""


class StoppedError(Exception):
    """The pool was closed while a task was under way."""


class WorkerPool:
    """The worker processes of one machine, each used by one thread at a time."""

    def __init__(self, limits: Limits) -> None:
        """Start nothing yet."""
        self._limits = limits
        self._guard = threading.Lock()
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._closed = False

    def start(self, count: int) -> None:
        """Start processes that will be wanted: they load the readers while their first task is being planned."""
        with self._guard:
            self._idle += [Worker(self._limits) for _ in range(count)]

    def run(self, task: WorkerTask, tell: Tell) -> WorkerAnswer:
        """Return the answer to a task, whatever happens to the processes that work on it.

        Raises :class:`StoppedError` when the pool is closed meanwhile.
        """
        losses: Counter[tuple[int | None, str]] = Counter()
        given_up: dict[int, str] = dict(task.given_up)
        notes: list[str] = []
        traces: list[str] = []
        while True:
            try:
                answer = self._try(replace(task, given_up=given_up), tell)
            except WorkerLostError as loss:
                place = f"page {loss.page}" if loss.page else loss.stage
                notes.append(f"{place}: {loss.cause.reason}")
                traces += [loss.trace] if loss.trace else []
                losses[loss.page, loss.stage] += 1
                if not loss.cause.certain and losses[loss.page, loss.stage] < MAX_LOSSES:
                    continue
                if loss.page is None or len(given_up) >= MAX_PAGES_GIVEN_UP:
                    return _failure(task, loss, place, notes, traces)
                given_up[loss.page] = loss.cause.sebab
                continue
            if isinstance(answer, Outcome):
                return replace(answer, notes=(*answer.notes, *notes), trace="\n".join(traces))
            return replace(answer, given_up=given_up) if isinstance(answer, PagesRead) else answer

    def close(self) -> None:
        """End every process; tasks under way raise :class:`StoppedError`."""
        with self._guard:
            self._closed = True
            idle, busy = list(self._idle), list(self._busy)
            self._idle.clear()
        for worker in busy:
            worker.kill()
        for worker in idle:
            worker.close()

    def _try(self, task: WorkerTask, tell: Tell) -> WorkerAnswer:
        worker = self._take()
        try:
            answer = worker.perform(task, tell)
        except WorkerLostError:
            self._discard(worker)
            if self._closed:
                raise StoppedError from None
            raise
        except BaseException:
            self._discard(worker)
            raise
        self._give_back(worker)
        return answer

    def _take(self) -> Worker:
        with self._guard:
            if self._closed:
                raise StoppedError
            worker = None
            while self._idle and worker is None:
                candidate = self._idle.pop()
                worker = candidate if candidate.alive else None
            worker = worker or Worker(self._limits)
            self._busy.add(worker)
            return worker

    def _give_back(self, worker: Worker) -> None:
        with self._guard:
            self._busy.discard(worker)
            if worker.tasks_done < TASKS_PER_WORKER and not self._closed:
                self._idle.append(worker)
                return
        worker.close()

    def _discard(self, worker: Worker) -> None:
        with self._guard:
            self._busy.discard(worker)
        worker.kill()
        worker.close()


def _failure(task: WorkerTask, loss: WorkerLostError, place: str, notes: list[str], traces: list[str]) -> Outcome:
    path = shown(task.path)
    if loss.trace:
        remedy = "Please report it with the traceback of the log (--log-json)."
        return failed(
            Failure(ExitCode.INTERNAL, f"{path}: {loss.cause.reason} ({place})", remedy),
            notes=tuple(notes),
            trace="\n".join(traces),
        )
    remedy = "Raise --memory or --timeout, lower --jobs, or leave the page out with --pages."
    code = ExitCode.LIMIT_EXCEEDED if loss.cause.over_limit else ExitCode.WORKER_DIED
    return failed(Failure(code, f"{path}: given up ({place}): {loss.cause.reason}", remedy), notes=tuple(notes))
