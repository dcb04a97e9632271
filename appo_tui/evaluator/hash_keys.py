"""Keys of hashes: for Puppet 1, 1.0 and true are three, and an array or a hash may be a key too.

Python takes 1, 1.0 and True for one key. Here numbers that are keys differ from them by their hash values;
in all else they are the numbers that they were.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from appo_tui.evaluator.values import Value

_LIKE_BOOLEANS: Final = (0, 1)


class IntegerKey(int):
    """0 or 1 as a key."""

    __slots__ = ()

    def __hash__(self) -> int:
        return hash(("Integer", int(self)))


class FloatKey(float):
    """A Float as a key."""

    __slots__ = ()

    def __hash__(self) -> int:
        return hash(("Float", float(self)))


class HashKey(dict[Value, Value]):
    """A hash as a key; it never changes."""

    __slots__ = ()

    def __hash__(self) -> int:  # type: ignore[override]  # a dict that does not change
        return hash(frozenset(self.items()))


def key_of(value: Value) -> Value:
    """A value as a key of a hash."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return IntegerKey(value) if value in _LIKE_BOOLEANS else value
    if isinstance(value, float):
        return FloatKey(value)
    if isinstance(value, tuple):
        return tuple(key_of(item) for item in value)
    if isinstance(value, dict):
        return HashKey({key_of(key): key_of(item) for key, item in value.items()})
    return value


def element(of: Mapping[Value, Value], key: Value, default: Value = None) -> Value:
    """What a hash has under a key; ``default`` where it has not."""
    wanted = key_of(key)
    if wanted in of:
        return of[wanted]
    if isinstance(wanted, IntegerKey | FloatKey):  # a hash from data has plain numbers
        return next((item for own, item in of.items() if type(own) is type(key) and own == key), default)
    return default


def has_element(of: Mapping[Value, Value], key: Value) -> bool:
    """Whether a hash has a key."""
    return element(of, key, of) is not of
