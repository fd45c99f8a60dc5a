"""Recorded answers come back as they were, and what was never recorded is an error, not a guess."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from extract.model import Alternative
from extract.scan.engine import Glyph, Picture, Reading, RecogniserError
from tests.recorded_recogniser import RecordedRecogniser


class Counts:
    """Answers each crop with its mean grey and counts what it was asked."""

    def __init__(self) -> None:  # noqa: D107 - a stand-in
        self.asked = 0

    @property
    def name(self) -> str:
        return "counts"

    def read(self, crops: Sequence[Picture]) -> list[Reading]:
        self.asked += len(crops)
        return [Reading((Glyph(f"{crop.mean():.0f}", 0.5, 3.25, 0.75, (Alternative(",", 0.25),)),)) for crop in crops]


def crop(grey: int) -> Picture:
    return np.full((4, 6), grey, np.uint8)


def test_recorded_answers_come_back_without_the_engine(tmp_path: Path) -> None:
    path = tmp_path / "answers.json.gz"
    recorder = RecordedRecogniser(path, Counts())
    wanted = recorder.read([crop(10), crop(20)])
    recorder.save()
    assert RecordedRecogniser(path).read([crop(20), crop(10)]) == wanted[::-1]


def test_identical_crops_are_asked_once(tmp_path: Path) -> None:
    engine = Counts()
    RecordedRecogniser(tmp_path / "answers.json.gz", engine).read([crop(10), crop(10), crop(30)])
    assert engine.asked == 2


def test_a_crop_never_recorded_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "answers.json.gz"
    recorder = RecordedRecogniser(path, Counts())
    recorder.read([crop(10)])
    recorder.save()
    with pytest.raises(RecogniserError, match="record again"):
        RecordedRecogniser(path).read([crop(11)])


def test_no_recording_and_no_engine_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RecogniserError, match="no recording"):
        RecordedRecogniser(tmp_path / "none.json.gz")


def test_the_same_answers_give_the_same_bytes(tmp_path: Path) -> None:
    files = [tmp_path / "a.json.gz", tmp_path / "b.json.gz"]
    for path, order in zip(files, ([10, 20], [20, 10]), strict=True):
        recorder = RecordedRecogniser(path, Counts())
        recorder.read([crop(grey) for grey in order])
        recorder.save()
    assert files[0].read_bytes() == files[1].read_bytes()
