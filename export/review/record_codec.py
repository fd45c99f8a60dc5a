"""Our frozen records as plain JSON values and back, by their own field types; fields at their default are left out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from export import json_bytes
from extract.model import BBox

BOX_PLACES = 2
"""Decimals of a box's edges: a hundredth of a point is finer than any printer."""


class RecordFormatError(ValueError):
    """A plain value does not have the shape of the record it should become."""


def plain_chunks(record: object) -> Iterator[bytes]:
    """Yield a record as compact JSON; what it holds many of, records of a table and the like, one at a time.

    Raises :class:`TypeError` for what is no record.
    """
    if isinstance(record, Sequence) and not isinstance(record, str):
        yield b"["
        for number, item in enumerate(record):
            if number:
                yield b","
            yield from plain_chunks(item) if _holds_many(item) else (_WRITER.encode(item).encode(),)
        yield b"]"
    elif _holds_many(record):
        yield b"{"
        for number, (name, value) in enumerate(_told(record)):
            yield f"{',' if number else ''}{_WRITER.encode(name)}:".encode()
            yield from plain_chunks(value)
        yield b"}"
    else:
        yield _WRITER.encode(record).encode()


def _holds_many(record: object) -> bool:
    """Say whether a record is one of those that grow with the document: they have a field that is a long sequence."""
    kind: Any = type(record)
    return _is_large(kind)


@cache
def _is_large(kind: type) -> bool:
    hints = _hints(kind).values() if is_dataclass(kind) else ()
    return any(get_origin(hint) is Sequence or (isinstance(hint, type) and _is_large(hint)) for hint in hints)


def _plain_once(record: object) -> Any:  # noqa: ANN401 - JSON values
    """Return one record as JSON values; the records in it are still to be told.

    This is the ``default`` of a JSON writer. Raises :class:`TypeError` for what is no record.
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
            return dict(_told(record))
        case _:
            raise TypeError(f"{type(record).__name__} is no record")


def _told(record: object) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a record that are not at their default."""
    kind: Any = type(record)
    return ((name, value) for name, default in _defaults(kind) if (value := getattr(record, name)) != default)


_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_plain_once)


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
    if origin is Sequence or (origin is tuple and arguments[1:] == (Ellipsis,)):
        return tuple(_from_plain(arguments[0], item) for item in plain)
    if origin is tuple:
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
    return get_type_hints(kind, localns=vars(json_bytes))  # a recursive alias names its parts as its own module does
