"""How values are compared, ordered, matched and found in one another.

Strings are equal without regard to case, in all of these.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from appo_tui.evaluator import types
from appo_tui.evaluator.hash_keys import element, has_element
from appo_tui.evaluator.types.ruby_patterns import InvalidPatternError, compiled
from appo_tui.evaluator.types.times import Timespan, Timestamp
from appo_tui.evaluator.types.uris import Uri
from appo_tui.evaluator.types.versions import SemVer
from appo_tui.evaluator.values import DEFAULT, Regexp, Value

if TYPE_CHECKING:
    from appo_tui.evaluator.scope import Scope


_ASCII_CAPITALS: Final = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def lowered(text: str) -> str:
    """Text as it is compared: Puppet disregards the case of ASCII letters alone."""
    return text.lower() if text.isascii() else text.translate(_ASCII_CAPITALS)


def equals(left: Value, right: Value) -> bool:
    """``==``."""
    if isinstance(left, str):
        return isinstance(right, str) and lowered(left) == lowered(right)
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, Timespan | Timestamp) and isinstance(right, int | float):
        return left.seconds == right
    if isinstance(left, int | float):
        return equals(right, left) if isinstance(right, Timespan | Timestamp) else left == right
    if isinstance(left, tuple):
        return (
            isinstance(right, tuple)
            and len(left) == len(right)
            and all(equals(one, other) for one, other in zip(left, right, strict=True))
        )
    if isinstance(left, dict):
        return (
            isinstance(right, dict)
            and len(left) == len(right)
            and all(
                has_element(right, key) and equals(element(right, key), value) for key, value in left.items()
            )
        )
    if isinstance(left, Uri):
        return isinstance(right, Uri) and left.normalized == right.normalized
    if isinstance(left, types.PuppetType) and isinstance(right, types.PuppetType):
        return left == right or (types.is_assignable(left, right) and types.is_assignable(right, left))
    return left == right


def compared(left: Value, right: Value) -> int:
    """Below zero, zero or above it, as ``left`` is before, beside or behind ``right``.

    Raises:
        ValueError: the two have no order; the text is Puppet's.
    """
    if isinstance(left, str):
        if not isinstance(right, str):
            raise ValueError("A String is not comparable to a non String")  # noqa: TRY004 - what a user wrote
        low, high = lowered(left), lowered(right)
        return (low > high) - (low < high)
    if isinstance(left, int | float) and not isinstance(left, bool):
        if isinstance(right, Timespan | Timestamp):
            return -compared(right, left)
        if not isinstance(right, int | float) or isinstance(right, bool):
            raise ValueError("A Numeric is not comparable to non Numeric")  # noqa: TRY004 - as above
        return (left > right) - (left < right)
    return _compared_rarely(left, right)


def _compared_rarely(left: Value, right: Value) -> int:
    """As ``compared``, of times and versions."""
    if isinstance(left, Timestamp | Timespan):
        if isinstance(right, int | float) and not isinstance(right, bool):
            return (left.seconds > right) - (left.seconds < right)
        if not isinstance(right, type(left)):
            kind = type(left).__name__
            text = f"{kind}s are only comparable to {kind}s, Integers, and Floats"
            raise ValueError(text)  # noqa: TRY004 - as above
        return (left.nanoseconds > right.nanoseconds) - (left.nanoseconds < right.nanoseconds)
    if isinstance(left, SemVer):
        if not isinstance(right, SemVer):
            raise ValueError("Versions not comparable to non Versions")  # noqa: TRY004 - as above
        return (left.precedence > right.precedence) - (left.precedence < right.precedence)
    if left is DEFAULT and right is not DEFAULT:
        raise ValueError("Symbol not comparable to non Symbol")
    raise ValueError("Only Strings, Numbers, Timespans, Timestamps, and Versions are comparable")


def matches(pattern: Value, value: Value, scope: Scope | None) -> bool:
    """Whether an option of ``case`` fits a value; a regular expression sets match variables."""
    if pattern is DEFAULT:
        return True
    if isinstance(pattern, Regexp):
        return isinstance(value, str) and match_regexp(pattern.pattern, value, scope)
    if isinstance(pattern, types.PuppetType):
        return types.is_instance(pattern, value)
    if isinstance(pattern, tuple):
        return (
            isinstance(value, tuple)
            and len(value) == len(pattern)
            and all(matches(one, other, scope) for one, other in zip(pattern, value, strict=True))
        )
    if isinstance(pattern, dict):
        return isinstance(value, dict) and all(
            matches(one, element(value, key), scope) for key, one in pattern.items()
        )
    return equals(value, pattern)


def match_regexp(pattern: str, text: str, scope: Scope | None) -> bool:
    """Whether ``pattern`` is found in ``text``; match variables are set where it is.

    Raises:
        ValueError: the pattern is malformed.
    """
    try:
        match: re.Match[str] | None = compiled(pattern).search(text)
    except InvalidPatternError as error:
        raise ValueError(str(error)) from error
    if match is not None and scope is not None:
        scope.match = (match[0], *match.groups())
    return match is not None


def included(container: Value, value: Value, scope: Scope) -> bool:
    """``in``: whether ``value`` is in a string, among an array's elements or among a hash's keys."""
    if isinstance(container, dict):
        container = tuple(container)
    if isinstance(container, str):
        if isinstance(value, str):
            return lowered(value) in lowered(container)
        return isinstance(value, Regexp) and match_regexp(value.pattern, container, scope)
    if not isinstance(container, tuple):
        return False
    if isinstance(value, Regexp):
        return any(isinstance(item, str) and match_regexp(value.pattern, item, scope) for item in container)
    if isinstance(value, types.PuppetType):
        return any(types.is_instance(value, item) for item in container)
    if isinstance(value, str):
        return any(matches(value, item, scope) for item in container)
    return any(equals(item, value) for item in container)
