"""The defined names under which a workbook's columns can be found again, wherever rows or columns were moved to.

Spreadsheet programs adjust a defined name when rows or columns are inserted and when a sheet is renamed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from export.naming import table_name, unique_name
from normalize.model import Table

_FORBIDDEN = re.compile(r"[^A-Za-z0-9_]")
TRAITS = ("halaman", "tingkat", "keyakinan")
"""The columns of our own beside a table, from left to right."""


def range_names(table: Table) -> Mapping[str, str]:
    """Return the defined name of every column of a table by key, and of our own ones by :func:`trait_key`."""
    prefix = _FORBIDDEN.sub("_", table_name(table))
    names: dict[str, str] = {}
    for key in (*(trait_key(trait) for trait in TRAITS), *(column.key for column in table.columns)):
        wanted = f"{prefix}__{_FORBIDDEN.sub('_', key.strip())}"
        names[key] = unique_name(wanted, names.values()).replace("-", "_")
    return names


def trait_key(trait: str) -> str:
    """Return the key of one of our own columns, which no column of a document can have."""
    return f" {trait}"
