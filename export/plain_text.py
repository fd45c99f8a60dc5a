"""Text that every reader of our files accepts: no control characters, one kind of line end."""

from __future__ import annotations

import re

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029")
FORMULA_LEADS = ("=", "+", "-", "@", "\t", "\0")
"""First characters that make a spreadsheet take a text for a formula (OWASP ASVS 1.2.10)."""


def clean_text(text: str) -> str:
    """Return ``text`` with line ends as line feeds and without characters XML and CSV readers refuse."""
    if text.isprintable():
        return text
    return _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text))


def unprintable_count(text: str) -> int:
    """Count the characters :func:`clean_text` takes out."""
    return len(_UNPRINTABLE.findall(text))


def leads_formula(text: str) -> bool:
    """Say whether a spreadsheet could take ``text`` for a formula."""
    return text.startswith(FORMULA_LEADS)
