"""How a page stood before it was read, and its picture: records that need neither PDFium nor Pillow."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PagePose:
    """How a page stands before its words were read."""

    number: int
    """1-based."""
    turned: int = 0
    """Clockwise degrees that set the displayed page upright, as :attr:`extract.model.Page.turned`."""
    skew: float = 0.0
    """Degrees (counter-clockwise positive) of a scan's lean, as :attr:`extract.model.Page.skew`."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as a WebP picture, with the size of the upright page in points."""

    number: int
    width: float
    height: float
    webp: bytes
