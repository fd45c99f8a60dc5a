"""Write files so that a reader sees the old bytes or the new bytes, never half of them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from export.errors import OutputNotWritableError
from export.rendered_files import RenderedFiles


def write_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Write every file of ``files`` (paths relative to ``root``) and replace what was there.

    All of them are first written beside their targets; only when that has succeeded is any target replaced,
    so that a full disk leaves the previous output whole. Raises :class:`OutputNotWritableError`.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for relative in files:
            target = root / relative
            target.parent.mkdir(parents=True, exist_ok=True)
            chunks = files.chunks(relative) if isinstance(files, RenderedFiles) else (files[relative],)
            staged.append((_stage(target, chunks), target))
        for temporary, target in staged:
            temporary.replace(target)
    except OSError as error:
        raise OutputNotWritableError(error.filename or root, error.strerror or str(error)) from error
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)


def _stage(target: Path, chunks: Iterable[bytes]) -> Path:
    """Write ``chunks`` to a temporary file in the folder of ``target`` and return its path."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".renja-", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(chunks)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o666 & ~_umask())  # mkstemp makes private files; outputs are for colleagues too
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
