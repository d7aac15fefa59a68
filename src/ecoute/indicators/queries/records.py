"""Figures to JSON and back: frozen dataclasses, written in one canonical way so that they can be compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
DIGITS = 9  # beyond, two machines may round a logarithm differently


def to_plain(value: Any) -> Any:
    """Dataclasses, tuples, dates and enumerations as JSON knows them."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in fields(value) if f.init}
    if isinstance(value, Mapping):
        return {str(key): to_plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return round(value, DIGITS) if isinstance(value, float) else value


def from_plain(kind: type[T], value: Any) -> T:
    """The dataclass ``kind`` out of what ``to_plain`` wrote. Raises ``KeyError`` or ``TypeError`` on a misfit."""
    made: T = _read(kind, value)
    return made


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return None if value is None else _read(next(k for k in get_args(kind) if k is not type(None)), value)
    if origin is tuple:
        kinds = get_args(kind)
        if len(kinds) == 2 and kinds[1] is Ellipsis:
            return tuple(_read(kinds[0], one) for one in value)
        return tuple(_read(k, one) for k, one in zip(kinds, value, strict=True))
    if origin is not None and issubclass(origin, Mapping):
        return {key: _read(get_args(kind)[1], one) for key, one in value.items()}
    if is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]
        # Figures frozen before a field was added keep its default.
        known = (f for f in fields(kind) if f.init and (f.name in value or f.default is MISSING))
        return kind(**{f.name: _read(hints[f.name], value[f.name]) for f in known})  # type: ignore[operator]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return date.fromisoformat(value) if kind is date else value


def canonical(plain: Any) -> str:
    """One text for one content: sorted keys, no space."""
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def checksum(plain: Any) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(plain).encode()).hexdigest()


def differences(one: Any, other: Any, path: str = "") -> list[str]:
    """Where two plain values differ, as paths « headlines.praise.count »; empty when they are equal."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = sorted(set(one) | set(other))
        return [d for k in keys for d in differences(one.get(k), other.get(k), f"{path}.{k}" if path else k)]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [d for i, (a, b) in enumerate(zip(one, other, strict=True)) for d in differences(a, b, f"{path}.{i}")]
    return [] if one == other else [path]
