"""The Frictionless Data Package that describes a document's CSVs (Data Package specification, version 1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from export.csv_profile import CsvProfile
from export.json_bytes import Json, json_chunks
from export.table_csv import CsvColumn, Part
from normalize.form import Kind
from normalize.model import Tingkat


@dataclass(frozen=True, slots=True)
class Resource:
    """One CSV of the package."""

    name: str
    path: str
    title: str
    fields: tuple[Mapping[str, Json], ...]
    size: int
    """In bytes."""
    sha256: str


def table_fields(columns: Sequence[CsvColumn]) -> tuple[Mapping[str, Json], ...]:
    """Return the Table Schema fields of a table's CSV."""
    return tuple(_field(column) for column in columns)


def listing_fields(names: Sequence[str], whole_numbers: frozenset[str]) -> tuple[Mapping[str, Json], ...]:
    """Return the Table Schema fields of a listing whose columns are text but for ``whole_numbers``."""
    return tuple({"name": name, "type": "integer" if name in whole_numbers else "string"} for name in names)


def data_package_chunks(name: str, title: str, resources: Sequence[Resource], profile: CsvProfile) -> Iterator[bytes]:
    """Yield the bytes of ``datapackage.json``."""
    return json_chunks(
        {
            "profile": "tabular-data-package",
            "name": _package_name(name),
            "title": title,
            "resources": [_resource(resource, profile) for resource in resources],
        }
    )


def _field(column: CsvColumn) -> Mapping[str, Json]:
    field: dict[str, Json] = {"name": column.name, "title": column.title, "type": "string"}
    if column.is_number:
        field["type"] = "number"
    if column.part is Part.PAGE:
        field |= {"type": "integer", "constraints": {"minimum": 1}}
    if column.part is Part.CONFIDENCE:
        field["constraints"] = {"minimum": 0, "maximum": 1}
    if column.part is Part.TINGKAT:
        field["constraints"] = {"enum": [tingkat.value for tingkat in Tingkat]}
    if column.column is not None and column.part is Part.FIELD:
        field["renja:kind"] = column.column.kind.value
        if column.column.kind is Kind.RUPIAH:
            field["renja:unit"] = "rupiah"
        if not column.column.declared:
            field["renja:undeclared"] = True
        if column.column.fill_down:
            field["renja:fill_down"] = True
        if column.column.numbering:
            field["renja:numbering"] = column.column.numbering
    return field


def _resource(resource: Resource, profile: CsvProfile) -> Mapping[str, Json]:
    fields: list[Json] = []
    for field in resource.fields:
        marked = dict(field)
        if field["type"] == "number" and profile.decimal_mark != ".":
            marked["decimalChar"] = profile.decimal_mark
        fields.append(marked)
    return {
        "profile": "tabular-data-resource",
        "name": resource.name,
        "title": resource.title,
        "path": resource.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": profile.encoding,
        "bytes": resource.size,
        "hash": f"sha256:{resource.sha256}",
        "dialect": {"delimiter": profile.delimiter, "lineTerminator": profile.line_end, "header": True},
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _package_name(name: str) -> str:
    """Return ``name`` in the characters the specification allows."""
    folded = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in name.lower())
    return folded.strip("-") or "dokumen"
