"""``versioncmp`` and ``compare``."""

from __future__ import annotations

import re

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.registry import built_in
from appo_tui.evaluator.types import generalize, infer
from appo_tui.evaluator.types.times import Timespan, Timestamp
from appo_tui.evaluator.types.versions import SemVer
from appo_tui.evaluator.values import Value


@built_in("versioncmp", "String a, String b, Boolean ignore_trailing_zeroes?")
def versioncmp(_call: FunctionCall, left: str, right: str, ignore_zeroes: bool = False) -> Value:  # noqa: FBT001, FBT002 - the language's own parameter
    """-1, 0 or 1, as the left version is lower than the right, equal or higher."""
    if ignore_zeroes:
        left, right = _without_zeroes(left), _without_zeroes(right)
    return compare_versions(left, right)


def _without_zeroes(version: str) -> str:
    return re.sub(r"(?:\.0)+(?=-|\Z)", "", version)


def compare_versions(left: str, right: str) -> int:
    """Compares as packagers do: numbers as numbers, the rest as text."""
    parts = re.compile(r"[-.]|\d+|[^-.\d]+")
    left_parts, right_parts = parts.findall(left), parts.findall(right)
    for one, other in zip(left_parts, right_parts, strict=False):
        if one == other:
            continue
        for mark in ("-", "."):
            if mark in (one, other):
                return -1 if one == mark else 1
        if one.isdigit() and other.isdigit():
            if one.startswith("0") or other.startswith("0"):
                return _sign_of_text(one.upper(), other.upper())
            return -1 if int(one) < int(other) else 1
        return _sign_of_text(one.upper(), other.upper())
    return _sign_of_text(left, right) if len(left_parts) == len(right_parts) else (
        -1 if len(left_parts) < len(right_parts) else 1
    )


def _sign_of_text(left: str, right: str) -> int:
    return (left > right) - (left < right)


@built_in("compare", "Any a, Any b, Any ignore_case?")
def compare(_call: FunctionCall, left: Value, right: Value, *ignore_case: Value) -> Value:
    """-1, 0 or 1, as the left value is lower than the right, equal or higher."""
    if isinstance(left, str) and isinstance(right, str):
        if ignore_case and not isinstance(ignore_case[0], bool):
            raise FunctionError(
                "'compare' compare(): The third argument (ignore case) must be a Boolean. "
                f"Got {generalize(infer(ignore_case[0]))}"
            )
        if not ignore_case or ignore_case[0]:
            left, right = left.lower(), right.lower()
        return _sign_of_text(left, right)
    if ignore_case:
        raise FunctionError(
            "'compare' compare(): The third argument (ignore case) can only be used when comparing strings"
        )
    first = _comparable(left, right)
    return _order(first, _comparable(right, left))


def _order(left: tuple[object, ...], right: tuple[object, ...]) -> int:
    return (left > right) - (left < right)


def _comparable(value: Value, other: Value) -> tuple[object, ...]:
    match value, other:
        case (bool(), _) | (_, bool()):
            pass
        case (int() | float() | Timespan() | Timestamp()), (int() | float() | Timespan() | Timestamp()):
            return (value.seconds if isinstance(value, (Timespan, Timestamp)) else value,)
        case SemVer(), SemVer():
            return value.precedence
    names = f"Got {generalize(infer(value)).short_name} and {generalize(infer(other)).short_name}"
    comparable = (str, int, float, Timespan, Timestamp, SemVer)
    if isinstance(value, comparable) and isinstance(other, comparable):
        raise FunctionError(
            "'compare' compare(): Can only compare values of the same type "
            f"(or for Timestamp/Timespan also against Numeric). {names}"
        )
    raise FunctionError(
        "'compare' compare(): Non comparable type. Only values of the types Numeric, String, Semver, "
        f"Timestamp and Timestamp can be compared. {names}"
    )
