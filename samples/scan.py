"""Turn a PDF into an image-only PDF as an office scanner, a fax or a phone would give it; the truth stays the same.

python -m samples.scan IN.pdf OUT.pdf [--preset office] [--seed N] [--dpi N] [--quarter-turns N]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]
"""A page picture, height x width x 3 (RGB)."""

POINTS_PER_INCH = 72.0
PAPER = 255
BILEVEL_THRESHOLD = 170
SPECK_SHARE = 0.00004
"""Share of pixels that are dust on the glass."""
STAMP_INK = (70, 50, 160)
STAMP_STRENGTH = 0.55
EPOCH = time.gmtime(0)


@dataclass(frozen=True, slots=True)
class ScanStyle:
    """What the scanner does to a page; the default is a flawless grey scan."""

    dpi: int = 200
    color: str = "grey"
    """``rgb``, ``grey`` or ``bilevel`` (1 bit, CCITT group 4)."""
    jpeg_quality: int = 80
    skew: float = 0.0
    """Largest angle in degrees; each page gets its own within it."""
    noise: float = 0.0
    """Standard deviation of the grain, in grey levels."""
    blur: float = 0.0
    """Standard deviation of the blur, in pixels."""
    perspective: float = 0.0
    """Largest shift of a corner as a share of the page's width."""
    shadow: float = 0.0
    """Share of light lost at the darkest side."""
    quarter_turns: int = 0
    """Counter-clockwise quarter turns of the picture, without /Rotate."""
    stamp: bool = False
    fold: bool = False
    """A crease across the middle of the page."""


PRESETS = {
    "clean": ScanStyle(dpi=300),
    "office": ScanStyle(skew=0.7, noise=6, blur=0.6, jpeg_quality=60),
    "fax": ScanStyle(color="bilevel", skew=0.5, noise=12, blur=0.5),
    "stamped": ScanStyle(color="rgb", skew=0.4, noise=4, jpeg_quality=70, stamp=True, fold=True),
    "sideways": ScanStyle(skew=0.5, noise=5, blur=0.5, quarter_turns=1),
    "phone": ScanStyle(color="rgb", perspective=0.012, shadow=0.35, noise=5, blur=0.8, jpeg_quality=55),
    "poor": ScanStyle(dpi=150, skew=1.2, noise=14, blur=0.9, jpeg_quality=35),
}


def scan_pdf(source: Path, target: Path, style: ScanStyle, seed: int) -> Path:
    """Write ``target`` with one picture a page; raises ``ValueError`` for an unknown ``style.color``."""
    if style.color not in ("rgb", "grey", "bilevel"):
        raise ValueError(f"unknown color {style.color!r}: use rgb, grey or bilevel")
    random = np.random.default_rng(seed)
    pages = [_picture(scan_page(page, style, random), style) for page in render(source, style.dpi)]
    first, *others = pages
    target.parent.mkdir(parents=True, exist_ok=True)
    first.save(
        target,
        "PDF",
        save_all=True,
        append_images=others,
        resolution=style.dpi,
        title=source.stem,
        creationDate=EPOCH,
        modDate=EPOCH,
        **({} if style.color == "bilevel" else {"quality": style.jpeg_quality}),
    )
    return target


def render(source: Path, dpi: int) -> Iterator[Pixels]:
    """Yield the pages as RGB pictures."""
    document = pypdfium2.PdfDocument(source)
    try:
        for page in document:
            bitmap = page.render(scale=dpi / POINTS_PER_INCH)
            yield np.ascontiguousarray(np.asarray(bitmap.to_pil().convert("RGB"), dtype=np.uint8))
    finally:
        document.close()


def scan_page(page: Pixels, style: ScanStyle, random: np.random.Generator) -> Pixels:
    """Apply the flaws in the order in which paper, glass and sensor add them."""
    if style.stamp:
        page = _stamp(page, style.dpi, random)
    if style.fold:
        page = _fold(page, random)
    if style.perspective:
        page = _perspective(page, style.perspective, random)
    if style.skew:
        page = _skew(page, float(random.uniform(-style.skew, style.skew)))
    if style.shadow:
        page = _shadow(page, style.shadow, random)
    if style.blur:
        page = np.asarray(cv2.GaussianBlur(page, (0, 0), style.blur), dtype=np.uint8)
    if style.noise:
        page = _noise(page, style.noise, random)
    return np.ascontiguousarray(np.rot90(page, style.quarter_turns))


def _picture(page: Pixels, style: ScanStyle) -> Image.Image:
    image = Image.fromarray(page)
    if style.color == "rgb":
        return image
    grey = image.convert("L")
    if style.color == "grey":
        return grey
    return Image.fromarray(np.asarray(grey) > BILEVEL_THRESHOLD)


def _stamp(page: Pixels, dpi: int, random: np.random.Generator) -> Pixels:
    height, width = page.shape[:2]
    radius = int(dpi * 0.6)
    center = (int(width * random.uniform(0.55, 0.9)), int(height * random.uniform(0.55, 0.85)))
    ink = page.copy()
    thickness = max(2, dpi // 60)
    cv2.circle(ink, center, radius, STAMP_INK, thickness)
    cv2.circle(ink, center, int(radius * 0.7), STAMP_INK, thickness)
    origin = (center[0] - int(radius * 0.55), center[1] + dpi // 20)
    cv2.putText(ink, "PEMDA", origin, cv2.FONT_HERSHEY_SIMPLEX, dpi / 190, STAMP_INK, thickness)
    return np.asarray(cv2.addWeighted(ink, STAMP_STRENGTH, page, 1 - STAMP_STRENGTH, 0), dtype=np.uint8)


def _fold(page: Pixels, random: np.random.Generator) -> Pixels:
    height = page.shape[0]
    crease = height * random.uniform(0.45, 0.55)
    distance = np.abs(np.arange(height) - crease) / (height * 0.004)
    light = 1 - 0.25 * np.exp(-(distance**2))
    return np.asarray(page * light[:, None, None], dtype=np.uint8)


def _perspective(page: Pixels, share: float, random: np.random.Generator) -> Pixels:
    height, width = page.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    shifted = (corners + random.uniform(-share, share, (4, 2)) * width).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, shifted)
    return _warped(cv2.warpPerspective(page, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(PAPER,) * 3))


def _skew(page: Pixels, degrees: float) -> Pixels:
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return _warped(cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(PAPER,) * 3))


def _warped(page: object) -> Pixels:
    return np.asarray(page, dtype=np.uint8)


def _shadow(page: Pixels, share: float, random: np.random.Generator) -> Pixels:
    height, width = page.shape[:2]
    angle = random.uniform(0, 2 * np.pi)
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    slope = (x * np.cos(angle) + y * np.sin(angle)) / np.sqrt(2)
    light = 1 - share * (slope + 1) / 2
    return np.asarray(page * light[:, :, None], dtype=np.uint8)


def _noise(page: Pixels, deviation: float, random: np.random.Generator) -> Pixels:
    height, width = page.shape[:2]
    grain = random.normal(0, deviation, (height, width, 1))
    noisy = np.clip(page + grain, 0, PAPER).astype(np.uint8)
    specks = random.random((height, width)) < SPECK_SHARE
    noisy[specks] = 0
    return noisy


def main() -> None:
    """Parse the command line and scan."""
    parser = argparse.ArgumentParser(description="Turn a PDF into a simulated scan.")
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--preset", choices=sorted(PRESETS), default="office")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--dpi", type=int)
    parser.add_argument("--quarter-turns", type=int)
    arguments = parser.parse_args()
    style = PRESETS[arguments.preset]
    if arguments.dpi:
        style = replace(style, dpi=arguments.dpi)
    if arguments.quarter_turns is not None:
        style = replace(style, quarter_turns=arguments.quarter_turns)
    print(scan_pdf(arguments.source, arguments.target, style, arguments.seed))


if __name__ == "__main__":
    main()
