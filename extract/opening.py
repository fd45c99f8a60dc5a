"""Open a PDF defensively: every way a file can be bad becomes one of :mod:`extract.errors`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from extract.errors import EmptyFile, EncryptedPdf, LimitExceeded, NotAPdf, PdfError, TruncatedPdf

MAX_FILE_BYTES = 1_000_000_000
"""A thousand scanned pages take about 600 MB."""
MAX_PAGES = 10_000
HEADER_BYTES = 1024
"""The header may stand this far into the file (ISO 32000-1, implementation note 13)."""
TRAILER_BYTES = 4096
"""Where the end-of-file marker is looked for; some servers append a few lines."""
COPY_PERMISSION = 1 << 4
"""Bit 5 of the permission flags (ISO 32000-1, table 22): copy or extract text."""


@dataclass(frozen=True, slots=True)
class OpenedPdf:
    """An open document and what its opening revealed."""

    path: Path
    document: pypdfium2.PdfDocument
    pages: int
    restricted: bool
    """The owner asked that text not be extracted; it is read, and the manifest says so."""
    repaired: bool
    """The cross-reference table was broken and PDFium rebuilt it; objects may be missing."""


@contextmanager
def open_pdf(path: Path, *, password: str = "") -> Iterator[OpenedPdf]:
    """Open a document for the length of a ``with`` block.

    Raises :class:`extract.errors.NotAPdf`, :class:`extract.errors.EmptyFile`,
    :class:`extract.errors.TruncatedPdf`, :class:`extract.errors.EncryptedPdf` or
    :class:`extract.errors.LimitExceeded`.
    """
    ends = _check_bytes(path)
    try:
        document = pypdfium2.PdfDocument(path, password=password or None)
    except pypdfium2.PdfiumError as error:
        raise _translate(error, path, password) from error
    try:
        repaired = not raw.FPDF_DocumentHasValidCrossReferenceTable(document)
        if repaired and not ends:
            raise _truncated(path)
        pages = len(document)
        if pages == 0:
            raise EmptyFile("the document has no pages", "Ask its sender for the complete file", path=path)
        if pages > MAX_PAGES:
            raise LimitExceeded(
                f"the document has {pages} pages, more than {MAX_PAGES}",
                "Split it, for instance with `qpdf --split-pages`",
                path=path,
            )
        restricted = not raw.FPDF_GetDocPermissions(document) & COPY_PERMISSION
        yield OpenedPdf(path, document, pages, restricted, repaired)
    finally:
        document.close()


def _check_bytes(path: Path) -> bool:
    """Check size and header; say whether the end-of-file marker is there."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(HEADER_BYTES)
            file.seek(max(0, size - TRAILER_BYTES))
            tail = file.read()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise NotAPdf(f"cannot be read ({reason})", "Check the path and the permissions", path=path) from error
    if size == 0:
        raise EmptyFile("the file is empty", "Download or export it again", path=path)
    if size > MAX_FILE_BYTES:
        raise LimitExceeded(
            f"the file has {size / 1e6:.0f} MB, more than {MAX_FILE_BYTES / 1e6:.0f} MB",
            "Split it, for instance with `qpdf --split-pages`",
            path=path,
        )
    if b"%PDF-" not in head:
        raise NotAPdf("is not a PDF (no %PDF- header)", "Export the document as PDF first", path=path)
    return b"%%EOF" in tail


def _translate(error: pypdfium2.PdfiumError, path: Path, password: str) -> PdfError:
    """Turn PDFium's error code into one of our errors."""
    match error.err_code:
        case raw.FPDF_ERR_PASSWORD if b"/Encrypt" in path.read_bytes():  # else a code left over from another file
            message = "the password is wrong" if password else "the file needs a password"
            return EncryptedPdf(message, "Give the right one with --password, or save an open copy", path=path)
        case raw.FPDF_ERR_SECURITY:
            return EncryptedPdf("the file uses an unknown protection", "Save an unprotected copy", path=path)
        case raw.FPDF_ERR_FILE:
            return NotAPdf("cannot be read", "Check the path and the permissions", path=path)
        case _:
            return _truncated(path)


def _truncated(path: Path) -> TruncatedPdf:
    """Describe a file whose structure is broken."""
    return TruncatedPdf(
        "the file is broken or cut off",
        "Download it again; if it opens in a viewer, print it to a new PDF",
        path=path,
    )
