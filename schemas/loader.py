"""Read the table kinds from their YAML files, the bundled ones and a user's own.

A file is shaped like a Frictionless Table Schema (``name``, ``title``, ``fields`` with ``name``, ``title``, ``type``)
plus our keys; see :func:`_form` and :func:`_column` for all of them. Adding a kind takes a file, never code.
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from pathlib import Path

from normalize.form import ColumnForm, Kind, TableForm
from schemas.errors import SchemaError
from schemas.model import Schema
from schemas.rules_loader import read_rules
from schemas.yaml_node import Node, read_yaml

BUNDLED = Path(__file__).parent
"""Folder of the bundled YAML files."""

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_COLUMN_KEY = re.compile(r"[a-z][a-z0-9_]*(\{tahun\})?")
_RESERVED_COLUMNS = frozenset({"tingkat", "halaman", "keyakinan"})


def load_schemas(extra_dir: Path | None = None) -> dict[str, Schema]:
    """Return every declared table kind by key.

    The bundled kinds come first; each ``*.yaml`` of ``extra_dir`` adds a kind, or replaces the kind of the same name.
    Raises SchemaError (file, key path, what to do) for a file that cannot be used or a folder that does not exist.
    """
    schemas = dict(_bundled_schemas())
    if extra_dir is not None:
        if not extra_dir.is_dir():
            raise SchemaError(
                extra_dir, "", "the schema folder does not exist", "give an existing folder of .yaml files"
            )
        schemas.update(_load_folder(extra_dir))
    return schemas


def load_schema(source: Path) -> Schema:
    """Read one table kind from a YAML file; raise SchemaError when it cannot be used."""
    root = read_yaml(source)
    form = _form(root)
    rules = read_rules(root.child("checks"), {column.key for column in form.columns})
    return Schema(form=form, source=source, rules=rules)


@cache
def _bundled_schemas() -> dict[str, Schema]:
    """Return the bundled kinds; a process that converts many documents reads them once."""
    return _load_folder(BUNDLED)


def _load_folder(folder: Path) -> dict[str, Schema]:
    schemas: dict[str, Schema] = {}
    for source in sorted((*folder.glob("*.yaml"), *folder.glob("*.yml"))):
        schema = load_schema(source)
        if schema.key in schemas:
            other = schemas[schema.key].source.name
            raise SchemaError(source, "name", f"'{schema.key}' is already declared in {other}", "give it another name")
        schemas[schema.key] = schema
    return schemas


def _form(root: Node) -> TableForm:
    root.allow(
        "name",
        "title",
        "description",
        "captions",
        "keywords",
        "level_column",
        "number_column",
        "code_column",
        "formulas",
        "hierarchy",
        "checks",
        "header_groups",
        "fields",
    )
    name = root.need("name")
    key = name.text()
    if not _KEY.fullmatch(key):
        raise name.error(f"'{key}' is no table key", "use lower-case letters, digits and _ (it names files)")
    columns = tuple(_column(node) for node in root.need("fields").items())
    if not columns:
        raise root.need("fields").error("no column is declared", "add at least one '- name: ...'")
    _refuse_duplicates(root.need("fields"), columns)
    keys = {column.key for column in columns}
    for field in root.need("fields").items():
        _known_column(field, "unlabelled_after", keys)
    return TableForm(
        key=key,
        title=root.need("title").text(),
        captions=tuple(_pattern(node) for node in root.nodes_of("captions")),
        keywords=tuple(keyword.lower() for keyword in root.texts_of("keywords")),
        columns=columns,
        level_column=_known_column(root, "level_column", keys),
        number_column=_known_column(root, "number_column", keys),
        code_column=_known_column(root, "code_column", keys),
        formulas=root.texts_of("formulas"),
        hierarchy=root.child("hierarchy") is None or root.flag_of("hierarchy"),
    )


def _column(field: Node) -> ColumnForm:
    field.allow(
        "name",
        "title",
        "description",
        "type",
        "kind",
        "headers",
        "optional",
        "fill_down",
        "numbering",
        "says",
        "unlabelled_after",
    )
    name = field.need("name")
    key = name.text()
    if not _COLUMN_KEY.fullmatch(key):
        raise name.error(
            f"'{key}' is no column key", "use lower-case letters, digits and _, with {tahun} at the end for a year"
        )
    if key in _RESERVED_COLUMNS or key.startswith("x_"):
        raise name.error(f"'{key}' is a column the command writes itself", "choose another column name")
    kind = _kind(field)
    headers = tuple(path for node in field.nodes_of("headers") for path in _header_paths(node))
    unlabelled_after = field.text_of("unlabelled_after")
    if not headers and not unlabelled_after:
        raise field.error(
            "no header is declared",
            "add 'headers:' with the printed header texts, outermost first, or unlabelled_after",
        )
    return ColumnForm(
        key=key,
        title=field.need("title").text(),
        kind=kind,
        headers=headers,
        optional=field.flag_of("optional"),
        fill_down=field.flag_of("fill_down"),
        numbering=field.text_of("numbering"),
        says="" if (says := field.child("says")) is None else _pattern(says),
        unlabelled_after=unlabelled_after,
    )


def _kind(field: Node) -> Kind:
    node = field.need("kind")
    try:
        kind = Kind(node.text())
    except ValueError as error:
        raise node.error(f"'{node.text()}' is no kind", f"use one of: {', '.join(Kind)}") from error
    expected = "number" if kind.is_number else "string"
    declared = field.text_of("type", expected)
    if declared != expected:
        raise field.need("type").error(f"'{declared}' does not fit kind '{kind}'", f"write type: {expected}")
    return kind


def _header_paths(node: Node) -> tuple[tuple[str, ...], ...]:
    """Spell out one entry of ``headers``: a text, or a path whose levels may each be a list of alternatives."""
    if isinstance(node.value, str):
        return ((node.text(),),)
    levels = [
        (level.text(),) if isinstance(level.value, str) else tuple(choice.text() for choice in level.items())
        for level in node.items()
    ]
    if not all(levels) or not levels:
        raise node.error("a header path is empty", "write the printed header texts, outermost first")
    return tuple(itertools.product(*levels))


def _pattern(node: Node) -> str:
    try:
        re.compile(node.text())
    except re.error as error:
        raise node.error(f"not a regular expression ({error})", "correct the pattern, in single quotes") from error
    return node.text()


def _known_column(node: Node, key: str, columns: set[str]) -> str:
    named = node.text_of(key)
    if named and named not in columns:
        raise node.need(key).error(f"no column is named '{named}'", "name a column of 'fields'")
    return named


def _refuse_duplicates(fields: Node, columns: tuple[ColumnForm, ...]) -> None:
    seen: set[str] = set()
    for node, column in zip(fields.items(), columns, strict=True):
        if column.key in seen:
            raise node.need("name").error(f"the column '{column.key}' is declared twice", "rename or remove one")
        seen.add(column.key)
