"""Where tasks run: worker processes of this machine, or those of a Dask cluster."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol

from renja.batch.errands import do_task, run_here
from renja.batch.isolation import Tell
from renja.batch.process_limits import Limits
from renja.batch.run_key import program_digest
from renja.batch.supervisor import WorkerPool
from renja.batch.tasks import Answer, Task
from renja.failures import NoClusterError

CONNECT_SECONDS = 20
"""For the scheduler to answer."""


class TaskExecutor(Protocol):
    """Runs tasks, several at a time."""

    @property
    def slots(self) -> int:
        """How many tasks run at a time."""

    @property
    def is_here(self) -> bool:
        """Whether tasks see the temporary files of this machine."""

    def submit(self, task: Task, tell: Tell) -> Future[Answer]:
        """Start a task; ``tell`` hears of its progress from another thread, if the place it runs at allows."""

    def close(self) -> None:
        """End what is under way."""


class LocalExecutor:
    """Worker processes of this machine, each driven by a thread of this process."""

    is_here = True

    def __init__(self, jobs: int, limits: Limits, *, documents: int) -> None:
        """Run ``jobs`` workers at a time; as many as so many documents surely need start at once.

        They load the readers, for which they need longer than this process to load and plan its own part.
        """
        self._jobs = jobs
        self._pool = WorkerPool(limits)
        self._pool.start(min(jobs, documents))
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="renja-worker")

    @property
    def slots(self) -> int:
        """Number of workers."""
        return self._jobs

    def submit(self, task: Task, tell: Tell) -> Future[Answer]:
        """Start a task as soon as a worker is free."""
        return self._threads.submit(do_task, task, self._pool, tell)

    def close(self) -> None:
        """Kill the workers."""
        self._pool.close()
        self._threads.shutdown(wait=True, cancel_futures=True)


class DaskExecutor:
    """The workers of a Dask cluster; each starts a worker process of ours, with the same limits."""

    is_here = False

    def __init__(self, scheduler: str, limits: Limits) -> None:
        """Connect; raise :class:`NoClusterError` when nobody answers or the extra is not installed."""
        try:
            from distributed import Client  # noqa: PLC0415 - an optional extra
        except ImportError as error:
            raise NoClusterError("--executor dask needs the extra renja-tables[cluster]") from error
        try:
            connect: Any = Client  # its types are not declared
            self._client = connect(scheduler, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise NoClusterError(f"{scheduler}: no Dask scheduler answers ({error})") from error
        # Dask re-runs a task whose worker died; impure, because the same task may have to write again.
        self._executor = self._client.get_executor(pure=False)
        self._limits = limits

    @property
    def slots(self) -> int:
        """Threads of all workers, at least one; asked anew, since workers come and go."""
        workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
        return max(1, sum(int(worker["nthreads"]) for worker in workers))

    def submit(self, task: Task, tell: Tell) -> Future[Answer]:  # noqa: ARG002 - nobody tells across machines
        """Hand the task to the cluster."""
        future: Future[Answer] = self._executor.submit(run_here, task, self._limits, program_digest())
        return future

    def close(self) -> None:
        """Cancel what is under way and disconnect."""
        self._executor.shutdown(wait=False)
        self._client.close()
