"""An output folder ``OUT/<name>`` back to a document: its CSVs as they are now, described by its data package."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from export.csv_profile import EXCEL_ID
from export.file_names import CORRECTIONS_FILE
from export.listings import FINDING_COLUMNS
from export.plain_text import leads_formula
from export.reading.read_errors import NotOurOutputError
from export.reading.workbook_reader import ReadBack
from export.reading.workbook_reader_findings import Ticket
from export.review.corrections_file import read_corrections
from export.review.verdict import Status, finding_id
from export.sheets.columns_sheet import PATH_MARK
from export.table_csv import Part
from extract.finding_codes import Place, finding
from extract.findings import Finding, Severity
from normalize.form import Kind
from normalize.model import Column, Document, Record, Table, Tingkat, Value

MANIFEST = "manifest.json"
PACKAGE = "datapackage.json"
FINDINGS = "temuan.csv"

_LEVELS = {level.value: level for level in Tingkat}


def read_folder(path: Path) -> ReadBack:
    """Return the document an output folder holds.

    Raises :class:`~export.reading.read_errors.NotOurOutputError`, and :class:`~export.errors.CorrectionsError` for a
    damaged ``koreksi.json``. The print of a number that could not be read comes from ``temuan.csv``, so that it is not
    taken for a blank.
    """
    manifest, package = _json(path / MANIFEST), _json(path / PACKAGE)
    decisions = _decisions(path)
    try:
        resources = {resource["path"]: resource for resource in package["resources"]}
        listed = _tickets(path / FINDINGS, resources.get(FINDINGS, {}))
        tickets = tuple(_decided(ticket, decisions) for ticket in listed)
        printed = {(t.finding.table, t.finding.row, t.finding.column): t.finding.printed for t in tickets}
        problems: list[Finding] = []
        tables = [_table(path, entry, resources, printed, problems) for entry in manifest["tables"]]
        document = manifest["document"]
        read = Document(
            name=str(document["name"]),
            tables=tuple(table for table in tables if table is not None),
            unknown=(),
            leftovers=(),
            findings=(),
            pages=(),
            agency=str(document["agency"]),
            year=document["year"],
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotOurOutputError(path, f"{MANIFEST} or {PACKAGE} is malformed: {error}") from error
    if not read.tables and not problems:
        raise NotOurOutputError(path, "it holds no tabel_*.csv; converted without --format csv?")
    return ReadBack(read, tuple(problems), tickets, {})


Printed = Mapping[tuple[str, int | None, str], str]


def _table(
    path: Path, entry: Mapping[str, Any], resources: Mapping[str, Any], printed: Printed, problems: list[Finding]
) -> Table | None:
    resource = resources.get(entry["file"])
    if resource is None:
        return None
    key, name = str(entry["key"]), str(entry["name"])
    if not (path / entry["file"]).is_file():
        problems.append(finding("RJ-BACA-008", entry["file"], table=name))
        return None
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    columns = tuple(_columns(fields))
    rows = list(_rows(path / entry["file"], resource))
    reader = _RowReader(name, columns, fields, printed, problems)
    ordinal = name.removeprefix(f"{key}_")
    return Table(
        key=key,
        title=str(entry["title"]),
        columns=columns,
        records=tuple(reader.record(number, row) for number, row in enumerate(rows, start=1)),
        pages=tuple(entry["pages"]),
        ordinal=int(ordinal) if name != key and ordinal.isdigit() else 1,
        confidence=float(entry["confidence"]),
    )


def _columns(fields: Mapping[str, Any]) -> Iterator[Column]:
    for order, (name, field) in enumerate(fields.items()):
        if "renja:kind" in field:
            yield Column(
                key=name,
                title=str(field["title"]).rpartition(PATH_MARK)[2],
                kind=Kind(field["renja:kind"]),
                header_path=tuple(str(field["title"]).split(PATH_MARK)),
                declared=not field.get("renja:undeclared", False),
                fill_down=bool(field.get("renja:fill_down", False)),
                numbering=str(field.get("renja:numbering", "")),
                order=order,
            )


class _RowReader:
    """Turns the rows of one CSV into records."""

    def __init__(
        self,
        table: str,
        columns: Sequence[Column],
        fields: Mapping[str, Any],
        printed: Printed,
        problems: list[Finding],
    ) -> None:
        self._table = table
        self._columns = columns
        self._fields = fields
        self._printed = printed
        self._problems = problems

    def record(self, number: int, row: Mapping[str, str]) -> Record:
        """Return the record of one CSV row."""
        values = {}
        for column in self._columns:
            value = self._value(number, column, row)
            if value is not None:
                values[column.key] = value
        level = _LEVELS.get(row.get(Part.TINGKAT.value, ""))
        if level is None:
            place = Place(table=self._table, row=number, column=self._columns[0].key)
            self._problems.append(finding("RJ-BACA-003", f"baris {number}", **place))
        page, confidence = row.get(Part.PAGE.value, ""), row.get(Part.CONFIDENCE.value, "")
        return Record(
            values=values,
            tingkat=level or Tingkat.BARIS,
            page=int(page) if page.isdigit() else 1,
            confidence=float(self._decimal(Part.CONFIDENCE.value, confidence) or 1),
        )

    def _value(self, number: int, column: Column, row: Mapping[str, str]) -> Value | None:
        text = row.get(column.key) or ""
        if column.kind.is_number:
            amount = self._decimal(column.key, text)
            if amount is None and text.strip():
                self._problems.append(
                    finding(
                        "RJ-BACA-001",
                        f"baris {number}",
                        table=self._table,
                        row=number,
                        column=column.key,
                        printed=text,
                    )
                )
                return Value(text, text, confidence=0.0)
            raw = text or self._printed.get((self._table, number, column.key), "")
            return Value(raw, text, amount) if raw else None
        if column.kind is Kind.KUANTITAS and text:
            amount = self._decimal(f"{column.key}_nilai", row.get(f"{column.key}_nilai") or "")
            return Value(text, text, amount, row.get(f"{column.key}_satuan") or "")
        return Value(text, text) if text else None

    def _decimal(self, name: str, text: str) -> Decimal | None:
        mark = self._fields.get(name, {}).get("decimalChar", ".")
        try:
            return Decimal(text.strip().replace(mark, ".")) if text.strip() else None
        except InvalidOperation:
            return None


def _tickets(path: Path, resource: Mapping[str, Any]) -> Iterator[Ticket]:
    severities = {severity.value: severity for severity in Severity}
    if not path.is_file():
        return
    for cells in _rows(path, resource):
        row = {name: cells.get(name) or "" for name in FINDING_COLUMNS}
        yield Ticket(
            Finding(
                code=row["code"],
                severity=severities.get(row["severity"], Severity.ERROR),
                message=row["message"],
                page=int(row["page"]) if row["page"].isdigit() else None,
                table=row["table"],
                row=int(row["row"]) if row["row"].isdigit() else None,
                column=row["column"],
                printed=row["printed"],
                value=row["value"],
            ),
            Status.OPEN,
        )


def _decided(ticket: Ticket, decisions: Mapping[str, Status]) -> Ticket:
    return Ticket(ticket.finding, decisions.get(finding_id(ticket.finding), ticket.status))


def _decisions(path: Path) -> Mapping[str, Status]:
    """Return what people said on the review page, by finding name."""
    file = path / CORRECTIONS_FILE
    return {entry.finding: entry.status for entry in read_corrections(file).decisions} if file.is_file() else {}


def _rows(path: Path, resource: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    dialect = resource.get("dialect", {})
    text = path.read_bytes().decode(resource.get("encoding", "utf-8"))
    escaped = dialect.get("delimiter") == EXCEL_ID.delimiter
    for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=dialect.get("delimiter", ",")):
        yield {name: _unescaped(cell or "") if escaped else cell or "" for name, cell in row.items() if name}


def _unescaped(text: str) -> str:
    return text[1:] if text.startswith("'") and leads_formula(text[1:]) else text


def _json(path: Path) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(path.read_bytes())
    except OSError as error:
        raise NotOurOutputError(path.parent, f"{path.name}: {error.strerror or error}") from error
    except ValueError as error:
        raise NotOurOutputError(path.parent, f"{path.name} is no JSON") from error
