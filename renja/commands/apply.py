"""``renja apply``: corrections from the review page into workbook and CSVs."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from export.review.corrections import CORRECTED_CODE
from extract.findings import Severity
from renja.correcting import Rules, correct_folder
from renja.exit_codes import ExitCode
from renja.reading_options import nomenclature_option, schema_dir_option
from schemas.loader import load_schemas
from schemas.nomenclature import read_nomenclature


@click.command("apply")
@click.argument("corrections", type=click.Path(path_type=Path))
@click.argument("folder", metavar="OUT/NAME", type=click.Path(path_type=Path))
@schema_dir_option
@nomenclature_option
@click.option("--force", is_flag=True, help="Overwrite outputs even if they were edited by hand.")
def command(*, corrections: Path, folder: Path, schema_dir: Path | None, nomenklatur: Path | None, force: bool) -> int:
    """Put CORRECTIONS (a JSON file from periksa.html) into the outputs in OUT/NAME and check every total again."""
    rules = Rules(load_schemas(schema_dir), read_nomenclature(nomenklatur) if nomenklatur else None)
    conversion = correct_folder(folder, corrections, rules, overwrite=force)
    counts = Counter(finding.severity for finding in conversion.findings)
    corrected = sum(finding.code == CORRECTED_CODE for finding in conversion.findings)
    said = len(conversion.verdicts) - corrected
    left = f"remaining errors: {counts[Severity.ERROR]}, warnings: {counts[Severity.WARNING]}"
    click.echo(f"{folder}: corrected values: {corrected}, judged findings: {said}; {left}")
    return ExitCode.OK
