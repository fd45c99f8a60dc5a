"""What a result depends on, as one digest: the PDF, the settings, and every version of what read it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # as in renja.batch.tasks
    from export.options import OutputOptions
    from export.provenance import RunInfo
    from renja.settings import Settings

PACKAGES = ("extract", "normalize", "schemas", "export", "renja")
PROGRAM_SUFFIXES = (".py", ".yaml", ".txt", ".html", ".css", ".js")


def run_key(settings: Settings, options: OutputOptions, run: RunInfo, extras: Iterable[str] = ()) -> str:
    """Return the digest of everything but the PDF that decides what is written: settings, data files and versions.

    The program's own files count by their content, so that a changed program never passes off old results as its own.
    """
    parts = {
        "versions": dict(run.versions),
        "settings": dict(settings.as_record()),
        "program": program_digest(),
        "schemas": _files_digest(_listed(settings.schema_dir, "*.yaml")),
        "nomenklatur": _files_digest([settings.nomenclature] if settings.nomenclature else []),
        "formats": sorted(options.formats),
        "profile": options.profile.name,
        "raw": options.raw,
        "extras": sorted(extras),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@cache
def program_digest() -> str:
    """Return the digest of the files of our own packages."""
    folders = [Path(str(import_module(name).__file__)).parent for name in PACKAGES]
    return _files_digest(
        path for folder in folders for path in _listed(folder, "**/*") if path.suffix in PROGRAM_SUFFIXES
    )


def _listed(folder: Path | None, pattern: str) -> Iterator[Path]:
    if folder is not None:
        yield from sorted(folder.glob(pattern), key=os.fspath)


def _files_digest(paths: Iterable[Path]) -> str:
    """Return a digest over names and contents; a file that cannot be read counts by its name."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(os.fsencode(path.name) + b"\0")
        try:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError:
            continue
    return digest.hexdigest()
