"""One document's outputs from a folder of this machine to a remote folder, so that no half output passes for whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from export.file_names import MANIFEST_FILE
from renja.batch.result_record import RECORDS_FOLDER, read_records, render_record
from renja.batch.run_lock import STATE_FOLDER
from renja.remote.address import RemoteAddress
from renja.remote.folder import RemoteFolder


def publish(address: RemoteAddress, root: Path, state: Path, previous: Sequence[str]) -> None:
    """Upload what was just written below ``root``: an open record, the files, the manifest, the closed record.

    A reader that goes by the manifest sees whole results; a run that is cut off in between leaves the open record, by
    which the next one tidies up. ``previous`` are the files of an earlier run for the same PDF, relative to ``root``.
    Raises :class:`~renja.failures.RemoteOutputError`.
    """
    folder = RemoteFolder(address)
    for record in read_records(state):
        stale = tuple(name for name in previous if name not in record.files)
        folder.write(record_name(record.name), render_record(replace(record, complete=False, stale=stale)))
        manifest = f"{record.name}/{MANIFEST_FILE}"
        for name in sorted(record.files, key=lambda name: name == manifest):
            folder.write(name, (root / name).read_bytes())
        for name in stale:
            folder.remove(name)
        folder.write(record_name(record.name), render_record(record))


def record_name(name: str) -> str:
    """Return where the record of a document stands in an output folder."""
    return f"{STATE_FOLDER}/{RECORDS_FOLDER}/{name}.json"
