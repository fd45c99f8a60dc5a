"""Column formulas as forms print them (``12 = 8+9+10+11``, ``14 = 13/5 x 100``) and as the YAML files declare them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAME = r"[a-z_][a-z0-9_]*|\d{1,2}"
_SHAPE = re.compile(rf"({_NAME})(?:=\(?|\()(.+?)\)?(?:[x×*]100%?)?\)?%?")
_SUM = re.compile(rf"(?:{_NAME})(?:[+-](?:{_NAME}))+")
_TERM = re.compile(rf"([+-]?)({_NAME})")
_RATIO = re.compile(rf"\(?({_NAME})[/:]({_NAME})\)?")


@dataclass(frozen=True, slots=True)
class Formula:
    """``target`` equals the signed sum of ``terms``, or one term over ``divisor``."""

    target: str
    terms: tuple[tuple[int, str], ...]
    """Sign (+1 or -1) and name, a column key or an ordinal of the numbering row."""
    divisor: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it mentions, the target first."""
        divisor = (self.divisor,) if self.divisor else ()
        return (self.target, *(name for _, name in self.terms), *divisor)

    def __str__(self) -> str:
        """Spell it as a declaration."""
        body = " ".join(f"{'-' if sign < 0 else '+'} {name}" for sign, name in self.terms).removeprefix("+ ")
        return f"{self.target} = {body}" + (f" / {self.divisor}" if self.divisor else "")


def parse_formula(text: str) -> Formula | None:
    """Read a formula in any printed spelling; None when the text is none.

    ``12 = 8+9+10+11``, ``8=(7/6)``, ``10 (5+7)``, ``14=13/5x100%`` and ``a_rp = b_rp + c_rp`` are formulas. A factor
    of 100 is not kept: whether a ratio is a percentage is known from the column.
    """
    match = _SHAPE.fullmatch(re.sub(r"\s+", "", text).lower())
    if match is None:
        return None
    target, body = match.groups()
    if ratio := _RATIO.fullmatch(body):
        return Formula(target, ((1, ratio.group(1)),), ratio.group(2))
    if not _SUM.fullmatch(body):
        return None
    terms = tuple((-1 if sign == "-" else 1, name) for sign, name in _TERM.findall(body))
    return Formula(target, terms)
