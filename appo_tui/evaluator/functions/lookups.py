"""Functions that look data up.

Manual: https://www.puppet.com/docs/puppet/7/hiera_automatic.html
"""

from __future__ import annotations

import re

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError, NotFoundError
from appo_tui.evaluator.functions.registry import Unknowns, built_in, stdlib
from appo_tui.evaluator.hiera import HieraResult
from appo_tui.evaluator.hiera.interpolation import segments
from appo_tui.evaluator.hiera.merging import merge_named
from appo_tui.evaluator.types import PuppetType, is_instance
from appo_tui.evaluator.types.parameters import describe_mismatch
from appo_tui.evaluator.values import Unknown, Value

_OPTIONS = (
    "value_type => Optional[ValueType], default_value => DefaultValueType, override => "
    "Optional[Hash[String, Any]], default_values_hash => Optional[Hash[String, Any]], merge => "
    "Optional[MergeType]"
)
_LOCAL_TYPES = (
    ("NameType", "Variant[String, Array[String]]"),
    ("ValueType", "Type"),
    ("DefaultValueType", "Any"),
    ("MergeType", "Variant[String[1], Hash[String, Scalar]]"),
    ("BlockType", "Callable[NameType]"),
    ("OptionsWithName", f"Struct[{{name => NameType, {_OPTIONS}}}]"),
    ("OptionsWithoutName", f"Struct[{{{_OPTIONS}}}]"),
)


@built_in("lookup",
    "NameType name, ValueType value_type?, MergeType merge?",
    "NameType name, Optional[ValueType] value_type, Optional[MergeType] merge, "
    "DefaultValueType default_value",
    "NameType name, ValueType value_type?, MergeType merge?, BlockType &block",
    "OptionsWithName options_hash, BlockType &block?",
    "Variant[String, Array[String]] name, OptionsWithoutName options_hash, BlockType &block?",
    unknowns=Unknowns.WHOLE, local_types=_LOCAL_TYPES,
)  # fmt: skip
def lookup(call: FunctionCall, first: Value, *rest: Value) -> Value:
    """The value of the first of some keys that has one, else a default; it fails if there is neither."""
    options = _options(first, rest)
    names = options["name"]
    keys = tuple(str(name) for name in (names if isinstance(names, tuple) else (names,)))
    overridden = options.get("override")
    for key in keys:
        if isinstance(overridden, dict) and key in overridden:
            return _checked(options, overridden[key], "Found value")
        result = _find(call, key, options.get("merge"))
        if result.found:
            return _checked(options, result.value, "Found value")
    defaults = options.get("default_values_hash")
    for key in keys:
        if isinstance(defaults, dict) and key in defaults:
            return _checked(options, defaults[key], f"Value found for key '{key}' in default values hash")
    if call.block is not None:
        return _checked(options, call.block(names), "Value returned from default block")
    if "default_value" in options:
        return _checked(options, options["default_value"], "Default value")
    raise NotFoundError(_not_found(keys))


def _options(first: Value, rest: tuple[Value, ...]) -> dict[Value, Value]:
    """The call's arguments by name, however they were given."""
    if isinstance(first, dict):
        return first
    if rest and isinstance(rest[0], dict) and len(rest) == 1:
        return {"name": first, **rest[0]}
    return {"name": first, **dict(zip(("value_type", "merge", "default_value"), rest, strict=False))}


def _not_found(keys: tuple[str, ...]) -> str:
    if len(keys) == 1:
        return f"Function lookup() did not find a value for the name '{keys[0]}'"
    names = ", ".join(repr(key) for key in keys)
    return f"Function lookup() did not find a value for any of the names [{names}]"


def _checked(options: dict[Value, Value], value: Value, subject: str) -> Value:
    wanted = options.get("value_type")
    if isinstance(wanted, PuppetType) and not is_instance(wanted, value):
        raise FunctionError(describe_mismatch(f"{subject} has wrong type,", wanted, value))
    return value


def _find(call: FunctionCall, key: str, merge: Value) -> HieraResult:
    if call.hiera is None:
        segments(key, called=f"key: '{key}'")
        merge_named(merge)
        return HieraResult(found=False, value=None, key=key)
    result = call.hiera.lookup(key, call.lookup_variable, merge=merge)
    if result.place is not None:
        call.context.note_data(call.place, result.place)
    return result


_OLD = (
    "Tuple[String, Any, Any, 1, 3] args", "String key", "String key, Any default, Any override?",
    "String key, Callable[1, 1] &default_block", "String key, Any override, Callable[1, 1] &default_block",
)  # fmt: skip


def _hiera(name: str, merge: Value) -> None:
    def find(call: FunctionCall, first: Value, *rest: Value) -> Value:
        named, *default = first if isinstance(first, tuple) else (first, *rest)
        key = str(named)
        result = _find(call, key, merge)
        if result.found:
            value = result.value
            alone = merge == "unique" and not isinstance(value, (tuple, Unknown))
            return (value,) if alone else value
        if call.block is not None:
            return call.block(key)
        if default:
            return default[0]
        raise NotFoundError(_not_found((key,)))

    find.__doc__ = "A key's value, by the functions that ``lookup`` replaced."
    built_in(name, *_OLD, unknowns=Unknowns.WHOLE)(find)


_hiera("hiera", None)
_hiera("hiera_array", "unique")
_hiera("hiera_hash", "hash")


@stdlib("fact", "String fact_name")
def fact(call: FunctionCall, name: str) -> Value:
    """A fact by its path, as ``networking.ip`` or ``a."b.c".0``; undef where there is none."""
    path = [quoted or plain for plain, quoted in re.findall(r'([^."]+)|"([^"]+)"', name)]
    value = call.context.lookup_variable("::facts")
    for position, step in enumerate(path):
        if isinstance(value, tuple):
            index = int(step) if re.fullmatch(r"[+-]?\d+", step) else len(value)
            value = value[index] if -len(value) <= index < len(value) else None
        elif isinstance(value, dict) and (position or step in value):
            value = value.get(step)
        else:
            value = call.context.lookup_variable(f"::{step}") if position == 0 else None
        if value is None or isinstance(value, Unknown):
            return value
    return value
