"""``renja review``: a page on which a person compares what was read with the PDF and corrects it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from export.errors import RecordFileError
from export.file_names import RECORD_FILE, REVIEW_FILE
from export.options import OutputOptions
from export.outputs import add_output
from export.previous import existing_target
from export.review.page import render_review
from export.review.record_file import read_record
from renja.batch.alone import do_alone
from renja.batch.executors import LocalExecutor
from renja.batch.inputs import Inputs
from renja.batch.plan import Request
from renja.batch.process_limits import Limits
from renja.batch.run import Run, convert_all
from renja.batch.run_lock import locked_output
from renja.batch.tasks import Pictures, PicturesTask
from renja.correcting import earlier_corrections
from renja.exit_codes import ExitCode
from renja.limit_options import limit_options
from renja.page_images import poses_to_show
from renja.reading_options import reading_options
from renja.settings import Settings
from renja.source import identify


@click.command("review")
@click.argument("target", metavar="FILE.pdf|OUT/NAME", type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Folder for the outputs when FILE.pdf is given.")
@click.option("--source", type=click.Path(path_type=Path), help="The PDF that OUT/NAME was converted from.")
@reading_options
@limit_options
@click.option("--force", is_flag=True, help="Overwrite an earlier output even if it was edited or corrected.")
def command(
    *, target: Path, out: Path | None, source: Path | None, settings: Settings, limits: Limits, force: bool
) -> int:
    """Write OUT/NAME/periksa.html: page pictures, what was read, and the findings as a work list.

    With FILE.pdf, convert it into OUT first. With an output folder OUT/NAME, nothing is read again: give the PDF
    as --source for the pictures.
    """
    if not target.is_dir():
        if out is None:
            raise click.UsageError("FILE.pdf needs -o OUT, the folder for its outputs.")
        request = Request(out.absolute(), settings, OutputOptions(), review=True, force=force)
        with closing(LocalExecutor(1, limits, documents=1)) as worker:
            return convert_all(Inputs((target,), many=False), Run(request), worker)
    if source is None:
        raise click.UsageError("OUT/NAME needs --source FILE.pdf, the PDF it was converted from.")
    click.echo(review_folder(target, source, settings.password, limits))
    return ExitCode.OK


def review_folder(folder: Path, source: Path, password: str, limits: Limits) -> Path:
    """Write the review page of an earlier conversion, its corrections filled in, and return its path.

    Raises :class:`~export.errors.RecordFileError` when the folder holds no conversion, or of another PDF.
    """
    identified = identify(source)
    reading = read_record(folder / RECORD_FILE)
    if identified.sha256 != reading.source.sha256:
        raise RecordFileError(folder / RECORD_FILE, f"was not read from {source}, but from {reading.source.name}")
    target = existing_target(folder, identified.sha256, overwrite=True)
    poses = poses_to_show(reading.document, reading.findings, reading.poses)
    images = do_alone(PicturesTask(source, poses, password), Pictures, limits).images
    page = render_review(reading, images, earlier_corrections(folder, reading.fingerprint))
    with locked_output(target.root):
        add_output(target, REVIEW_FILE, page)
    return folder / REVIEW_FILE
