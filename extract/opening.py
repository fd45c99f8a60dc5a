"""Open a PDF defensively: every way a file can be bad becomes one of :mod:`extract.errors`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
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
PAGES_PER_OPENING = 50
"""Pages after which a document is opened anew: PDFium keeps the fonts and objects of every page it ever loaded."""
COPY_PERMISSION = 1 << 4
"""Bit 5 of the permission flags (ISO 32000-1, table 22): copy or extract text."""


@dataclass(slots=True)
class OpenedPdf:
    """An open document and what its opening revealed."""

    path: Path
    document: pypdfium2.PdfDocument
    pages: int
    restricted: bool
    """The owner asked that text not be extracted; it is read, and the manifest says so."""
    repaired: bool
    """The cross-reference table was broken and PDFium rebuilt it; objects may be missing."""
    stamp: tuple[int, int] | None
    """Size and time of the file when it was opened; None when it may not be opened anew."""
    password: str = field(default="", repr=False)
    loaded: int = 0
    """Pages loaded since the last opening."""

    def page(self, number: int) -> pypdfium2.PdfPage:
        """Load a page (1-based); the caller closes it before it asks for the next one.

        Raises pypdfium2's ``PdfiumError`` for a page that cannot be loaded.
        """
        if self.loaded >= PAGES_PER_OPENING and self.stamp is not None and self.stamp == _stamp(self.path):
            self._open_anew()
        self.loaded += 1
        return self.document[number - 1]

    def _open_anew(self) -> None:
        """Let PDFium forget the pages read so far; the old document stays when the file cannot be opened again."""
        self.loaded = 0
        try:
            fresh = pypdfium2.PdfDocument(self.path, password=self.password or None)
        except (pypdfium2.PdfiumError, OSError):
            return
        if len(fresh) != self.pages:
            fresh.close()
            return
        self.document.close()
        self.document = fresh


@contextmanager
def open_pdf(path: Path, *, password: str = "") -> Iterator[OpenedPdf]:
    """Open a document for the length of a ``with`` block.

    Raises :class:`extract.errors.NotAPdf`, :class:`extract.errors.EmptyFile`,
    :class:`extract.errors.TruncatedPdf`, :class:`extract.errors.EncryptedPdf` or
    :class:`extract.errors.LimitExceeded`.
    """
    ends = _check_bytes(path)
    stamp = _stamp(path)
    try:
        document = pypdfium2.PdfDocument(path, password=password or None)
    except pypdfium2.PdfiumError as error:
        raise _translate(error, path, password) from error
    opened: OpenedPdf | None = None
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
        # A broken file would be searched through from end to end at each opening.
        opened = OpenedPdf(path, document, pages, restricted, repaired, None if repaired else stamp, password)
        yield opened
    finally:
        (opened.document if opened is not None else document).close()


def _stamp(path: Path) -> tuple[int, int] | None:
    """Return what changes when another file takes this one's place; None when it is gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


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
