"""Names as text that can be printed and written, whatever bytes the file system holds."""

from __future__ import annotations

import os
import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def shown(path: os.PathLike[str] | str) -> str:
    """Return a path for messages and reports: undecodable bytes and control characters become ``\ufffd``."""
    text = os.fsencode(path).decode("utf-8", "replace") if os.name == "posix" else os.fspath(path)
    return _CONTROL.sub("\ufffd", text.encode("utf-8", "replace").decode())
