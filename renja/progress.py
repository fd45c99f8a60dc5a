"""A progress bar for people at a terminal; programs see nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from renja.settings import Progress, silent


@contextmanager
def page_progress(label: str) -> Iterator[Progress]:
    """Give a listener that draws a bar on standard error when that is a terminal."""
    if not sys.stderr.isatty():
        yield silent
        return
    with click.progressbar(length=1, label=label, show_pos=True, file=sys.stderr) as bar:

        def advance(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield advance
