"""What ``[]`` after the types of single values gives."""

from __future__ import annotations

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
    size_constraint,
    wrong_count,
)
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.ruby_patterns import compiled
from appo_tui.evaluator.types.ruby_values import ruby_class
from appo_tui.evaluator.types.scalars import Boolean, Enum, Float, Integer, Pattern, String
from appo_tui.evaluator.types.versions import SemVerRange


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
    return Float(*bounds)


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
    check_keys(general, keys, 1, (str, values.Regexp), "String or Regexp")
    key = keys[0]
    return scalars.Regexp(key.pattern if isinstance(key, values.Regexp) else str(key))


def _sem_ver(general: PuppetType, keys: Keys) -> PuppetType:
    check_keys(general, keys, None, (str, SemVerRange), "String or SemVerRange")
    return scalars.SemVer(
        tuple(key if isinstance(key, SemVerRange) else SemVerRange(str(key)) for key in keys)
    )


def _times(general: PuppetType, keys: Keys) -> PuppetType:
    if len(keys) > 2:
        raise wrong_count(general, 0, 2, len(keys))
    bounds = [None if isinstance(key, values.Default) else key for key in keys]
    return type(general)(*bounds)


def _runtime(general: PuppetType, keys: Keys) -> PuppetType:
    check_keys(general, keys, 2, (str,), "String")
    return scalars.Runtime(str(keys[0]), str(keys[1]) if len(keys) > 1 else None)


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
    scalars.URI: lambda general, _keys: general,
}
