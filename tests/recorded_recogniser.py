"""Recogniser answers kept in a file, so that tests run the whole raster path without a model."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

from extract.model import Alternative
from extract.scan.engine import Glyph, Picture, Reading, Recogniser, RecogniserError
from extract.scan.recognition.cells import crop_key


class RecordedRecogniser:
    """Answers from a recording; with a live engine behind it, what is missing is asked there and remembered."""

    def __init__(self, path: Path, live: Recogniser | None = None) -> None:
        """Load ``path`` (gzipped JSON) if it exists.

        Raises :class:`RecogniserError` when there is neither a recording nor a live engine, or the recording was made
        with another engine.
        """
        self._path = path
        self._live = live
        self._answers: dict[str, Reading] = {}
        self._name = live.name if live is not None else ""
        if path.is_file():
            stored = json.loads(gzip.decompress(path.read_bytes()))
            if live is not None and stored["engine"] != live.name:
                raise RecogniserError(f"{path} was recorded with {stored['engine']}, not {live.name}; delete it")
            self._name = stored["engine"]
            self._answers = {key: _reading(glyphs) for key, glyphs in stored["answers"].items()}
        elif live is None:
            raise RecogniserError(f"There is no recording at {path}; record it with the real engine")

    @property
    def name(self) -> str:
        """The engine that was recorded."""
        return self._name

    def read(self, crops: Sequence[Picture]) -> list[Reading]:
        """Answer every crop from the recording.

        Raises :class:`RecogniserError` for a crop that was never recorded when no live engine is behind.
        """
        keys = [crop_key(crop) for crop in crops]
        missing = {key: crop for key, crop in zip(keys, crops, strict=True) if key not in self._answers}
        if missing:
            if self._live is None:
                raise RecogniserError(
                    f"{len(missing)} of {len(crops)} crops are not in {self._path}: page preparation has changed; "
                    f"record again with the real engine"
                )
            self._answers.update(zip(missing, self._live.read(list(missing.values())), strict=True))
        return [self._answers[key] for key in keys]

    def save(self) -> None:
        """Write all answers known so far; the same answers give the same bytes."""
        answers = {key: [_plain(glyph) for glyph in reading.glyphs] for key, reading in sorted(self._answers.items())}
        text = json.dumps({"engine": self._name, "answers": answers}, ensure_ascii=False, separators=(",", ":"))
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_bytes(gzip.compress(text.encode(), mtime=0))


def _plain(glyph: Glyph) -> list[object]:
    """Return a glyph as a JSON list."""
    others = [[other.text, other.confidence] for other in glyph.alternatives]
    return [glyph.text, round(glyph.start, 2), round(glyph.end, 2), glyph.confidence, others]


def _reading(glyphs: list[tuple[str, float, float, float, list[tuple[str, float]]]]) -> Reading:
    """Return the reading stored as JSON lists."""
    return Reading(
        tuple(
            Glyph(text, start, end, confidence, tuple(Alternative(other, sure) for other, sure in others))
            for text, start, end, confidence, others in glyphs
        )
    )
