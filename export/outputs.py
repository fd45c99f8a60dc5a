"""Everything that is written for one document, rendered in memory first and then put in place at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from export.atomic import write_files
from export.csv_profile import PLAIN, CsvProfile, render_csv
from export.data_package import Resource, listing_fields, render_data_package, table_fields
from export.limits import limit_findings
from export.listings import FINDING_COLUMNS, LEFTOVER_COLUMNS, finding_rows, leftover_rows
from export.manifest import Account, RunInfo, SourceFile, render_manifest, with_file
from export.naming import csv_name, table_name
from export.previous import Target
from export.raw_tables import render_raw_tables
from export.review.corrections_file import CORRECTIONS_FILE
from export.review.page import REVIEW_FILE, render_review
from export.review.record_file import RECORD_FILE, Reading, render_record
from export.review.verdict import Verdict
from export.table_csv import csv_columns, csv_rows
from extract.findings import Finding
from extract.model import PageContent
from extract.page_image import PageImage, PagePose
from normalize.form import TableForm
from normalize.model import Document
from schemas.outcome import RelationCount

FINDINGS_FILE = "temuan.csv"
LEFTOVERS_FILE = "sisa.csv"
PACKAGE_FILE = "datapackage.json"
MANIFEST_FILE = "manifest.json"


class Format(StrEnum):
    """Kinds of output a user can ask for; findings, leftovers and manifest are always written."""

    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Conversion:
    """A document that was read, with everything that is told about it."""

    document: Document
    findings: tuple[Finding, ...]
    """All of them, from every stage."""
    source: SourceFile
    run: RunInfo
    contents: tuple[PageContent, ...] = ()
    """The pages it was read from, for the tables of no known kind."""
    checks: tuple[RelationCount, ...] = ()
    """How every rule of arithmetic fared."""
    pictures: tuple[PageImage, ...] = ()
    """Pages for the review page; without any, none is written."""
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    """What people said about findings, by :func:`export.review.verdict.finding_id`."""
    kept: Mapping[str, bytes] = field(default_factory=dict)
    """Files of an earlier run, relative to the document's folder, that stay as they are."""


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """How the outputs are written."""

    formats: frozenset[Format] = frozenset(Format)
    profile: CsvProfile = PLAIN
    catalogue: tuple[TableForm, ...] = ()
    """The known table kinds, so that the summary can name those the document does not print."""
    raw: bool = False
    """Also write the tables of no known kind."""


def write_outputs(conversion: Conversion, target: Target, options: OutputOptions) -> tuple[Path, ...]:
    """Write all outputs of a document below ``target.root`` and return their paths, workbook first.

    Files an earlier run wrote for this document and this one does not are removed. Raises
    :class:`~export.errors.OutputNotWritableError`; then nothing has changed.
    """
    files = render_outputs(conversion, target.name, options)
    write_files(target.root, files)
    target.remove_stale(files)
    return tuple(target.root / relative for relative in files)


def add_output(target: Target, path: str, data: bytes) -> None:
    """Write one more file into the folder of an earlier run and enter it in its manifest.

    Raises :class:`~export.errors.OutputNotWritableError`; then nothing has changed.
    """
    manifest = target.root / target.name / MANIFEST_FILE
    entered = with_file(manifest.read_bytes(), f"{target.name}/{path}", hashlib.sha256(data).hexdigest())
    write_files(target.root, {f"{target.name}/{path}": data, f"{target.name}/{MANIFEST_FILE}": entered})


def render_outputs(conversion: Conversion, name: str, options: OutputOptions) -> dict[str, bytes]:
    """Return the outputs as bytes, keyed by path relative to the output folder."""
    document = conversion.document
    findings = (*conversion.findings, *limit_findings(document))
    files: dict[str, bytes] = {}
    if Format.XLSX in options.formats and document.tables:
        # The workbook library takes a tenth of a second to import: only when a workbook is wanted.
        from export.sheets.workbook import render_workbook  # noqa: PLC0415

        files[f"{name}.xlsx"] = render_workbook(
            document, findings, options.catalogue, conversion.checks, conversion.verdicts
        )
    files |= _folder_files(document, findings, name, options)
    if options.raw:
        raw = render_raw_tables(conversion.contents, options.profile)
        files |= {f"{name}/{path}": data for path, data in raw.items()}
    reading = reading_of(conversion, options)
    files[f"{name}/{RECORD_FILE}"] = render_record(reading)
    if conversion.pictures:
        files[f"{name}/{REVIEW_FILE}"] = render_review(reading, conversion.pictures)
    files |= {f"{name}/{path}": data for path, data in conversion.kept.items()}
    # What people said is not ours to remove when the document is converted again, so the manifest does not own it.
    ours = {path: data for path, data in files.items() if path != f"{name}/{CORRECTIONS_FILE}"}
    hashes = {path: hashlib.sha256(data).hexdigest() for path, data in ours.items()}
    about = Account(conversion.source, conversion.run, findings, conversion.checks, hashes)
    files[f"{name}/{MANIFEST_FILE}"] = render_manifest(document, about)
    return files


def reading_of(conversion: Conversion, options: OutputOptions) -> Reading:
    """Return what a later review or correction needs of a conversion."""
    contents = conversion.contents
    # How long a page took is no part of what was read: the record is the same for the same input.
    pages = tuple(replace(page, seconds=0.0) for page in conversion.document.pages)
    return Reading(
        replace(conversion.document, pages=pages),
        conversion.findings,
        conversion.checks,
        conversion.source,
        conversion.run,
        prose="\n".join(line.text for content in contents for line in content.loose),
        poses=tuple(PagePose(content.number, content.turned, content.skew) for content in contents),
        formats=tuple(sorted(options.formats)),
        csv_profile=options.profile.name,
    )


def _folder_files(
    document: Document, findings: Sequence[Finding], name: str, options: OutputOptions
) -> Mapping[str, bytes]:
    resources = list(_listings(document, findings, options.profile))
    if Format.CSV in options.formats:
        resources = [*_tables(document, options.profile), *resources]
    files = {f"{name}/{resource.path}": resource.data for resource in resources}
    title = " - ".join(part for part in (document.agency, str(document.year or "")) if part) or document.name
    files[f"{name}/{PACKAGE_FILE}"] = render_data_package(name, title, resources, options.profile)
    return files


def _tables(document: Document, profile: CsvProfile) -> Iterator[Resource]:
    for table in document.tables:
        columns = csv_columns(table)
        data = render_csv([column.name for column in columns], csv_rows(table, columns), profile)
        yield Resource(f"tabel_{table_name(table)}", csv_name(table), table.title, table_fields(columns), data)


def _listings(document: Document, findings: Sequence[Finding], profile: CsvProfile) -> Iterator[Resource]:
    data = render_csv(FINDING_COLUMNS, finding_rows(findings, document), profile)
    fields = listing_fields(FINDING_COLUMNS, frozenset({"row", "page"}))
    yield Resource("temuan", FINDINGS_FILE, "Temuan yang perlu diperiksa", fields, data)
    data = render_csv(LEFTOVER_COLUMNS, leftover_rows(document.leftovers), profile)
    fields = listing_fields(LEFTOVER_COLUMNS, frozenset({"page", "line"}))
    yield Resource("sisa", LEFTOVERS_FILE, "Kata pada halaman tabel yang tidak masuk sel mana pun", fields, data)
