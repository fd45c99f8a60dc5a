"""Corrections from file to outputs: matched to their reading, put in, and everything checked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from export.csv_profile import PROFILES
from export.errors import CorrectionsError
from export.file_names import CORRECTIONS_FILE, RECORD_FILE, REVIEW_FILE
from export.options import Format, OutputOptions
from export.outputs import Conversion, write_outputs
from export.previous import existing_target
from export.review.corrections import CorrectionMismatchError, CorrectionSet, apply_corrections
from export.review.corrections_file import read_corrections, render_corrections
from export.review.record_file import Reading, read_record
from export.review.verdict import finding_id
from normalize.model import Document
from renja.batch.run_lock import locked_output
from schemas.check import check_document
from schemas.model import Schema
from schemas.nomenclature import Nomenclature
from schemas.outcome import CheckResult

KEPT_PATTERNS = (RECORD_FILE, REVIEW_FILE, "mentah_*.csv")
"""Outputs that show the print as it was read; corrections do not change them."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What corrected figures are checked against."""

    schemas: Mapping[str, Schema]
    nomenclature: Nomenclature | None = None


def correct_folder(folder: Path, file: Path, rules: Rules, *, overwrite: bool) -> Conversion:
    """Put the corrections of ``file`` into the outputs in ``folder`` and return what was written.

    They join those of earlier rounds; putting the same file in twice changes nothing. Raises
    :class:`~export.errors.CorrectionsError` for corrections of another PDF or another reading of it,
    :class:`~export.errors.RecordFileError` when the folder holds no conversion, and
    :class:`~export.errors.OutputEditedError` when an output was edited by hand and ``overwrite`` is false, and the
    errors of :func:`renja.batch.run_lock.locked_output`.
    """
    reading = read_record(folder / RECORD_FILE)
    corrections = read_corrections(file)
    refuse_foreign(file, corrections, reading)
    nothing = CorrectionSet(reading.source.sha256, reading.fingerprint)
    with locked_output(folder.absolute().parent):
        merged = (earlier_corrections(folder, reading.fingerprint) or nothing).merged(corrections)
        target = existing_target(folder, reading.source.sha256, overwrite=overwrite)
        try:
            conversion = corrected_conversion(reading, merged, rules)
        except CorrectionMismatchError as error:
            remedy = "Export the corrections again from the newest periksa.html."
            raise CorrectionsError(file, str(error), remedy) from error
        kept = {path.name: path.read_bytes() for pattern in KEPT_PATTERNS for path in sorted(folder.glob(pattern))}
        kept[CORRECTIONS_FILE] = render_corrections(merged, reading.source.name)
        formats = frozenset(Format(name) for name in reading.formats)
        options = OutputOptions(formats, PROFILES[reading.csv_profile])
        write_outputs(replace(conversion, kept=kept), target, options)
    return conversion


def corrected_conversion(reading: Reading, corrections: CorrectionSet, rules: Rules) -> Conversion:
    """Return the conversion with corrections put in and every rule checked anew.

    Raises :class:`~export.review.corrections.CorrectionMismatchError`.
    """

    def check(document: Document) -> CheckResult:
        return check_document(document, rules.schemas, narrative=reading.prose, nomenclature=rules.nomenclature)

    # What the checks say of the reading is said anew of the corrected figures; the doubts of reading stand.
    said = {finding_id(finding) for finding in check(reading.document).findings}
    doubts = [finding for finding in reading.findings if finding_id(finding) not in said]
    corrected = apply_corrections(reading.document, doubts, corrections)
    checked = check(corrected.document)
    findings = (*corrected.findings, *checked.findings)
    document = replace(corrected.document, findings=findings)
    return Conversion(
        document,
        findings,
        reading.source,
        reading.run,
        tuple(schema.form for schema in rules.schemas.values()),
        checks=checked.counts,
        verdicts=corrected.verdicts,
    )


def earlier_corrections(folder: Path, fingerprint: str) -> CorrectionSet | None:
    """Return the corrections already in an output folder; raise CorrectionsError when they are of another reading."""
    path = folder / CORRECTIONS_FILE
    if not path.exists():
        return None
    corrections = read_corrections(path)
    if corrections.reading != fingerprint:
        remedy = "Compare its entries with the new reading, make them again in periksa.html, then move the file away."
        raise CorrectionsError(path, "belongs to an earlier reading of this PDF that gave other values", remedy)
    return corrections


def refuse_foreign(file: Path, corrections: CorrectionSet, reading: Reading) -> None:
    """Raise :class:`~export.errors.CorrectionsError` unless the corrections were made on this reading."""
    if corrections.source_sha256 != reading.source.sha256:
        remedy = f"Name the output folder of its own PDF; this one was read from {reading.source.name}."
        raise CorrectionsError(file, "was made for another PDF", remedy)
    if corrections.reading != reading.fingerprint:
        remedy = "Write a new review page with `renja review` and make the corrections there."
        raise CorrectionsError(file, "was made on another reading of this PDF, whose values differ", remedy)
