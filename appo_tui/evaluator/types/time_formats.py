"""Durations and points in time from text in a given format.

Manual: https://www.puppet.com/docs/puppet/7/function.html#strftime
"""

from __future__ import annotations

import datetime
import re
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from appo_tui.evaluator.types.times import NANOSECONDS, Timespan, Timestamp

SPAN_FORMATS: Final = (
    "%D-%H:%M:%S.%-N", "%H:%M:%S.%-N", "%M:%S.%-N", "%S.%-N", "%D-%H:%M:%S", "%H:%M:%S", "%D-%H:%M", "%S",
)  # fmt: skip
"""Those that are tried for a duration without one of its own, in order."""
MOMENT_FORMATS: Final = (
    "%FT%T.%N %Z", "%FT%T %Z", "%F %T.%N %Z", "%F %T %Z", "%F %Z",
    "%FT%T.%N", "%FT%T", "%F %T.%N", "%F %T", "%F",
)  # fmt: skip
_SPAN_DIRECTIVE: Final = re.compile(r"%(?:([-_0]?)(\d*)([DHMSLN])|%)|([^%]+)|(%)")
_SPAN_UNITS: Final = {
    "D": 86_400 * NANOSECONDS, "H": 3_600 * NANOSECONDS, "M": 60 * NANOSECONDS, "S": NANOSECONDS,
}  # fmt: skip
_WHOLE_DATE: Final = {"%F": "%Y-%m-%d", "%T": "%H:%M:%S", "%R": "%H:%M", "%D": "%m/%d/%y"}


def timespan_of(text: str, formats: tuple[str, ...]) -> Timespan:
    """The duration that ``text`` is in the first of ``formats`` that it fits.

    Raises:
        ValueError: it fits none, or one of them is malformed; in Puppet's words.
    """
    for form in formats:
        found = _span(text, form)
        if found is not None:
            return found
    raise ValueError(_unparsable(text, formats))


def _unparsable(text: str, formats: tuple[str, ...]) -> str:
    if len(formats) == 1:
        return f"Unable to parse '{text}' using format '{formats[0]}'"
    return f"Unable to parse '{text}' using any of the formats {', '.join(formats)}"


def _span(text: str, form: str) -> Timespan | None:
    units = _span_units(form)
    expression = "".join(units[1])
    found = re.fullmatch(f"(-)?{expression}", text)
    if found is None:
        return None
    amount = 0
    for letter, digits in zip(units[0], found.groups()[1:], strict=True):
        if letter in _SPAN_UNITS:
            amount += int(digits) * _SPAN_UNITS[letter]
        else:
            amount += int(digits[:9].ljust(9, "0"))
    return Timespan(-amount if found[1] else amount)


def _span_units(form: str) -> tuple[list[str], list[str]]:
    """The letters of a format's directives, and an expression for each part of it."""
    letters: list[str] = []
    parts: list[str] = []
    for found in _SPAN_DIRECTIVE.finditer(form):
        if found[5]:
            raise ValueError(
                f"Bad format specifier '%' in '{form}', at position {found.start() + 1}"
            )
        if found[3]:
            letters.append(found[3])
            parts.append(r"\s*(\d+)" if found[1] == "_" else r"(\d+)")
        else:
            parts.append(re.escape(found[4] or "%"))
    if letters and not set(letters) & set(_SPAN_UNITS):
        raise ValueError(
            "Format specifiers %L and %N denotes fractions and must be used together with a specifier of "
            "higher magnitude"
        )
    return letters, parts


def timestamp_of(text: str, formats: tuple[str, ...], timezone: str | None) -> Timestamp:
    """The point in time that ``text`` is in the first of ``formats`` that it fits.

    Args:
        text: as it was written.
        formats: those to try.
        timezone: a name or an offset, of times whose text has none.

    Raises:
        ValueError: it fits none; in Puppet's words.
    """
    for form in formats:
        found = _moment(text, form, timezone)
        if found is not None:
            return found
    raise ValueError(_unparsable(text, formats))


def _moment(text: str, form: str, timezone: str | None) -> Timestamp | None:
    for short, whole in _WHOLE_DATE.items():
        form = form.replace(short, whole)
    nanoseconds = 0
    if "%N" in form or "%L" in form:
        fraction = re.search(r"(?<=\.)\d+", text)
        if fraction is None:
            return None
        nanoseconds = int(fraction[0][:9].ljust(9, "0"))
        text = text[: fraction.start()] + "0" + text[fraction.end() :]
        form = form.replace("%N", "0").replace("%L", "0")
    zone: datetime.tzinfo | None = None
    if form.endswith(("%Z", "%z")):
        found = re.search(r"\s*([A-Za-z]+(?:/[A-Za-z_]+)?|[+-]\d\d:?\d\d)\Z", text)
        zone = zone_of(found[1]) if found else None
        if found is None or zone is None:
            return None
        text, form = text[: found.start()], form[:-2].rstrip()
    try:
        moment = datetime.datetime.strptime(text, form)  # noqa: DTZ007 - its zone is given apart
    except ValueError:
        return None
    zone = zone or (zone_of(timezone) if timezone else datetime.UTC)
    if zone is None:
        raise ValueError(f"Illegal timezone '{timezone}'")
    seconds = int(moment.replace(tzinfo=zone).timestamp())
    return Timestamp(seconds * NANOSECONDS + nanoseconds)


def zone_of(name: str) -> datetime.tzinfo | None:
    """A time zone by its name or its offset; None if there is none."""
    if name.upper() in ("UTC", "GMT", "Z", ""):
        return datetime.UTC
    offset = re.fullmatch(r"([+-])(\d\d):?(\d\d)", name)
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3])
        return datetime.timezone(datetime.timedelta(minutes=-minutes if offset[1] == "-" else minutes))
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None
