"""What ``[]`` after a type gives: ``Integer[1, 10]``, ``Sql['a']``.

Manual: https://www.puppet.com/docs/puppet/7/lang_data_type.html
"""

from __future__ import annotations

import re
from collections.abc import Callable as Function
from collections.abc import Sequence

from appo_tui.evaluator import values
from appo_tui.evaluator.types import collections as groups
from appo_tui.evaluator.types import compounds, scalars
from appo_tui.evaluator.types.collections import Array, Collection, Element, Hash, Struct, Tuple
from appo_tui.evaluator.types.compounds import (
    Callable,
    ClassType,
    Init,
    NotUndef,
    Optional,
    ResourceType,
    TypeAlias,
    TypeReference,
    Variant,
)
from appo_tui.evaluator.types.inference import generalize, infer
from appo_tui.evaluator.types.kind import Containing, PuppetType
from appo_tui.evaluator.types.mismatches import with_article
from appo_tui.evaluator.types.naming import capitalized
from appo_tui.evaluator.types.printing import type_to_expanded_string
from appo_tui.evaluator.types.scalars import Any, Boolean, Enum, Float, Integer, Pattern, String
from appo_tui.evaluator.types.versions import SemVerRange
from appo_tui.evaluator.values import Value

_NAME = re.compile(r"((::)?[a-z]\w*)(::[a-z]\w*)*", re.ASCII)
_REFERENCE_NAME = re.compile(r"((::)?[a-zA-Z]\w*)(::[a-zA-Z]\w*)*", re.ASCII)
_RUBY_CLASSES: dict[type, str] = {
    str: "String", int: "Integer", float: "Float", dict: "Hash", tuple: "Array", type(None): "NilClass",
    values.Default: "Symbol", values.Regexp: "Regexp",
}  # fmt: skip
_RAISED = "Error while evaluating a '[]' expression, "
Keys = tuple[Value, ...]


class TypeAccessError(ValueError):
    """``[]`` that a type does not take, in Puppet's words and without a place.

    Attributes:
        key_index: which key is to blame; None if it is the whole expression.
    """

    def __init__(self, message: str, key_index: int | None = None) -> None:
        super().__init__(message)
        self.key_index = key_index


def specialize(general: PuppetType, keys: Keys) -> PuppetType | tuple[PuppetType, ...] | None:
    """What ``general[keys]`` is.

    Returns:
        One type, or where several titles or class names are given (or an array of them), a tuple; None
        where titles are all undef, which Puppet only warns of.

    Raises:
        TypeAccessError: the keys don't fit the type.
    """
    if isinstance(general, TypeAlias):
        label = with_article(f"{type_to_expanded_string(general)}-Type")
        raise TypeAccessError(f"Operator '[]' is not applicable to {label}.")
    rule = _RULES.get(type(general))
    if rule is None:
        raise TypeAccessError(f"Operator '[]' is not applicable to {with_article(_label(general))}.")
    if type(general) not in _UNFLATTENED:
        keys = _flat(keys)
    return rule(general, keys)


def _label(general: PuppetType) -> str:
    return f"{general.keyword}-Type"


def _flat(keys: Sequence[Value]) -> Keys:
    flat: list[Value] = []
    for key in keys:
        if isinstance(key, tuple):
            flat.extend(_flat(key))
        else:
            flat.append(key)
    return tuple(flat)


def _kind_of(value: Value) -> str:
    """How messages name a key of the wrong kind."""
    if value is None:
        return "Undef"
    if isinstance(value, values.Default):
        return "Default"
    return str(generalize(infer(value)))


def _ruby_class(value: Value) -> str:
    """The class that the value has in Puppet itself, which some of its messages give away."""
    if isinstance(value, bool):
        return "TrueClass" if value else "FalseClass"
    return _RUBY_CLASSES.get(type(value), type(value).__name__)


def _arity(general: PuppetType | str, least: int, most: int | None, count: int) -> TypeAccessError:
    label = general if isinstance(general, str) else with_article(_label(general)).capitalize()
    if not isinstance(general, str):
        label = with_article(_label(general))
        label = label[0].upper() + label[1:]
    if most is None:
        return TypeAccessError(f"{label}[] accepts {least} or more arguments. Got {count}")
    if most != least:
        return TypeAccessError(f"{label}[] accepts {least} to {most} arguments. Got {count}")
    return TypeAccessError(f"{label}[] accepts {least} argument{'' if least == 1 else 's'}. Got {count}")


def _check(
    general: PuppetType, keys: Keys, most: int | None, kinds: tuple[type, ...], expected: str
) -> None:
    """Between one and ``most`` keys, each of ``kinds``, which messages call ``expected``."""
    if not keys or (most is not None and len(keys) > most):
        raise _arity(general, 1, most, len(keys))
    for index, key in enumerate(keys):
        if not isinstance(key, kinds):
            raise TypeAccessError(
                f"Error creating type specialization of {with_article(_label(general))}, "
                f"Cannot use {_kind_of(key)} where {expected} is expected",
                index,
            )


def _is_integer(key: Value) -> bool:
    return isinstance(key, int) and not isinstance(key, bool)


def _bound(key: Value) -> int | None:
    return key if isinstance(key, int) else None


def _integer(_general: PuppetType, keys: Keys) -> PuppetType:
    if not 1 <= len(keys) <= 2:
        raise TypeAccessError(
            f"Integer-Type supports [] with one or two arguments (from, to). Got {len(keys)}"
        )
    for index, key in enumerate(keys):
        if not (_is_integer(key) or isinstance(key, values.Default)):
            raise TypeAccessError(
                f"Integer-Type [] requires all arguments to be integers (or default). Got {_ruby_class(key)}",
                index,
            )
    low, high = _bound(keys[0]), _bound(keys[1]) if len(keys) > 1 else None
    if low is not None and high is not None and low > high:
        raise TypeAccessError(f"{_RAISED}'from' must be less or equal to 'to'. Got ({low}, {high}")
    return Integer(low, high)


def _float(_general: PuppetType, keys: Keys) -> PuppetType:
    if not 1 <= len(keys) <= 2:
        raise TypeAccessError(
            f"Float-Type supports [] with one or two arguments (from, to). Got {len(keys)}"
        )
    bounds: list[float | None] = []
    for index, key in enumerate(keys):
        if isinstance(key, values.Default):
            bounds.append(None)
        elif isinstance(key, (int, float)) and not isinstance(key, bool):
            bounds.append(float(key))
        else:
            raise TypeAccessError(
                "Float-Type [] requires all arguments to be floats, or integers (or default). "
                f"Got {_ruby_class(key)}",
                index,
            )
    return Float(*bounds)


def _size(keys: Keys, start: int) -> Integer:
    """The size constraint that one or two keys make; ``start`` is the index of the first."""
    if len(keys) == 1 and isinstance(keys[0], Integer):
        return keys[0]
    for index, key in enumerate(keys):
        if not (_is_integer(key) or isinstance(key, values.Default)):
            raise TypeAccessError(
                "A Type's size constraint arguments must be a single Integer type, "
                f"or 1-2 integers (or default). Got {with_article(_ruby_class(key))}",
                start + index,
            )
    low, high = _bound(keys[0]), _bound(keys[1]) if len(keys) > 1 else None
    if low is not None and high is not None and low > high:
        raise TypeAccessError(f"{_RAISED}'from' must be less or equal to 'to'. Got ({low}, {high}")
    return Integer(max(low or 0, 0), high)


def _must_be_type(label: str, keys: Keys, index: int) -> PuppetType:
    key = keys[index]
    if isinstance(key, PuppetType):
        return key
    raise TypeAccessError(f"{label}[] arguments must be types. Got {_ruby_class(key)}", index)


def _string(_general: PuppetType, keys: Keys) -> PuppetType:
    if not 1 <= len(keys) <= 2:
        raise TypeAccessError(f"String supports [] with one or two arguments. Got {len(keys)}")
    return String(_size(keys, 0))


def _boolean(general: PuppetType, keys: Keys) -> PuppetType:
    _check(general, keys, 1, (bool,), "TrueClass or FalseClass")
    return Boolean(bool(keys[0]))


def _enum(general: PuppetType, keys: Keys) -> PuppetType:
    ignores_case = bool(keys) and keys[-1] is True
    if keys and isinstance(keys[-1], bool):
        keys = keys[:-1]
    _check(general, keys, None, (str,), "String")
    return Enum(tuple(str(key) for key in keys), ignores_case=ignores_case)


def _pattern(general: PuppetType, keys: Keys) -> PuppetType:
    allowed = (str, values.Regexp, Pattern, scalars.Regexp)
    _check(general, keys, None, allowed, "String or Regexp or Pattern-Type or Regexp-Type")
    patterns: list[values.Regexp] = []
    for key in keys:
        if isinstance(key, Pattern):
            patterns.extend(key.patterns)
        elif isinstance(key, values.Regexp):
            patterns.append(key)
        else:
            text = key.pattern if isinstance(key, scalars.Regexp) else str(key)
            patterns.append(values.Regexp(text or ""))
    return Pattern(tuple(patterns))


def _regexp(general: PuppetType, keys: Keys) -> PuppetType:
    _check(general, keys, 1, (str, values.Regexp), "String or Regexp")
    key = keys[0]
    return scalars.Regexp(key.pattern if isinstance(key, values.Regexp) else str(key))


def _sem_ver(general: PuppetType, keys: Keys) -> PuppetType:
    _check(general, keys, None, (str, SemVerRange), "String or SemVerRange")
    return scalars.SemVer(
        tuple(key if isinstance(key, SemVerRange) else SemVerRange(str(key)) for key in keys)
    )


def _times(general: PuppetType, keys: Keys) -> PuppetType:
    if len(keys) > 2:
        raise _arity(general, 0, 2, len(keys))
    bounds = [None if isinstance(key, values.Default) else key for key in keys]
    return type(general)(*bounds)


def _collection(_general: PuppetType, keys: Keys) -> PuppetType:
    if not 1 <= len(keys) <= 2:
        raise _arity("Collection-Type", 1, 2, len(keys))
    return Collection(_size(keys, 0))


def _array(_general: PuppetType, keys: Keys) -> PuppetType:
    if not 1 <= len(keys) <= 3:
        raise _arity("Array-Type", 1, 3, len(keys))
    if len(keys) == 2 and not isinstance(keys[0], PuppetType):
        size = _size(keys, 0)
        return groups.EMPTY_ARRAY if size == groups.EMPTY_SIZE else Array(Any(), size)
    element = _must_be_type("Array-Type", keys, 0)
    return Array(element, _size(keys[1:], 1) if len(keys) > 1 else None)


def _hash(_general: PuppetType, keys: Keys) -> PuppetType:
    if len(keys) == 2 and _is_integer(keys[0]) and _is_integer(keys[1]):
        size = _size(keys, 0)
        return groups.EMPTY_HASH if size == groups.EMPTY_SIZE else Hash(Any(), Any(), size)
    types = [_must_be_type("Hash-Type", keys, index) for index in range(min(2, len(keys)))]
    if not 2 <= len(keys) <= 4:
        raise _arity("Hash-Type", 2, 4, len(keys))
    return Hash(types[0], types[1], _size(keys[2:], 2) if len(keys) > 2 else None)


def _tuple(general: PuppetType, keys: Keys) -> PuppetType:
    sizes = 0
    while sizes < 2 and sizes < len(keys):
        key = keys[-1 - sizes]
        if not (_is_integer(key) or isinstance(key, values.Default)):
            break
        sizes += 1
    size = _size(keys[len(keys) - sizes :], len(keys) - sizes) if sizes else None
    keys = keys[: len(keys) - sizes]
    _check(general, keys, None, (PuppetType,), "Any-Type")
    return Tuple(_types(keys), size)


def _types(keys: Keys) -> tuple[PuppetType, ...]:
    return tuple(key for key in keys if isinstance(key, PuppetType))


def _struct(general: PuppetType, keys: Keys) -> PuppetType:
    _check(general, keys, 1, (dict,), "Hash")
    members = keys[0]
    elements: list[Element] = []
    for key, value in members.items() if isinstance(members, dict) else ():
        elements.append(_element(key, value if isinstance(value, PuppetType) else generalize(infer(value))))
    return Struct(tuple(elements))


def _element(key: Value, value: PuppetType) -> Element:
    optional = isinstance(value, (Optional, scalars.Undef))
    if isinstance(key, (Optional, NotUndef)):
        optional, key = isinstance(key, Optional), key.contained
    if isinstance(key, String):
        key = key.value
    if not isinstance(key, str) or not key:
        raise TypeAccessError(
            f"{_RAISED}Illegal Struct member key type. Expected NotUndef, Optional, String, or Enum. "
            f"Got: {_ruby_class(key)}"
        )
    return Element(key, value, optional=optional)


def _variant(general: PuppetType, keys: Keys) -> PuppetType:
    _check(general, keys, None, (PuppetType,), "Any-Type")
    types = _types(keys)
    return types[0] if len(types) == 1 else Variant(types)


def _wrapping(general: PuppetType, keys: Keys) -> PuppetType:
    """One type, or for ``Optional`` and ``NotUndef`` a string that stands for itself."""
    label = _label(general)
    if isinstance(general, NotUndef) and not keys:
        return general
    if len(keys) != 1:
        if isinstance(general, NotUndef):
            raise _arity(label, 0, 1, len(keys))
        raise _arity(label, 1, 1, len(keys))
    key = keys[0]
    if isinstance(general, (Optional, NotUndef)) and isinstance(key, str):
        key = String(value=key)
    if not isinstance(key, PuppetType):
        if isinstance(general, NotUndef):
            raise TypeAccessError(f"{label}[] argument must be a Type or a String. Got {_ruby_class(key)}", 0)
        raise TypeAccessError(f"{label}[] arguments must be types. Got {_ruby_class(key)}", 0)
    if isinstance(general, NotUndef) and type(key) is Any:
        return NotUndef()
    kind = type(general)
    return kind(key) if issubclass(kind, Containing) else general


def _init(_general: PuppetType, keys: Keys) -> PuppetType:
    return Init(_must_be_type("Init-Type", keys, 0), keys[1:])


def _callable(general: PuppetType, keys: Keys) -> PuppetType:
    returns: PuppetType | None = None
    if keys and isinstance(keys[0], tuple):
        if len(keys) != 2:
            raise _arity(general, 2, 2, len(keys))
        returns = _must_be_type("Callable-Type", keys, 1)
        keys = keys[0]
    block: PuppetType | None = None
    if keys and _takes_block(keys[-1]):
        block, keys = keys[-1], keys[:-1]  # type: ignore[assignment]  # it is a type
    if len(keys) == 2 and keys == (0, 0):
        return Callable(Tuple((), Integer(0, 0)), block, returns)
    if not keys:
        return Callable(Tuple((), Integer(0, 0)) if returns is not None or block else None, block, returns)
    sizes = sum(1 for key in keys if _is_integer(key) or isinstance(key, values.Default))
    size = _size(keys[len(keys) - sizes :], len(keys) - sizes) if sizes else None
    types = _types(keys) or (scalars.Unit(),)
    return Callable(Tuple(types, size), block, returns)


def _takes_block(key: Value) -> bool:
    if isinstance(key, Optional):
        return isinstance(key.contained, Callable)
    return isinstance(key, Callable)


def _runtime(general: PuppetType, keys: Keys) -> PuppetType:
    _check(general, keys, 2, (str,), "String")
    return scalars.Runtime(str(keys[0]), str(keys[1]) if len(keys) > 1 else None)


def _reference(general: TypeReference, _keys: Keys) -> PuppetType:
    raise TypeAccessError(f"Resource type not found: {general.text}")


def _resource(general: ResourceType, keys: Keys) -> PuppetType | tuple[PuppetType, ...] | None:
    if not keys:
        label = general.type_name or "Resource"
        raise TypeAccessError(f"{label}[] accepts 1 or more arguments. Got 0")
    type_name, blamed = general.type_name, 0
    if type_name is None:
        type_name, keys, blamed = _type_name(keys[0]), keys[1:], 1
    if _REFERENCE_NAME.fullmatch(type_name) is None:
        raise TypeAccessError(
            f"Illegal type reference. The given name '{type_name}' does not conform to the naming rule", 0
        )
    several = len(keys) > 1 or (bool(keys) and isinstance(keys[0], tuple))
    titles = tuple(key for key in _flat(keys) if key is not None)
    if keys and not titles:
        return () if several else None
    if not titles:
        return ResourceType(type_name)
    for index, title in enumerate(titles):
        if not isinstance(title, str):
            raise TypeAccessError(
                f"Error creating type specialization of {with_article(f'{type_name}-Type')}, "
                f"Cannot use {_kind_of(title)} where a resource title String is expected",
                index + blamed,
            )
    references = tuple(ResourceType(type_name, str(title)) for title in titles)
    return references if several else references[0]


def _type_name(key: Value) -> str:
    """What the first key of ``Resource[...]`` names."""
    if isinstance(key, ResourceType) and key.type_name is not None:
        return key.type_name
    if isinstance(key, str):
        return capitalized(key)
    raise TypeAccessError(
        f"First argument to Resource[] must be a resource type or a String. Got {_kind_of(key)}.", 0
    )


def _class(general: ClassType, keys: Keys) -> PuppetType | tuple[PuppetType, ...] | None:
    if not keys:
        raise TypeAccessError("Class[] accepts 1 or more arguments. Got 0")
    if general.name is not None:
        raise TypeAccessError(f"Cannot specialize an already specialized {_label(general)} type")
    several = len(keys) > 1 or isinstance(keys[0], tuple)
    names = tuple(key for key in _flat(keys) if key is not None)
    if not names:
        return () if several else None
    classes = tuple(ClassType(_class_name(name, index)) for index, name in enumerate(names))
    return classes if several else classes[0]


def _kind_with_article(key: Value) -> str:
    text = with_article(_kind_of(key))
    return text[0].upper() + text[1:]


def _class_name(key: Value, index: int) -> str:
    if isinstance(key, ResourceType) and key.type_name is not None and key.title is None:
        return key.type_name.lower()
    if not isinstance(key, str):
        raise TypeAccessError(
            f"Illegal Class name in class reference. {_kind_with_article(key)} cannot be used where a String "
            "is expected",
            index,
        )
    name = key.lower().removeprefix("::")
    if _NAME.fullmatch(name) is None:
        raise TypeAccessError(
            f"Illegal name. The given name '{key}' does not conform to the naming rule "
            r"/^((::)?[a-z_]w*)(::[a-z]\w*)*$/",
            index,
        )
    return name


_UNFLATTENED = (ResourceType, ClassType, Callable, Struct, Init)
_RULES: dict[type[PuppetType], Function[..., PuppetType | tuple[PuppetType, ...] | None]] = {
    Boolean: _boolean,
    Integer: _integer,
    Float: _float,
    String: _string,
    Enum: _enum,
    Pattern: _pattern,
    scalars.Regexp: _regexp,
    scalars.SemVer: _sem_ver,
    scalars.Timestamp: _times,
    scalars.Timespan: _times,
    scalars.Runtime: _runtime,
    scalars.URI: lambda general, _keys: general,
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
    TypeReference: _reference,
    compounds.Object: lambda general, _keys: general,
    compounds.TypeSet: lambda general, _keys: general,
    ResourceType: _resource,
    ClassType: _class,
}
