"""``renja rekap``: the plans of many agencies in one workbook."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from extract.findings import Severity
from renja.exit_codes import ExitCode

TABLES = ("iii_1", "lampiran", "iv_1")


def _workbook(_context: click.Context, _parameter: click.Parameter, path: Path) -> Path:
    if path.suffix.lower() != ".xlsx":
        raise click.BadParameter(f"'{path}' does not end in .xlsx")
    return path


@click.command("rekap")
@click.argument("outputs", nargs=-1, required=True, metavar="OUT...", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    callback=_workbook,
    help="Workbook (.xlsx) to write.",
)
@click.option(
    "--perangkat-daerah",
    type=click.Path(path_type=Path),
    help="List of the agencies that should be there (txt, csv or xlsx, one a line).",
)
@click.option(
    "--table",
    type=click.Choice(TABLES),
    help="Take this table of every document instead of the first it has of III.1, lampiran, IV.1.",
)
@click.option("--force", is_flag=True, help="Replace a workbook of that name.")
def command(
    *, outputs: tuple[Path, ...], target: Path, perangkat_daerah: Path | None, table: str | None, force: bool
) -> int:
    """Stack the plans of many agencies into one workbook.

    Each OUT is a workbook OUT/<name>.xlsx, an output folder OUT/<name>, or a folder that holds outputs. What people
    corrected in the workbooks is what counts.
    """
    from export.atomic import write_files  # noqa: PLC0415 - the libraries take a moment to import
    from export.errors import OutputEditedError  # noqa: PLC0415
    from export.rekap.build import build_rekap  # noqa: PLC0415
    from export.rekap.rows import PLAN_TABLES  # noqa: PLC0415
    from export.rekap.workbook import render_rekap  # noqa: PLC0415
    from renja.rekap_inputs import find_outputs, read_agency_list, read_outputs  # noqa: PLC0415

    if target.exists() and not force:
        raise OutputEditedError(target)
    expected = read_agency_list(perangkat_daerah) if perangkat_daerah else None
    found = [path for path in find_outputs(outputs) if path.resolve() != target.resolve()]
    rekap = build_rekap(read_outputs(found), preferred=(table,) if table else PLAN_TABLES, expected=expected)
    write_files(target.absolute().parent, {target.name: render_rekap(rekap)})
    counts = Counter(entry.finding.severity for entry in rekap.findings)
    names = len({agency.name for agency in rekap.agencies})
    click.echo(
        f"{target}: {names} {'agency' if names == 1 else 'agencies'}, {len(rekap.counted)} rows, "
        f"{counts[Severity.ERROR]} errors, {counts[Severity.WARNING]} warnings"
    )
    return ExitCode.OK
