"""``renja check``: the checks of a conversion on a workbook or folder as it is now."""

from __future__ import annotations

from pathlib import Path

import click

from extract.findings import Severity
from renja.exit_codes import ExitCode
from renja.reading_options import nomenclature_option, schema_dir_option

FAIL_ON = ("error", "warning", "never")


@click.command("check")
@click.argument("output", type=click.Path(path_type=Path), metavar="WORKBOOK|DIR")
@nomenclature_option
@schema_dir_option
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="error",
    show_default=True,
    help="Least severity of a finding at which the exit code is not 0.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("list", "csv", "json")),
    default="list",
    show_default=True,
    help="A compact list for people, or CSV or JSON for programs.",
)
def command(*, output: Path, nomenklatur: Path | None, schema_dir: Path | None, fail_on: str, form: str) -> int:
    """Check WORKBOOK (OUT/<name>.xlsx) or the CSVs in DIR (OUT/<name>) as they are now.

    Findings marked "Benar" or "Abaikan" on the sheet Periksa are not reported again.
    """
    # The readers take a moment to import, which `renja --help` should not wait for.
    from renja.check_output_formats import CheckFormat, render_report  # noqa: PLC0415
    from renja.checking import check_output, gravest  # noqa: PLC0415
    from schemas.loader import load_schemas  # noqa: PLC0415
    from schemas.nomenclature import read_nomenclature  # noqa: PLC0415

    schemas = load_schemas(schema_dir)
    nomenclature = read_nomenclature(nomenklatur) if nomenklatur else None
    report = check_output(output, schemas, nomenclature=nomenclature)
    click.echo(render_report(report, CheckFormat(form)), nl=False)
    return exit_code(gravest(report.findings), fail_on)


def exit_code(worst: Severity | None, fail_on: str) -> ExitCode:
    """Return the exit code for the gravest finding under ``--fail-on``."""
    if worst is Severity.ERROR and fail_on != "never":
        return ExitCode.ERRORS_FOUND
    if worst is Severity.WARNING and fail_on == "warning":
        return ExitCode.WARNINGS_FOUND
    return ExitCode.OK
