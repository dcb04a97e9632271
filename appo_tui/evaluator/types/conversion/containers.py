"""New arrays and hashes."""

from __future__ import annotations

from typing import Final

from appo_tui.evaluator.hash_keys import key_of
from appo_tui.evaluator.types import scalars
from appo_tui.evaluator.types.conversion.constructor import Constructor, cannot_be_converted
from appo_tui.evaluator.types.ruby_values import ruby_class
from appo_tui.evaluator.values import Value


def _array(value: Value, wrap: Value = False) -> Value:  # noqa: FBT002 - Puppet's own
    if isinstance(value, tuple):
        return value
    if wrap:
        return (value,)
    items = _items(value)
    if items is None:
        raise ValueError(f"'new_array' {cannot_be_converted(value, 'Array')}")
    return items


def _items(value: Value) -> tuple[Value, ...] | None:
    """What a value is iterated as; None if it can't be."""
    match value:
        case tuple():
            return value
        case dict():
            return tuple(value.items())
        case str():
            return tuple(value)
        case bool() | None:
            return None
        case int():
            return tuple(range(value)) if value >= 0 else None
        case scalars.Integer(minimum=int() as low, maximum=int() as high):
            return tuple(range(low, high + 1))
        case bytes():
            return tuple(value)
    return None


def _hash(value: Value, build: Value = None) -> Value:
    if isinstance(value, dict):
        return value
    if build is not None and isinstance(value, tuple):
        return _tree(value)
    items = _items(value)
    if items is None:
        raise ValueError(cannot_be_converted(value, "Hash"))
    if items and all(isinstance(item, tuple) and len(item) == 2 for item in items):
        return {key_of(item[0]): item[1] for item in items if isinstance(item, tuple)}
    if len(items) % 2:
        raise ValueError("odd number of arguments for Hash")
    return dict(zip(map(key_of, items[::2]), items[1::2], strict=True))


def _tree(pairs: tuple[Value, ...]) -> Value:
    """A hash of [path, value] pairs."""
    root: dict[Value, Value] = {}
    for pair in pairs:
        path, value = pair if isinstance(pair, tuple) else ((), None)
        if not path:
            if not isinstance(value, dict):
                raise ValueError(f"no implicit conversion of {ruby_class(value)} into Hash")
            root.update(value)
            continue
        inner = root
        for step in path[:-1]:
            below = inner.setdefault(step, {})
            inner = below if isinstance(below, dict) else {}
        inner[path[-1]] = value
    return root


ARRAY: Final = Constructor("new_array", ("Any from, Boolean wrap?",), _array)
HASH: Final = Constructor(
    "new_hash",
    ("TreeArray from, NewHashOption build_option?", "KeyValueArray from", "Any from"),
    _hash,
    (
        ("KeyValueArray", "Array[Tuple[Any, Any], 1]"),
        ("TreeArray", "Array[Tuple[Array, Any], 1]"),
        ("NewHashOption", "Enum[tree, hash_tree]"),
    ),
)
