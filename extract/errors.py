"""What can be wrong with a PDF, each with the remedy to offer."""

from __future__ import annotations

from pathlib import Path


class PdfError(Exception):
    """A document or page cannot be read; the text names what happened, where, and what to do."""

    def __init__(self, message: str, remedy: str, *, path: Path | None = None, page: int | None = None) -> None:
        """Keep the parts apart; ``page`` is 1-based."""
        self.message = message
        self.remedy = remedy
        self.path = path
        self.page = page
        place = "" if path is None else f"{path.name}: "
        where = "" if page is None else f"page {page}: "
        super().__init__(f"{place}{where}{message}. {remedy}")


class NotAPdf(PdfError):  # noqa: N818 -- the names say what the file is
    """The file is missing, unreadable, or of another type."""


class EmptyFile(PdfError):  # noqa: N818
    """The file has no bytes, or the document no pages."""


class TruncatedPdf(PdfError):  # noqa: N818
    """The file starts as a PDF but its structure is broken or cut off."""


class EncryptedPdf(PdfError):  # noqa: N818
    """The file needs a password."""


class LimitExceeded(PdfError):  # noqa: N818
    """The document is larger than a table document can sensibly be."""


class PageFailed(PdfError):  # noqa: N818
    """One page cannot be read; the others can."""
