"""What ``[]`` after the types that are made of types gives."""

from __future__ import annotations

from appo_tui.evaluator import values
from appo_tui.evaluator.types import collections as groups
from appo_tui.evaluator.types import compounds, scalars
from appo_tui.evaluator.types.access_keys import (
    RAISED,
    Keys,
    Rules,
    TypeAccessError,
    check_keys,
    is_integer,
    label_of,
    size_constraint,
    type_key,
    type_keys,
    wrong_count,
)
from appo_tui.evaluator.types.assignability import UNDEF, is_assignable
from appo_tui.evaluator.types.collections import Array, Collection, Element, Hash, Struct, Tuple
from appo_tui.evaluator.types.compounds import Callable, Init, NotUndef, Optional, Variant
from appo_tui.evaluator.types.inference import generalize, infer, one_of
from appo_tui.evaluator.types.kind import Containing, PuppetType
from appo_tui.evaluator.types.ruby_values import ruby_class
from appo_tui.evaluator.types.scalars import Any, Integer, String
from appo_tui.evaluator.values import Value


def _collection(_general: PuppetType, keys: Keys) -> PuppetType:
    if not 1 <= len(keys) <= 2:
        raise wrong_count("Collection-Type", 1, 2, len(keys))
    return Collection(size_constraint(keys, 0))


def _array(_general: PuppetType, keys: Keys) -> PuppetType:
    if not 1 <= len(keys) <= 3:
        raise wrong_count("Array-Type", 1, 3, len(keys))
    if len(keys) == 2 and not isinstance(keys[0], PuppetType):
        size = size_constraint(keys, 0)
        return groups.EMPTY_ARRAY if size == groups.EMPTY_SIZE else Array(Any(), size)
    element = type_key("Array-Type", keys, 0)
    return Array(element, size_constraint(keys[1:], 1) if len(keys) > 1 else None)


def _hash(_general: PuppetType, keys: Keys) -> PuppetType:
    if len(keys) == 2 and is_integer(keys[0]) and is_integer(keys[1]):
        size = size_constraint(keys, 0)
        return groups.EMPTY_HASH if size == groups.EMPTY_SIZE else Hash(Any(), Any(), size)
    types = [type_key("Hash-Type", keys, index) for index in range(min(2, len(keys)))]
    if not 2 <= len(keys) <= 4:
        raise wrong_count("Hash-Type", 2, 4, len(keys))
    return Hash(types[0], types[1], size_constraint(keys[2:], 2) if len(keys) > 2 else None)


def _tuple(general: PuppetType, keys: Keys) -> PuppetType:
    sizes = 0
    while sizes < 2 and sizes < len(keys):
        key = keys[-1 - sizes]
        if not (is_integer(key) or isinstance(key, values.Default)):
            break
        sizes += 1
    size = size_constraint(keys[len(keys) - sizes :], len(keys) - sizes) if sizes else None
    keys = keys[: len(keys) - sizes]
    check_keys(general, keys, None, (PuppetType,), "Any-Type")
    return Tuple(type_keys(keys), size)


def _struct(general: PuppetType, keys: Keys) -> PuppetType:
    check_keys(general, keys, 1, (dict,), "Hash")
    members = keys[0]
    elements: list[Element] = []
    for key, value in members.items() if isinstance(members, dict) else ():
        elements.append(_element(key, value if isinstance(value, PuppetType) else generalize(infer(value))))
    return Struct(tuple(elements))


def _element(key: Value, value: PuppetType) -> Element:
    optional = is_assignable(value, UNDEF)
    if isinstance(key, (Optional, NotUndef)):
        optional, key = isinstance(key, Optional), key.contained
    if isinstance(key, String):
        key = key.value
    if key == "":
        raise TypeAccessError(f"{RAISED}Struct element key cannot be an empty String")
    if not isinstance(key, str):
        raise TypeAccessError(
            f"{RAISED}Illegal Struct member key type. Expected NotUndef, Optional, String, or Enum. "
            f"Got: {ruby_class(key)}"
        )
    return Element(key, value, optional=optional)


def _variant(general: PuppetType, keys: Keys) -> PuppetType:
    check_keys(general, keys, None, (PuppetType,), "Any-Type")
    types = type_keys(keys)
    return one_of(types)


def _wrapping(general: PuppetType, keys: Keys) -> PuppetType:
    """One type, or for ``Optional`` and ``NotUndef`` a string that stands for itself."""
    label = label_of(general)
    if isinstance(general, NotUndef) and not keys:
        return general
    if len(keys) != 1:
        if isinstance(general, NotUndef):
            raise wrong_count(label, 0, 1, len(keys))
        raise wrong_count(label, 1, 1, len(keys))
    key = keys[0]
    if isinstance(general, (Optional, NotUndef)) and isinstance(key, str):
        key = String(value=key)
    if not isinstance(key, PuppetType):
        if isinstance(general, NotUndef):
            raise TypeAccessError(f"{label}[] argument must be a Type or a String. Got {ruby_class(key)}", 0)
        raise TypeAccessError(f"{label}[] arguments must be types. Got {ruby_class(key)}", 0)
    if isinstance(general, NotUndef) and type(key) is Any:
        return NotUndef()
    kind = type(general)
    return kind(key) if issubclass(kind, Containing) else general


def _init(_general: PuppetType, keys: Keys) -> PuppetType:
    return Init(type_key("Init-Type", keys, 0), keys[1:])


def _callable(general: PuppetType, keys: Keys) -> PuppetType:
    returns: PuppetType | None = None
    if keys and isinstance(keys[0], tuple):
        if len(keys) != 2:
            raise wrong_count(general, 2, 2, len(keys))
        returns = type_key("Callable-Type", keys, 1)
        keys = keys[0]
    block: PuppetType | None = None
    if keys and _takes_block(keys[-1]):
        block, keys = keys[-1], keys[:-1]  # type: ignore[assignment]  # it is a type
    if len(keys) == 2 and keys == (0, 0):
        return Callable(Tuple((), Integer(0, 0)), block, returns)
    if not keys:
        return Callable(Tuple((), Integer(0, 0)) if returns is not None or block else None, block, returns)
    sizes = sum(1 for key in keys if is_integer(key) or isinstance(key, values.Default))
    size = size_constraint(keys[len(keys) - sizes :], len(keys) - sizes) if sizes else None
    types = type_keys(keys) or (scalars.Unit(),)
    return Callable(Tuple(types, size), block, returns)


def _takes_block(key: Value) -> bool:
    if isinstance(key, Optional):
        return isinstance(key.contained, Callable)
    return isinstance(key, Callable)


COMPOUND_RULES: Rules = {
    Collection: _collection,
    groups.Iterable: _wrapping,
    groups.Iterator: _wrapping,
    Array: _array,
    Hash: _hash,
    Tuple: _tuple,
    Struct: _struct,
    Variant: _variant,
    Optional: _wrapping,
    NotUndef: _wrapping,
    compounds.Sensitive: _wrapping,
    compounds.Type: _wrapping,
    Init: _init,
    Callable: _callable,
    compounds.Object: lambda general, _keys: general,
    compounds.TypeSet: lambda general, _keys: general,
}
