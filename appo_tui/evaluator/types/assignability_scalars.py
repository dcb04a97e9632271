"""Whether every value of one type of single values is a value of another."""

from __future__ import annotations

from appo_tui.evaluator import values
from appo_tui.evaluator.types import scalars
from appo_tui.evaluator.types.collections import ANY_SIZE
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.ruby_patterns import compiled
from appo_tui.evaluator.types.scalars import Enum, Float, Integer, Pattern, String
from appo_tui.evaluator.types.versions import SemVer, SemVerRange


def size_holds(wanted: Integer | None, offered: Integer | None) -> bool:
    """Whether every size in ``offered`` is in ``wanted``; None is any size."""
    outer, inner = wanted or ANY_SIZE, offered or ANY_SIZE
    return outer.low <= inner.low and outer.high >= inner.high


def accepts_scalar(_wanted: PuppetType, offered: PuppetType) -> bool:
    """For ``Scalar``."""
    return isinstance(offered, _SCALARS)


def accepts_scalar_data(_wanted: PuppetType, offered: PuppetType) -> bool:
    """For ``ScalarData``."""
    return isinstance(offered, _SCALAR_DATA)


def accepts_numeric(_wanted: PuppetType, offered: PuppetType) -> bool:
    """For ``Numeric``."""
    return isinstance(offered, (scalars.Numeric, Integer, Float))


def accepts_boolean(wanted: scalars.Boolean, offered: PuppetType) -> bool:
    """For booleans."""
    return isinstance(offered, scalars.Boolean) and wanted.value in (None, offered.value)


def accepts_range(wanted: Integer | Float, offered: PuppetType) -> bool:
    """For numbers."""
    return type(offered) is type(wanted) and wanted.low <= offered.low and wanted.high >= offered.high


def accepts_string(wanted: String, offered: PuppetType) -> bool:
    """For strings."""
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


def accepts_enum(wanted: Enum, offered: PuppetType) -> bool:
    """For enums."""
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


def accepts_pattern(wanted: Pattern, offered: PuppetType) -> bool:
    """For patterns."""
    if wanted == offered:
        return True
    if isinstance(offered, String):
        if offered.value is None:
            return not wanted.patterns
        return pattern_matches(wanted, offered.value)
    if isinstance(offered, Enum) and offered.values:
        return all(pattern_matches(wanted, text) for text in offered.values)
    return isinstance(offered, (Enum, Pattern)) and not wanted.patterns


def accepts_regexp(wanted: scalars.Regexp, offered: PuppetType) -> bool:
    """For regular expressions."""
    return isinstance(offered, scalars.Regexp) and wanted.pattern in (None, offered.pattern)


def accepts_version(wanted: scalars.SemVer, offered: PuppetType) -> bool:
    """For versions."""
    if not isinstance(offered, scalars.SemVer):
        return False
    return not wanted.ranges or (
        bool(offered.ranges) and all(_covers(wanted.ranges, one) for one in offered.ranges)
    )


def _covers(ranges: tuple[SemVerRange, ...], offered: SemVerRange) -> bool:
    """Whether what is in ``offered`` is in one of ``ranges``: the same range, or the one version in it."""
    plainest = offered.plainest
    version = SemVer.parse(plainest) if SemVer.is_version(plainest) else None
    return any(offered == one or (version is not None and version in one) for one in ranges)


def accepts_time(
    wanted: scalars.Timestamp | scalars.Timespan, offered: PuppetType
) -> bool:
    """For points in time and durations."""
    return type(offered) is type(wanted) and wanted.low <= offered.low and wanted.high >= offered.high


def matches_part(wanted: object, offered: object) -> bool:
    """Whether a URI's part is the text, the number or the expression that a type wants there."""
    if isinstance(wanted, values.Regexp):
        return isinstance(offered, str) and compiled(wanted.pattern).search(offered) is not None
    return str(wanted).lower() == str(offered).lower()


_SCALAR_DATA = (
    scalars.ScalarData, scalars.Numeric, scalars.Boolean, Integer, Float, String, Enum, Pattern,
)  # fmt: skip
_SCALARS = (
    *_SCALAR_DATA, scalars.Scalar, scalars.Regexp, scalars.SemVer, scalars.SemVerRange, scalars.Timespan,
    scalars.Timestamp,
)  # fmt: skip
