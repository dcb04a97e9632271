"""Whether a value is of a type."""

from __future__ import annotations

from collections.abc import Callable as Function

from appo_tui.evaluator import values
from appo_tui.evaluator.types import collections as groups
from appo_tui.evaluator.types import compounds, scalars
from appo_tui.evaluator.types.assignability import is_assignable, iterated
from appo_tui.evaluator.types.assignability_scalars import enum_has, matches_part, pattern_matches
from appo_tui.evaluator.types.collections import Array, Collection, Hash, Iterable, Struct, Tuple
from appo_tui.evaluator.types.compounds import NotUndef, Optional, TypeAlias, Variant
from appo_tui.evaluator.types.inference import infer
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.ruby_patterns import refuse_malformed
from appo_tui.evaluator.types.scalars import Any, Boolean, Enum, Float, Integer, Pattern, String
from appo_tui.evaluator.types.uris import Uri
from appo_tui.evaluator.types.versions import SemVer
from appo_tui.evaluator.values import Unknown, Value


def is_instance(wanted: PuppetType, value: Value) -> bool:
    """Whether ``value`` is of the type ``wanted``. An unknown value is of every type.

    Raises:
        InvalidPatternError: the type has a regular expression that Ruby can't read.
    """
    if isinstance(value, Unknown):
        return True
    rule = _RULES.get(type(wanted))
    return rule(wanted, value) if rule else is_assignable(wanted, infer(value))


def _holds(size: Integer | None, count: int) -> bool:
    return size is None or size.low <= count <= size.high


def _boolean(wanted: Boolean, value: Value) -> bool:
    return isinstance(value, bool) and wanted.value in (None, value)


def _integer(wanted: Integer, value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and wanted.low <= value <= wanted.high


def _float(wanted: Float, value: Value) -> bool:
    return isinstance(value, float) and wanted.low <= value <= wanted.high


def _numeric(_wanted: PuppetType, value: Value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _string(wanted: String, value: Value) -> bool:
    if not isinstance(value, str):
        return False
    return value == wanted.value if wanted.value is not None else _holds(wanted.size, len(value))


def _enum(wanted: Enum, value: Value) -> bool:
    return isinstance(value, str) and enum_has(wanted, value)


def _pattern(wanted: Pattern, value: Value) -> bool:
    return isinstance(value, str) and pattern_matches(wanted, value)


def _regexp(wanted: scalars.Regexp, value: Value) -> bool:
    if wanted.pattern is not None:
        refuse_malformed(wanted.pattern)  # Ruby makes the expression only now
    return is_assignable(wanted, infer(value))


def _collection(wanted: Collection, value: Value) -> bool:
    return isinstance(value, (tuple, dict)) and _holds(wanted.size, len(value))


def _array(wanted: Array, value: Value) -> bool:
    return (
        isinstance(value, tuple)
        and _holds(wanted.size, len(value))
        and all(is_instance(wanted.element, item) for item in value)
    )


def _hash(wanted: Hash, value: Value) -> bool:
    return (
        isinstance(value, dict)
        and _holds(wanted.size, len(value))
        and all(
            is_instance(wanted.key, key) and is_instance(wanted.value, item) for key, item in value.items()
        )
    )


def _tuple(wanted: Tuple, value: Value) -> bool:
    if not isinstance(value, tuple):
        return False
    if wanted.size is not None and not _holds(wanted.size, len(value)):
        return False
    if not wanted.types:
        return True
    if wanted.size is None and len(value) != len(wanted.types):
        return False
    last = len(wanted.types) - 1
    return all(is_instance(wanted.types[min(index, last)], item) for index, item in enumerate(value))


def _struct(wanted: Struct, value: Value) -> bool:
    if not isinstance(value, dict):
        return False
    matched = 0
    for element in wanted.elements:
        if element.name in value:
            matched += 1
            if not is_instance(element.value, value[element.name]):
                return False
        elif not element.optional:
            return False
    return matched == len(value)


def _iterable(wanted: Iterable, value: Value) -> bool:
    if wanted.contained is not None and not isinstance(wanted.contained, Any):
        element = iterated(infer(value))
        return element is not None and is_assignable(wanted.contained, element)
    if isinstance(value, int) and not isinstance(value, bool):
        return value >= 0
    if isinstance(value, Integer):
        return value.minimum is not None and value.maximum is not None
    return isinstance(value, (str, tuple, dict, Enum))


def _variant(wanted: Variant, value: Value) -> bool:
    return any(is_instance(part, value) for part in wanted.types)


def _optional(wanted: Optional, value: Value) -> bool:
    return value is None or wanted.contained is None or is_instance(wanted.contained, value)


def _not_undef(wanted: NotUndef, value: Value) -> bool:
    return value is not None and (wanted.contained is None or is_instance(wanted.contained, value))


def _sensitive(wanted: compounds.Sensitive, value: Value) -> bool:
    if not isinstance(value, values.Sensitive):
        return False
    return wanted.contained is None or is_instance(wanted.contained, value.value)


def _type(wanted: compounds.Type, value: Value) -> bool:
    if not isinstance(value, PuppetType):
        return False
    return wanted.contained is None or is_assignable(wanted.contained, value)


def _alias(wanted: TypeAlias, value: Value) -> bool:
    return is_instance(wanted.resolve(), value)


def _sem_ver(wanted: scalars.SemVer, value: Value) -> bool:
    return isinstance(value, SemVer) and (
        not wanted.ranges or any(value in one_range for one_range in wanted.ranges)
    )


def _uri(wanted: scalars.URI, value: Value) -> bool:
    if not isinstance(value, Uri):
        return False
    return all(
        is_instance(part, value.part(name))
        if isinstance(part, PuppetType)
        else matches_part(part, value.part(name))
        for name, part in wanted.parts
    )


def _init(wanted: compounds.Init, value: Value) -> bool:
    """Whether a value of the type can be made of this one, or of its elements."""
    from appo_tui.evaluator.types.conversion import takes  # it needs this module itself

    if wanted.contained is None:
        return is_assignable(wanted, infer(value))
    if is_instance(wanted.contained, value) or takes(wanted.contained, (value, *wanted.arguments)):
        return True
    return isinstance(value, tuple) and takes(wanted.contained, (*value, *wanted.arguments))


_RULES: dict[type[PuppetType], Function[..., bool]] = {
    Any: lambda _wanted, _value: True,
    scalars.Unit: lambda _wanted, _value: True,
    scalars.Undef: lambda _wanted, value: value is None,
    scalars.Numeric: _numeric,
    Boolean: _boolean,
    Integer: _integer,
    Float: _float,
    String: _string,
    Enum: _enum,
    Pattern: _pattern,
    scalars.Regexp: _regexp,
    scalars.SemVer: _sem_ver,
    scalars.URI: _uri,
    Collection: _collection,
    Array: _array,
    Hash: _hash,
    Tuple: _tuple,
    Struct: _struct,
    Iterable: _iterable,
    groups.Iterator: lambda _wanted, _value: False,
    Variant: _variant,
    Optional: _optional,
    NotUndef: _not_undef,
    compounds.Sensitive: _sensitive,
    compounds.Init: _init,
    compounds.Type: _type,
    TypeAlias: _alias,
    compounds.TypeReference: lambda _wanted, _value: False,
}
