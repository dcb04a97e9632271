"""Types as text, as Puppet prints them.

Manual: https://www.puppet.com/docs/puppet/7/lang_data_type.html
"""

from __future__ import annotations

from collections.abc import Callable as Function
from contextvars import ContextVar
from dataclasses import fields

from appo_tui.evaluator import values
from appo_tui.evaluator.types import collections as groups
from appo_tui.evaluator.types import compounds, scalars
from appo_tui.evaluator.types.aliases import BUILT_IN
from appo_tui.evaluator.types.assignability import is_assignable
from appo_tui.evaluator.types.collections import Array, Collection, Hash, Struct, Tuple
from appo_tui.evaluator.types.compounds import Callable, ClassType, ResourceType, TypeAlias
from appo_tui.evaluator.types.kind import Containing, PuppetType
from appo_tui.evaluator.types.quoting import puppet_quoted
from appo_tui.evaluator.types.ruby_patterns import refuse_malformed
from appo_tui.evaluator.types.scalars import Any, Enum, Float, Integer, Pattern, String, Undef, Unit
from appo_tui.evaluator.values import Value

_expanded: ContextVar[tuple[str, ...] | None] = ContextVar("_expanded", default=None)
"""None where aliases are printed by name alone, else the names of those being spelled out."""


def type_to_string(printed: PuppetType) -> str:
    """``printed`` as Puppet prints it, ``Array[String[1], 1]``; aliases by name."""
    if isinstance(printed, ResourceType):
        return _resource(printed)
    whole = _NAMED.get(type(printed))
    if whole is not None:
        return whole(printed)
    rule = _RULES.get(type(printed))
    if rule is None:
        return printed.keyword
    parts = rule(printed)
    return f"{printed.keyword}[{', '.join(parts)}]" if parts else printed.keyword


def type_to_expanded_string(printed: PuppetType) -> str:
    """As ``type_to_string``, with what each alias stands for: ``Port = Integer[1, 65535]``."""
    token = _expanded.set(())
    try:
        return type_to_string(printed)
    finally:
        _expanded.reset(token)


def written_out(printed: PuppetType) -> str:
    """As Ruby's ``to_s`` gives it: an alias with what it stands for, one inside another type by name."""
    return type_to_expanded_string(printed) if isinstance(printed, TypeAlias) else type_to_string(printed)


def type_text(printed: PuppetType) -> str:
    """A type that code makes a text of: an alias with what it stands for.

    That is when Ruby makes the regular expressions in it.

    Raises:
        InvalidPatternError: Ruby can't read one of them.
    """
    text = written_out(printed)
    if "Regexp[/" in text or "Pattern[/" in text:
        _refuse_malformed_in(printed)
    return text


def _refuse_malformed_in(part: object) -> None:
    if (isinstance(part, scalars.Regexp) and part.pattern is not None) or isinstance(part, values.Regexp):
        refuse_malformed(part.pattern or "")
    elif isinstance(part, tuple):
        for one in part:
            _refuse_malformed_in(one)
    elif isinstance(part, PuppetType | groups.Element):
        for field in fields(part):
            _refuse_malformed_in(getattr(part, field.name))


def literal(value: Value) -> str:
    """A value inside a type, as Puppet prints it there."""
    match value:
        case None:
            return "undef"
        case bool():
            return "true" if value else "false"
        case str():
            return puppet_quoted(value)
        case values.Default():
            return "default"
        case values.Regexp():
            return value.literal
        case PuppetType():
            return str(value)
        case tuple():
            return "[" + ", ".join(literal(item) for item in value) + "]"
        case dict():
            return (
                "{" + ", ".join(f"{literal(key)} => {literal(item)}" for key, item in value.items()) + "}"
            )
    return f"'{value}'" if not isinstance(value, (int, float)) else str(value)


def _bounds(size: Integer | Float | None) -> list[str]:
    if size is None or (size.minimum is None and size.maximum is None):
        return []
    low = "default" if size.minimum is None else str(size.minimum)
    return [low] if size.maximum is None else [low, str(size.maximum)]


def _size(size: Integer | None) -> list[str]:
    return _bounds(size)


def _array(printed: Array) -> list[str]:
    if printed.size == groups.EMPTY_SIZE:
        return ["0", "0"]
    if isinstance(printed.element, Any) and printed.size is None:
        return []
    return [str(printed.element), *_size(printed.size)]


def _hash(printed: Hash) -> list[str]:
    if printed.size == groups.EMPTY_SIZE:
        return ["0", "0"]
    if isinstance(printed.key, Any) and isinstance(printed.value, Any) and printed.size is None:
        return []
    return [str(printed.key), str(printed.value), *_size(printed.size)]


def _tuple(printed: Tuple) -> list[str]:
    if not printed.types:
        return []
    return [*(str(part) for part in printed.types), *_size(printed.size)]


def _struct(printed: Struct) -> list[str]:
    if not printed.elements:
        return []
    pairs = []
    for element in printed.elements:
        key = puppet_quoted(element.name)
        value_optional = is_assignable(element.value, Undef())
        if element.optional and not value_optional:
            key = f"Optional[{key}]"
        elif value_optional and not element.optional:
            key = f"NotUndef[{key}]"
        pairs.append(f"{key} => {element.value}")
    return ["{" + ", ".join(pairs) + "}"]


def _enum(printed: Enum) -> list[str]:
    texts = [puppet_quoted(text) for text in printed.values]
    return [*texts, "true"] if printed.ignores_case and texts else texts


def _containing(printed: Containing) -> list[str]:
    contained = printed.contained
    if contained is None or (type(contained) is Any and isinstance(printed, _PLAIN_WITH_ANY)):
        return []
    if isinstance(contained, String) and contained.value is not None and isinstance(printed, _NAMING_STRINGS):
        return [puppet_quoted(contained.value)]
    return [str(contained)]


def _callable(printed: Callable) -> list[str]:
    if printed.parameters is None and printed.returns is None:
        return []
    if printed.returns is None:
        return _callable_parameters(printed)
    parameters = "" if printed.parameters is None else ", ".join(_callable_parameters(printed))
    return [f"[{parameters}]", str(printed.returns)]


def _callable_parameters(printed: Callable) -> list[str]:
    parameters = printed.parameters or Tuple()
    parts = [str(part) for part in parameters.types if not isinstance(part, Unit)]
    parts += _size(parameters.size) if parameters.types else ["0", "0"]
    return parts + ([str(printed.block)] if printed.block is not None else [])


def _times(printed: scalars.Timestamp | scalars.Timespan) -> list[str]:
    if printed.minimum is None and printed.maximum is None:
        return []
    low = "default" if printed.minimum is None else literal(printed.minimum)
    if printed.maximum is None or printed.maximum == printed.minimum:
        return [low]
    return [low, literal(printed.maximum)]


def _resource(printed: ResourceType) -> str:
    name = printed.type_name or "Resource"
    return f"{name}[{puppet_quoted(printed.title)}]" if printed.title is not None else name


def _alias(printed: TypeAlias) -> str:
    open_names = _expanded.get()
    if open_names is None or printed.name in BUILT_IN or printed.name in open_names:
        return printed.name
    token = _expanded.set((*open_names, printed.name))
    try:
        return f"{printed.name} = {printed.resolve()}"
    finally:
        _expanded.reset(token)


def _regexp(printed: scalars.Regexp) -> list[str]:
    if printed.pattern is None:
        return []
    return [values.Regexp(printed.pattern).literal]


def _runtime(printed: scalars.Runtime) -> list[str]:
    name = [] if printed.name is None else [literal(printed.name)]
    return [printed.runtime, *name] if printed.runtime is not None else name


def _class(printed: ClassType) -> list[str]:
    return [printed.name] if printed.name is not None else []


_PLAIN_WITH_ANY = (compounds.NotUndef, compounds.Sensitive)
_NAMING_STRINGS = (compounds.Optional, compounds.NotUndef)
_RULES: dict[type[PuppetType], Function[..., list[str]]] = {
    scalars.Boolean: lambda printed: [] if printed.value is None else [literal(printed.value)],
    Integer: _bounds,
    Float: _bounds,
    String: lambda printed: _size(printed.size),
    Enum: _enum,
    Pattern: lambda printed: [literal(one) for one in printed.patterns],
    scalars.Regexp: _regexp,
    scalars.SemVer: lambda printed: [f"'{one.text}'" for one in printed.ranges],
    scalars.URI: lambda printed: [literal(dict(printed.parts))] if printed.parts else [],
    scalars.Timestamp: _times,
    scalars.Timespan: _times,
    scalars.Runtime: _runtime,
    Collection: lambda printed: _size(printed.size),
    groups.Iterable: _containing,
    groups.Iterator: _containing,
    Array: _array,
    Hash: _hash,
    Tuple: _tuple,
    Struct: _struct,
    compounds.Variant: lambda printed: [str(part) for part in printed.types],
    compounds.Optional: _containing,
    compounds.NotUndef: _containing,
    compounds.Sensitive: _containing,
    compounds.Type: _containing,
    compounds.Init: lambda printed: [literal(one) for one in (printed.contained, *printed.arguments) if one],
    Callable: _callable,
    compounds.TypeReference: lambda printed: [puppet_quoted(printed.text)],
    ClassType: _class,
}
_NAMED: dict[type[PuppetType], Function[..., str]] = {
    TypeAlias: _alias,
    compounds.Object: lambda printed: printed.name or "Object",
    compounds.TypeSet: lambda printed: printed.name or "TypeSet",
}
