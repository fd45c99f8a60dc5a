"""Many documents over a few workers: what runs next, and what became of each."""

from __future__ import annotations

import queue
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path

from renja.batch.executors import TaskExecutor
from renja.batch.messages import Message
from renja.batch.outcome import Outcome, Status, failed
from renja.batch.plan import Planner
from renja.batch.tasks import Answer, ConvertTask, CountTask, PageNumbers, PagesRead, PagesTask, Task
from renja.exit_codes import ExitCode
from renja.failures import Failure
from renja.shown import shown

GROUP_PAGES = 8
"""Most pages of a task when the pages of one document are shared out: a scanned page takes seconds, opening none."""
GROUPS_PER_SLOT = 3
"""So many groups for each worker even out pages of unequal weight."""
SHARED_BYTES = 4_000_000
"""Larger documents are long scans, which take minutes to hours: their pages are shared out however many documents wait,
so that none of them keeps the batch waiting at its end."""
QUEUED_PER_SLOT = 2
"""Documents handed out beyond this wait as mere paths."""
LISTEN_SECONDS = 0.2
"""Between two looks at what the workers tell."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Something a worker told about a document."""

    number: int
    """0-based place among the inputs."""
    message: Message


@dataclass(frozen=True, slots=True)
class Ended:
    """A document is done with."""

    number: int
    outcome: Outcome


Listener = Callable[[Heard | Ended], None]


class Batch:
    """One run over the documents."""

    def __init__(self, paths: Sequence[Path], planner: Planner, executor: TaskExecutor, hear: Listener) -> None:
        """Start nothing yet; ``hear`` is called from the thread that calls :meth:`outcomes`."""
        self._paths = paths
        self._planner = planner
        self._executor = executor
        self._hear = hear
        self._told: queue.SimpleQueue[Heard] = queue.SimpleQueue()
        self._running: dict[Future[Answer], tuple[int, Task]] = {}
        self._converting: dict[int, ConvertTask] = {}
        """The task with which a document ends, while its pages are read by others."""
        self._groups: defaultdict[int, int] = defaultdict(int)
        """Page groups of a document that are still being read."""

    def outcomes(self, *, fail_fast: bool = False) -> Iterator[tuple[int, Outcome]]:
        """Yield the place and outcome of each document as it ends; with ``fail_fast`` begin none after a failure.

        Documents under way when one fails are finished.
        """
        waiting = iter(enumerate(self._paths))
        more = True
        while more or self._running:
            while more and len(self._running) < QUEUED_PER_SLOT * self._executor.slots:
                number, path = next(waiting, (-1, Path()))
                if number < 0:
                    more = False
                    break
                planned = self._planner.plan(path)
                if isinstance(planned, Outcome):
                    yield self._end(number, planned)
                    more = more and not (fail_fast and planned.status is Status.FAILED)
                elif self._shares_pages(planned):
                    self._converting[number] = planned
                    self._submit(number, CountTask(planned.path, planned.settings))
                else:
                    self._submit(number, planned)
            for number, outcome in self._collect():
                yield self._end(number, outcome)
                more = more and not (fail_fast and outcome.status is Status.FAILED)

    def _shares_pages(self, task: ConvertTask) -> bool:
        slots = self._executor.slots
        return len(self._paths) < slots or (slots > 1 and task.source.size >= SHARED_BYTES)

    def _submit(self, number: int, task: Task) -> None:
        def tell(message: Message) -> None:
            self._told.put(Heard(number, message))

        self._running[self._executor.submit(task, tell)] = number, task

    def _collect(self) -> Iterator[tuple[int, Outcome]]:
        """Pass on what was told, wait a moment, and yield the documents that ended."""
        done, _ = wait(self._running, timeout=LISTEN_SECONDS, return_when=FIRST_COMPLETED)
        while not self._told.empty():
            self._hear(self._told.get())
        for future in done:
            number, task = self._running.pop(future)
            outcome = self._take(number, task, _answer(future, task))
            if outcome:
                yield number, outcome

    def _take(self, number: int, task: Task, answer: Answer) -> Outcome | None:
        """Go on with a document after one of its tasks; return its outcome when that was the last."""
        match task, answer:
            case ConvertTask(), Outcome():
                return answer
            case CountTask(), PageNumbers(numbers):
                self._share_out(number, numbers)
            case CountTask(), Outcome():  # it cannot be opened, or not by a worker that lives
                del self._converting[number]
                return answer
            case PagesTask(), _:  # pages that failed altogether are tried again by the conversion, which names them
                if isinstance(answer, PagesRead):
                    task = self._converting[number]
                    self._converting[number] = replace(task, given_up={**task.given_up, **answer.given_up})
                self._groups[number] -= 1
                if not self._groups[number]:
                    self._submit(number, self._converting.pop(number))
        return None

    def _share_out(self, number: int, pages: tuple[int, ...]) -> None:
        task = self._converting[number]
        size = min(GROUP_PAGES, max(1, len(pages) // (GROUPS_PER_SLOT * self._executor.slots)))
        groups = [pages[first : first + size] for first in range(0, len(pages), size)]
        if len(groups) < 2:
            self._submit(number, self._converting.pop(number))
            return
        self._groups[number] = len(groups)
        for group in groups:
            self._submit(number, PagesTask(task.path, task.settings, group, task.journal))

    def _end(self, number: int, outcome: Outcome) -> tuple[int, Outcome]:
        self._hear(Ended(number, outcome))
        return number, outcome


def _answer(future: Future[Answer], task: Task) -> Answer:
    error = future.exception()
    if error is None:
        return future.result()
    if not isinstance(error, Exception):
        raise error
    # Only an executor that lost the task beyond its own means ends here, such as a cluster without workers.
    remedy = "Look at the logs of the cluster's workers."
    message = f"{shown(task.path)}: the task was lost ({type(error).__name__}: {error})"
    return failed(Failure(ExitCode.WORKER_DIED, message, remedy))
