"""A long number without separators is doubted where its column's other entries carry them."""

from __future__ import annotations

import numpy as np

from extract.scan.cell_text import LineCrop
from extract.scan.engine import Glyph, Reading
from extract.scan.recognition.columns import UNGROUPED_SURE, with_ungrouped_doubted


def confidences(*texts: str, shift: int = 0) -> list[float]:
    """Return the confidence of each of a column's entries, right ends in line, the last moved by so many pixels."""
    crops, readings = [], []
    for row, text in enumerate(texts):
        width = 8 * len(text)
        ink = np.full((14, width), 255, np.uint8)
        left = 300 - width + (shift if row == len(texts) - 1 else 0)
        crops.append(LineCrop(255 - ink, ink, left, 30 * row, 14.0, alone=True))
        readings.append(Reading(tuple(Glyph(c, 8.0 * i, 8.0 * i + 7, 0.98) for i, c in enumerate(text))))
    return [reading.confidence for reading in with_ungrouped_doubted(crops, readings)]


def test_a_bare_number_among_grouped_ones_is_doubted() -> None:
    assert confidences("1.150.288.950", "39.942.700", "712400010") == [0.98, 0.98, UNGROUPED_SURE]


def test_a_column_that_groups_no_number_raises_no_doubt() -> None:
    assert confidences("1150288950", "39942700", "712400010") == [0.98] * 3


def test_a_number_out_of_line_and_one_too_short_to_be_grouped_raise_no_doubt() -> None:
    assert confidences("1.150.288.950", "39.942.700", "712400010", shift=60)[-1] == 0.98
    assert confidences("1.150.288.950", "39.942.700", "2024")[-1] == 0.98
