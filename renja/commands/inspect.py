"""``renja inspect``: what is on which page, and how sure the program is, without writing anything."""

from __future__ import annotations

from pathlib import Path

import click

from renja.batch.alone import do_alone
from renja.batch.messages import Message, PagesDone
from renja.batch.process_limits import Limits
from renja.batch.tasks import Inspected, InspectTask
from renja.exit_codes import ExitCode
from renja.failures import NoKnownTableError, NoSuchPageError
from renja.limit_options import limit_options
from renja.progress import page_progress
from renja.reading_options import reading_options
from renja.settings import Settings
from renja.source import identify


@click.command("inspect")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--debug",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write a picture of every page with a table into DIR: rulings, cells, words, columns.",
)
@reading_options
@limit_options
def command(*, file: Path, settings: Settings, debug: Path | None, limits: Limits) -> int:
    """List the tables of FILE: their kind, pages, records, and how sure that is; then tables of no known kind."""
    identify(file)
    with page_progress(file.name) as progress:

        def tell(message: Message) -> None:
            if isinstance(message, PagesDone):
                progress(message.done, message.total)

        inspected = do_alone(InspectTask(file, settings, debug), Inspected, limits, tell)
    if debug is not None:
        click.echo(f"{inspected.drawn} page pictures in {debug}")
    if settings.pages and not inspected.pages and not inspected.unread:
        raise NoSuchPageError(file, settings.pages)
    click.echo("\n".join(inspected.listing))
    for page, reason in inspected.unread:
        click.echo(f"renja: {file}: page {page} could not be read ({reason})", err=True)
    if not inspected.tables:
        raise NoKnownTableError(file, inspected.pages, settings.tables, len(inspected.unread))
    return ExitCode.PAGES_LOST if inspected.unread else ExitCode.OK
