"""What is done around a worker's task on the machine it runs on: fetch the PDF before it, publish the outputs after it.

The worker process, which reads what strangers wrote, sees private local copies only.
"""

from __future__ import annotations

import platform
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from renja.batch.isolation import Tell
from renja.batch.messages import Message
from renja.batch.outcome import Outcome, failed
from renja.batch.process_limits import Limits
from renja.batch.run_key import program_digest
from renja.batch.run_lock import STATE_FOLDER
from renja.batch.supervisor import WorkerPool
from renja.batch.tasks import Answer, ConvertTask, Fetched, FetchTask, Task
from renja.exit_codes import ExitCode
from renja.failures import EXPECTED_ERRORS, Failure, RemoteInputError, failure_of
from renja.remote.address import RemoteAddress
from renja.shown import shown


def do_task(task: Task, pool: WorkerPool, tell: Tell) -> Answer:
    """Do a task with a worker of ``pool``, and what belongs to it over the network; raises as :meth:`WorkerPool.run`.

    What goes wrong on the network is the outcome of the document.
    """
    try:
        match task:
            case FetchTask():
                return _fetch(task)
            case ConvertTask() if task.origin or task.publish:
                return _convert(task, pool, tell)
            case _:
                return pool.run(task, tell)
    except EXPECTED_ERRORS as error:
        return failed(failure_of(error))


def renamed(outcome: Outcome, copy: Path, origin: RemoteAddress) -> Outcome:
    """Return an outcome that names a document by its address, not by our copy of it."""
    return replace(outcome, message=outcome.message.replace(shown(copy), shown(origin)))


def _fetch(task: FetchTask) -> Fetched:
    from renja.remote.fetch import fetch  # noqa: PLC0415 - of no use to local folders

    if task.keep:
        return Fetched(fetch(task.origin, task.path.parent)[1])
    with tempfile.TemporaryDirectory(prefix="renja-") as scratch:
        return Fetched(fetch(task.origin, Path(scratch))[1])


def _convert(task: ConvertTask, pool: WorkerPool, tell: Tell) -> Answer:
    with tempfile.TemporaryDirectory(prefix="renja-") as scratch:
        here = _brought(task, Path(scratch))
        answer = pool.run(here, tell)
        if not isinstance(answer, Outcome):
            return answer
        if task.publish and answer.name:
            from renja.batch.publish import publish  # noqa: PLC0415 - as above

            publish(task.publish, here.target.root, here.state, task.target.previous)
        return renamed(answer, here.path, task.origin) if task.origin else answer


def _brought(task: ConvertTask, scratch: Path) -> ConvertTask:
    """Return the task with everything it names on this machine."""
    if task.origin and not task.path.is_file():
        from renja.remote.fetch import fetch  # noqa: PLC0415 - as above

        copy, source = fetch(task.origin, scratch / "in")
        if source.sha256 != task.source.sha256:
            raise RemoteInputError(str(task.origin), "it changed while the run went on", "Run the same command again.")
        task = replace(task, path=copy)
    if task.publish:
        root = scratch / "out"
        # The state folder is the run's own on its machine; elsewhere pages are kept only while they are needed.
        journal = task.journal if task.state.exists() else scratch / "pages"
        target = replace(task.target, root=root)
        task = replace(task, target=target, state=root / STATE_FOLDER, journal=journal)
    return task


@cache
def machine_pool(limits: Limits) -> WorkerPool:
    """Return the pool of this process for tasks that come from elsewhere."""
    return WorkerPool(limits)


def _unheard(_message: Message) -> None:
    """Tell nobody."""


def run_here(task: Task, limits: Limits, program: str) -> Answer:
    """Do a task on this machine; what a cluster is given to run.

    ``program`` is the :func:`renja.batch.run_key.program_digest` of whoever asks: another program here would write
    other results under the same key.
    """
    if program_digest() != program:
        place = task.origin if isinstance(task, FetchTask) else task.path
        message = f"{shown(place)}: {platform.node()} has another version of renja-tables"
        return failed(Failure(ExitCode.CLUSTER_UNAVAILABLE, message, "Install the same version on every machine."))
    return do_task(task, machine_pool(limits), _unheard)
