"""The PDFs that the arguments of ``renja convert`` name: files, folders, patterns, ``@lists`` and URLs of them."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from renja.failures import InputUnreadableError, NoInputError
from renja.remote.address import Location, RemoteAddress, location

PDF_SUFFIX = ".pdf"
_WILDCARDS = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files to convert, in the order given, folders sorted, each once."""

    paths: tuple[Location, ...]
    many: bool
    """A folder, pattern, list or several files were given: the run gets a batch report."""


def expand_inputs(arguments: Sequence[str]) -> Inputs:
    """Return the files that the arguments name.

    A name that exists is taken as it is, whatever characters it has; of a file that does not exist the conversion
    complains. Links to files are followed, links to folders are not. Raises
    :class:`~renja.failures.NoInputError`, :class:`~renja.failures.InputUnreadableError` (of a list) and
    :class:`~renja.failures.RemoteInputError`.
    """
    many = len(arguments) > 1
    found: dict[str, Location] = {}
    for argument in arguments:
        paths = list(_expand(argument))
        many = many or argument.startswith("@") or [_text(path) for path in paths] != [argument]
        for path in paths:
            found.setdefault(_identity(path), path)
    return Inputs(tuple(found.values()), many)


def _identity(path: Location) -> str:
    if isinstance(path, RemoteAddress):
        return path.url
    return os.path.normcase(os.path.abspath(path))  # noqa: PTH100 - links stay links


def _text(path: Location) -> str:
    return path.url if isinstance(path, RemoteAddress) else os.fspath(path)


def _expand(argument: str) -> Iterator[Location]:
    path = location(argument)
    if isinstance(path, RemoteAddress):
        from renja.remote.fetch import expand_remote  # noqa: PLC0415 - of no use to local folders

        yield from expand_remote(path, PDF_SUFFIX)
    elif argument.startswith("@") and not path.exists():
        for line in _lines(Path(argument[1:])):
            yield from _expand(line)
    elif path.is_dir():
        yield from _nonempty(argument, _pdfs_below(path))
    elif not path.exists() and _WILDCARDS & set(argument):
        # Windows shells leave patterns to the program.
        matches = sorted(glob.glob(argument, recursive=True))  # noqa: PTH207 - the argument may be absolute
        yield from _nonempty(argument, [pdf for match in matches for pdf in _expand(match)])
    else:
        yield path


def _nonempty(argument: str, paths: Sequence[Location]) -> Sequence[Location]:
    if not paths:
        raise NoInputError(argument)
    return paths


def _pdfs_below(folder: Path) -> list[Path]:
    """Return the PDFs of a folder and the folders in it, sorted; folders that begin with a dot are passed over."""
    found: list[Path] = []
    for parent, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(parent, name) for name in sorted(names) if name.lower().endswith(PDF_SUFFIX)]
    return found


def _lines(path: Path) -> Iterator[str]:
    """Yield the entries of a list: a path a line, relative to the current folder; ``#`` starts a comment line."""
    try:
        text = path.read_bytes().decode("utf-8-sig", "surrogateescape")
    except OSError as error:
        raise InputUnreadableError(path, error.strerror or str(error)) from error
    for line in text.splitlines():
        entry = line.strip()
        if entry and not entry.startswith("#"):
            yield entry
