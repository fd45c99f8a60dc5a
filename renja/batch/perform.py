"""What a worker does with a task; a document's expected errors become its outcome."""

from __future__ import annotations

import dataclasses
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from export.atomic import write_files
from export.errors import OutputNotWritableError
from export.outputs import Conversion, render_outputs
from extract.findings import Finding, Severity
from extract.page_image import PageImage, PagePose
from extract.shelf import Shelf
from normalize.model import Document
from renja.batch.outcome import Counts, Outcome, Status, failed
from renja.batch.page_journal import PageJournal
from renja.batch.result_record import ResultRecord, close_record, write_record
from renja.batch.tasks import (
    ConvertTask,
    CountTask,
    Inspected,
    InspectTask,
    PageNumbers,
    PagesRead,
    PagesTask,
    Pictures,
    PicturesTask,
    WorkerAnswer,
    WorkerTask,
)
from renja.exit_codes import ExitCode
from renja.failures import EXPECTED_ERRORS, NoKnownTableError, NoSuchPageError, failure_of
from renja.listing import describe
from renja.page_images import poses_to_show
from renja.page_results import PageWatch, read_page_results, wanted_pages
from renja.pipeline import Reading, read_document
from renja.shown import shown
from renja.source import run_info

PICTURES_A_BLOCK = 4
"""Page pictures that are put on disk together: about 1 MB of memory."""
LOST_REMEDY = "The sheet Periksa and temuan.csv say why; the same command tries again (--timeout, --memory)."
UNREAD_PAGE_CODES = frozenset({"RJ-PDF-001", "RJ-PDF-002"})


@dataclass(frozen=True, slots=True)
class Reporter:
    """Whom a worker tells where it is."""

    begin_page: Callable[[int], None]
    begin_stage: Callable[[str], None]
    progress: Callable[[int, int], None]


def perform(task: WorkerTask, reporter: Reporter) -> WorkerAnswer:
    """Do a task and return its answer; an error that is none of the expected ones is a defect and is raised."""
    started = time.perf_counter()
    try:
        match task:
            case CountTask():
                return PageNumbers(wanted_pages(task.path, task.settings))
            case PagesTask():
                return _read_pages(task, reporter)
            case ConvertTask():
                return _convert(task, reporter, started)
            case InspectTask():
                return _inspect(task, reporter)
            case PicturesTask():
                return _draw(task, reporter)
    except EXPECTED_ERRORS as error:
        return failed(failure_of(error), seconds=time.perf_counter() - started)


def _read_pages(task: PagesTask, reporter: Reporter) -> PagesRead:
    journal = PageJournal(task.journal, unsaved_seconds=0)
    settings = dataclasses.replace(task.settings, pages=task.pages, progress=reporter.progress)
    for _ in read_page_results(task.path, settings, PageWatch(journal, reporter.begin_page, task.given_up)):
        pass
    return PagesRead()


def _convert(task: ConvertTask, reporter: Reporter, started: float) -> Outcome:
    journal = PageJournal(task.journal)
    settings = dataclasses.replace(task.settings, progress=_then_tables(reporter))
    watch = PageWatch(journal, reporter.begin_page, task.given_up)
    reading = read_document(task.path, settings, watch, keep_grids=task.options.raw)
    reporter.begin_stage("output")
    document = reading.document
    if settings.pages and not document.pages and not document.findings:
        raise NoSuchPageError(task.path, settings.pages)
    files = render_outputs(_conversion(task, reading), task.target.name, task.options)
    outcome = _outcome(task, reading, time.perf_counter() - started)
    digests = {path: files.sha256(path) for path in files}
    record = ResultRecord(
        task.target.name, task.source.sha256, task.key, complete=False, files=digests,
        stale=tuple(task.target.previous), outcome=outcome,
    )  # fmt: skip
    write_record(task.state, record)
    write_files(task.target.root, files)
    close_record(task.target.root, task.state, record)
    journal.clear()
    return outcome


def _inspect(task: InspectTask, reporter: Reporter) -> Inspected:
    settings = dataclasses.replace(task.settings, progress=_then_tables(reporter))
    reading = read_document(task.path, settings, PageWatch(begin=reporter.begin_page, given_up=task.given_up))
    document = reading.document
    drawn = 0
    if task.debug is not None:
        from renja.page_drawings import write_page_drawings  # noqa: PLC0415 - rarely asked for

        reporter.begin_stage("drawing")
        try:
            drawn = len(write_page_drawings(task.path, reading, task.settings, task.debug))
        except OSError as error:
            raise OutputNotWritableError(task.debug, error.strerror or str(error)) from error
    unread = tuple((lost.page or 0, lost.message) for lost in unread_pages(document.findings))
    return Inspected(tuple(describe(document)), len(document.pages), len(document.tables), unread, drawn)


def _draw(task: PicturesTask, reporter: Reporter) -> Pictures:
    def wanted() -> Iterator[PagePose]:
        for pose in task.poses:
            if pose.number not in task.given_up:
                reporter.begin_page(pose.number)
                yield pose

    from extract.picture import render_page_images  # noqa: PLC0415 - only reviews draw pages

    return Pictures(tuple(render_page_images(task.path, wanted(), password=task.password)))


def unread_pages(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that stand for a page that could not be read."""
    return [found for found in findings if found.code in UNREAD_PAGE_CODES]


def _then_tables(reporter: Reporter) -> Callable[[int, int], None]:
    """After the last page comes the joining and checking of the tables, which no page is to blame for."""

    def progress(done: int, total: int) -> None:
        reporter.progress(done, total)
        if done == total:
            reporter.begin_stage("tables")

    return progress


def _conversion(task: ConvertTask, reading: Reading) -> Conversion:
    document = reading.document
    images: Iterable[PageImage] = ()
    if task.review:
        from extract.picture import render_page_images  # noqa: PLC0415 - as above

        wanted = poses_to_show(document, document.findings, reading.poses)
        images = render_page_images(task.path, wanted, password=task.settings.password)
    return Conversion(
        document,
        document.findings,
        task.source,
        run_info(task.settings),
        reading.forms,
        reading.contents,
        reading.prose,
        reading.poses,
        reading.checks,
        Shelf(images, block=PICTURES_A_BLOCK, at_hand=2),
    )


def _outcome(task: ConvertTask, reading: Reading, seconds: float) -> Outcome:
    document = reading.document
    counts = _counts(document)
    unread = unread_pages(document.findings)
    if document.tables and unread:
        lost = ", ".join(str(found.page) for found in unread)
        message = f"{shown(task.path)}: converted without the pages that could not be read: {lost}"
        return Outcome(Status.CONVERTED, task.target.name, counts, ExitCode.PAGES_LOST, message, LOST_REMEDY, seconds)
    if document.tables:
        return Outcome(Status.CONVERTED, task.target.name, counts, seconds=seconds)
    missing = NoKnownTableError(task.path, len(document.pages), task.settings.tables, len(unread))
    failure = failure_of(missing)
    return Outcome(Status.NO_TABLE, task.target.name, counts, failure.code, failure.message, failure.remedy, seconds)


def _counts(document: Document) -> Counts:
    severities = Counter(finding.severity for finding in document.findings)
    return Counts(
        len(document.pages),
        len(document.tables),
        sum(len(table.records) for table in document.tables),
        severities[Severity.ERROR],
        severities[Severity.WARNING],
    )
