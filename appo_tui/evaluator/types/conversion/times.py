"""New durations and points in time."""

from __future__ import annotations

from typing import Final

from appo_tui.evaluator.types.conversion.constructor import Constructor
from appo_tui.evaluator.types.making_times import timespan, timestamp
from appo_tui.evaluator.values import Unknown, Value

_AMOUNTS: Final = (
    "Integer days, Integer hours, Integer minutes, Integer seconds, "
    "Integer milliseconds?, Integer microseconds?, Integer nanoseconds?"
)
_AMOUNTS_BY_NAME: Final = (
    "Struct[{Optional[negative] => Boolean, Optional[days] => Integer, Optional[hours] => Integer, "
    "Optional[minutes] => Integer, Optional[seconds] => Integer, Optional[milliseconds] => Integer, "
    "Optional[microseconds] => Integer, Optional[nanoseconds] => Integer}]"
)
_MOMENT_BY_NAME: Final = (
    "Struct[{string => String[1], Optional[format] => Formats, Optional[timezone] => String[1]}]"
)
_FORMATS: Final = ("Formats", "Variant[String[2], Array[String[2], 1]]")


def _timestamp(*arguments: Value) -> Value:
    if not arguments:
        return Unknown("Timestamp() gives the time of the run")
    return timestamp(*arguments)


TIMESPAN: Final = Constructor(
    "new_timespan",
    (
        "Variant[Integer, Float] seconds",
        "String[1] string, Formats format?",
        _AMOUNTS,
        "Struct[{string => String[1], Optional[format] => Formats}] hash_arg",
        f"{_AMOUNTS_BY_NAME} hash_arg",
    ),
    timespan,
    (_FORMATS,),
)
TIMESTAMP: Final = Constructor(
    "new_timestamp",
    (
        "",
        "Variant[Integer, Float] seconds",
        "String[1] string, Formats format?, String[1] timezone?",
        f"{_MOMENT_BY_NAME} hash_arg",
    ),
    _timestamp,
    (_FORMATS,),
)
