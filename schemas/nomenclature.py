"""The official list of program, kegiatan and sub kegiatan codes, read from either workbook planners download.

Layouts: Kepmendagri 900.1.15.5-1317/2023 (one column for each code part, numbers without leading zeros) and the SIPD
list (``code name`` in one cell for each level, with the code of the edition before). The list itself is never bundled.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from normalize.codes import parse_code
from normalize.model import Tingkat
from schemas.errors import NomenclatureError

MAX_HEADER_ROWS = 15
"""Rows searched for the heading of the list; downloads put titles above it."""

_PARTS_HEADER = ("urusan", "bidang", "program", "kegiatan", "sub kegiatan", "nomenklatur")
_TEXT_HEADER = ("bidang", "program", "kegiatan", "subkegiatan")
_CODE_AND_NAME = re.compile(r"\s*((?:X|\d)(?:\.(?:XX|\d+))*)\s+(\S.*)", re.DOTALL)
_CODE = re.compile(r"\b(?:X\.XX|\d\.\d{2})\.\d{2}\.\d\.\d{2}\.\d{2,4}\b")
_SUPPORT_PROGRAM = re.compile(r"^\d\.\d{2}(?=\.01(?:\.|$))")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_SUB_DIGITS = 4


class CodeStatus(StrEnum):
    """What the list says of a code."""

    FOUND = "found"
    OLD_EDITION = "old_edition"
    """Valid in an edition before (or beside) this one."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """What the list says of one code."""

    status: CodeStatus
    name: str = ""
    """Official name, empty when the code is not in the list."""
    successor: str = ""
    """The code that replaces an old one, when the list tells."""


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """Every code of one edition with its name."""

    source: str
    """File name, for messages."""
    year: int | None
    """Year in the file name, the edition's."""
    names: Mapping[str, str]
    """Dotted code (sub kegiatan of four digits, ``X.XX`` for the programs every agency has) to name."""
    successors: Mapping[str, str] = field(default_factory=dict)
    """Code of the edition before to the code now."""

    def look_up(self, text: str, year: int | None = None) -> CodeEntry | None:
        """Say what the list holds of a printed code, None when the text is no nomenclature code.

        ``year`` is the plan year: a code missing from a list made for a later year is another edition's, not wrong.
        """
        code = parse_code(text)
        if code is None or code.level in (None, Tingkat.URUSAN):
            return None
        short = code.level is Tingkat.SUB_KEGIATAN and len(code.text.rsplit(".", 1)[1]) < _SUB_DIGITS
        full = _pad_sub(code.text) if code.level is Tingkat.SUB_KEGIATAN else code.text
        for spelled in (full, _SUPPORT_PROGRAM.sub("X.XX", full)):
            if spelled in self.names:
                return CodeEntry(CodeStatus.FOUND, self.names[spelled])
            if spelled in self.successors:
                return CodeEntry(CodeStatus.OLD_EDITION, successor=self.successors[spelled])
        later_list = year is not None and self.year is not None and year < self.year
        known_parent = code.parent in self.names or _SUPPORT_PROGRAM.sub("X.XX", code.parent) in self.names
        if known_parent and (short or later_list):
            return CodeEntry(CodeStatus.OLD_EDITION)
        return CodeEntry(CodeStatus.UNKNOWN)


def read_nomenclature(source: Path) -> Nomenclature:
    """Read a nomenclature workbook of either layout; raise NomenclatureError when the file is none."""
    # Imported here because it costs a tenth of a second, and most runs have no list.
    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = load_workbook(source, read_only=True, data_only=True)
    except (OSError, InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise NomenclatureError(
            f"{source}: not a readable .xlsx workbook ({error}); download the list again"
        ) from error
    names: dict[str, str] = {}
    successors: dict[str, str] = {}
    try:
        for sheet in book.worksheets:
            _read_rows(sheet.iter_rows(values_only=True), names, successors)
    finally:
        book.close()
    if not names:
        raise NomenclatureError(
            f"{source}: no nomenclature list found; the sheet needs the columns {', '.join(_PARTS_HEADER)} "
            f"or {', '.join(_TEXT_HEADER)}"
        )
    years = _YEAR.findall(source.stem)
    return Nomenclature(source.name, int(years[-1]) if years else None, names, successors)


def _read_rows(rows: Iterator[Sequence[object]], names: dict[str, str], successors: dict[str, str]) -> None:
    header: list[str] = []
    for number, row in enumerate(rows):
        if not header:
            candidate = [" ".join(_text(cell).casefold().split()) for cell in row]
            if _has(candidate, _PARTS_HEADER) or _has(candidate, _TEXT_HEADER):
                header = candidate
            elif number >= MAX_HEADER_ROWS:
                return
        elif _has(header, _PARTS_HEADER):
            _read_parts(header, row, names)
        else:
            _read_texts(header, row, names, successors)


def _has(header: Sequence[str], wanted: Sequence[str]) -> bool:
    return all(any(cell.startswith(word) for cell in header) for word in wanted)


def _read_parts(header: Sequence[str], row: Sequence[object], names: dict[str, str]) -> None:
    """Read ``2 | 7 | 3 | 2.01 | 1 | name``."""
    parts = [_text(row[_position(header, word)]) for word in _PARTS_HEADER[:5]]
    name = " ".join(_text(row[_position(header, "nomenklatur")]).split())
    filled = [part for part in parts if part]
    if not name or filled != parts[: len(filled)]:
        return
    widths = (1, 2, 2, 4, _SUB_DIGITS)
    code = ".".join(
        part if part.isalpha() else part.rjust(width, "0") for part, width in zip(filled, widths, strict=False)
    )
    if parse_code(code) is not None:
        names.setdefault(code, name)


def _read_texts(
    header: Sequence[str], row: Sequence[object], names: dict[str, str], successors: dict[str, str]
) -> None:
    """Read ``2.07.03.2.01.0001 name`` from each level's cell, and the code of the edition before."""
    last = ""
    for word in _TEXT_HEADER:
        match = _CODE_AND_NAME.fullmatch(_text(row[_position(header, word)]))
        if match and parse_code(match[1]) is not None:
            last = match[1]
            names.setdefault(last, " ".join(match[2].split()))
    if "subkegiatan sebelumnya" in header:
        for before in _CODE.findall(_text(row[header.index("subkegiatan sebelumnya")])):
            if before != last:
                successors.setdefault(_pad_sub(before), last)


def _position(header: Sequence[str], word: str) -> int:
    return next(index for index, cell in enumerate(header) if cell.startswith(word))


def _text(cell: object) -> str:
    """Return a cell as text; a kegiatan stored as a number (2.1 for 2.10) keeps its two digits."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.2f}"
    return "" if cell is None else str(cell).strip()


def _pad_sub(code: str) -> str:
    head, _, sub = code.rpartition(".")
    return f"{head}.{sub.rjust(_SUB_DIGITS, '0')}"
