"""What a worker process may take, set by the operating system where it can."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass

DEFAULT_MEMORY_MB = 4096
"""Address space of one worker; reading a scan takes 1.2 GB of it."""
DEFAULT_TIMEOUT_SECONDS = 300.0
"""For one page, or for the joining of one document's tables; a scanned page takes 8 s of one core."""
CPU_GRACE_SECONDS = 10
"""The operating system's limit comes after the supervisor's, for the case that the supervisor is gone."""


@dataclass(frozen=True, slots=True)
class Limits:
    """For one worker."""

    seconds: float = DEFAULT_TIMEOUT_SECONDS
    """Wall clock, for one page or one stage."""
    memory_mb: int = DEFAULT_MEMORY_MB


def limits_notice() -> str:
    """Return what this system cannot limit, empty when it can limit everything."""
    if sys.platform == "linux":
        return ""
    return (
        "this system cannot limit the memory of a process: --memory is not enforced; "
        "convert PDFs of unknown origin on Linux. --timeout works."
    )


def limit_memory(megabytes: int) -> None:
    """Let this process have no more address space, and leave no core dump, where the system can be told so."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - does not exist on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # macOS accepts the limit and ignores it
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        size = megabytes * 1024 * 1024
        size = size if hard == resource.RLIM_INFINITY else min(size, hard)
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def allow_cpu(seconds: float) -> None:
    """Let this process compute for so long from now; then the system ends it (SIGXCPU)."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - does not exist on Windows

    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = math.ceil(usage.ru_utime + usage.ru_stime + seconds) + CPU_GRACE_SECONDS
    soft = soft if hard == resource.RLIM_INFINITY else min(soft, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
