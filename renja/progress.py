"""A progress bar for people at a terminal; programs see nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from renja.batch.batch import Ended, Heard
from renja.batch.messages import PagesDone
from renja.remote.address import Location
from renja.settings import Progress, silent
from renja.shown import shown


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


class RunProgress:
    """Tells a terminal how far a run is, and passes on what is said about documents."""

    def __init__(self, bar: Any, documents: int) -> None:  # noqa: ANN401 - click does not name the type
        """Draw on ``bar``, or nowhere when it is None."""
        self._bar = bar
        self._documents = documents
        self._kept: list[tuple[str, bool]] = []

    def hear(self, event: Heard | Ended) -> None:
        """Move the bar: by documents, or by pages when there is only one document."""
        if self._bar is None:
            return
        match event:
            case Ended() if self._documents > 1:
                self._bar.update(1)
            case Heard(_, PagesDone(done, total)) if self._documents == 1:
                self._bar.length = total
                self._bar.update(max(0, done - self._bar.pos))
            case _:
                self._bar.render_progress()

    def say(self, text: str, *, failed: bool) -> None:
        """Print a line about a document, after the bar when there is one: failures on standard error."""
        if self._bar is None:
            click.echo(text, err=failed)
        else:
            self._kept.append((text, failed))

    def release(self) -> None:
        """Print what was kept while the bar was drawn."""
        for text, failed in self._kept:
            click.echo(text, err=failed)


@contextmanager
def run_progress(paths: Sequence[Location]) -> Iterator[RunProgress]:
    """Give the progress of a run over some files, with the time left, on standard error when that is a terminal."""
    if not sys.stderr.isatty():
        yield RunProgress(None, len(paths))
        return
    label = paths[0].name if len(paths) == 1 else "documents"
    with click.progressbar(length=len(paths), label=shown(label), show_pos=True, show_eta=True, file=sys.stderr) as bar:
        progress = RunProgress(bar, len(paths))
        yield progress
    progress.release()
