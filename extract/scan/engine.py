"""What a text recogniser takes and gives, whichever engine does the work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from extract.model import Alternative

Picture: TypeAlias = NDArray[np.uint8]
"""A grey picture, ``height x width``, 0 black to 255 white."""

DISPUTED = 0.6
"""Highest confidence of a character that two engines, or an engine and the ink, tell differently."""

UNREAD = "\N{REPLACEMENT CHARACTER}"
"""Stands, with confidence 0, for ink in a cell that no engine could read: a blank would hide it."""


class RecogniserError(RuntimeError):
    """A recognition engine is missing or its model cannot be loaded; the text names the package to install."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One recognised character (a space included) and where it stands in its crop."""

    text: str
    start: float
    """Left end of the engine's evidence, pixels of the crop."""
    end: float
    """Right end of the engine's evidence, pixels of the crop."""
    confidence: float
    """0 to 1."""
    alternatives: tuple[Alternative, ...] = ()
    """Other characters the engine considered here, best first; an empty text means *no character*."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one engine reads in one crop that holds one line of text."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """Its characters, as one string."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def confidence(self) -> float:
        """The lowest confidence of its characters; 0 when nothing was read."""
        return min((glyph.confidence for glyph in self.glyphs), default=0.0)


class Recogniser(Protocol):
    """An engine that reads crops of one text line each."""

    @property
    def name(self) -> str:
        """Engine and model, for the manifest and for recordings."""
        ...

    def read(self, crops: Sequence[Picture]) -> list[Reading]:
        """Read every crop, answers in the order given.

        Raises :class:`RecogniserError` when the engine cannot start.
        """
        ...
