"""The outputs a recapitulation is made of, and the list of agencies there should be."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from export.file_names import MANIFEST_FILE
from export.reading.read_errors import NotOurOutputError
from export.rekap.model import Output
from export.review.verdict import Status
from extract.findings import Severity
from renja.checking import read_output
from renja.failures import InputUnreadableError

_HEADINGS = frozenset({"no", "nomor", "nama", "perangkat daerah", "nama perangkat daerah", "opd", "skpd", "nama opd"})
"""First lines and columns of a list that are no agencies."""


def find_outputs(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the outputs that ``paths`` name: workbooks, output folders, or folders that hold them; each once.

    Of a document that has both, the workbook counts: it is what people edit. Raises
    :class:`~export.reading.read_errors.NotOurOutputError` for a folder that holds none.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        inside = list(_inside(path))
        if not inside:
            raise NotOurOutputError(path, "no output of `renja convert` is in it")
        for output in inside:
            found.setdefault(output.resolve(), output)
    return tuple(found.values())


def read_outputs(paths: Sequence[Path]) -> tuple[Output, ...]:
    """Read every output; raise :class:`~export.reading.read_errors.NotOurOutputError` for one that cannot be."""
    outputs = []
    for path in paths:
        read = read_output(path)
        errors = sum(
            ticket.status is Status.OPEN and ticket.finding.severity is Severity.ERROR for ticket in read.tickets
        )
        errors += sum(problem.severity is Severity.ERROR for problem in read.problems)
        outputs.append(Output(path.name, read.document, errors))
    return tuple(outputs)


def read_agency_list(path: Path) -> tuple[str, ...]:
    """Return the agencies a list names: a text file with one a line, or the first column of names of a CSV or xlsx.

    Raises :class:`~renja.failures.InputUnreadableError`.
    """
    try:
        rows = list(_sheet_rows(path) if path.suffix.lower() == ".xlsx" else _text_rows(path))
    except (OSError, UnicodeDecodeError, InvalidFileException, KeyError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no text, CSV or xlsx"
        raise InputUnreadableError(path, reason) from error
    names = (next((cell for cell in row if _is_name(cell)), "") for row in rows)
    return tuple(dict.fromkeys(name for name in names if name))


def _inside(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    if (path / MANIFEST_FILE).is_file():
        yield path
        return
    for manifest in sorted(path.glob(f"*/{MANIFEST_FILE}")):
        workbook = path / f"{manifest.parent.name}.xlsx"
        yield workbook if workbook.is_file() else manifest.parent


def _is_name(cell: str) -> bool:
    return any(character.isalpha() for character in cell) and cell.casefold() not in _HEADINGS


def _text_rows(path: Path) -> Iterator[list[str]]:
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix.lower() != ".csv":
        yield from ([line.strip()] for line in text.splitlines())
        return
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    yield from ([cell.strip() for cell in row] for row in csv.reader(text.splitlines(), delimiter=delimiter))


def _sheet_rows(path: Path) -> Iterator[list[str]]:
    book = load_workbook(path, read_only=True, data_only=True)
    for row in book.worksheets[0].iter_rows(values_only=True):
        yield ["" if cell is None else str(cell).strip() for cell in row]
