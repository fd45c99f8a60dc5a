"""Messages as planners read them: the keys of tables and columns replaced by their names."""

from __future__ import annotations

import re

from export.naming import table_label
from normalize.model import Document

_WORD = re.compile(r"[a-z][a-z0-9_]*")


def readable(text: str, document: Document, table: str = "") -> str:
    """Return ``text`` with the document's table keys, and the column keys of ``table``, as people write them.

    A column key without an underscore is an ordinary word (``lokasi``, ``satuan``) and stays.
    """
    names = {found.key: table_label(found.key) for found in document.tables}
    for found in document.tables:
        if found.key == table:
            names |= {column.key: column.title for column in found.columns if "_" in column.key}
    return _WORD.sub(lambda match: names.get(match[0], match[0]), text)
