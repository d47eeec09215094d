"""Frozen dataclasses to plain lists that JSON can hold, and back: for what is kept to be quick.

A dataclass becomes the list of its fields in their order, a tuple a list, a time its ISO form. The
type hints tell how it is read back; whatever does not fit them raises ValueError or TypeError.
"""

import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_Reader = Callable[[Any], Any]


def packed(value: Any) -> Any:
    """Return a value of dataclasses, tuples, times, numbers and strings as JSON holds it."""
    if isinstance(value, tuple | list):
        return [packed(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if is_dataclass(value):
        return [packed(getattr(value, field.name)) for field in fields(value)]
    return value


def unpacked(kind: type[T], form: Any) -> T:
    """Return the dataclass that `packed` made this of; ValueError or TypeError where it is none."""
    read: _Reader = _reader(kind)  # type: ignore[arg-type]  # a class is hashable
    value = read(form)
    if not isinstance(value, kind):
        raise TypeError(f"not a {kind.__name__}")
    return value


@cache
def _reader(kind: Any) -> _Reader:
    if isinstance(kind, NewType):
        return _reader(kind.__supertype__)
    origin = get_origin(kind)
    if origin is tuple:
        return _many(_reader(get_args(kind)[0]))
    if origin is Literal:
        return _one_of(get_args(kind))
    if origin in {Union, types.UnionType}:
        (given,) = (one for one in get_args(kind) if one is not type(None))
        return _perhaps(_reader(given))
    if kind is datetime:
        return datetime.fromisoformat
    return _fields(kind) if is_dataclass(kind) else _plain(kind)


def _many(read: _Reader) -> _Reader:
    def reader(form: Any) -> tuple[Any, ...]:
        return tuple(map(read, _plain(list)(form)))

    return reader


def _perhaps(read: _Reader) -> _Reader:
    return lambda form: None if form is None else read(form)


def _one_of(values: tuple[Any, ...]) -> _Reader:
    def reader(form: Any) -> Any:
        if form not in values:
            raise ValueError(f"{form!r} is none of {values}")
        return form

    return reader


def _plain(kind: type) -> _Reader:
    kinds = (int, float) if kind is float else (kind,)

    def reader(form: Any) -> Any:
        if not isinstance(form, kinds) or (isinstance(form, bool) and kind is not bool):
            raise ValueError(f"{type(form).__name__} where {kind.__name__} was expected")
        return form

    return reader


def _fields(kind: Any) -> _Reader:
    hints = get_type_hints(kind)
    readers = [_reader(hints[field.name]) for field in fields(kind)]

    def reader(form: Any) -> Any:
        if not isinstance(form, list) or len(form) != len(readers):
            raise ValueError(f"not a {kind.__name__}")
        return kind(*[read(value) for read, value in zip(readers, form, strict=True)])

    return reader
