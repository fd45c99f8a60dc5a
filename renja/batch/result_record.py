"""The record of each document's result: written before its outputs and closed after them, so that no half output stays.

A process can be killed between the replacements of two output files. The record names beforehand what will be written;
the next run finishes the accounting when everything is in place and takes back what was written when it is not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from export.atomic import write_files
from export.file_names import MANIFEST_FILE
from renja.batch.outcome import Outcome, outcome_from_record

RECORDS_FOLDER = "results"
RECORD_FORMAT = 1
"""Raised when a key changes its meaning."""
STAGED_FILES = ".renja-*.tmp"
"""What :mod:`export.atomic` calls a file that is not complete yet."""


@dataclass(frozen=True, slots=True)
class ResultRecord:
    """One document's outputs."""

    name: str
    sha256: str
    """Of the PDF."""
    key: str
    """Of settings and versions: :func:`renja.batch.run_key.run_key`."""
    complete: bool
    """All files are in place."""
    files: Mapping[str, str]
    """SHA-256 of every output, by path relative to the output folder."""
    stale: Sequence[str]
    """Files of an earlier run that go once these are in place."""
    outcome: Outcome


def render_record(record: ResultRecord) -> bytes:
    """Return a record as its file holds it."""
    content = {
        "format": RECORD_FORMAT,
        "name": record.name,
        "sha256": record.sha256,
        "key": record.key,
        "complete": record.complete,
        "files": dict(record.files),
        "stale": list(record.stale),
        "outcome": record.outcome.as_record(),
    }
    return json.dumps(content, indent=1).encode()


def write_record(state: Path, record: ResultRecord) -> None:
    """Put a record in place; raises :class:`~export.errors.OutputNotWritableError`."""
    write_files(state / RECORDS_FOLDER, {f"{record.name}.json": render_record(record)})


def read_records(state: Path) -> Iterator[ResultRecord]:
    """Yield the records of a state folder; damaged ones, and those of other versions, are passed over."""
    for path in sorted((state / RECORDS_FOLDER).glob("*.json")):
        try:
            content: Any = json.loads(path.read_bytes())
            if content["format"] != RECORD_FORMAT or content["name"] != path.stem:
                continue
            outcome = outcome_from_record(content["outcome"])
            files = {str(name): str(digest) for name, digest in content["files"].items()}
            stale = tuple(str(name) for name in content["stale"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
        own = (f"{path.stem}.xlsx", f"{path.stem}/")  # whatever a record claims, nothing else is ever touched
        if all(name.startswith(own) and ".." not in Path(name).parts for name in (*files, *stale)):
            yield ResultRecord(
                path.stem,
                str(content["sha256"]),
                str(content["key"]),
                content["complete"] is True,
                files,
                stale,
                outcome,
            )


def recover(out: Path, state: Path) -> dict[str, ResultRecord]:
    """Bring the output folder into order after a run that was killed; return the complete records by name.

    To be called by the only run on the folder.
    """
    records = {}
    for record in read_records(state):
        if record.complete or _all_in_place(out, record.files):
            records[record.name] = record if record.complete else close_record(out, state, record)
        else:
            _take_back(out, record)
            (state / RECORDS_FOLDER / f"{record.name}.json").unlink(missing_ok=True)
    outputs = (path for path in out.iterdir() if path.is_dir() and not path.is_symlink())
    for folder in (out, *outputs, state / RECORDS_FOLDER):
        for staged in folder.glob(STAGED_FILES):
            staged.unlink(missing_ok=True)
    return records


def is_current(out: Path, record: ResultRecord, sha256: str, key: str) -> bool:
    """Say whether the outputs of a record are what a new run would write, or that with a person's corrections.

    The hashes of the manifest are compared, not ours: corrections change outputs and manifest together.
    """
    if (record.sha256, record.key) != (sha256, key):
        return False
    return _all_in_place(out, _manifest_files(out, record.name))


def close_record(out: Path, state: Path, record: ResultRecord) -> ResultRecord:
    """Remove what an earlier run left over and mark the record complete."""
    for name in record.stale:
        if name not in record.files:
            (out / name).unlink(missing_ok=True)
    closed = replace(record, complete=True, stale=())
    write_record(state, closed)
    return closed


def _take_back(out: Path, record: ResultRecord) -> None:
    """Remove the files of an unfinished output; older ones beside them stay with their manifest."""
    older = _manifest_files(out, record.name)
    for name, digest in record.files.items():
        if older.get(name) != digest and _digest(out / name) == digest:
            (out / name).unlink(missing_ok=True)


def _manifest_files(out: Path, name: str) -> dict[str, str]:
    """Return the hashes a document's manifest lists, empty without a readable manifest."""
    try:
        manifest: Any = json.loads((out / name / MANIFEST_FILE).read_bytes())
        return {str(path): str(digest) for path, digest in manifest["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _all_in_place(out: Path, files: Mapping[str, str]) -> bool:
    return bool(files) and all(_digest(out / name) == digest for name, digest in files.items())


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    except OSError:
        return ""
