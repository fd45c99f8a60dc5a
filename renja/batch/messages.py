"""What a worker tells its supervisor while it works, and at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from renja.batch.tasks import WorkerAnswer


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has started and waits for a task."""


@dataclass(frozen=True, slots=True)
class AtPage:
    """A page is begun."""

    number: int
    """1-based."""


@dataclass(frozen=True, slots=True)
class AtStage:
    """Work on the whole document is begun; no page is to blame from here on."""

    name: str


@dataclass(frozen=True, slots=True)
class PagesDone:
    """So many pages are behind us."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Finished:
    """The task is done."""

    answer: WorkerAnswer


@dataclass(frozen=True, slots=True)
class Defect:
    """An error that nobody expected; the worker goes on living."""

    kind: str
    """Its class."""
    trace: str


Message: TypeAlias = Ready | AtPage | AtStage | PagesDone | Finished | Defect
