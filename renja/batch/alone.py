"""One task in a worker process of its own, for commands that read a single PDF."""

from __future__ import annotations

from typing import TypeVar

from renja.batch.isolation import Tell
from renja.batch.messages import Message
from renja.batch.outcome import Outcome
from renja.batch.process_limits import Limits
from renja.batch.supervisor import WorkerPool
from renja.batch.tasks import WorkerTask
from renja.failures import Failure, ReportedError

Expected = TypeVar("Expected")


def unheard(_message: Message) -> None:
    """Tell nobody."""


def do_alone(task: WorkerTask, expected: type[Expected], limits: Limits, tell: Tell = unheard) -> Expected:
    """Return the answer to a task; raise :class:`~renja.failures.ReportedError` when it has none."""
    pool = WorkerPool(limits)
    try:
        answer = pool.run(task, tell)
    finally:
        pool.close()
    if isinstance(answer, Outcome):
        message = f"{answer.message}\n{answer.trace}" if answer.trace else answer.message
        raise ReportedError(Failure(answer.code, message, answer.remedy))
    assert isinstance(answer, expected)
    return answer
