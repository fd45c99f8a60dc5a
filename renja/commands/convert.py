"""``renja convert``: PDFs in, workbooks and CSVs out, one document or thousands."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import click

from export.csv_profile import PROFILES
from export.errors import OutputNotWritableError
from export.options import Format, OutputOptions
from renja.batch.executors import DaskExecutor, LocalExecutor
from renja.batch.inputs import expand_inputs
from renja.batch.process_limits import Limits
from renja.limit_options import limit_options
from renja.reading_options import reading_options
from renja.remote.address import Location, location
from renja.settings import Settings


def _formats(_context: click.Context, _parameter: click.Parameter, text: str) -> frozenset[Format]:
    names = [part.strip().lower() for part in text.split(",") if part.strip()]
    for name in names:
        if name not in set(Format):
            raise click.BadParameter(f"'{name}' is no format; choose from {', '.join(Format)}")
    return frozenset(Format(name) for name in names)


def _out(_context: click.Context, _parameter: click.Parameter, text: str) -> Location:
    return location(text)


@click.command("convert")
@click.argument("inputs", nargs=-1, required=True, metavar="FILE|DIR|PATTERN|@LIST...", type=click.Path())
@click.option("-o", "--out", required=True, metavar="DIR|URL", callback=_out, help="Folder for the outputs.")
@reading_options
@click.option(
    "--format",
    "formats",
    default="xlsx,csv",
    show_default=True,
    metavar="LIST",
    callback=_formats,
    help="Outputs to write.",
)
@click.option(
    "--csv-profile",
    type=click.Choice(list(PROFILES)),
    default="plain",
    show_default=True,
    help="CSV for programs (plain), or for Excel with Indonesian settings (excel-id).",
)
@click.option("--raw", is_flag=True, help="Also write every grid as drawn (JSON, CSV, xlsx).")
@click.option(
    "--review", is_flag=True, help="Also write OUT/<name>/periksa.html, a page to compare with the PDF and correct."
)
@click.option("--force", is_flag=True, help="Convert again what is up to date; overwrite outputs edited by hand.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Number of worker processes.")
@limit_options
@click.option(
    "--keep-going/--fail-fast", default=True, show_default=True, help="Whether to go on after a document failed."
)
@click.option(
    "--log-json", type=click.Path(path_type=Path), metavar="FILE", help="Log events to FILE, one JSON object a line."
)
@click.option(
    "--executor",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Work on this machine, or on a Dask cluster.",
)
@click.option(
    "--scheduler", default="", metavar="ADDRESS", help="Address of the Dask scheduler, for instance tcp://host:8786."
)
def command(
    *,
    inputs: tuple[str, ...],
    out: Location,
    settings: Settings,
    formats: frozenset[Format],
    csv_profile: str,
    raw: bool,
    review: bool,
    force: bool,
    jobs: int,
    limits: Limits,
    keep_going: bool,
    log_json: Path | None,
    executor: str,
    scheduler: str,
) -> int:
    """Convert PDFs into OUT/<name>.xlsx and the folder OUT/<name>/ of CSVs.

    FILE is a PDF; DIR is searched for PDFs, with its subfolders; PATTERN is for instance 'renja/**/*.pdf'; LIST is a
    text file with one path a line. All of these, and OUT, may be URLs (s3://bucket/folder; https:// for inputs only).

    What an earlier run converted with the same settings is not converted again. Every document is tried; the exit code
    is that of the first one that failed, or 17 when only pages were lost. A run over several documents writes a report,
    OUT/batch.csv and OUT/batch.html.
    """
    if (executor == "dask") != bool(scheduler):
        raise click.UsageError("--executor dask and --scheduler ADDRESS go together.")
    found = expand_inputs(inputs)
    if isinstance(out, Path):
        out = out.absolute()
        _refuse_unwritable(out)
    with closing(
        DaskExecutor(scheduler, limits) if scheduler else LocalExecutor(jobs, limits, documents=len(found.paths))
    ) as workers:
        # Loaded only now: it takes half as long as the workers need to come up.
        from renja.batch.plan import Request  # noqa: PLC0415
        from renja.batch.run import Run, convert_all  # noqa: PLC0415

        options = OutputOptions(formats, PROFILES[csv_profile], raw)
        request = Request(out, settings, options, review=review, force=force)
        return convert_all(found, Run(request, fail_fast=not keep_going, log=log_json), workers)


def _refuse_unwritable(out: Path) -> None:
    """Raise before minutes of reading when the output folder can never be made; creates nothing."""
    existing = next(folder for folder in (out.absolute(), *out.absolute().parents) if folder.exists())
    if not existing.is_dir():
        raise OutputNotWritableError(existing, "it is a file, not a folder")
    if not os.access(existing, os.W_OK | os.X_OK):
        raise OutputNotWritableError(existing, "no permission to write there")
