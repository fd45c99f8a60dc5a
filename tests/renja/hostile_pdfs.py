"""Small PDFs made to do harm, written object by object."""

import zlib

from fuzz.small_pdf import page_of, pdf, stream


def packed(data: bytes) -> bytes:
    return stream(zlib.compress(data), b"/Filter/FlateDecode")


def repeated(byte: bytes, size: int) -> bytes:
    """Return ``size`` times one byte, deflated without ever holding them."""
    packer = zlib.compressobj(9)
    chunk = byte * 1_000_000
    parts = [packer.compress(chunk[: min(len(chunk), size - done)]) for done in range(0, size, len(chunk))]
    return b"".join([*parts, packer.flush()])


def decompression_bomb() -> bytes:
    """Return 1.5 kB that become 600 MB."""
    twice = zlib.compress(repeated(b" ", 600_000_000), 9)
    return page_of(stream(twice, b"/Filter[/FlateDecode/FlateDecode]"))


def image_of_200_megapixels() -> bytes:
    side = 14_142
    head = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8" % (side, side)
    image = stream(repeated(b"\0", side * side), head + b"/Filter/FlateDecode")
    return page_of(stream(b"q 595 0 0 842 0 0 cm /I Do Q"), image, resources=b"<</XObject<</I 5 0 R>>>>")


def page_of_200_inches() -> bytes:
    return page_of(stream(b"0 0 14400 14400 re f"), box=b"[0 0 14400 14400]")


def page_of_a_mile() -> bytes:
    return page_of(stream(b"0 0 9 9 re f"), box=b"[0 0 4561920 4561920]")


def lines_100_000() -> bytes:
    count = 100_000
    return page_of(
        packed(b"".join(b"%d %d m %d %d l S\n" % (i % 590, i % 840, i * 7 % 590, i * 13 % 840) for i in range(count)))
    )


def texts_100_000() -> bytes:
    shown = b"".join(b"1 0 0 1 %d %d Tm (12.345)Tj\n" % (i % 590, i * 7 % 840) for i in range(100_000))
    font = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    return page_of(packed(b"BT /F 6 Tf\n" + shown + b"ET"), resources=font)


def xref_loop() -> bytes:
    """Return a file whose cross-reference table names itself as the one before."""
    data = page_of(stream(b""))
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % data.index(b"xref\n0 "))


def page_tree_loop() -> bytes:
    """Return a file whose page tree is its own child."""
    first = b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>"
    second = b"<</Type/Pages/Kids[2 0 R]/Parent 2 0 R/Count 1>>"
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", first, second])


def form_loop() -> bytes:
    """Return a file with a drawing that draws itself twice."""
    resources = b"<</XObject<</X 5 0 R>>>>"
    form = stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 600 900]/Resources" + resources)
    return page_of(stream(b"/X Do"), form, resources=resources)
