"""Whether every value of one type is a value of another.

Manual: https://github.com/puppetlabs/puppet-specifications/blob/master/language/types_values_variables.md
"""

from __future__ import annotations

from collections.abc import Callable as Function
from contextvars import ContextVar
from typing import Final

from appo_tui.evaluator.types import collections as groups
from appo_tui.evaluator.types import compounds, scalars
from appo_tui.evaluator.types.assignability_scalars import (
    accepts_boolean,
    accepts_enum,
    accepts_numeric,
    accepts_pattern,
    accepts_range,
    accepts_regexp,
    accepts_scalar,
    accepts_scalar_data,
    accepts_string,
    accepts_time,
    accepts_version,
    matches_part,
    size_holds,
)
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
from appo_tui.evaluator.types.scalars import Any, Enum, Float, Integer, Pattern, String, Undef, Unit

UNDEF: Final = Undef()
_in_question: ContextVar[frozenset[tuple[PuppetType, PuppetType]]] = ContextVar(
    "_in_question", default=frozenset()
)


def is_assignable(wanted: PuppetType, offered: PuppetType) -> bool:
    """Whether a value of type ``offered`` always is a value of type ``wanted``."""
    if type(wanted) is ResourceType and isinstance(offered, ResourceType):  # as is asked most
        return _resource(wanted, offered)
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


def _same(wanted: PuppetType, offered: PuppetType) -> bool:
    return wanted == offered


def _any(_wanted: PuppetType, _offered: PuppetType) -> bool:
    return True


def _uri(wanted: scalars.URI, offered: PuppetType) -> bool:
    if not isinstance(offered, scalars.URI):
        return False
    given = dict(offered.parts)
    return all(name in given and _part_fits(part, given[name]) for name, part in wanted.parts)


def _part_fits(wanted: object, offered: object) -> bool:
    if isinstance(wanted, PuppetType) and isinstance(offered, PuppetType):
        return is_assignable(wanted, offered)
    if isinstance(wanted, PuppetType):
        kind = Integer() if isinstance(offered, int) else String(value=str(offered))
        return is_assignable(wanted, kind)
    return matches_part(wanted, offered)


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
    if not isinstance(offered, Array) or not size_holds(wanted.size, offered.size):
        return False
    return _is_empty(offered.size) or is_assignable(wanted.element, offered.element)


def _is_empty(size: Integer | None) -> bool:
    return size is not None and size.maximum == 0


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


_RULES: dict[type[PuppetType], Function[..., bool]] = {
    Any: _any,
    scalars.Scalar: accepts_scalar,
    scalars.ScalarData: accepts_scalar_data,
    scalars.Numeric: accepts_numeric,
    scalars.Boolean: accepts_boolean,
    Integer: accepts_range,
    Float: accepts_range,
    String: accepts_string,
    Enum: accepts_enum,
    Pattern: accepts_pattern,
    scalars.Regexp: accepts_regexp,
    scalars.SemVer: accepts_version,
    scalars.Timestamp: accepts_time,
    scalars.Timespan: accepts_time,
    scalars.URI: _uri,
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
