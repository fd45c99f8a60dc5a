"""Which wording is header: the labels that the declared forms print, as printed or misread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from normalize.form import TableForm
from normalize.headers.header import IsHeaderText
from normalize.headers.level_columns import LEVEL_HEADINGS
from normalize.headers.match import MIN_OUT_OF_ORDER, folded_paths, likeness, same_letters

FEW_WORDS = 3
"""Words up to which a text is header only by its letters: a known label may stand inside a body text by chance."""
MIN_MISREAD = 0.6
"""Likeness from which a recognised text may be header wording, misread."""


def header_vocabulary(forms: Sequence[TableForm]) -> IsHeaderText:
    """Return a test for wording that some form prints in its header."""
    known = _declared_labels(forms)

    @lru_cache(maxsize=4096)
    def is_header_text(folded: str) -> bool:
        if folded in known:
            return True
        best = max(likeness(folded, part) for part in known)
        if len(folded.split()) > FEW_WORDS:
            return best >= MIN_OUT_OF_ORDER
        return best >= MIN_OUT_OF_ORDER and any(same_letters(folded, part) for part in known)

    return is_header_text


def misread_vocabulary(forms: Sequence[TableForm]) -> IsHeaderText:
    """Return a test for text that may be such wording, misread."""
    known = _declared_labels(forms)
    return lru_cache(maxsize=4096)(
        lambda folded: folded in known or max(likeness(folded, part) for part in known) >= MIN_MISREAD
    )


def _declared_labels(forms: Sequence[TableForm]) -> frozenset[str]:
    return LEVEL_HEADINGS | {
        part for form in forms for column in form.columns for path in folded_paths(column) for part in path
    }
