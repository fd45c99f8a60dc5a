"""The process that reads untrusted PDFs: takes tasks from standard input, answers on standard output.

It ends when its standard input does, so that it never outlives the process that started it.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import sys
import threading
import traceback
from typing import IO

from renja.batch.collector import settle_collector
from renja.batch.messages import AtPage, AtStage, Defect, Finished, Message, PagesDone, Ready
from renja.batch.process_limits import Limits, allow_cpu, limit_memory
from renja.batch.tasks import WorkerTask

ONE_THREAD = dict.fromkeys(("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Environment of a worker: the processes share the cores, and more threads could change a recogniser's last digit."""


def main() -> None:
    """Serve tasks until standard input ends."""
    tasks: queue.SimpleQueue[WorkerTask] = queue.SimpleQueue()
    limits: Limits = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own supervisor
    channel = _take_stdout()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the supervisor's to answer
    limit_memory(limits.memory_mb)
    threading.Thread(target=_receive, args=(sys.stdin.buffer, tasks), daemon=True).start()
    # The readers are imported only now: a supervisor that dies meanwhile takes this process along.
    from renja.batch.perform import Reporter, perform  # noqa: PLC0415

    settle_collector()

    def say(message: Message) -> None:
        if not isinstance(message, (PagesDone, Finished)):
            allow_cpu(limits.seconds)
        pickle.dump(message, channel)
        channel.flush()

    reporter = Reporter(
        begin_page=lambda number: say(AtPage(number)),
        begin_stage=lambda name: say(AtStage(name)),
        progress=lambda done, total: say(PagesDone(done, total)),
    )
    say(Ready())
    while True:
        task = tasks.get()
        say(AtStage("opening"))
        try:
            message: Message = Finished(perform(task, reporter))
        # The one place where any error is caught: what it was goes into the report, and the batch goes on.
        except Exception as error:  # noqa: BLE001
            message = Defect(type(error).__name__, traceback.format_exc())
        say(message)


def _receive(source: IO[bytes], tasks: queue.SimpleQueue[WorkerTask]) -> None:
    """Pass tasks on; end the process at once when there can be no more."""
    with contextlib.suppress(EOFError, OSError, pickle.UnpicklingError):
        while True:
            tasks.put(pickle.load(source))  # noqa: S301 - from our own supervisor
    os._exit(0)


def _take_stdout() -> IO[bytes]:
    """Return standard output as a channel of our own; what libraries print goes to standard error."""
    sys.stdout.flush()
    channel = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return channel


if __name__ == "__main__":
    main()
