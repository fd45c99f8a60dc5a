"""Our frozen records as plain JSON values and back, by their own field types; fields at their default are left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from extract.model import BBox

BOX_PLACES = 2
"""Decimals of a box's edges: a hundredth of a point is finer than any printer."""


class RecordFormatError(ValueError):
    """A plain value does not have the shape of the record it should become."""


def plain_once(record: object) -> Any:  # noqa: ANN401 - JSON values
    """Return one record as JSON values; the records in it are still to be told.

    This is the ``default`` of a JSON writer: a long document is written without a second copy of it in memory. Raises
    :class:`TypeError` for what is no record.
    """
    match record:
        case BBox():
            return [round(edge, BOX_PLACES) for edge in (record.x0, record.top, record.x1, record.bottom)]
        case Decimal() | Path():
            return str(record)
        case Enum():
            return record.value
        case Mapping():
            return dict(record)
        case _ if is_dataclass(record):
            kind: Any = type(record)
            return {name: value for name, default in _defaults(kind) if (value := getattr(record, name)) != default}
        case _:
            raise TypeError(f"{type(record).__name__} is no record")


def from_plain(kind: Any, plain: Any) -> Any:  # noqa: ANN401 - JSON values to any record
    """Return the record of type ``kind`` that :func:`plain_once` gave ``plain`` for, level by level.

    Fields this version does not know are passed over. Raises :class:`RecordFormatError`.
    """
    try:
        return _from_plain(kind, plain)
    except (TypeError, ValueError, InvalidOperation, KeyError, AttributeError) as error:
        raise RecordFormatError(f"not a {getattr(kind, '__name__', kind)}: {error}") from error


def _from_plain(kind: Any, plain: Any) -> Any:  # noqa: ANN401 - as above
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        if plain is None and NoneType in arguments:
            return None
        return _from_plain(next(argument for argument in arguments if argument is not NoneType), plain)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(_from_plain(arguments[0], item) for item in plain)
        return tuple(_from_plain(argument, item) for argument, item in zip(arguments, plain, strict=True))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {_from_plain(arguments[0], key): _from_plain(arguments[1], value) for key, value in plain.items()}
    if kind is BBox:
        return BBox(*(float(edge) for edge in plain))
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass(kind, plain)
    if kind is float:
        return float(plain)
    if isinstance(kind, type) and issubclass(kind, (Enum, Decimal, int, str)):
        return kind(plain)
    return plain


def _dataclass(kind: type, plain: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as above
    hints = _hints(kind)
    given = {name: _from_plain(hints[name], plain[name]) for name in hints if name in plain}
    missing = [
        field.name
        for field in fields(kind)
        if field.name not in given and field.default is MISSING and field.default_factory is MISSING
    ]
    if missing:
        raise KeyError(", ".join(missing))
    return kind(**given)


@cache
def _defaults(kind: type) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, field.default) for field in fields(kind))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
