"""What an output folder already holds: which names are ours to replace, and which must be left alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from export.errors import OutputCorrectedError, OutputEditedError, OutputNotWritableError, RecordFileError
from export.file_names import CORRECTIONS_FILE
from export.naming import safe_stem, unique_name


@dataclass(frozen=True, slots=True)
class Target:
    """Where one document goes: ``root/<name>.xlsx`` and the folder ``root/<name>/``."""

    root: Path
    name: str
    previous: tuple[str, ...] = field(default=())
    """Files of an earlier run for the same PDF, relative to ``root``."""

    def remove_stale(self, written: Collection[str]) -> None:
        """Remove the files of the earlier run that this one did not write again."""
        for relative in self.previous:
            if relative not in written:
                (self.root / relative).unlink(missing_ok=True)


def choose_target(root: Path, source: Path, sha256: str, taken: Iterable[str], *, overwrite: bool) -> Target:
    """Return the target for ``source``: its own earlier output, or the first free name.

    A name that belongs to another PDF, or to files we did not write, is never reused. Raises
    :class:`~export.errors.OutputEditedError` when the earlier output was changed by hand, and
    :class:`~export.errors.OutputCorrectedError` when it holds corrections, and ``overwrite`` is false;
    :class:`~export.errors.OutputNotWritableError` when the folder cannot be read.
    """
    names = list(taken)
    try:
        while True:
            name = unique_name(safe_stem(source.stem), names)
            previous = _previous_files(root, name, sha256)
            if previous is not None:
                if not overwrite:
                    _refuse_edited(root, previous)
                    _refuse_corrected(root / name / CORRECTIONS_FILE)
                return Target(root, name, tuple(sorted(previous)))
            names.append(name)
    except OSError as error:
        raise OutputNotWritableError(error.filename or root, error.strerror or str(error)) from error


def existing_target(folder: Path, sha256: str, *, overwrite: bool) -> Target:
    """Return the target of the output folder ``folder`` of the PDF with this SHA-256.

    Raises :class:`~export.errors.RecordFileError` when the folder is not the output of that PDF,
    :class:`~export.errors.OutputEditedError` as :func:`choose_target` does.
    """
    folder = folder.absolute()
    try:
        previous = _previous_files(folder.parent, folder.name, sha256)
        if not previous:
            raise RecordFileError(folder / "manifest.json", "is missing or belongs to another PDF")
        if not overwrite:
            _refuse_edited(folder.parent, previous)
    except OSError as error:
        raise OutputNotWritableError(error.filename or folder, error.strerror or str(error)) from error
    return Target(folder.parent, folder.name, tuple(sorted(previous)))


def _previous_files(root: Path, name: str, sha256: str) -> dict[str, str] | None:
    """Return the recorded files of an earlier run, empty for a free name, ``None`` when the name is another's."""
    folder, workbook = root / name, root / f"{name}.xlsx"
    manifest = folder / "manifest.json"
    if not manifest.exists():
        free = not workbook.exists() and not (folder.exists() and (not folder.is_dir() or any(folder.iterdir())))
        return {} if free else None
    try:
        record = json.loads(manifest.read_bytes())
        if record["source"]["sha256"] != sha256:
            return None
        files = {str(path): str(digest) for path, digest in record["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):  # a manifest we did not write
        return None
    # Only what lies in our own folder is ever removed, whatever the manifest claims.
    ours = (f"{name}.xlsx", f"{name}/")
    return {path: digest for path, digest in files.items() if path.startswith(ours) and ".." not in Path(path).parts}


def _refuse_corrected(corrections: Path) -> None:
    if corrections.exists():
        raise OutputCorrectedError(corrections)


def _refuse_edited(root: Path, files: dict[str, str]) -> None:
    for relative, digest in files.items():
        path = root / relative
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise OutputEditedError(path)
