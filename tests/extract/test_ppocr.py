"""The recognition model's classes are folded to Latin, its steps decoded with runners-up."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.recognition import ppocr
from extract.scan.recognition.ppocr import PpOcrRecogniser
from tests.extract.scan_pages import drawn_text


def prepared_recogniser() -> PpOcrRecogniser:
    """Return a recogniser with a small character set and no model."""
    recogniser = PpOcrRecogniser()
    recogniser._know(["1", ",", "，", ".", "中", " "])
    return recogniser


def steps(*best: dict[int, float]) -> np.ndarray:
    output = np.zeros((len(best), 7), np.float32)
    for row, classes in enumerate(best):
        for index, probability in classes.items():
            output[row, index] = probability
    return output


def test_full_width_forms_count_for_their_latin_character() -> None:
    reading = prepared_recogniser()._decode(steps({2: 0.4, 3: 0.4, 4: 0.2}), 4.0)
    assert reading.text == ","
    assert reading.confidence == pytest.approx(0.8)
    assert reading.glyphs[0].alternatives[0].text == "."


def test_characters_of_other_scripts_are_masked_and_their_share_is_doubt() -> None:
    reading = prepared_recogniser()._decode(steps({5: 0.7, 1: 0.3}), 4.0)
    assert reading.text == "1"
    assert reading.confidence == pytest.approx(0.3)


def test_repeats_need_a_blank_between_them() -> None:
    one, blank = {1: 1.0}, {0: 1.0}
    recogniser = prepared_recogniser()
    assert recogniser._decode(steps(one, one, blank), 4.0).text == "1"
    assert recogniser._decode(steps(one, blank, one), 4.0).text == "11"


def test_positions_are_pixels_of_the_crop() -> None:
    reading = prepared_recogniser()._decode(steps({0: 1.0}, {0: 1.0}, {1: 1.0}), 4.0)
    assert (reading.glyphs[0].start, reading.glyphs[0].end) == (8.0, 12.0)


def test_spaces_at_the_ends_are_left_out() -> None:
    reading = prepared_recogniser()._decode(steps({6: 1.0}, {1: 1.0}, {6: 1.0}), 4.0)
    assert reading.text == "1"


def test_a_separator_nearly_read_between_two_digits_is_told_with_the_first_of_them() -> None:
    reading = prepared_recogniser()._decode(steps({1: 1.0}, {0: 0.9, 4: 0.1}, {1: 1.0}), 4.0)
    assert reading.text == "11"
    assert [(other.text, other.confidence) for other in reading.glyphs[0].alternatives] == [("1.", 0.1)]


def test_batches_hold_every_crop_once_and_stay_within_the_width() -> None:
    widths = [48, 3000, 640, 100, 100, 2000, 48]
    batches = list(ppocr._batches(widths))
    assert sorted(position for batch in batches for position in batch) == list(range(len(widths)))
    assert all(
        len(batch) == 1 or max(widths[position] for position in batch) * len(batch) <= ppocr.MAX_BATCH_WIDTH
        for batch in batches
    )


def test_no_crops_need_no_model() -> None:
    assert PpOcrRecogniser().read([]) == []


@pytest.mark.slow
@pytest.mark.parametrize("text", ["1.453.408.030,00", "445,119,178", "100%", "Program Pelatihan Kerja", "2.07.01.2.01"])
def test_the_real_model_reads_clean_print(text: str) -> None:
    (reading,) = PpOcrRecogniser().read([np.ascontiguousarray(drawn_text(text, 28))])
    assert reading.text == text
    assert reading.confidence > 0.5


@pytest.mark.slow
def test_answers_do_not_depend_on_the_batch() -> None:
    crops = [np.ascontiguousarray(drawn_text(text, 28)) for text in ("48", "445.119.178", "Uraian kegiatan")]
    recogniser = PpOcrRecogniser()
    together = [reading.text for reading in recogniser.read(crops)]
    assert together == [recogniser.read([crop])[0].text for crop in crops]
