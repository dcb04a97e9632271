"""``strftime``."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.registry import built_in
from appo_tui.evaluator.types.time_formats import zone_of
from appo_tui.evaluator.types.times import NANOSECONDS, Timespan, Timestamp
from appo_tui.evaluator.values import Unknown, Value

_DIRECTIVE = re.compile(r"%([-0_^#]?)(\d*)(:{0,2}[a-zA-Z%+])")


@built_in("strftime",
    "Timespan time_object, String format", "Timestamp time_object, String format, String timezone?",
    "String format, String timezone?",
)  # fmt: skip
def strftime(_call: FunctionCall, moment: Value, template: str = "", timezone: str = "UTC") -> Value:
    """A time or a duration as text."""
    if isinstance(moment, Timespan):
        return _DIRECTIVE.sub(lambda match: _span_part(moment, match), template)
    if isinstance(moment, Timestamp):
        local = _local(moment, timezone)
        return _DIRECTIVE.sub(lambda match: _time_part(moment, local, match), template)
    return Unknown("strftime() with nothing but a format gives the time of the run")


def _local(moment: Timestamp, timezone: str) -> datetime.datetime:
    zone = zone_of(timezone)
    if zone is None:
        raise FunctionError(f"Illegal timezone '{timezone}'")
    return datetime.datetime.fromtimestamp(moment.nanoseconds // NANOSECONDS, tz=zone)


def _time_part(moment: Timestamp, local: datetime.datetime, match: re.Match[str]) -> str:
    flag, width, letter = match.groups()
    fraction = f"{moment.nanoseconds % NANOSECONDS:09d}"
    special: dict[str, Callable[[], str]] = {
        "N": lambda: fraction.ljust(int(width or 9), "0")[: int(width or 9)],
        "L": lambda: fraction[: int(width or 3)],
        "s": lambda: str(moment.nanoseconds // NANOSECONDS),
        "P": lambda: local.strftime("%p").lower(),
        "F": lambda: local.strftime("%Y-%m-%d"),
        ":z": lambda: re.sub(r"(\d\d)\Z", r":\1", local.strftime("%z")),
        "v": lambda: local.strftime("%e-%b-%Y").upper(),
        "+": lambda: local.strftime("%a %b %e %H:%M:%S %Z %Y"),
    }
    text = special[letter]() if letter in special else local.strftime(f"%{letter}")
    if flag == "-":
        text = text.lstrip("0 ") or "0"
    elif flag == "_":
        text = (text.lstrip("0") or "0").rjust(len(text))
    elif flag == "^":
        text = text.upper()
    return text.rjust(int(width), "0") if width and letter not in "NL" and text.isdigit() else text


_SIZES = {"D": 86_400 * NANOSECONDS, "H": 3_600 * NANOSECONDS, "M": 60 * NANOSECONDS, "S": NANOSECONDS}


def _span_part(span: Timespan, match: re.Match[str]) -> str:
    """One directive of a duration: days, hours, minutes, seconds, or their fraction."""
    flag, width, letter = match.groups()
    if letter == "%":
        return "%"
    total = abs(span.nanoseconds)
    if letter in ("L", "N"):
        digits = f"{total % NANOSECONDS:09d}"
        return digits[: int(width or (3 if letter == "L" else 9))]
    if letter not in _SIZES:
        raise FunctionError(
            f"Bad format specifier '%' in '{match.string}', at position {match.start() + 1}"
        )
    larger = {"D": 0, "H": _SIZES["D"], "M": _SIZES["H"], "S": _SIZES["M"]}[letter]
    template = match.string
    carries = larger and f"%{letter}" and re.search(_larger_than(letter), template)
    amount = (total % larger if carries else total) // _SIZES[letter]
    sign = "-" if span.nanoseconds < 0 and not re.search(_larger_than(letter), template) else ""
    text = str(amount)
    if flag == "-":
        return sign + text
    return sign + text.rjust(int(width or (1 if letter == "D" else 2)), " " if flag == "_" else "0")


def _larger_than(letter: str) -> str:
    """An expression for the directives of larger units."""
    units = "DHMS"
    return rf"%[-0_]?\d*[{units[: units.index(letter)]}]" if letter != "D" else r"(?!)"
