"""From a PDF's path to the task of converting it, or to the outcome that needs no task."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path

from export.outputs import OutputOptions
from export.previous import Target, choose_target
from renja.failures import EXPECTED_ERRORS, failure_of
from renja.outcome import Outcome, Status, failed
from renja.page_journal import PageJournal
from renja.result_record import ResultRecord, is_current, recover
from renja.run_key import document_key, run_key
from renja.settings import Settings
from renja.source import identify, run_info
from renja.tasks import ConvertTask

JOURNALS_FOLDER = "pages"


@dataclass(frozen=True, slots=True)
class Request:
    """What the command was asked to do with every document."""

    out: Path
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
    state: Path
    key: str
    records: dict[str, ResultRecord]
    """What earlier runs completed, by name."""
    taken: list[str] = field(default_factory=list)

    def plan(self, path: Path) -> ConvertTask | Outcome:
        """Return the task for a document, or its outcome when it is current or cannot be begun."""
        request = self.request
        try:
            source = identify(path)
            name = self._earlier_name(source.sha256)
            record = self.records.get(name) if name else None
            if record and not request.force and is_current(request.out, record, source.sha256, self.key):
                self.taken.append(record.name)
                return _current(record.outcome)
            target = self._target(path, source.sha256, name)
        except EXPECTED_ERRORS as error:
            return failed(failure_of(error))
        self.taken.append(target.name)
        journal = self.state / JOURNALS_FOLDER / document_key(self.key, source.sha256)[:32]
        if request.force:
            PageJournal(journal).clear()
        return ConvertTask(
            path, source, target, request.settings, request.options, self.state, self.key, journal, request.review
        )

    def _earlier_name(self, sha256: str) -> str:
        """Return under which name an earlier run wrote this PDF, so that a name does not depend on its neighbours."""
        names = (name for name, record in self.records.items() if record.sha256 == sha256)
        return next((name for name in names if name not in self.taken), "")

    def _target(self, path: Path, sha256: str, name: str) -> Target:
        source = path.with_name(f"{name}.pdf") if name else path
        return choose_target(self.request.out, source, sha256, self.taken, overwrite=self.request.force)


def make_planner(request: Request, state: Path) -> Planner:
    """Bring the output folder into order and return the planner of a run on it."""
    extras = ["review"] if request.review else []
    key = run_key(request.settings, request.options, run_info(request.settings), extras)
    return Planner(request, state, key, recover(request.out, state))


def _current(outcome: Outcome) -> Outcome:
    if outcome.status is Status.CONVERTED:
        return dataclasses.replace(outcome, status=Status.CURRENT)
    return outcome
