"""The manifest: what was read, with what, what came out, and how long each page took.

Everything but the ``seconds`` of the pages is the same for the same input.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from export.json_bytes import Json, json_bytes, json_chunks
from export.listings import box_text
from export.naming import csv_name, table_name
from export.provenance import RunInfo, SourceFile
from extract.findings import Finding, Severity
from normalize.model import Document, PageReport, Table, UnknownTable
from schemas.outcome import RelationCount

MANIFEST_FORMAT = 1
"""Raised when a key changes its meaning."""


@dataclass(frozen=True, slots=True)
class Account:
    """Everything the manifest tells besides the document itself."""

    source: SourceFile
    run: RunInfo
    findings: Sequence[Finding]
    checks: Sequence[RelationCount]
    hashes: Mapping[str, str]
    """SHA-256 of each other output file."""


def manifest_chunks(document: Document, account: Account) -> Iterator[bytes]:
    """Yield the bytes of ``manifest.json``."""
    source, run = account.source, account.run
    severities = Counter(finding.severity for finding in account.findings)
    pages = Counter(finding.page for finding in account.findings)
    return json_chunks(
        {
            "format": MANIFEST_FORMAT,
            "source": {"name": source.name, "sha256": source.sha256, "bytes": source.size},
            "versions": dict(sorted(run.versions.items())),
            "settings": dict(sorted(run.settings.items())),
            "document": {"name": document.name, "agency": document.agency, "year": document.year},
            "tables": [_table(table) for table in document.tables],
            "unknown_tables": [_unknown(table) for table in document.unknown],
            "findings": {severity.value: severities[severity] for severity in Severity},
            "checks": [_check(check) for check in account.checks],
            "pages": [_page(page, pages[page.number]) for page in document.pages],
            "files": dict(sorted(account.hashes.items())),
        }
    )


def with_file(manifest: bytes, path: str, digest: str) -> bytes:
    """Return a manifest with one more (or another version of an) output file entered."""
    record = json.loads(manifest)
    record["files"] = dict(sorted({**record["files"], path: digest}.items()))
    return json_bytes(record)


def _table(table: Table) -> Mapping[str, Json]:
    return {
        "name": table_name(table),
        "key": table.key,
        "title": table.title,
        "pages": list(table.pages),
        "records": len(table.records),
        "columns": [column.key for column in table.columns],
        "confidence": round(table.confidence, 3),
        "evidence": list(table.evidence),
        "file": csv_name(table),
    }


def _unknown(table: UnknownTable) -> Mapping[str, Json]:
    return {
        "page": table.page,
        "bbox": box_text(table.bbox),
        "rows": table.rows,
        "columns": table.columns,
        "caption": table.caption,
        "best_guess": table.best_guess,
        "score": round(table.score, 3),
    }


def _check(check: RelationCount) -> Mapping[str, Json]:
    return {
        "name": check.name,
        "held": check.held,
        "rounded": check.rounded,
        "broken": check.broken,
        "untestable": check.untestable,
    }


def _page(page: PageReport, findings: int) -> Mapping[str, Json]:
    return {
        "number": page.number,
        "kind": page.kind,
        "turned": page.turned,
        "tables": list(page.tables),
        "findings": findings,
        "evidence": dict(page.evidence),
        "seconds": round(page.seconds, 3),
    }
