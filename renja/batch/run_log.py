"""``--log-json``: what happens in a run, a JSON object a line, for programs that watch."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from export.errors import OutputNotWritableError
from renja.batch.batch import Ended, Heard
from renja.batch.messages import AtPage, AtStage, Defect
from renja.remote.address import Location
from renja.shown import shown


class RunLog:
    """Writes events; each line is complete when it is written."""

    def __init__(self, stream: IO[str] | None, paths: Sequence[Location]) -> None:
        """Write to ``stream``, to nowhere without one; events name files by their place in ``paths``."""
        self._stream = stream
        self._paths = paths

    def begin(self, jobs: int) -> None:
        """Say that a run begins."""
        self._write("run_begun", version=version("renja-tables"), documents=len(self._paths), jobs=jobs)

    def hear(self, event: Heard | Ended) -> None:
        """Write what happened to a document."""
        file = shown(self._paths[event.number])
        match event:
            case Ended(_, outcome):
                self._write("document_ended", file=file, **outcome.as_record())
            case Heard(_, AtPage(number)):
                self._write("page_begun", file=file, page=number)
            case Heard(_, AtStage(name)):
                self._write("stage_begun", file=file, stage=name)
            case Heard(_, Defect(kind, _)):
                self._write("defect", file=file, kind=kind)
            case _:
                pass

    def end(self, code: int) -> None:
        """Say how the run ended."""
        self._write("run_ended", code=code)

    def _write(self, event: str, **fields: Any) -> None:  # noqa: ANN401 - JSON values
        if self._stream is not None:
            record = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **fields}
            self._stream.write(json.dumps(record, ensure_ascii=False) + "\n")
            self._stream.flush()


@contextmanager
def run_log(path: Path | None, paths: Sequence[Location]) -> Iterator[RunLog]:
    """Give the log of a run, written to ``path``; raise :class:`~export.errors.OutputNotWritableError`."""
    if path is None:
        yield RunLog(None, paths)
        return
    try:
        stream = path.open("w", encoding="utf-8")
    except OSError as error:
        raise OutputNotWritableError(path, error.strerror or str(error)) from error
    with stream:
        yield RunLog(stream, paths)
