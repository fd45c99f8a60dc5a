"""``renja convert``: PDFs in, workbooks and CSVs out."""

from __future__ import annotations

import dataclasses
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from export.csv_profile import PROFILES
from export.errors import OutputNotWritableError
from export.outputs import Conversion, Format, OutputOptions, write_outputs
from export.previous import choose_target
from extract.findings import Severity
from extract.page_image import PagePose
from normalize.model import Document
from renja.exit_codes import ExitCode
from renja.failures import EXPECTED_ERRORS, NoKnownTableError, NoSuchPageError, failure_of
from renja.progress import page_progress
from renja.reading_options import reading_options
from renja.settings import Settings
from renja.source import identify, run_info
from schemas.loader import load_schemas


@dataclass(frozen=True, slots=True)
class Job:
    """What the command was asked to do with each file."""

    out: Path
    settings: Settings
    options: OutputOptions
    overwrite: bool
    review: bool = False
    """Also write the review page."""


def _formats(_context: click.Context, _parameter: click.Parameter, text: str) -> frozenset[Format]:
    try:
        return frozenset(Format(part.strip().lower()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise click.BadParameter(f"{error}; choose from {', '.join(Format)}") from error


@click.command("convert")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="Folder for the outputs.")
@reading_options
@click.option("--format", "formats", default="xlsx,csv", show_default=True, callback=_formats, help="Outputs to write.")
@click.option(
    "--csv-profile",
    type=click.Choice(list(PROFILES)),
    default="plain",
    show_default=True,
    help="CSV for programs (plain), or for Excel with Indonesian settings (excel-id).",
)
@click.option("--raw", is_flag=True, help="Also write the tables of no known kind, as printed.")
@click.option("--review", is_flag=True, help="Also write OUT/<name>/periksa.html, the page to compare and correct.")
@click.option("--force", is_flag=True, help="Overwrite an earlier output even if it was edited by hand.")
def command(
    *,
    files: tuple[Path, ...],
    out: Path,
    settings: Settings,
    formats: frozenset[Format],
    csv_profile: str,
    raw: bool,
    review: bool,
    force: bool,
) -> int:
    """Convert each FILE into OUT/<name>.xlsx and the folder OUT/<name>/ of CSVs.

    Every file is tried; the exit code is that of the first one that failed.
    """
    catalogue = tuple(schema.form for schema in load_schemas(settings.schema_dir).values())
    job = Job(out, settings, OutputOptions(formats, PROFILES[csv_profile], catalogue, raw), force, review)
    _refuse_unwritable(out)
    return convert_all(files, job)


def convert_all(files: Sequence[Path], job: Job) -> ExitCode:
    """Convert every file, report each failure, and return the code of the first one."""
    code = ExitCode.OK
    taken: list[str] = []
    for path in files:
        try:
            taken.append(_convert_one(path, job, taken))
        except EXPECTED_ERRORS as error:
            failure = failure_of(error)
            click.echo(f"renja: {failure}", err=True)
            code = code or failure.code
    return code


def _convert_one(path: Path, job: Job, taken: Sequence[str]) -> str:
    """Convert one file and return the name its outputs took."""
    # The readers take seconds to import; a mistyped path should not wait for them.
    source = identify(path)
    from renja.pipeline import read_document  # noqa: PLC0415

    target = choose_target(job.out, path, source.sha256, taken, overwrite=job.overwrite)
    with page_progress(path.name) as progress:
        reading = read_document(path, dataclasses.replace(job.settings, progress=progress))
    document = reading.document
    if job.settings.pages and not document.pages:
        raise NoSuchPageError(path, job.settings.pages)
    conversion = Conversion(
        document, document.findings, source, run_info(job.settings), reading.contents, reading.checks
    )
    if job.review:
        from renja.page_images import page_images  # noqa: PLC0415 - needs the PDF reader and Pillow

        poses = tuple(PagePose(content.number, content.turned, content.skew) for content in reading.contents)
        images = tuple(page_images(path, document, document.findings, poses, job.settings.password))
        conversion = dataclasses.replace(conversion, pictures=images)
    written = write_outputs(conversion, target, job.options)
    if not document.tables:
        raise NoKnownTableError(path, len(document.pages), job.settings.tables)
    click.echo(_summary(document, written[0]))
    return target.name


def _summary(document: Document, first: Path) -> str:
    counts = Counter(finding.severity for finding in document.findings)
    records = sum(len(table.records) for table in document.tables)
    shown = first if first.suffix == ".xlsx" else first.parent
    found = ", ".join(
        (
            _counted(len(document.tables), "table"),
            _counted(records, "record"),
            _counted(counts[Severity.ERROR], "error"),
            _counted(counts[Severity.WARNING], "warning"),
        )
    )
    return f"{shown}: {found}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _refuse_unwritable(out: Path) -> None:
    """Raise before minutes of reading when the output folder can never be made; creates nothing."""
    existing = next(folder for folder in (out.absolute(), *out.absolute().parents) if folder.exists())
    if not existing.is_dir():
        raise OutputNotWritableError(existing, "it is a file, not a folder")
    if not os.access(existing, os.W_OK | os.X_OK):
        raise OutputNotWritableError(existing, "no permission to write there")
