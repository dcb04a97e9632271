"""Whether every value of one type is a value of another.

Manual: https://github.com/puppetlabs/puppet-specifications/blob/master/language/types_values_variables.md
"""

from __future__ import annotations

from collections.abc import Callable as Function
from contextvars import ContextVar
from typing import Final

from appo_tui.evaluator.types import collections as groups
from appo_tui.evaluator.types import compounds, scalars
from appo_tui.evaluator.types.collections import ANY_SIZE, Array, Collection, Hash, Iterable, Struct, Tuple
from appo_tui.evaluator.types.compounds import (
    Callable,
    CatalogEntry,
    ClassType,
    NotUndef,
    Optional,
    ResourceType,
    TypeAlias,
    Variant,
)
from appo_tui.evaluator.types.kind import Containing, PuppetType
from appo_tui.evaluator.types.ruby_patterns import compiled
from appo_tui.evaluator.types.scalars import Any, Enum, Float, Integer, Pattern, String, Undef, Unit

UNDEF: Final = Undef()
_in_question: ContextVar[frozenset[tuple[PuppetType, PuppetType]]] = ContextVar(
    "_in_question", default=frozenset()
)


def is_assignable(wanted: PuppetType, offered: PuppetType) -> bool:
    """Whether a value of type ``offered`` always is a value of type ``wanted``."""
    if isinstance(offered, Unit) or isinstance(wanted, Unit):
        return True
    if isinstance(wanted, TypeAlias) or isinstance(offered, TypeAlias):
        return _with_aliases(wanted, offered)
    if isinstance(offered, Variant):
        if type(wanted) is Any:
            return True
        return bool(offered.types) and all(is_assignable(wanted, part) for part in offered.types)
    if isinstance(offered, Optional):
        contained = offered.contained
        return is_assignable(wanted, UNDEF) and (contained is None or is_assignable(wanted, contained))
    if (
        isinstance(offered, NotUndef)
        and offered.contained is not None
        and not is_assignable(offered.contained, UNDEF)
    ):
        return is_assignable(wanted, offered.contained)
    return _RULES.get(type(wanted), _same)(wanted, offered)


def _with_aliases(wanted: PuppetType, offered: PuppetType) -> bool:
    """Follows aliases; a question that comes up while it is being answered is answered with yes."""
    if wanted == offered:
        return True
    question = (wanted, offered)
    open_questions = _in_question.get()
    if question in open_questions:
        return True
    token = _in_question.set(open_questions | {question})
    try:
        return is_assignable(
            wanted.resolve() if isinstance(wanted, TypeAlias) else wanted,
            offered.resolve() if isinstance(offered, TypeAlias) else offered,
        )
    finally:
        _in_question.reset(token)


def size_holds(wanted: Integer | None, offered: Integer | None) -> bool:
    """Whether every size in ``offered`` is in ``wanted``; None is any size."""
    outer, inner = wanted or ANY_SIZE, offered or ANY_SIZE
    return outer.low <= inner.low and outer.high >= inner.high


def _same(wanted: PuppetType, offered: PuppetType) -> bool:
    return wanted == offered


def _any(_wanted: PuppetType, _offered: PuppetType) -> bool:
    return True


def _scalar(_wanted: PuppetType, offered: PuppetType) -> bool:
    return isinstance(offered, _SCALARS)


def _scalar_data(_wanted: PuppetType, offered: PuppetType) -> bool:
    return isinstance(offered, _SCALAR_DATA)


def _numeric(_wanted: PuppetType, offered: PuppetType) -> bool:
    return isinstance(offered, (scalars.Numeric, Integer, Float))


def _boolean(wanted: scalars.Boolean, offered: PuppetType) -> bool:
    return isinstance(offered, scalars.Boolean) and wanted.value in (None, offered.value)


def _range(wanted: Integer | Float, offered: PuppetType) -> bool:
    return type(offered) is type(wanted) and wanted.low <= offered.low and wanted.high >= offered.high


def _string(wanted: String, offered: PuppetType) -> bool:
    if wanted.value is not None:
        if isinstance(offered, String):
            return wanted.value == offered.value
        return isinstance(offered, Enum) and len(offered.values) == 1 and not offered.ignores_case
    if wanted.size is None:
        return isinstance(offered, (String, Enum, Pattern))
    if isinstance(offered, String):
        return size_holds(wanted.size, offered.derived_size)
    if isinstance(offered, Enum) and offered.values:
        return all(wanted.size.low <= len(text) <= wanted.size.high for text in offered.values)
    return isinstance(offered, (Enum, Pattern)) and size_holds(wanted.size, ANY_SIZE)


def enum_has(enum: Enum, text: str | None) -> bool:
    """Whether ``text`` is one of the strings of ``enum``."""
    if text is None:
        return False
    if enum.ignores_case:
        return text.lower() in (value.lower() for value in enum.values)
    return text in enum.values


def _enum(wanted: Enum, offered: PuppetType) -> bool:
    if wanted == offered:
        return True
    if not wanted.values:
        return isinstance(offered, (String, Enum, Pattern))
    if isinstance(offered, String):
        return enum_has(wanted, offered.value)
    if not isinstance(offered, Enum) or not offered.values:
        return False
    return (wanted.ignores_case or not offered.ignores_case) and all(
        enum_has(wanted, text) for text in offered.values
    )


def pattern_matches(pattern: Pattern, text: str) -> bool:
    """Whether ``text`` matches one of the expressions of ``pattern``, anywhere in it."""
    return not pattern.patterns or any(compiled(one.pattern).search(text) for one in pattern.patterns)


def _pattern(wanted: Pattern, offered: PuppetType) -> bool:
    if wanted == offered:
        return True
    if isinstance(offered, String):
        if offered.value is None:
            return not wanted.patterns
        return pattern_matches(wanted, offered.value)
    if isinstance(offered, Enum) and offered.values:
        return all(pattern_matches(wanted, text) for text in offered.values)
    return isinstance(offered, (Enum, Pattern)) and not wanted.patterns


def _regexp(wanted: scalars.Regexp, offered: PuppetType) -> bool:
    return isinstance(offered, scalars.Regexp) and wanted.pattern in (None, offered.pattern)


def _sem_ver(wanted: scalars.SemVer, offered: PuppetType) -> bool:
    return isinstance(offered, scalars.SemVer) and (not wanted.ranges or wanted.ranges == offered.ranges)


def _kind(wanted: PuppetType, offered: PuppetType) -> bool:
    return type(wanted) is type(offered)


def _collection(wanted: Collection, offered: PuppetType) -> bool:
    if isinstance(offered, Tuple):
        return size_holds(wanted.size, offered.size_range)
    if isinstance(offered, Struct):
        return size_holds(wanted.size, Integer(len(offered.elements), len(offered.elements)))
    return isinstance(offered, (Collection, Array, Hash)) and size_holds(wanted.size, offered.size)


def _array(wanted: Array, offered: PuppetType) -> bool:
    if isinstance(offered, Tuple):
        return size_holds(wanted.size, offered.size_range) and all(
            is_assignable(wanted.element, part) for part in offered.types
        )
    return (
        isinstance(offered, Array)
        and size_holds(wanted.size, offered.size)
        and is_assignable(wanted.element, offered.element)
    )


def _hash(wanted: Hash, offered: PuppetType) -> bool:
    if isinstance(offered, Hash):
        if offered == groups.EMPTY_HASH and (wanted.size is None or wanted.size.low <= 0):
            return True
        return (
            is_assignable(wanted.key, offered.key)
            and is_assignable(wanted.value, offered.value)
            and size_holds(wanted.size, offered.size)
        )
    if not isinstance(offered, Struct):
        return False
    size = wanted.size or ANY_SIZE
    return size.low <= len(offered.elements) <= size.high and all(
        is_assignable(wanted.key, String(value=element.name)) and is_assignable(wanted.value, element.value)
        for element in offered.elements
    )


def _tuple(wanted: Tuple, offered: PuppetType) -> bool:
    if wanted == offered:
        return True
    if not isinstance(offered, (Tuple, Array)):
        return False
    size = offered.size_range if isinstance(offered, Tuple) else offered.size
    if not size_holds(wanted.size_range, size):
        return False
    if not wanted.types:
        return True
    if isinstance(offered, Tuple):
        if not offered.types:
            return wanted.size_range.low == 0
        parts = offered.types
    else:
        parts = (offered.element,) * int(min(len(wanted.types), (size or ANY_SIZE).high))
    return all(
        is_assignable(wanted.types[min(index, len(wanted.types) - 1)], part)
        for index, part in enumerate(parts)
    )


def _struct(wanted: Struct, offered: PuppetType) -> bool:
    if isinstance(offered, Struct):
        given = {element.name: element for element in offered.elements}
        for element in wanted.elements:
            match = given.pop(element.name, None)
            if match is None:
                if not element.optional:
                    return False
            elif (match.optional and not element.optional) or not is_assignable(element.value, match.value):
                return False
        return not given
    if not isinstance(offered, Hash):
        return False
    required = [element for element in wanted.elements if not element.optional]
    return (
        all(is_assignable(element.value, offered.value) for element in required)
        and (not required or is_assignable(String(), offered.key))
        and size_holds(Integer(len(required), len(wanted.elements)), offered.size)
    )


def _variant(wanted: Variant, offered: PuppetType) -> bool:
    return any(is_assignable(part, offered) for part in wanted.types)


def _optional(wanted: Optional, offered: PuppetType) -> bool:
    if isinstance(offered, Undef) or wanted.contained is None:
        return True
    return is_assignable(wanted.contained, offered)


def _not_undef(wanted: NotUndef, offered: PuppetType) -> bool:
    return not is_assignable(offered, UNDEF) and (
        wanted.contained is None or is_assignable(wanted.contained, offered)
    )


def _containing(wanted: Containing, offered: PuppetType) -> bool:
    if type(offered) is not type(wanted):
        return False
    if wanted.contained is None:
        return True
    return is_assignable(wanted.contained, offered.contained or Any())


def _iterable(wanted: Iterable, offered: PuppetType) -> bool:
    element = iterated(offered)
    if element is None:
        return False
    return wanted.contained is None or is_assignable(wanted.contained, element)


def iterated(offered: PuppetType) -> PuppetType | None:
    """The type of what iterating over a value of type ``offered`` gives; None if it can't be."""
    match offered:
        case Array(element=element):
            return element
        case Iterable(contained=contained) | groups.Iterator(contained=contained):
            return contained or Any()
        case String() | Enum() | Pattern():
            return String(Integer(1, 1))
        case Integer():
            return Integer()
        case Hash(key=key, value=value):
            return Tuple((key, value))
        case Struct(elements=elements):
            keys = tuple(String(value=element.name) for element in elements)
            return Tuple((Variant(keys), Variant(tuple(element.value for element in elements))))
        case Tuple(types=types):
            return Variant(types) if types else Any()
        case compounds.Type(contained=Integer() | Enum() as contained):
            return contained if _is_bounded(contained) else None
        case Collection():
            return Any()
    return None


def _is_bounded(listed: Integer | Enum) -> bool:
    return isinstance(listed, Enum) or (listed.minimum is not None and listed.maximum is not None)


def _callable(wanted: Callable, offered: PuppetType) -> bool:
    if not isinstance(offered, Callable):
        return False
    if wanted.returns is not None and not is_assignable(wanted.returns, offered.returns or Any()):
        return False
    if wanted.parameters is None:
        return True
    # the one who calls is constrained, so parameters and block are asked the other way round
    if offered.parameters is None or not is_assignable(offered.parameters, wanted.parameters):
        return False
    return is_assignable(offered.block or UNDEF, wanted.block or UNDEF)


def _catalog_entry(_wanted: PuppetType, offered: PuppetType) -> bool:
    return isinstance(offered, CatalogEntry)


def _class(wanted: ClassType, offered: PuppetType) -> bool:
    return isinstance(offered, ClassType) and wanted.name in (None, offered.name)


def _resource(wanted: ResourceType, offered: PuppetType) -> bool:
    if not isinstance(offered, ResourceType):
        return False
    if wanted.type_name is None:
        return True
    same_type = wanted.type_name.lower() == (offered.type_name or "").lower()
    return same_type and wanted.title in (None, offered.title)


_SCALAR_DATA = (
    scalars.ScalarData, scalars.Numeric, scalars.Boolean, Integer, Float, String, Enum, Pattern,
)  # fmt: skip
_SCALARS = (
    *_SCALAR_DATA, scalars.Scalar, scalars.Regexp, scalars.SemVer, scalars.SemVerRange, scalars.Timespan,
    scalars.Timestamp,
)  # fmt: skip
_RULES: dict[type[PuppetType], Function[..., bool]] = {
    Any: _any,
    scalars.Scalar: _scalar,
    scalars.ScalarData: _scalar_data,
    scalars.Numeric: _numeric,
    scalars.Boolean: _boolean,
    Integer: _range,
    Float: _range,
    String: _string,
    Enum: _enum,
    Pattern: _pattern,
    scalars.Regexp: _regexp,
    scalars.SemVer: _sem_ver,
    scalars.Timestamp: _kind,
    scalars.Timespan: _kind,
    scalars.Runtime: _kind,
    Collection: _collection,
    Array: _array,
    Hash: _hash,
    Tuple: _tuple,
    Struct: _struct,
    Iterable: _iterable,
    groups.Iterator: _containing,
    Variant: _variant,
    Optional: _optional,
    NotUndef: _not_undef,
    compounds.Sensitive: _containing,
    compounds.Type: _containing,
    compounds.Init: _kind,
    Callable: _callable,
    CatalogEntry: _catalog_entry,
    ClassType: _class,
    ResourceType: _resource,
    compounds.Object: lambda wanted, offered: (
        isinstance(offered, compounds.Object) and wanted.name in (None, offered.name)
    ),
}
