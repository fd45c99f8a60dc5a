"""The smallest PDFs that hold what a test or a fuzzer wants to see read, written object by object."""

from __future__ import annotations

from collections.abc import Sequence

A4 = b"[0 0 595 842]"


def pdf(objects: Sequence[bytes], extra: bytes = b"") -> bytes:
    """Return a file of these objects, numbered from 1, the first the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, extra, at)
    return bytes(out)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """Return a stream object of this content."""
    return b"<</Length %d%s>>\nstream\n" % (len(data), extra) + data + b"\nendstream"


def page_of(content: bytes, *more: bytes, box: bytes = A4, resources: bytes = b"<<>>") -> bytes:
    """Return a file of one page; ``content`` is object 4, ``more`` the objects from 5 on."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources%s>>" % (box, resources)
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content, *more])
