"""The type of a value, and the type that two types have in common."""

from __future__ import annotations

import datetime
from functools import reduce

from appo_tui.evaluator import values
from appo_tui.evaluator.types import compounds, scalars
from appo_tui.evaluator.types.aliases import DATA, RICH_DATA
from appo_tui.evaluator.types.assignability import is_assignable
from appo_tui.evaluator.types.collections import (
    EMPTY_ARRAY,
    EMPTY_HASH,
    Array,
    Element,
    Hash,
    Struct,
    Tuple,
)
from appo_tui.evaluator.types.compounds import (
    Callable,
    ClassType,
    Object,
    ResourceType,
    Type,
    Variant,
)
from appo_tui.evaluator.types.kind import Containing, PuppetType
from appo_tui.evaluator.types.scalars import Any, Boolean, Enum, Float, Integer, Pattern, String, Undef, Unit
from appo_tui.evaluator.types.times import Timespan, Timestamp
from appo_tui.evaluator.types.uris import Uri
from appo_tui.evaluator.types.versions import SemVer, SemVerRange
from appo_tui.evaluator.values import Value


def infer(value: Value) -> PuppetType:
    """The one type of ``value``; the elements of an array or hash have a common type.

    An unknown value has the type ``Unit``, which goes with every type.
    """
    if isinstance(value, tuple):
        if not value:
            return EMPTY_ARRAY
        return Array(_reduced(value), Integer(len(value), len(value)))
    if isinstance(value, dict):
        if not value:
            return EMPTY_HASH
        return Hash(_reduced(tuple(value)), _reduced(tuple(value.values())), Integer(len(value), len(value)))
    return _infer_single(value)


def infer_set(value: Value) -> PuppetType:
    """As ``infer``, with the type of every element kept: tuples for arrays, structs for hashes."""
    if isinstance(value, tuple):
        return Tuple(tuple(infer_set(item) for item in value)) if value else EMPTY_ARRAY
    if not isinstance(value, dict):
        return _infer_single(value)
    if not value:
        return EMPTY_HASH
    if all(isinstance(key, str) and key for key in value):
        return Struct(tuple(Element(str(key), infer_set(item)) for key, item in value.items()))
    keys = one_of(tuple(infer_set(key) for key in value))
    items = one_of(tuple(infer_set(item) for item in value.values()))
    return Hash(keys, items, Integer(len(value), len(value)))


def _infer_single(value: Value) -> PuppetType:  # noqa: C901 - one line a kind of value
    match value:
        case None:
            return Undef()
        case bool():
            return Boolean(value)
        case int():
            return Integer(value, value)
        case float():
            return Float(value, value)
        case values.RubySymbol():
            return scalars.Runtime("ruby", "Symbol")
        case str():
            return String(value=value)
        case PuppetType():
            return Type(value)
        case values.Regexp():
            return scalars.Regexp(value.pattern)
        case values.Sensitive():
            return compounds.Sensitive(generalize(infer(value.value)))
        case values.Default():
            return scalars.Default()
        case values.Unknown():
            return Unit()
        case SemVer():
            return scalars.SemVer((SemVerRange(f"{value} - {value}"),))
        case SemVerRange():
            return scalars.SemVerRange()
        case Timestamp():
            return scalars.Timestamp(value, value)
        case Timespan():
            return scalars.Timespan(value, value)
        case bytes():
            return scalars.Binary()
        case datetime.date():
            is_time = isinstance(value, datetime.datetime)
            return scalars.Runtime("ruby", "Time" if is_time else "Date")
        case Uri():
            return scalars.URI(value.shown_parts)
        case tuple() | dict():
            return infer(value)
    return Object(type(value).__name__)


def one_of(types: tuple[PuppetType, ...]) -> PuppetType:
    """A ``Variant`` of ``types`` without repetition, or the one type that they all are."""
    flat: dict[PuppetType, None] = {}
    for one in types:
        flat.update(dict.fromkeys(one.types if isinstance(one, Variant) else (one,)))
    return next(iter(flat)) if len(flat) == 1 else Variant(tuple(flat))


def _reduced(items: tuple[Value, ...]) -> PuppetType:
    return reduce(common_type, (infer(item) for item in items))


def common_type(left: PuppetType, right: PuppetType) -> PuppetType:
    """The narrowest type that Puppet finds for values of either type."""
    if isinstance(left, (Undef, Unit)):
        return right
    if isinstance(right, (Undef, Unit)):
        return left
    if is_assignable(left, right):
        return left
    if is_assignable(right, left):
        return right
    alike = _common_of_one_kind(left, right) or _common_of_strings(left, right)
    if alike is not None:
        return alike
    for general in (scalars.Numeric(), scalars.ScalarData(), scalars.Scalar(), DATA):
        if is_assignable(general, left) and is_assignable(general, right):
            return general
    if isinstance(left, Type) and isinstance(right, Type):
        return Type(common_type(left.contained or Any(), right.contained or Any()))
    if is_assignable(RICH_DATA, left) and is_assignable(RICH_DATA, right):
        return RICH_DATA
    return Any()


def _common_of_one_kind(  # noqa: C901 - one line a kind of type
    left: PuppetType, right: PuppetType
) -> PuppetType | None:
    match left, right:
        case Array(), Array():
            return Array(common_type(left.element, right.element))
        case Hash(), Hash():
            return Hash(common_type(left.key, right.key), common_type(left.value, right.value))
        case ClassType(), ClassType():
            return ClassType()
        case ResourceType(), ResourceType():
            same = (left.type_name or "").lower() == (right.type_name or "").lower()
            return ResourceType(left.type_name) if same else ResourceType()
        case Integer(), Integer():
            return Integer(*_common_range(left, right))
        case Float(), Float():
            return Float(*_common_range(left, right))
        case Pattern(), Pattern():
            return Pattern(tuple(dict.fromkeys(left.patterns + right.patterns)))
        case Variant(), Variant():
            return one_of(left.types + right.types)
        case scalars.Regexp(), scalars.Regexp():
            return scalars.Regexp()
        case Callable(), Callable():
            return Callable()
        case (scalars.SemVer(), scalars.SemVer()) | (scalars.Timestamp(), scalars.Timestamp()):
            return type(left)()
    return None


def _common_range(left: Integer | Float, right: Integer | Float) -> tuple[int | None, int | None]:
    lows, highs = (left.minimum, right.minimum), (left.maximum, right.maximum)
    low = None if None in lows else min(left.low, right.low)
    high = None if None in highs else max(left.high, right.high)
    return low, high  # type: ignore[return-value]  # of the ranges' own kind of number


def _common_of_strings(left: PuppetType, right: PuppetType) -> PuppetType | None:
    if not isinstance(left, (String, Enum)) or not isinstance(right, (String, Enum)):
        return None
    if isinstance(left, String) and isinstance(right, String) and left.size and right.size:
        return String(Integer(*_common_range(left.size, right.size)))
    texts: list[str] = []
    for one in (left, right):
        if isinstance(one, String) and one.value is None:
            return String() if isinstance(left, String) and isinstance(right, String) else Enum()
        texts.extend(one.values if isinstance(one, Enum) else (one.value or "",))
    return Enum(tuple(texts))


def generalize(general: PuppetType) -> PuppetType:
    """``general`` without what it says of single values: no ranges, sizes or strings."""
    match general:
        case Enum(values=texts) if texts:
            lengths = [len(text) for text in texts]
            return String(Integer(min(lengths), max(lengths)))
        case Integer() | Float() | String() | Boolean() | Enum():
            return String() if isinstance(general, Enum) else type(general)()
        case Array():
            return Array(generalize(general.element))
        case Hash():
            if general == EMPTY_HASH:
                return general
            return Hash(generalize(general.key), generalize(general.value))
        case Tuple():
            return Tuple(tuple(generalize(part) for part in general.types), general.size)
        case Struct():
            return Struct(
                tuple(Element(one.name, generalize(one.value), one.optional) for one in general.elements)
            )
        case Variant():
            return one_of(tuple(generalize(part) for part in general.types)) if general.types else general
        case _:
            return _generalize_contained(general)


def _generalize_contained(general: PuppetType) -> PuppetType:
    if isinstance(general, scalars.URI | scalars.Timespan | scalars.Timestamp):
        return type(general)()
    if isinstance(general, Containing) and general.contained is not None:
        return type(general)(generalize(general.contained))
    return general
