"""Page results on disk, so that a run that is killed takes up a document where it stopped."""

from __future__ import annotations

import io
import os
import pickle
import shutil
from pathlib import Path
from typing import Any

from export.errors import OutputNotWritableError
from renja.page_store import PageResult

UNSAVED_SECONDS = 2.0
"""Reading time that may be lost; quicker documents never touch the disk (writing a page costs about 10 ms)."""

_RECORDS = {
    "extract.model": {"Alternative", "BBox", "Orientation", "Page", "PageOrigin", "Ruling", "RulingKind", "Word"},
    "extract.findings": {"Finding", "Severity"},
    "renja.page_store": {"PageResult"},
}
"""The only classes a journal may name: a file someone else put there cannot make us run anything."""


class PageJournal:
    """The page results of one document in a folder of its own, a file a page, each put in place whole."""

    def __init__(self, folder: Path, *, unsaved_seconds: float = UNSAVED_SECONDS) -> None:
        """Use ``folder``, made at the first page; 0 ``unsaved_seconds`` writes every page at once."""
        self._folder = folder
        self._patience = unsaved_seconds
        self._unsaved: list[PageResult] = []

    def get(self, number: int) -> PageResult | None:
        """Return the result of a page; None when it is missing, damaged, or of another version."""
        try:
            result = _Unpickler(io.BytesIO(self._file(number).read_bytes())).load()
        except (OSError, pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError, IndexError):
            return None
        return result if isinstance(result, PageResult) and result.number == number else None

    def put(self, result: PageResult) -> None:
        """Keep a result, with those before it, once they took long enough to be worth it.

        Raises :class:`~export.errors.OutputNotWritableError`.
        """
        self._unsaved.append(result)
        if sum(unsaved.seconds for unsaved in self._unsaved) >= self._patience:
            for unsaved in self._unsaved:
                self._write(unsaved)
            self._unsaved.clear()

    def clear(self) -> None:
        """Remove the folder: the document is done."""
        self._unsaved.clear()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _file(self, number: int) -> Path:
        return self._folder / f"page_{number:04}.pickle"

    def _write(self, result: PageResult) -> None:
        target = self._file(result.number)
        temporary = target.with_suffix(f".{os.getpid()}.tmp")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(pickle.dumps(result, protocol=pickle.HIGHEST_PROTOCOL))
            temporary.replace(target)
        except OSError as error:
            raise OutputNotWritableError(error.filename or target, error.strerror or str(error)) from error


class _Unpickler(pickle.Unpickler):
    """Reads nothing but our own records."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - the signature of pickle
        """Return one of our records; raise UnpicklingError for anything else."""
        if name in _RECORDS.get(module, ()):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"a page journal does not hold {module}.{name}")
