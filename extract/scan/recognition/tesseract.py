"""Tesseract as the second opinion on doubtful lines, through tesserocr; one thread, one line at a time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from extract.model import Alternative
from extract.scan.engine import Glyph, Picture, Reading, RecogniserError

LANGUAGES_DIGITS = "eng"
"""The English model alone is the better one on figures."""
LANGUAGES_TEXT = "ind+eng"
"""For words; forms mix in English and abbreviations."""
INPUT_HEIGHT = 48
"""Pixels a crop is enlarged to; Tesseract expects capitals of about 30."""
BORDER = 10
"""Pixels of paper added around: Tesseract loses letters at the edge."""
TESSDATA_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
"""Where distributions put the models; ``TESSDATA_PREFIX`` comes first."""


def tessdata_folder(languages: str) -> str:
    """Return the folder holding the models of all languages (``ind+eng``).

    Raises :class:`RecogniserError` when no known folder has them.
    """
    files = [f"{language}.traineddata" for language in languages.split("+")]
    for folder in (os.environ.get("TESSDATA_PREFIX", ""), *TESSDATA_FOLDERS):
        if folder and all((Path(folder) / file).is_file() for file in files):
            return folder
    packages = " ".join(f"tesseract-ocr-{language}" for language in languages.split("+"))
    raise RecogniserError(
        f"Tesseract's {' and '.join(files)} were not found together; install {packages} or set TESSDATA_PREFIX"
    )


class TesseractRecogniser:
    """Tesseract's line mode; the models are loaded at the first crop."""

    def __init__(self, languages: str = LANGUAGES_DIGITS) -> None:
        """Take the languages in Tesseract's notation, such as ``ind+eng``."""
        self._languages = languages
        self._api: Any = None

    @property
    def name(self) -> str:
        """Engine and models."""
        return f"tesseract-{self._languages}"

    def _load(self) -> None:
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        try:
            import tesserocr  # noqa: PLC0415 - only scans need it
        except ImportError as error:
            raise RecogniserError("The package tesserocr is not installed; see README") from error
        folder = tessdata_folder(self._languages)
        self._api = tesserocr.PyTessBaseAPI(path=folder, lang=self._languages, psm=tesserocr.PSM.SINGLE_LINE)
        # Its dictionaries bend codes and amounts towards words.
        for switch in ("load_system_dawg", "load_freq_dawg"):
            self._api.SetVariable(switch, "0")

    def read(self, crops: Sequence[Picture]) -> list[Reading]:
        """Read every crop, answers in the order given; spaces are kept as characters."""
        if crops and self._api is None:
            self._load()
        return [self._read_one(crop) for crop in crops]

    def _read_one(self, crop: Picture) -> Reading:
        import tesserocr  # noqa: PLC0415

        factor = INPUT_HEIGHT / crop.shape[0]
        scaled = cv2.resize(crop, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
        ground = int(np.median(scaled))
        framed = cv2.copyMakeBorder(scaled, BORDER, BORDER, BORDER, BORDER, cv2.BORDER_CONSTANT, value=(ground,))
        height, width = framed.shape
        self._api.SetImageBytes(framed.tobytes(), width, height, 1, width)
        self._api.Recognize()
        symbols = self._api.GetIterator()
        glyphs: list[Glyph] = []
        level = tesserocr.RIL.SYMBOL
        if symbols is None:
            return Reading(())
        for symbol in tesserocr.iterate_level(symbols, level):
            try:
                text = symbol.GetUTF8Text(level)
            except RuntimeError:  # no symbol at all
                continue
            box = symbol.BoundingBox(level)
            if not text or box is None:
                continue
            start, end = (box[0] - BORDER) / factor, (box[2] - BORDER) / factor
            if glyphs and symbol.IsAtBeginningOf(tesserocr.RIL.WORD):
                glyphs.append(Glyph(" ", glyphs[-1].end, start, 1.0))
            others = tuple(
                Alternative(choice, round(confidence / 100, 4))
                for choice, confidence in _choices(symbol)
                if choice != text
            )
            glyphs.append(Glyph(text, start, end, round(symbol.Confidence(level) / 100, 4), others))
        return Reading(tuple(glyphs))


def _choices(symbol: Any) -> list[tuple[str, float]]:  # noqa: ANN401 - tesserocr has no types
    """Return the other characters Tesseract weighed, best first."""
    return [(choice.GetUTF8Text(), choice.Confidence()) for choice in symbol.GetChoiceIterator()]
