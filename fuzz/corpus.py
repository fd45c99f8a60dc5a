"""Seeds for the fuzzer: one-page samples with their streams laid open, and small malformed files."""

from __future__ import annotations

import io
import re
import sys
import zlib
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parents[1]
LARGEST_SEED_BYTES = 60_000
"""Bigger files make the fuzzer slow and find nothing more."""

_FLATE = re.compile(
    rb"<<(?P<head>(?:[^<>]|<<[^<>]*>>|<[0-9A-Fa-f]*>)*)>>\s*stream\r?\n(?P<data>.*?)\r?\n?endstream", re.DOTALL
)


def seeds() -> dict[str, bytes]:
    """Return the seeds by name."""
    found = dict(malformed())
    for sample in sorted((ROOT / "samples").glob("*.pdf")):
        with pypdfium2.PdfDocument(sample) as document:
            for number in range(len(document)):
                data = laid_open(_page(document, number))
                if len(data) <= LARGEST_SEED_BYTES:
                    found[f"{sample.stem}-{number + 1}.pdf"] = data
    return found


def malformed() -> dict[str, bytes]:
    """Return small files broken in ways that readers are known to stumble over."""
    sys.path.insert(0, str(ROOT / "tests" / "renja"))
    import hostile_pdfs as make  # noqa: PLC0415 - shared with the tests, which are no package

    whole = make.page_of(make.stream(b"BT /F 12 Tf 72 720 Td (1.234.567,00) Tj ET 10 10 m 90 10 l S"))
    return {
        "whole.pdf": whole,
        "xref-loop.pdf": make.xref_loop(),
        "page-tree-loop.pdf": make.page_tree_loop(),
        "no-xref.pdf": whole[: whole.index(b"xref")],
        "length-lies.pdf": whole.replace(b"/Length ", b"/Length 9"),
        "box-upside-down.pdf": make.page_of(make.stream(b"0 0 m 9 9 l S"), box=b"[595 842 0 0]"),
        "box-empty.pdf": make.page_of(make.stream(b"0 0 m 9 9 l S"), box=b"[0 0 0 0]"),
        "box-not-a-number.pdf": make.page_of(make.stream(b"0 0 m 9 9 l S"), box=b"[0 0 1e99 -1e99]"),
        "matrix-singular.pdf": make.page_of(make.stream(b"0 0 0 0 0 0 cm BT /F 0 Tf (0) Tj ET 0 0 9 9 re S")),
        "unbalanced.pdf": make.page_of(make.stream(b"Q Q Q q q BT BT ET (")),
    }


def laid_open(data: bytes) -> bytes:
    """Return a PDF with its deflated streams written plainly, so that mutations reach the drawing operators.

    The cross-reference table no longer fits; PDFium then searches for the objects itself.
    """

    def plain(match: re.Match[bytes]) -> bytes:
        head = match["head"]
        if b"/FlateDecode" not in head or b"/DecodeParms" in head or b"/ObjStm" in head or b"/XRef" in head:
            return match[0]
        try:
            content = zlib.decompress(match["data"])
        except zlib.error:
            return match[0]
        head = re.sub(rb"/Filter\s*(/FlateDecode|\[\s*/FlateDecode\s*\])", b"", head)
        head = re.sub(rb"/Length\s+\d+(\s+\d+\s+R)?", b"/Length %d" % len(content), head)
        return b"<<" + head + b">>\nstream\n" + content + b"\nendstream"

    return _FLATE.sub(plain, data)


def _page(document: pypdfium2.PdfDocument, number: int) -> bytes:
    part = pypdfium2.PdfDocument.new()
    part.import_pages(document, [number])
    buffer = io.BytesIO()
    part.save(buffer)
    part.close()
    return buffer.getvalue()


def write_seeds(folder: Path) -> int:
    """Write the seeds into a folder and return how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    written = seeds()
    for name, data in written.items():
        (folder / name).write_bytes(data)
    return len(written)


if __name__ == "__main__":
    print(f"{write_seeds(Path(sys.argv[1]))} seeds")
