"""Durations and points in time from the values that are given for them."""

from __future__ import annotations

from typing import Final

from appo_tui.evaluator.types.time_formats import MOMENT_FORMATS, SPAN_FORMATS, timespan_of, timestamp_of
from appo_tui.evaluator.types.times import NANOSECONDS, Timespan, Timestamp
from appo_tui.evaluator.values import Value

_UNITS: Final = {
    "days": 86_400 * NANOSECONDS, "hours": 3_600 * NANOSECONDS, "minutes": 60 * NANOSECONDS,
    "seconds": NANOSECONDS, "milliseconds": 1_000_000, "microseconds": 1_000, "nanoseconds": 1,
}  # fmt: skip


def timespan(value: Value, *rest: Value) -> Timespan:
    """The duration that seconds, a text with its formats, a hash, or days, hours and so on make.

    Raises:
        ValueError: a text fits no format; in Puppet's words.
    """
    if isinstance(value, dict) and "string" in value:
        return timespan(value.get("string"), *([value["format"]] if "format" in value else []))
    if isinstance(value, dict):
        amounts = sum(_whole(value.get(unit, 0)) * size for unit, size in _UNITS.items())
        return Timespan(-amounts if value.get("negative") else amounts)
    if isinstance(value, str):
        return timespan_of(value, _formats(rest, SPAN_FORMATS))
    if rest:
        sizes = zip((value, *rest), _UNITS.values(), strict=False)
        return Timespan(sum(_whole(part) * size for part, size in sizes))
    return Timespan(_nanoseconds(value))


def timestamp(value: Value, *rest: Value) -> Timestamp:
    """The point in time that seconds, a text with its formats and time zone, or a hash make.

    Raises:
        ValueError: a text fits no format; in Puppet's words.
    """
    if isinstance(value, dict):
        given = [value[part] for part in ("format", "timezone") if part in value]
        formats = given if "format" in value else [MOMENT_FORMATS, *given]
        return timestamp(value.get("string"), *formats)
    if not isinstance(value, str):
        return Timestamp(_nanoseconds(value))
    timezone = str(rest[1]) if len(rest) > 1 else None
    return timestamp_of(value, _formats(rest, MOMENT_FORMATS), timezone)


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _nanoseconds(seconds: Value) -> int:
    return int(seconds * NANOSECONDS) if isinstance(seconds, int | float) else 0


def _formats(given: tuple[Value, ...], usual: tuple[str, ...]) -> tuple[str, ...]:
    if not given:
        return usual
    return tuple(map(str, given[0])) if isinstance(given[0], tuple) else (str(given[0]),)
