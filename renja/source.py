"""The input file's identity and the versions it is read with, for the manifest."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from export.provenance import RunInfo, SourceFile
from renja.failures import InputUnreadableError
from renja.settings import Settings
from renja.shown import shown

READERS = (
    "pypdfium2",
    "pdfplumber",
    "pdfminer.six",
    "camelot-py",
    "opencv-python-headless",
    "onnxruntime",
    "rapidocr",
    "tesserocr",
    "rapidfuzz",
)
"""Libraries whose version can change what is read."""


def identify(path: Path) -> SourceFile:
    """Return name, size and SHA-256 of a file; raise InputUnreadableError when it cannot be read."""
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return SourceFile(shown(path.name), digest, path.stat().st_size)
    except OSError as error:
        raise InputUnreadableError(path, error.strerror or str(error)) from error


def run_info(settings: Settings) -> RunInfo:
    """Return the versions and settings of this run."""
    return RunInfo(dict(_versions()), settings.as_record())


def _versions() -> Iterator[tuple[str, str]]:
    yield "python", platform.python_version()
    yield "renja-tables", version("renja-tables")
    for name in READERS:
        try:
            yield name, version(name)
        except PackageNotFoundError:  # the recognition packages are optional
            continue
