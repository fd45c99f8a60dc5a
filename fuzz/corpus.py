"""Seeds for the fuzzer, small ones: ``python -m fuzz.corpus FOLDER`` writes a folder a target."""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from fuzz.small_pdf import page_of, pdf, stream
from schemas.loader import load_schemas

NUMBERS = (
    "1.234.567,89", "1,234,567.89", "Rp 45.000.000,-", "(1.000)", "- 500.000", "95,5 %", "12 orang/bulan", "102,150",
    "256,9\n3", "2.807.870.000.00", "1.000 1)", "1.01.01.2.01.0001", "n/a", "４５.000", "3 dokumen 2 kali", "≥ 90",
    "1:1000",
)  # fmt: skip
HEADER_ROWS = (
    "No|Nama OPD|Catatan\n1|2|3\n1|Dinas Kesehatan|-",
    (
        "Kode|Program|Pagu Indikatif (Rp)\n(1)|(2)|(3)\n1.01|Program A|1.000.000\n1.01.02|Kegiatan B|1.000.000\n"
        "|Jumlah|1.000.000"
    ),
)
BOX = b"[0 0 255 255]"


def seeds() -> Mapping[str, Mapping[str, bytes]]:
    """Return the seeds by target and name."""
    files = dict(_files())
    return {
        "opening": files,
        "file": files,
        "drawing": dict(_drawings()),
        "grid": {"ruled": _ruled_grid(), "words": bytes([0]) + _words(), "nothing": b"\0"},
        "number": {f"{place:02}": text.encode() for place, text in enumerate(NUMBERS)},
        "header": dict(_headers()),
    }


def _files() -> Iterator[tuple[str, bytes]]:
    """Yield small files, most of them broken in ways that readers are known to stumble over."""
    font = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    text = stream(b"BT /F 12 Tf 72 72 Td (1.234.567,00) Tj ET 10 10 m 90 10 l S")
    whole = page_of(text, box=BOX, resources=font)
    line = stream(b"0 0 m 9 9 l S")
    yield "whole", whole
    yield "no-xref", whole[: whole.index(b"xref")]
    yield "length-lies", whole.replace(b"/Length ", b"/Length 9")
    yield "xref-loop", whole.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % whole.index(b"xref\n0 "))
    yield "box-upside-down", page_of(line, box=b"[595 842 0 0]")
    yield "box-empty", page_of(line, box=b"[0 0 0 0]")
    yield "box-not-a-number", page_of(line, box=b"[0 0 1e99 -1e99]")
    tree = [b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>", b"<</Type/Pages/Kids[2 0 R]/Parent 2 0 R/Count 1>>"]
    yield "page-tree-loop", pdf([b"<</Type/Catalog/Pages 2 0 R>>", *tree])
    resources = b"<</XObject<</X 5 0 R>>>>"
    form = stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources" + resources)
    yield "form", page_of(stream(b"2 0 0 2 9 9 cm /X Do"), form, resources=resources)
    yield "turned", whole.replace(b"/Type/Page/", b"/Type/Page/Rotate 90/")


def _drawings() -> Iterator[tuple[str, bytes]]:
    box = b"".join(b"%d 50 m %d 200 l S\n50 %d m 200 %d l S\n" % (at, at, at, at) for at in (50, 100, 150, 200))
    cell = b"BT /F 8 Tf 60 %d Td (%s) Tj ET\n"
    yield "table", box + cell % (180, b"Program") + cell % (130, b"1.000") + cell % (80, b"2.500,00")
    yield "shaded", b"0.8 g 50 150 150 50 re f 0 g\n" + box
    yield "scaled", b"q 0.5 0 0 0.5 0 0 cm BT /F 20 Tf 1 0 0 1 90 90 Tm 80 Tz [(12) -250 (34)] TJ ET Q"
    yield "singular", b"0 0 0 0 0 0 cm BT /F 0 Tf (0) Tj ET 0 0 9 9 re S"
    yield "unbalanced", b"Q Q Q q q BT BT ET ("
    yield "hidden", b"3 Tr BT /F 8 Tf 60 60 Td (tak tampak) Tj ET 0 Tr 0 0 255 255 re W n"


def _ruled_grid() -> bytes:
    lines = [struct.pack("4B", way, at, 40, 200) for way in (0, 1) for at in (40, 80, 120, 160, 200)]
    return bytes([len(lines)]) + b"".join(lines) + _words()


def _words() -> bytes:
    places = [(x, y) for y in (50, 90, 130, 170) for x in (45, 85, 125, 165)]
    return b"".join(struct.pack("6B", x, y, 20, 8, 0, (x * 7 + y) % 256) for x, y in places)


def _headers() -> Iterator[tuple[str, bytes]]:
    for place, rows in enumerate(HEADER_ROWS):
        yield f"{place}", rows.encode()
    for key, schema in load_schemas().items():
        labels = [" ".join(column.headers[0]) for column in schema.form.columns]
        body = ["1.01.02" if "kode" in column.key else "1.000" for column in schema.form.columns]
        numbering = [str(place) for place in range(1, len(labels) + 1)]
        yield key, "\n".join("|".join(row) for row in (labels, numbering, body, body)).encode()


def write_seeds(folder: Path) -> int:
    """Write the seeds into a folder a target and return how many there are."""
    count = 0
    for target, files in seeds().items():
        (folder / target).mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / target / name).write_bytes(data)
            count += 1
    return count


if __name__ == "__main__":
    print(f"{write_seeds(Path(sys.argv[1]))} seeds")
