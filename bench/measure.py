"""One work on one document in this process: ``python bench/measure.py MODULE FUNCTION PDF`` prints a JSON line.

Imports and whatever the work prepares are not counted in the times, but their memory is in the peak.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import resource
import sys
import time
from pathlib import Path

STATUS = Path("/proc/self/status")


def peak_megabytes() -> float:
    """Return the largest resident size this program had.

    Linux keeps it per program image; ``getrusage`` would also tell the size of the parent this process was forked from.
    """
    if STATUS.exists():
        for line in STATUS.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20) if sys.platform == "darwin" else peak / 1024


def cpu_seconds() -> float:
    """Return the processor time of this process, to the microsecond, and of its ended children, to the clock tick."""
    ended = os.times()
    return time.process_time() + ended.children_user + ended.children_system


def main() -> None:
    """Run the work named on the command line."""
    module, function, path = sys.argv[1:4]
    sys.path.insert(0, str(Path(__file__).parent))
    sys.path.insert(0, str(Path(__file__).parent.parent))
    with contextlib.redirect_stdout(sys.stderr):  # the last line of stdout is ours alone
        work = getattr(importlib.import_module(module), function)()
        before, started = cpu_seconds(), time.perf_counter()
        tables = work(path)
        seconds, cpu = time.perf_counter() - started, cpu_seconds() - before
    print(json.dumps({"seconds": seconds, "cpu": cpu, "megabytes": peak_megabytes(), "tables": tables}))


if __name__ == "__main__":
    main()
