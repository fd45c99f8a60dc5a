"""What this project is asked to do with a document, and the limit it is held against."""

from __future__ import annotations

import ctypes
import tempfile
from collections.abc import Callable
from pathlib import Path

from renja.batch.collector import settle_collector

Work = Callable[[str], int]


def convert() -> Work:
    """Convert whole, in one process: reading, tables, checks, workbook and CSVs on disk."""
    from export.atomic import write_files
    from export.options import OutputOptions
    from export.outputs import Conversion, render_outputs
    from renja.pipeline import read_document
    from renja.settings import Settings
    from renja.source import identify, run_info

    def work(path: str) -> int:
        source, settings = Path(path), Settings()
        reading = read_document(source, settings, keep_grids=False)
        document = reading.document
        conversion = Conversion(
            document,
            document.findings,
            identify(source),
            run_info(settings),
            reading.forms,
            prose=reading.prose,
            poses=reading.poses,
            checks=reading.checks,
        )
        files = render_outputs(conversion, source.stem, OutputOptions())
        with tempfile.TemporaryDirectory() as folder:
            write_files(Path(folder), files)
        return len(document.tables)

    settle_collector()  # as a worker does
    return work


def extract() -> Work:
    """Extract only, which is what the peers do: pages to grids whose cells hold their text."""
    from renja.pipeline import read_contents
    from renja.settings import Settings

    def work(path: str) -> int:
        return sum(len(content.grids) for content in read_contents(Path(path), Settings(), []))

    settle_collector()  # as a worker does
    return work


def pdfium_floor() -> Work:
    """PDFium alone: every character with its box and every path segment, once; nothing is made of them.

    The calls are plain ones, one at a time, as any program that uses PDFium from Python makes them.
    """
    import pypdfium2
    from pypdfium2 import raw

    from extract.text_layer import pdfium_calls as calls

    number, address, out = ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(ctypes.c_float)
    loose_box = calls.bind(raw.FPDFText_GetLooseCharBox, number, address, number, address)
    page_object = calls.bind(raw.FPDFPage_GetObject, address, address, number)
    object_type = calls.bind(raw.FPDFPageObj_GetType, number, address)
    count_segments = calls.bind(raw.FPDFPath_CountSegments, number, address)
    path_segment = calls.bind(raw.FPDFPath_GetPathSegment, address, address, number)
    segment_point = calls.bind(raw.FPDFPathSegment_GetPoint, number, address, out, out)
    x, y = ctypes.c_float(), ctypes.c_float()
    x_at, y_at = ctypes.pointer(x), ctypes.pointer(y)

    def characters(page: pypdfium2.PdfPage) -> None:
        text_page = page.get_textpage()
        handle = calls.handle(text_page)
        box = (ctypes.c_float * 4)()
        box_at = ctypes.addressof(box)
        for index in range(calls.count_chars(handle)):
            calls.char_unicode(handle, index)
            loose_box(handle, index, box_at)
        text_page.close()

    def segments(count: int, get: Callable[[int], int]) -> None:
        for index in range(count):
            item = get(index)
            kind = object_type(item)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                for at in range(count_segments(item)):
                    segment_point(path_segment(item, at), x_at, y_at)
            elif kind == raw.FPDF_PAGEOBJ_FORM:
                segments(calls.form_count_objects(item), lambda at, form=item: calls.form_object(form, at))

    def work(path: str) -> int:
        with pypdfium2.PdfDocument(path) as document:
            for number in range(len(document)):
                page = document[number]
                characters(page)
                handle = calls.handle(page)
                segments(calls.page_count_objects(handle), lambda at, of=handle: page_object(of, at))
                page.close()
        return 0

    return work
