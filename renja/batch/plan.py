"""From a PDF's path to the task of converting it, or to the outcome that needs no task."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from export.naming import safe_stem
from export.options import OutputOptions
from export.previous import Target, choose_target
from export.provenance import SourceFile
from renja.batch.outcome import Outcome, Status, failed
from renja.batch.output_place import OutputPlace
from renja.batch.page_journal import PageJournal
from renja.batch.result_record import ResultRecord, is_current, recover
from renja.batch.run_key import run_key
from renja.batch.tasks import ConvertTask
from renja.exit_codes import ExitCode
from renja.failures import EXPECTED_ERRORS, failure_of
from renja.remote.address import Location, RemoteAddress
from renja.settings import Settings
from renja.source import identify, run_info

JOURNALS_FOLDER = "pages"
SHORT = 20
"""Digits of a digest that keep two apart and a path below the 260 characters of old Windows."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the command was asked to do with every document."""

    out: Location
    settings: Settings
    options: OutputOptions
    review: bool = False
    """Also write the review page."""
    force: bool = False
    """Convert again what is current, and overwrite what was edited."""


@dataclass(slots=True)
class Planner:
    """Gives each document its name and task, one after the other in the order of the inputs."""

    request: Request
    place: OutputPlace
    key: str
    records: Mapping[str, ResultRecord]
    """What earlier runs completed, by name."""
    taken: dict[str, None] = field(default_factory=dict)
    """Names given in this run, in order."""
    _names: dict[str, list[str]] = field(init=False)
    """Under which names earlier runs wrote a PDF, by its SHA-256."""

    def __post_init__(self) -> None:
        """Index the records."""
        self._names = {}
        for name, record in self.records.items():
            self._names.setdefault(record.sha256, []).append(name)

    def plan(
        self, path: Path, source: SourceFile | None = None, origin: RemoteAddress | None = None
    ) -> ConvertTask | Outcome:
        """Return the task for a document, or its outcome when it is current or cannot be begun.

        ``source`` is what a remote document was found to be; one of this machine is looked at now.
        """
        request, place = self.request, self.place
        try:
            source = source or identify(path)
            name = self._earlier_name(source.sha256)
            with place.looking_at(name or safe_stem(path.stem)):
                record = self.records.get(name) if name else None
                if (
                    record
                    and not request.force
                    and _is_whole(record)
                    and is_current(place.root, record, source.sha256, self.key)
                ):
                    self.taken[record.name] = None
                    return _current(record.outcome)
                target = self._target(path, source.sha256, name)
        except EXPECTED_ERRORS as error:
            return failed(failure_of(error))
        self.taken[target.name] = None
        journal = place.state / JOURNALS_FOLDER / self.key[:SHORT] / source.sha256[:SHORT]
        if request.force:
            PageJournal(journal).clear()
        return ConvertTask(
            path, source, target, request.settings, request.options, place.state, self.key, journal, request.review,
            origin, place.publish,
        )  # fmt: skip

    def _earlier_name(self, sha256: str) -> str:
        """Return under which name an earlier run wrote this PDF, so that a name does not depend on its neighbours."""
        return next((name for name in self._names.get(sha256, ()) if name not in self.taken), "")

    def _target(self, path: Path, sha256: str, name: str) -> Target:
        source = path.with_name(f"{name}.pdf") if name else path
        # Only names that begin alike can collide; the others would be compared in vain, 16,000 times 16,000.
        stem = safe_stem(source.stem).casefold()
        taken = [given for given in self.taken if given.casefold().startswith(stem)]
        return choose_target(self.place.root, source, sha256, taken, overwrite=self.request.force)


def make_planner(request: Request, place: OutputPlace) -> Planner:
    """Bring the output folder into order and return the planner of a run on it."""
    extras = ["review"] if request.review else []
    key = run_key(request.settings, request.options, run_info(request.settings), extras)
    for journals in (place.state / JOURNALS_FOLDER).glob("*"):
        if journals.name != key[:SHORT]:  # of other settings or an older program: nobody will ask for these pages
            shutil.rmtree(journals, ignore_errors=True)
    with place.recovering():
        records = recover(place.root, place.state)
    return Planner(request, place, key, records)


def _is_whole(record: ResultRecord) -> bool:
    """Say whether no page is missing: one that was lost to a limit may be read this time."""
    return record.outcome.code is not ExitCode.PAGES_LOST


def _current(outcome: Outcome) -> Outcome:
    if outcome.status is Status.CONVERTED:
        return dataclasses.replace(outcome, status=Status.CURRENT)
    return outcome
