"""From PDF user space to the page as a reader sees it: crop box, /Rotate and quarter turns, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from extract.model import BBox

POINTS_PER_INCH = 72.0


@dataclass(frozen=True, slots=True)
class Affine:
    """The map ``x' = a*x + c*y + e``, ``y' = b*x + d*y + f``, as PDF writes its matrices."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Map one point."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, after: Affine) -> Affine:
        """Return the map that applies this one first and ``after`` second."""
        return Affine(
            self.a * after.a + self.b * after.c,
            self.a * after.b + self.b * after.d,
            self.c * after.a + self.d * after.c,
            self.c * after.b + self.d * after.d,
            self.e * after.a + self.f * after.c + after.e,
            self.e * after.b + self.f * after.d + after.f,
        )

    @property
    def scale(self) -> float:
        """Mean linear magnification."""
        return float(abs(self.a * self.d - self.b * self.c) ** 0.5)


@dataclass(frozen=True, slots=True)
class Frame:
    """A displayed page: its size in points and the map from user space to top-left coordinates."""

    width: float
    height: float
    to_display: Affine


def displayed_frame(left: float, bottom: float, right: float, top: float, rotation: int) -> Frame:
    """Build the frame of a page from its visible box in user space and its /Rotate.

    ``rotation`` is in clockwise degrees, a multiple of 90.
    """
    width, height = right - left, top - bottom
    match rotation % 360:
        case 90:
            return Frame(height, width, Affine(0, 1, 1, 0, -bottom, -left))
        case 180:
            return Frame(width, height, Affine(-1, 0, 0, 1, right, -bottom))
        case 270:
            return Frame(height, width, Affine(0, -1, -1, 0, top, right))
        case _:
            return Frame(width, height, Affine(1, 0, 0, -1, -left, top))


def turn_frame(frame: Frame, degrees: int) -> Frame:
    """Return the frame after turning the displayed page clockwise by a multiple of 90 degrees."""
    width, height = frame.width, frame.height
    match degrees % 360:
        case 90:
            return Frame(height, width, frame.to_display.then(Affine(0, 1, -1, 0, height, 0)))
        case 180:
            return Frame(width, height, frame.to_display.then(Affine(-1, 0, 0, -1, width, height)))
        case 270:
            return Frame(height, width, frame.to_display.then(Affine(0, -1, 1, 0, 0, width)))
        case _:
            return frame


def turn_box(box: BBox, degrees: int, width: float, height: float) -> BBox:
    """Turn a box clockwise together with its page of ``width`` x ``height`` points."""
    match degrees % 360:
        case 90:
            return BBox(height - box.bottom, box.x0, height - box.top, box.x1)
        case 180:
            return BBox(width - box.x1, height - box.bottom, width - box.x0, height - box.top)
        case 270:
            return BBox(box.top, width - box.x1, box.bottom, width - box.x0)
        case _:
            return box
