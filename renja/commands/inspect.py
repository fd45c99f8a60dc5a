"""``renja inspect``: what is on which page, and how sure the program is, without writing anything."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from export.errors import OutputNotWritableError
from export.naming import table_name
from normalize.model import Document, PageReport
from renja.exit_codes import ExitCode
from renja.failures import NoKnownTableError, NoSuchPageError
from renja.progress import page_progress
from renja.reading_options import reading_options
from renja.settings import Settings
from renja.source import identify

if TYPE_CHECKING:
    from renja.pipeline import Reading


@click.command("inspect")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--debug",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write a picture of every page with a table into DIR: rulings, cells, words, columns.",
)
@reading_options
def command(*, file: Path, settings: Settings, debug: Path | None) -> int:
    """List the tables of FILE: their kind, pages, records, and how sure that is; then tables of no known kind."""
    from renja.pipeline import read_document  # noqa: PLC0415 - the readers take seconds to import

    identify(file)
    with page_progress(file.name) as progress:
        reading = read_document(file, dataclasses.replace(settings, progress=progress))
    document = reading.document
    if debug is not None:
        _draw(file, reading, settings, debug)
    if settings.pages and not document.pages:
        raise NoSuchPageError(file, settings.pages)
    click.echo("\n".join(describe(document)))
    if not document.tables:
        raise NoKnownTableError(file, len(document.pages), settings.tables)
    return ExitCode.OK


def _draw(file: Path, reading: Reading, settings: Settings, folder: Path) -> None:
    from renja.page_drawings import write_page_drawings  # noqa: PLC0415 - as above

    try:
        written = write_page_drawings(file, reading, settings, folder)
    except OSError as error:
        raise OutputNotWritableError(folder, error.strerror or str(error)) from error
    click.echo(f"{len(written)} page pictures in {folder}")


def describe(document: Document) -> Iterator[str]:
    """Yield the lines of the listing."""
    yield " ".join(part for part in (document.name, document.agency, str(document.year or "")) if part)
    yield "pages:"
    for kind, numbers in _page_kinds(document.pages):
        yield f"  {kind:<8} {page_spans(numbers)}"
    yield "tables:"
    for table in document.tables:
        title = " ".join(table.title.split())
        yield (
            f"  {table_name(table):<12} p. {page_spans(table.pages):<12} {len(table.records):>4} records  "
            f"{table.confidence:4.0%} sure  {title}"
        )
        yield from (f"      {reason}" for reason in table.evidence)
    if document.unknown:
        yield "tables of no known kind:"
    for unknown in document.unknown:
        guess = f"; nearest kind {unknown.best_guess} ({unknown.score:.0%})" if unknown.best_guess else ""
        caption = " ".join(unknown.caption.split()) or "no caption"
        after = f"; may continue {unknown.follows}" if unknown.follows else ""
        yield f"  p. {unknown.page:<4} {unknown.rows} x {unknown.columns} cells  {caption}{guess}{after}"


def page_spans(pages: Sequence[int]) -> str:
    """Return page numbers as ranges: ``3-5, 8``."""
    spans = []
    for _, group in groupby(enumerate(sorted(set(pages))), key=lambda pair: pair[1] - pair[0]):
        run = [page for _, page in group]
        spans.append(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}")
    return ", ".join(spans)


def _page_kinds(pages: Sequence[PageReport]) -> Iterator[tuple[str, list[int]]]:
    for kind in sorted({page.kind for page in pages}):
        yield kind, [page.number for page in pages if page.kind == kind]
