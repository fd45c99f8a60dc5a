"""One run of ``renja convert``: lock the folder, convert, say on the terminal and in the report what became of it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from export.options import Format
from renja.batch.batch import Batch, Ended, Heard
from renja.batch.executors import TaskExecutor
from renja.batch.inputs import Inputs
from renja.batch.outcome import Outcome, Status
from renja.batch.output_place import OutputPlace, output_place
from renja.batch.plan import Request, make_planner
from renja.batch.process_limits import limits_notice
from renja.batch.report import CSV_FILE, HTML_FILE, render_batch_csv, render_batch_html
from renja.batch.run_log import run_log
from renja.exit_codes import ExitCode
from renja.failures import Failure
from renja.progress import run_progress


@dataclass(frozen=True, slots=True)
class Run:
    """How the work is to be done."""

    request: Request
    fail_fast: bool = False
    log: Path | None = None


def convert_all(inputs: Inputs, run: Run, executor: TaskExecutor) -> ExitCode:
    """Convert every document, report each failure, and return the code of the first one in the order of the inputs.

    Closes ``executor`` before the report is written, so that nothing is under way any more when a run is stopped.
    Raises the errors of :func:`renja.batch.output_place.output_place` and :func:`renja.batch.run_log.run_log`.
    """
    if notice := limits_notice():
        click.echo(f"renja: note: {notice}", err=True)
    paths = inputs.paths
    outcomes: list[Outcome | None] = [None] * len(paths)
    with (
        output_place(run.request.out) as place,
        run_log(run.log, paths) as log,
        tempfile.TemporaryDirectory(prefix="renja-") as inbox,
    ):
        try:
            log.begin(executor.slots)
            planner = make_planner(run.request, place)
            with run_progress(paths) as progress:

                def hear(event: Heard | Ended) -> None:
                    log.hear(event)
                    progress.hear(event)

                batch = Batch(paths, planner, executor, hear, Path(inbox))
                for number, outcome in batch.outcomes(fail_fast=run.fail_fast):
                    outcomes[number] = outcome
                    progress.say(_line(outcome, place, run.request), failed=bool(outcome.code))
                    place.check()
        finally:
            executor.close()
            if inputs.many and any(outcomes):
                _write_report(inputs, outcomes, place, run.request)
        code = exit_code(outcomes)
        log.end(code)
    return code


def exit_code(outcomes: Sequence[Outcome | None]) -> ExitCode:
    """Return the code of the first document that failed; of lost pages only when none did."""
    codes = [outcome.code for outcome in outcomes if outcome and outcome.code]
    return next((code for code in codes if code is not ExitCode.PAGES_LOST), codes[0] if codes else ExitCode.OK)


def _write_report(inputs: Inputs, outcomes: list[Outcome | None], place: OutputPlace, request: Request) -> None:
    files = {
        CSV_FILE: render_batch_csv(inputs.paths, outcomes, request.options.profile),
        HTML_FILE: render_batch_html(inputs.paths, outcomes, workbooks=Format.XLSX in request.options.formats),
    }
    place.write(files)


def _line(outcome: Outcome, place: OutputPlace, request: Request) -> str:
    """Return what the terminal says about a document."""
    notes = "".join(f"\n  note: {note}" for note in outcome.notes) + (f"\n{outcome.trace}" if outcome.trace else "")
    if outcome.status is Status.FAILED or outcome.status is Status.NO_TABLE:
        return f"renja: {Failure(outcome.code, outcome.message, outcome.remedy)}{notes}"
    counts = outcome.counts
    found = ", ".join(
        (
            _counted(counts.tables, "table"),
            _counted(counts.records, "record"),
            _counted(counts.errors, "error"),
            _counted(counts.warnings, "warning"),
        )
    )
    suffix = ".xlsx" if Format.XLSX in request.options.formats else ""
    lost = f"\nrenja: {Failure(outcome.code, outcome.message, outcome.remedy)}" if outcome.code else ""
    current = " (current, not converted again)" if outcome.status is Status.CURRENT else ""
    return f"{place.told(outcome.name + suffix)}: {found}{current}{lost}{notes}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
