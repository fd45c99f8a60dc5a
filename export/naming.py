"""Names of files and sheets: safe on every system, unique, and the same every time."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from normalize.model import Column, Table

MAX_STEM_CHARS = 80
"""Longest output stem; with the folder and ``datapackage.json`` it stays below the 260 characters of old Windows."""
MAX_STEM_BYTES = 160
"""Longest output stem in UTF-8; file systems allow 255 bytes a name, suffixes included."""
MAX_SHEET_CHARS = 31
"""Excel's limit for a sheet name."""
DIGEST_CHARS = 8
"""Hexadecimal characters of SHA-256 that keep two shortened names apart."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")
_SHEET_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_ROMAN = re.compile(r"[ivx]+")
_KEY_PART = re.compile(r"(tc)?(\d+)([a-z]?)|([ivx]+)|([a-z])")


def safe_stem(stem: str) -> str:
    """Return ``stem`` as a name every file system takes.

    Path separators, control characters and what Windows refuses become ``_``, reserved device names get a
    trailing ``_``, and a long name is cut and closed by a digest of the whole, so that two long names stay two.
    """
    text = "".join(c for c in unicodedata.normalize("NFC", stem) if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    text = _FORBIDDEN.sub("_", text).strip(" .")
    if not text.strip("_"):
        text = "dokumen"
    if _RESERVED.fullmatch(text):
        text = f"{text.split('.')[0]}_{text[len(text.split('.')[0]) :]}"
    if len(text) > MAX_STEM_CHARS or len(text.encode()) > MAX_STEM_BYTES:
        digest = hashlib.sha256(stem.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST_CHARS]
        text = f"{_cut(text, MAX_STEM_CHARS - DIGEST_CHARS - 1, MAX_STEM_BYTES - DIGEST_CHARS - 1)}-{digest}"
    return text


def unique_name(wanted: str, taken: Iterable[str]) -> str:
    """Return ``wanted``, or ``wanted-2``, ``wanted-3`` ... when the name is taken (letter case ignored)."""
    folded = {name.casefold() for name in taken}
    candidate, ordinal = wanted, 1
    while candidate.casefold() in folded:
        ordinal += 1
        candidate = f"{wanted}-{ordinal}"
    return candidate


def table_name(table: Table) -> str:
    """Return the name of a table in files and findings: its key, and ``_2`` for the second of its kind."""
    return table.key if table.ordinal == 1 else f"{table.key}_{table.ordinal}"


def csv_name(table: Table) -> str:
    """Return the file name of a table's CSV."""
    return f"tabel_{table_name(table)}.csv"


def table_label(key: str) -> str:
    """Return how people call the table kind ``key``: ``ii_4a_1`` is ``II.4.a.1``, ``ii_1_tc29`` ``II.1.TC-29``."""
    parts = key.split("_")
    if not _ROMAN.fullmatch(parts[0]) or not all(_KEY_PART.fullmatch(part) for part in parts):
        return key.replace("_", " ").strip().capitalize()
    return ".".join(_label_part(part) for part in parts)


def column_label(column: Column) -> str:
    """Return the printed header path of a column on one line, or its declared title."""
    return " › ".join(" ".join(part.split()) for part in column.header_path if part) or column.title


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """Return a sheet name Excel accepts: at most 31 characters, none of its forbidden ones, not ``History``, unique."""
    text = _SHEET_FORBIDDEN.sub(" ", wanted).strip(" '") or "Lembar"
    if text.casefold() == "history":  # Excel keeps this name for itself
        text = f"{text}_"
    folded = {name.casefold() for name in taken}
    candidate, ordinal = text[:MAX_SHEET_CHARS].rstrip(" '"), 1
    while candidate.casefold() in folded:
        ordinal += 1
        suffix = f" ({ordinal})"
        candidate = text[: MAX_SHEET_CHARS - len(suffix)].rstrip(" '") + suffix
    return candidate


def _label_part(part: str) -> str:
    match = _KEY_PART.fullmatch(part)
    assert match is not None
    prefix, digits, letter, roman, single = match.groups()
    if digits:
        return (f"TC-{digits}" if prefix else digits) + (f".{letter}" if letter else "")
    return roman.upper() if roman else single


def _cut(text: str, chars: int, size: int) -> str:
    text = text[:chars]
    while len(text.encode()) > size:
        text = text[:-1]
    return text.rstrip(" .")
