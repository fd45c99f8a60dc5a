"""Everything that is written for one document, rendered first and then put in place at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from export.atomic import write_files
from export.csv_profile import CsvProfile, csv_chunks
from export.data_package import Resource, data_package_chunks, listing_fields, table_fields
from export.file_names import (
    CORRECTIONS_FILE,
    FINDINGS_FILE,
    LEFTOVERS_FILE,
    MANIFEST_FILE,
    PACKAGE_FILE,
    RECORD_FILE,
    REVIEW_FILE,
)
from export.json_bytes import Json
from export.limits import limit_findings
from export.listings import FINDING_COLUMNS, LEFTOVER_COLUMNS, finding_rows, leftover_rows
from export.manifest import Account, manifest_chunks, with_file
from export.naming import csv_name, table_name
from export.options import Format, OutputOptions
from export.previous import Target
from export.provenance import RunInfo, SourceFile
from export.raw_tables import render_raw_tables
from export.rendered_files import RenderedFiles
from export.review.page import review_chunks
from export.review.record_file import Reading, record_chunks
from export.review.verdict import Verdict
from export.table_csv import csv_columns, csv_rows
from extract.findings import Finding
from extract.model import PageContent
from extract.page_image import PageImage, PagePose
from normalize.form import TableForm
from normalize.model import Document
from schemas.outcome import RelationCount


@dataclass(frozen=True, slots=True)
class Conversion:
    """A document that was read, with everything that is told about it."""

    document: Document
    findings: tuple[Finding, ...]
    """All of them, from every stage."""
    source: SourceFile
    run: RunInfo
    catalogue: tuple[TableForm, ...] = ()
    """The known table kinds, so that the summary can name those the document does not print."""
    contents: Sequence[PageContent] = ()
    """The pages it was read from, for the tables of no known kind."""
    prose: str = ""
    """The text outside all tables."""
    poses: tuple[PagePose, ...] = ()
    """How each page lay when it was read."""
    checks: tuple[RelationCount, ...] = ()
    """How every rule of arithmetic fared."""
    pictures: Sequence[PageImage] = ()
    """Pages for the review page; without any, none is written."""
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    """What people said about findings, by :func:`export.review.verdict.finding_id`."""
    kept: Mapping[str, bytes] = field(default_factory=dict)
    """Files of an earlier run, relative to the document's folder, that stay as they are."""


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


def render_outputs(conversion: Conversion, name: str, options: OutputOptions) -> RenderedFiles:
    """Return the outputs, by path relative to the output folder."""
    document = conversion.document
    findings = (*conversion.findings, *limit_findings(document))
    files = RenderedFiles()
    if Format.XLSX in options.formats and document.tables:
        # The workbook library takes a tenth of a second to import: only when a workbook is wanted.
        from export.sheets.workbook import workbook_chunks  # noqa: PLC0415

        chunks = workbook_chunks(document, findings, conversion.catalogue, conversion.checks, conversion.verdicts)
        files.add(f"{name}.xlsx", chunks)
    _add_package(files, document, findings, name, options)
    if options.raw:
        for path, data in render_raw_tables(conversion.contents, options.profile).items():
            files.add(f"{name}/{path}", [data])
    reading = reading_of(conversion, options)
    files.add(f"{name}/{RECORD_FILE}", record_chunks(reading))
    if conversion.pictures:
        files.add(f"{name}/{REVIEW_FILE}", review_chunks(reading, conversion.pictures))
    for path, data in conversion.kept.items():
        files.add(f"{name}/{path}", [data])
    # What people said is not ours to remove when the document is converted again, so the manifest does not own it.
    hashes = {path: files.sha256(path) for path in files if path != f"{name}/{CORRECTIONS_FILE}"}
    about = Account(conversion.source, conversion.run, findings, conversion.checks, hashes)
    files.add(f"{name}/{MANIFEST_FILE}", manifest_chunks(document, about))
    return files


def reading_of(conversion: Conversion, options: OutputOptions) -> Reading:
    """Return what a later review or correction needs of a conversion."""
    # How long a page took is no part of what was read: the record is the same for the same input.
    pages = tuple(replace(page, seconds=0.0) for page in conversion.document.pages)
    return Reading(
        replace(conversion.document, pages=pages),
        conversion.findings,
        conversion.checks,
        conversion.source,
        conversion.run,
        prose=conversion.prose,
        poses=conversion.poses,
        formats=tuple(sorted(options.formats)),
        csv_profile=options.profile.name,
    )


def _add_package(
    files: RenderedFiles, document: Document, findings: Sequence[Finding], name: str, options: OutputOptions
) -> None:
    """Add the CSVs and the package that describes them, which lists the tables first."""
    tables = _tables(document, options.profile) if Format.CSV in options.formats else ()
    resources = []
    for csv in (*tables, *_listings(document, findings, options.profile)):
        path = f"{name}/{csv.path}"
        files.add(path, csv.chunks)
        resources.append(Resource(csv.name, csv.path, csv.title, csv.fields, files.size(path), files.sha256(path)))
    title = " - ".join(part for part in (document.agency, str(document.year or "")) if part) or document.name
    files.add(f"{name}/{PACKAGE_FILE}", data_package_chunks(name, title, resources, options.profile))


@dataclass(frozen=True, slots=True)
class _Csv:
    """One CSV that is still to be rendered."""

    name: str
    path: str
    title: str
    fields: tuple[Mapping[str, Json], ...]
    chunks: Iterator[bytes]


def _tables(document: Document, profile: CsvProfile) -> Iterator[_Csv]:
    for table in document.tables:
        columns = csv_columns(table)
        chunks = csv_chunks([column.name for column in columns], csv_rows(table, columns), profile)
        yield _Csv(f"tabel_{table_name(table)}", csv_name(table), table.title, table_fields(columns), chunks)


def _listings(document: Document, findings: Sequence[Finding], profile: CsvProfile) -> Iterator[_Csv]:
    chunks = csv_chunks(FINDING_COLUMNS, finding_rows(findings, document), profile)
    fields = listing_fields(FINDING_COLUMNS, frozenset({"row", "page"}))
    yield _Csv("temuan", FINDINGS_FILE, "Temuan yang perlu diperiksa", fields, chunks)
    chunks = csv_chunks(LEFTOVER_COLUMNS, leftover_rows(document.leftovers), profile)
    fields = listing_fields(LEFTOVER_COLUMNS, frozenset({"page", "line"}))
    yield _Csv("sisa", LEFTOVERS_FILE, "Kata pada halaman tabel yang tidak masuk sel mana pun", fields, chunks)
