"""Frozen records that cost no more to make than plain ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["record"]

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    from collections.abc import Callable
    from dataclasses import dataclass

    def record(*, frozen: bool, slots: bool, order: bool = False) -> Callable[[type], type]:
        """Make a dataclass that the type checker holds to be frozen; a running program does not look.

        A document is tens of thousands of them, and looking more than doubles what making and unpickling each takes.
        """
        return dataclass(order=order, unsafe_hash=frozen, slots=slots)
