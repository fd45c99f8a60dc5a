"""The options of every command that reads PDFs in a worker process: how much one may take."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import click

from renja.batch.process_limits import DEFAULT_MEMORY_MB, DEFAULT_TIMEOUT_SECONDS, Limits

Function = TypeVar("Function", bound=Callable[..., Any])

MIN_MEMORY_MB = 512
"""Below this the readers themselves do not start."""


def limit_options(function: Function) -> Callable[..., Any]:
    """Add ``--timeout`` and ``--memory``; the command receives them as one ``limits``."""

    @functools.wraps(function)
    def with_limits(*, timeout: float, memory: int, **others: Any) -> Any:  # noqa: ANN401 - whatever the command takes
        return function(limits=Limits(timeout, memory), **others)

    decorated: Callable[..., Any] = click.option(
        "--memory",
        type=click.IntRange(MIN_MEMORY_MB),
        default=DEFAULT_MEMORY_MB,
        show_default=True,
        metavar="MB",
        help="Largest address space of one worker process.",
    )(with_limits)
    return click.option(
        "--timeout",
        type=click.FloatRange(1),
        default=DEFAULT_TIMEOUT_SECONDS,
        show_default=True,
        metavar="SECONDS",
        help="Longest time for one page, and for putting together one document's tables.",
    )(decorated)
