"""The ``renja`` command: names its subcommands and imports one only when it runs."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from importlib import import_module
from types import TracebackType

import click

from renja.exit_codes import ExitCode

COMMANDS = {
    "convert": "Convert PDFs into a workbook and CSVs.",
    "review": "Write a page to compare findings with the PDF and correct them.",
    "apply": "Put corrections from the review page into workbook and CSVs.",
    "check": "Check a workbook or its CSVs as they are now, after people worked in them.",
    "rekap": "Stack the outputs of many agencies into one workbook.",
    "inspect": "List the tables of a PDF: kind, pages, how sure.",
    "schema": "Show the table kinds this program knows.",
}
"""Subcommands and their one-line help, so that ``renja --help`` imports none of them."""


class LazyGroup(click.Group):
    """A group whose commands live in :mod:`renja.commands`, one module each."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import the module of a command and return its ``command``."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"renja.commands.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the list of commands from :data:`COMMANDS`."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="renja-tables", prog_name="renja")
def cli() -> None:
    """Turn the tables of Indonesian Renja Perangkat Daerah PDFs into checked Excel and CSV files."""


def main() -> None:
    """Run the command on the process's arguments and leave with its exit code."""
    sys.excepthook = report_defect
    _write_utf8()
    sys.exit(run(sys.argv[1:]))


def _write_utf8() -> None:
    """Write UTF-8 into pipes and files whatever the system's code page is; Windows' own cannot write every name."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def run(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code; every expected error becomes one message on standard error."""
    # Imported here because it pulls the error classes of all rooms, which `renja --help` does not need.
    from renja.failures import EXPECTED_ERRORS, failure_of  # noqa: PLC0415

    try:
        result = cli.main(list(arguments), prog_name="renja", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("renja: stopped; outputs already finished are whole, others were not begun.", err=True)
        return ExitCode.INTERRUPTED
    except EXPECTED_ERRORS as error:
        failure = failure_of(error)
        click.echo(f"renja: {failure}", err=True)
        return failure.code
    return result if isinstance(result, int) else ExitCode.OK


def report_defect(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print what a user should do about a defect of this program, then the traceback a developer needs."""
    click.echo(f"renja: internal error ({kind.__name__}). Please report it with the lines below.", err=True)
    sys.__excepthook__(kind, error, trace)
