"""PP-OCRv6 line recognition through onnxruntime, with the model file that the rapidocr wheel carries.

Only the wheel's ``models/PP-OCRv6_rec_small.onnx`` (Apache-2.0) is used: its own pre-processing hides the character
positions and the runners-up that telling ``,`` from ``.`` needs.
"""

from __future__ import annotations

import importlib.util
import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.model import Alternative
from extract.scan.engine import Glyph, Picture, Reading, RecogniserError

MODEL_FILE = "PP-OCRv6_rec_small.onnx"
INPUT_HEIGHT = 48
"""Pixels; the model was trained on lines of this height."""
STEP_WIDTH = 8
"""Pixels of input width for each output step."""
MIN_INPUT_WIDTH = 48
"""Pixels; narrower crops are padded, the network shrinks its input eightfold."""
MAX_INPUT_WIDTH = 3200
"""Pixels; a line wider than 66 times its height is squeezed to this."""
MAX_BATCH_WIDTH = 2560
"""Summed input pixels of one batch: bounds the output (one row of 18,710 classes a step) to about 25 MB."""
ALTERNATIVES_KEPT = 4
ALTERNATIVE_FLOOR = 0.01
"""Runners-up below this probability are noise."""

LATIN = (
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz !\"#$%&'()*+,-./:;<=>?@[]_{|}~²³°±÷½¼≤≥≠√•–—‘’“”‰éÉ"
)
"""The characters Indonesian planning documents print; every other class of the multilingual model is masked."""

FOLDED = {"×": "x", "·": "•", "●": "•", "■": "•", "▪": "•", "−": "-", "〜": "~", "～": "~"}
"""Classes outside :data:`LATIN` that show the same ink as one inside."""


@cache
def model_path() -> Path:
    """Return the recognition model inside the installed rapidocr wheel.

    Raises :class:`RecogniserError` when the wheel is absent or carries another model.
    """
    spec = importlib.util.find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise RecogniserError("The package rapidocr, which carries the recognition model, is not installed; see README")
    path = Path(spec.origin).parent / "models" / MODEL_FILE
    if not path.is_file():
        raise RecogniserError(f"{path} is missing; install the rapidocr release named in the lock file")
    return path


def _charset(characters: Sequence[str]) -> tuple[NDArray[np.intp], NDArray[np.intp], tuple[str, ...]]:
    """Return the class numbers worth keeping, where those of each slot begin, and the slots' characters.

    A slot is one character printed here; full-width forms and look-alikes share the slot of their Latin character.
    Slot 0 is the CTC blank.
    """
    classes: dict[str, list[int]] = {"": [0]} | {character: [] for character in LATIN}
    for index, character in enumerate(characters, start=1):
        plain = FOLDED.get(character, character)
        if plain not in classes:
            plain = unicodedata.normalize("NFKC", character)
        if plain:
            classes.get(plain, []).append(index)
    kept = {character: numbers for character, numbers in classes.items() if numbers}
    starts = np.cumsum([0, *(len(numbers) for numbers in kept.values())])[:-1]
    return np.array([number for numbers in kept.values() for number in numbers]), starts, tuple(kept)


def _prepared(crop: Picture) -> NDArray[np.float32]:
    """Return the crop scaled to the model's height, grey values from -1 to 1."""
    height, width = crop.shape
    target = min(MAX_INPUT_WIDTH, max(MIN_INPUT_WIDTH // 2, math.ceil(width * INPUT_HEIGHT / height)))
    shrinking = height > INPUT_HEIGHT
    scaled = cv2.resize(crop, (target, INPUT_HEIGHT), interpolation=cv2.INTER_AREA if shrinking else cv2.INTER_CUBIC)
    return (scaled.astype(np.float32) / 127.5) - 1.0


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """Yield groups of positions of similar width whose padded total stays within :data:`MAX_BATCH_WIDTH`."""
    batch: list[int] = []
    for position in sorted(range(len(widths)), key=widths.__getitem__):
        if batch and widths[position] * (len(batch) + 1) > MAX_BATCH_WIDTH:
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch


class PpOcrRecogniser:
    """PP-OCRv6 small, one thread; the model is loaded at the first crop."""

    def __init__(self) -> None:
        """Hold no model yet."""
        self._session: Any = None
        self._classes: NDArray[np.intp] = np.zeros(0, dtype=np.intp)
        self._slot_starts: NDArray[np.intp] = np.zeros(0, dtype=np.intp)
        """Where each slot's classes begin among the kept ones."""
        self._slots: tuple[str, ...] = ()
        self._digits: frozenset[int] = frozenset()
        """Slots of the digits."""
        self._separators: list[int] = []
        """Slots of the comma and the full stop."""

    @property
    def name(self) -> str:
        """Engine and model."""
        return "ppocr-v6-small"

    def _load(self) -> None:
        import onnxruntime  # noqa: PLC0415 - half a second that only scans should pay

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Without the arena each batch's memory is returned: widths differ, and the arena would keep the largest.
        options.enable_cpu_mem_arena = False
        try:
            self._session = onnxruntime.InferenceSession(str(model_path()), options, providers=["CPUExecutionProvider"])
        except RuntimeError as error:
            raise RecogniserError(f"The recognition model {model_path()} cannot be loaded: {error}") from error
        characters = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._know([*characters, " "])

    def _know(self, characters: Sequence[str]) -> None:
        """Take the characters of the model's classes, in order, without the CTC blank."""
        self._classes, self._slot_starts, self._slots = _charset(characters)
        self._digits = frozenset(slot for slot, character in enumerate(self._slots) if character.isdigit())
        self._separators = [self._slots.index(separator) for separator in ",."]

    def read(self, crops: Sequence[Picture]) -> list[Reading]:
        """Read every crop (one line of dark text on light ground each), answers in the order given."""
        if not crops:
            return []
        if self._session is None:
            self._load()
        inputs = [_prepared(crop) for crop in crops]
        readings: list[Reading] = [Reading(())] * len(crops)
        for batch in _batches([max(MIN_INPUT_WIDTH, picture.shape[1]) for picture in inputs]):
            width = max(MIN_INPUT_WIDTH, *(inputs[position].shape[1] for position in batch))
            block = np.zeros((len(batch), 3, INPUT_HEIGHT, width), dtype=np.float32)
            for row, position in enumerate(batch):
                block[row, :, :, : inputs[position].shape[1]] = inputs[position]
            (output,) = self._session.run(None, {"x": block})
            for row, position in enumerate(batch):
                pixels_per_step = crops[position].shape[1] / inputs[position].shape[1] * STEP_WIDTH
                readings[position] = self._decode(output[row], pixels_per_step)
        return readings

    def _decode(self, output: NDArray[np.float32], pixels_per_step: float) -> Reading:
        """Turn one line's class probabilities (steps x classes) into characters by greedy CTC decoding."""
        # Summed slot by slot, not by a matrix product: for so little work BLAS wakes all its threads.
        steps = np.add.reduceat(output[:, self._classes], self._slot_starts, axis=1).astype(np.float64)
        best = steps.argmax(axis=1)
        edges = np.flatnonzero(np.diff(best)) + 1
        starts, ends = [0, *edges.tolist()], [*edges.tolist(), len(best)]
        runs = [(start, end, int(best[start])) for start, end in zip(starts, ends, strict=True) if best[start] != 0]
        glyphs: list[Glyph] = []
        last_end, last_slot = 0, 0
        for start, end, slot in runs:
            if slot in self._digits and last_slot in self._digits:
                glyphs[-1] = self._with_missed(glyphs[-1], steps[last_end - 1 : start + 1])
            glyphs.append(self._glyph(steps[start:end], slot, start, end, pixels_per_step))
            last_end, last_slot = end, slot
        return Reading(_stripped(glyphs))

    def _with_missed(self, digit: Glyph, between: NDArray[np.float64]) -> Glyph:
        """Add to a digit the separators nearly read behind it: the digit and the separator are its alternative."""
        chances = between[:, self._separators].max(axis=0)
        missed = tuple(
            Alternative(digit.text + self._slots[slot], round(float(chance), 4))
            for slot, chance in zip(self._separators, chances, strict=True)
            if chance >= ALTERNATIVE_FLOOR
        )
        return replace(digit, alternatives=(*digit.alternatives, *missed)) if missed else digit

    def _glyph(self, run: NDArray[np.float64], slot: int, start: int, end: int, pixels_per_step: float) -> Glyph:
        """Return the character of one run of steps, with the runners-up at its strongest step."""
        peak = run[int(run[:, slot].argmax())]
        order = np.argsort(-peak)[: ALTERNATIVES_KEPT + 1]
        others = tuple(
            Alternative(self._slots[index], round(float(peak[index]), 4))
            for index in order
            if index != slot and peak[index] >= ALTERNATIVE_FLOOR
        )
        return Glyph(
            self._slots[slot],
            start * pixels_per_step,
            end * pixels_per_step,
            round(min(1.0, float(peak[slot])), 4),
            others,
        )


def _stripped(glyphs: list[Glyph]) -> tuple[Glyph, ...]:
    """Leave out spaces at both ends and doubled spaces."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        if glyph.text == " " and (not kept or kept[-1].text == " "):
            continue
        kept.append(glyph)
    if kept and kept[-1].text == " ":
        kept.pop()
    return tuple(kept)
