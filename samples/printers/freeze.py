"""Makes PDFs of other programs repeatable: dates and file identifiers become constants of the same length."""

from __future__ import annotations

import re
from pathlib import Path

DATE = re.compile(rb"D:\d{14}")
FROZEN_DATE = b"D:20240101000000"
HEXADECIMAL = re.compile(rb"(?<=<)[0-9A-F]{32}(?=>)|(?<=/DocChecksum /)[0-9A-F]{32}")
FROZEN_HEXADECIMAL = b"0" * 32


def freeze(path: Path) -> None:
    """Rewrite the file in place; offsets stay valid because nothing changes length."""
    data = DATE.sub(FROZEN_DATE, path.read_bytes())
    path.write_bytes(HEXADECIMAL.sub(FROZEN_HEXADECIMAL, data))
