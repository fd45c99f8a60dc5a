"""Scanned pages: a whole page against the recognition model alone on the very crops of that page.

``python -m bench.scans PDF PAGE... [--repeats N]`` prints a JSON line; it runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import pypdfium2

from extract.scan.engine import Picture, Reading, Recogniser, RecogniserError
from extract.scan.raster import RasterSettings, read_raster_page
from extract.scan.recognition.ppocr import PpOcrRecogniser
from extract.scan.recognition.tesseract import TesseractRecogniser


class Listening:
    """A recogniser that keeps what it was asked."""

    def __init__(self, inner: Recogniser) -> None:
        """Stand before ``inner``."""
        self._inner = inner
        self.calls: list[list[Picture]] = []

    @property
    def name(self) -> str:
        """Its name."""
        return self._inner.name

    def read(self, crops: Sequence[Picture]) -> list[Reading]:
        """Read the crops."""
        self.calls.append(list(crops))
        return self._inner.read(crops)


def _timed_page(page: pypdfium2.PdfPage, number: int, settings: RasterSettings) -> float:
    started = time.perf_counter()
    read_raster_page(page, number, settings)
    return time.perf_counter() - started


def _timed_crops(recogniser: Recogniser, calls: Sequence[Sequence[Picture]]) -> float:
    started = time.perf_counter()
    for crops in calls:
        recogniser.read(crops)
    return time.perf_counter() - started


def _second() -> Recogniser | None:
    try:
        engine = TesseractRecogniser()
        engine.read([])
    except (RecogniserError, ImportError):
        return None
    return engine


def main() -> None:
    """Measure the pages named on the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("pdf", type=Path)
    parser.add_argument("pages", type=int, nargs="+")
    parser.add_argument("--repeats", type=int, default=5)
    asked = parser.parse_args()
    first, second = PpOcrRecogniser(), _second()
    result = []
    with pypdfium2.PdfDocument(asked.pdf) as document:
        for number in asked.pages:
            page = document[number - 1]
            listening = Listening(first)
            read_raster_page(page, number, RasterSettings(listening))  # warms up and collects the crops
            alone, with_second = RasterSettings(first), RasterSettings(first, second)
            runs = [
                (
                    _timed_crops(first, listening.calls),
                    _timed_page(page, number, alone),
                    _timed_page(page, number, with_second),
                )
                for _ in range(asked.repeats)
            ]
            bare, whole, checked = (median(column) for column in zip(*runs, strict=True))
            crops = sum(len(call) for call in listening.calls)
            result.append({"page": number, "crops": crops, "bare": bare, "whole": whole, "checked": checked})
    print(json.dumps(result))


if __name__ == "__main__":
    main()
