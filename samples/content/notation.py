"""How a number is printed: the spellings of money and percentages that agencies use."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Notation:
    """One agency's spelling of numbers."""

    thousands: str = "."
    decimal: str = ","
    prefix: str = ""
    """``Rp `` before every amount."""
    suffix: str = ""
    """``,00`` or ``,-`` after every amount."""
    nil: str = "-"
    """What stands for zero rupiah: ``-``, ``0`` or nothing."""

    def money(self, rupiah: int | None) -> str:
        """Print an amount of whole rupiah; ``None`` is a blank cell."""
        if rupiah is None:
            return ""
        if rupiah == 0:
            return self.nil
        return f"{self.prefix}{self._grouped(abs(rupiah), negative=rupiah < 0)}{self.suffix}"

    def percent(self, value: Decimal | None) -> str:
        """Print a percentage with two decimals and no sign; ``None`` is a blank cell."""
        return "" if value is None else f"{value:.2f}".replace(".", self.decimal)

    def _grouped(self, rupiah: int, *, negative: bool) -> str:
        digits = f"{rupiah:,}".replace(",", self.thousands)
        return f"({digits})" if negative else digits


NOTATIONS = {
    "id": Notation(),
    "id_sen": Notation(suffix=",00"),
    "id_strip": Notation(prefix="Rp ", suffix=",-"),
    "id_rp": Notation(prefix="Rp. "),
    "en": Notation(thousands=",", decimal="."),
    "en_sen": Notation(thousands=",", decimal=".", suffix=".00"),
}
"""Named spellings, id-ID and en-US."""
