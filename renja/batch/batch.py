"""Many documents over a few workers: what runs next, and what became of each."""

from __future__ import annotations

import queue
import shutil
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path

from renja.batch.errands import renamed
from renja.batch.executors import TaskExecutor
from renja.batch.messages import Message
from renja.batch.outcome import Outcome, Status, failed
from renja.batch.plan import Planner
from renja.batch.tasks import (
    Answer,
    ConvertTask,
    CountTask,
    Fetched,
    FetchTask,
    PageNumbers,
    PagesRead,
    PagesTask,
    Task,
)
from renja.exit_codes import ExitCode
from renja.failures import Failure
from renja.remote.address import Location, RemoteAddress
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

    def __init__(
        self, inputs: Sequence[Location], planner: Planner, executor: TaskExecutor, hear: Listener, inbox: Path
    ) -> None:
        """Start nothing yet; ``hear`` is called from the thread that calls :meth:`outcomes`.

        ``inbox`` is a private folder for copies of remote documents.
        """
        self._inputs = inputs
        self._inbox = inbox
        self._planner = planner
        self._executor = executor
        self._hear = hear
        self._told: queue.SimpleQueue[Heard] = queue.SimpleQueue()
        self._arrived: dict[int, Fetched | Outcome | None] = {}
        """What remote documents were found to be, and None for those of this machine, until their turn comes."""
        self._planned = 0
        """Documents before this place are planned: names are given in the order of the inputs."""
        self._stopped = False
        """A document failed and no other is to begin."""
        self._running: dict[Future[Answer], tuple[int, Task]] = {}
        self._converting: dict[int, ConvertTask] = {}
        """The task with which a document ends, while its pages are read by others."""
        self._groups: defaultdict[int, int] = defaultdict(int)
        """Page groups of a document that are still being read."""

    def outcomes(self, *, fail_fast: bool = False) -> Iterator[tuple[int, Outcome]]:
        """Yield the place and outcome of each document as it ends; with ``fail_fast`` begin none after a failure.

        Documents under way when one fails are finished.
        """
        waiting = iter(enumerate(self._inputs))
        more = True
        while more or self._running or self._arrived:
            while more and len(self._running) + len(self._arrived) < QUEUED_PER_SLOT * self._executor.slots:
                number, file = next(waiting, (-1, None))
                if file is None:
                    more = False
                    break
                self._begin(number, file)
                more = yield from self._ended(self._plan_arrived(), more=more, fail_fast=fail_fast)
            more = yield from self._ended(self._collect(), more=more, fail_fast=fail_fast)
            more = yield from self._ended(self._plan_arrived(), more=more, fail_fast=fail_fast)

    def _ended(
        self, outcomes: Iterator[tuple[int, Outcome]], *, more: bool, fail_fast: bool
    ) -> Generator[tuple[int, Outcome], None, bool]:
        """Yield the documents that ended; return whether others may begin."""
        for number, outcome in outcomes:
            yield self._end(number, outcome)
            if fail_fast and outcome.status is Status.FAILED:
                more = False
                self._stopped = True
        return more

    def _begin(self, number: int, file: Location) -> None:
        """Find out what a document is: at once, or when it has been fetched."""
        if isinstance(file, RemoteAddress):
            self._submit(number, FetchTask(file, self._path(number), keep=self._executor.is_here))
        else:
            self._arrived[number] = None

    def _plan_arrived(self) -> Iterator[tuple[int, Outcome]]:
        """Hand out the documents whose turn it is; yield those that end with that."""
        if self._stopped:
            self._arrived.clear()
        while self._planned in self._arrived and not self._stopped:
            number, file = self._planned, self._inputs[self._planned]
            found = self._arrived.pop(number)
            self._planned += 1
            if isinstance(found, Outcome):
                yield number, found
                continue
            origin = file if isinstance(file, RemoteAddress) else None
            planned = self._planner.plan(self._path(number), found.source if found else None, origin)
            if isinstance(planned, Outcome):
                yield number, planned
            elif self._shares_pages(planned):
                self._converting[number] = planned
                self._submit(number, CountTask(planned.path, planned.settings))
            else:
                self._submit(number, planned)

    def _path(self, number: int) -> Path:
        """Return where a document is on this machine, or would be."""
        file = self._inputs[number]
        return file if isinstance(file, Path) else self._inbox / str(number) / file.private_name

    def _shares_pages(self, task: ConvertTask) -> bool:
        if not self._executor.is_here and (task.origin or task.publish):
            return False  # machines that share no folder share no journal
        slots = self._executor.slots
        return len(self._inputs) < slots or (slots > 1 and task.source.size >= SHARED_BYTES)

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
            case FetchTask(), Fetched() | Outcome():
                self._arrived[number] = answer
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
        file = self._inputs[number]
        if isinstance(file, RemoteAddress):
            outcome = renamed(outcome, self._path(number), file)
            shutil.rmtree(self._path(number).parent, ignore_errors=True)
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
    place = task.origin if isinstance(task, FetchTask) else task.path
    message = f"{shown(place)}: the task was lost ({type(error).__name__}: {error})"
    return failed(Failure(ExitCode.WORKER_DIED, message, remedy))
