"""What ``[]`` after the types of single values gives."""

from __future__ import annotations

from dataclasses import replace

from appo_tui.evaluator import values
from appo_tui.evaluator.types import scalars
from appo_tui.evaluator.types.access_keys import (
    RAISED,
    Keys,
    Rules,
    TypeAccessError,
    bound,
    check_keys,
    is_integer,
    label_of,
    size_constraint,
    wrong_count,
)
from appo_tui.evaluator.types.assignability import is_assignable
from appo_tui.evaluator.types.compounds import NotUndef
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.making_times import timespan, timestamp
from appo_tui.evaluator.types.ruby_patterns import compiled
from appo_tui.evaluator.types.ruby_values import ruby_class
from appo_tui.evaluator.types.scalars import Boolean, Enum, Float, Integer, Pattern, String
from appo_tui.evaluator.types.times import Timespan, Timestamp
from appo_tui.evaluator.types.uris import NAMES, Uri
from appo_tui.evaluator.types.versions import SemVerRange
from appo_tui.evaluator.values import Value


def _integer(_general: PuppetType, keys: Keys) -> PuppetType:
    if not 1 <= len(keys) <= 2:
        raise TypeAccessError(
            f"Integer-Type supports [] with one or two arguments (from, to). Got {len(keys)}"
        )
    for index, key in enumerate(keys):
        if not (is_integer(key) or isinstance(key, values.Default)):
            raise TypeAccessError(
                f"Integer-Type [] requires all arguments to be integers (or default). Got {ruby_class(key)}",
                index,
            )
    low, high = bound(keys[0]), bound(keys[1]) if len(keys) > 1 else None
    if low is not None and high is not None and low > high:
        raise TypeAccessError(f"{RAISED}'from' must be less or equal to 'to'. Got ({low}, {high}")
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
                f"Got {ruby_class(key)}",
                index,
            )
    low, high = (*bounds, None)[:2]
    if low is not None and high is not None and low > high:
        raise TypeAccessError(f"{RAISED}'from' must be less or equal to 'to'. Got ({low}, {high}")
    return Float(low, high)


def _string(_general: PuppetType, keys: Keys) -> PuppetType:
    if not 1 <= len(keys) <= 2:
        raise TypeAccessError(f"String supports [] with one or two arguments. Got {len(keys)}")
    return String(size_constraint(keys, 0))


def _boolean(general: PuppetType, keys: Keys) -> PuppetType:
    check_keys(general, keys, 1, (bool,), "TrueClass or FalseClass")
    return Boolean(bool(keys[0]))


def _enum(general: PuppetType, keys: Keys) -> PuppetType:
    ignores_case = bool(keys) and keys[-1] is True
    if keys and isinstance(keys[-1], bool):
        keys = keys[:-1]
    check_keys(general, keys, None, (str,), "String")
    return Enum(tuple(str(key) for key in keys), ignores_case=ignores_case)


def _pattern(general: PuppetType, keys: Keys) -> PuppetType:
    allowed = (str, values.Regexp, Pattern, scalars.Regexp)
    check_keys(general, keys, None, allowed, "String or Regexp or Pattern-Type or Regexp-Type")
    patterns: list[values.Regexp] = []
    for key in keys:
        if isinstance(key, Pattern):
            patterns.extend(key.patterns)
        elif isinstance(key, values.Regexp):
            patterns.append(key)
        elif isinstance(key, scalars.Regexp):
            patterns.append(values.Regexp(key.pattern or ""))
        else:
            compiled(str(key))
            patterns.append(values.Regexp(str(key)))
    return Pattern(tuple(patterns))


def _regexp(general: PuppetType, keys: Keys) -> PuppetType:
    if len(keys) > 1:
        raise TypeAccessError(str(wrong_count(general, 1, 1, len(keys))), 1)
    check_keys(general, keys, 1, (str, values.Regexp), "String or Regexp")
    key = keys[0]
    return scalars.Regexp(key.pattern if isinstance(key, values.Regexp) else str(key))


def _sem_ver(general: PuppetType, keys: Keys) -> PuppetType:
    check_keys(general, keys, None, (str, SemVerRange), "String or SemanticPuppet::VersionRange")
    try:
        return scalars.SemVer(
            tuple(key if isinstance(key, SemVerRange) else SemVerRange.parse(str(key)) for key in keys)
        )
    except ValueError as error:
        raise TypeAccessError(f"{RAISED}{error}") from error


def _times(general: scalars.Timestamp | scalars.Timespan, keys: Keys) -> PuppetType:
    if len(keys) > 2:
        raise wrong_count(general, 0, 2, len(keys))
    low, high = ([*(_time(general, key) for key in keys), None, None])[:2]
    if low is not None and high is not None and low.nanoseconds > high.nanoseconds:
        raise TypeAccessError(f"{RAISED}'from' must be less or equal to 'to'. Got ({low}, {high}")
    return replace(general, minimum=low, maximum=high)  # type: ignore[arg-type]  # of the type's own kind


def _time(general: PuppetType, key: Value) -> Timestamp | Timespan | None:
    """One end of a range of times."""
    if isinstance(key, values.Default | Timestamp | Timespan):
        return None if isinstance(key, values.Default) else key
    if isinstance(key, bool) or not isinstance(key, str | int | float | dict):
        kind = f"Puppet::Pops::Time::{general.keyword}"
        raise TypeAccessError(f"{RAISED}Unable to create a {kind} from a {ruby_class(key)}")
    try:
        return timespan(key) if isinstance(general, scalars.Timespan) else timestamp(key)
    except ValueError as error:
        raise TypeAccessError(f"{RAISED}{error}") from error


def _runtime(general: PuppetType, keys: Keys) -> PuppetType:
    if len(keys) != 2:
        raise wrong_count(general, 1, 2, len(keys))
    check_keys(general, keys, 2, (str,), "String or String")
    return scalars.Runtime(str(keys[0]), str(keys[1]))


def _uri(general: PuppetType, keys: Keys) -> PuppetType:
    if len(keys) != 1:
        raise wrong_count(label_of(general), 1, 1, len(keys))
    key = keys[0]
    if isinstance(key, str):
        try:
            return scalars.URI(Uri.parse(key).shown_parts)
        except ValueError as error:
            raise TypeAccessError(f"{RAISED}{error}") from error
    if isinstance(key, scalars.URI):
        return key
    if isinstance(key, dict) and all(_is_part(name, part) for name, part in key.items()):
        return scalars.URI(tuple((str(name), part) for name, part in key.items()))
    raise TypeAccessError(f"{label_of(general)}[] arguments must be types. Got {ruby_class(key)}", 0)


def _is_part(name: Value, part: Value) -> bool:
    """Whether types of URIs may ask for ``part`` by that name."""
    if name not in NAMES:
        return False
    if name == "port" and isinstance(part, int) and not isinstance(part, bool):
        return part >= 0
    if isinstance(part, PuppetType):
        return is_assignable(NotUndef(), part) or part == scalars.Undef()
    return isinstance(part, values.Regexp) or (name != "port" and isinstance(part, str) and part != "")


SCALAR_RULES: Rules = {
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
    scalars.URI: _uri,
}
