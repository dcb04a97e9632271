"""New numbers and booleans."""

from __future__ import annotations

import re
from typing import Final

from appo_tui.evaluator import values
from appo_tui.evaluator.types.conversion.constructor import Constructor, cannot_be_converted
from appo_tui.evaluator.types.parameters import describe_mismatch
from appo_tui.evaluator.types.ruby_values import ruby_inspect, whole_float
from appo_tui.evaluator.types.signature_texts import parsed_signatures
from appo_tui.evaluator.types.times import NANOSECONDS, Timespan, Timestamp
from appo_tui.evaluator.values import Value

_INTEGER: Final = re.compile(r"([+-]?)\s*(0[xX][0-9A-Fa-f]+|0[bB][01]+|\d+)")
_FLOAT: Final = re.compile(
    r"([+-]?)\s*(?:(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE]-?\d+)?|0[xX][0-9A-Fa-f]+|0[0-7]+|0[bB][01]+)"
)
_INTEGER_TEXT: Final = r"Pattern[/\A[+-]?\s*(?:(?:\d+)|(?:0[xX][0-9A-Fa-f]+)|(?:0[bB][01]+))\z/]"
_FLOAT_TEXT: Final = (
    r"Pattern[/\A[+-]?\s*(?:(?:(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE]-?\d+)?)|(?:0[xX][0-9A-Fa-f]+)"
    r"|(?:0[0-7]+)|(?:0[bB][01]+))\z/]"
)
_RADIXES: Final = (2, 8, 10, 16)
_TRUE: Final = ("true", "yes", "y")
_FALSE: Final = ("false", "no", "n")


def _named(value: Value, key: str, default: Value) -> Value:
    return value.get(key, default) if isinstance(value, dict) else default


def _integer(value: Value, radix: Value = values.DEFAULT, absolute: Value = False) -> Value:  # noqa: FBT002 - Puppet's own
    if isinstance(value, dict):
        return _integer(value["from"], _named(value, "radix", values.DEFAULT), _named(value, "abs", None))
    number = _integer_of(value, radix)
    return abs(number) if absolute else number


def _integer_of(value: Value, radix: Value) -> int:
    if isinstance(value, (bool, int, float)):
        return int(value)
    if isinstance(value, (Timestamp, Timespan)):
        return int(value.nanoseconds // NANOSECONDS)
    match = _INTEGER.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise AssertionError("the signatures ask for what reads as a number")
    sign, digits = match.groups()
    try:
        return int(sign + digits, _base(digits, radix))
    except ValueError:
        raise ValueError(f"invalid value for Integer(): {ruby_inspect(value)}") from None


def _base(digits: str, radix: Value) -> int:
    if isinstance(radix, int):
        return radix
    if digits[:2].lower() in ("0x", "0b"):
        return 0
    return 8 if len(digits) > 1 and digits.startswith("0") else 10


def _wrong_integer(arguments: tuple[Value, ...]) -> str | None:
    """What is said of arguments that make no integer: that of the first that is to blame."""
    if not 1 <= len(arguments) <= 3:
        return None
    if len(arguments) == 1 and isinstance(arguments[0], dict):
        return _wrong_named_integer(arguments[0])
    radix = arguments[1] if len(arguments) > 1 else 10
    absolute = arguments[2] if len(arguments) > 2 else False
    if isinstance(radix, bool) or not isinstance(radix, int) or not isinstance(absolute, bool):
        return None
    if radix not in _RADIXES:
        return f"Illegal radix: {radix}, expected 2, 8, 10, 16, or default"
    return f"'new' {cannot_be_converted(arguments[0], 'Integer')}"


def _wrong_named_integer(named: dict[Value, Value]) -> str:
    (convertible,) = parsed_signatures(("Convertible from",), INTEGER.local_types)
    if "from" in named:
        if not convertible.accepts((named["from"],), None):
            return f"'new' {cannot_be_converted(named['from'], 'Integer')}"
        radix = named.get("radix", values.DEFAULT)
        if radix not in (*_RADIXES, values.DEFAULT):
            return f"Illegal radix: {radix}, expected 2, 8, 10, 16, or default"
    (named_arguments,) = parsed_signatures(("NamedArgs hash_args",), INTEGER.local_types)
    return describe_mismatch("Integer.new has wrong type,", named_arguments.parameter(0).type, named)


def _float(value: Value, absolute: Value = False) -> Value:  # noqa: FBT002 - Puppet's own
    if isinstance(value, dict):
        return _float(value["from"], _named(value, "abs", None))
    number = _float_of(value)
    return abs(number) if absolute else number


def _float_of(value: Value) -> float:
    if isinstance(value, (bool, int, float)):
        return float(value)
    if isinstance(value, (Timestamp, Timespan)):
        return value.seconds
    text = str(value).replace(" ", "")
    number = whole_float(text)
    if number is not None and not re.fullmatch(r"[+-]?0\d+", text):
        return number
    return float(_integer_of(text, values.DEFAULT))


def _numeric(value: Value, absolute: Value = False) -> Value:  # noqa: FBT002 - Puppet's own
    if isinstance(value, dict):
        return _numeric(value["from"], _named(value, "abs", None))
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (int, float)):
        number: int | float = value
    elif isinstance(value, (Timestamp, Timespan)):
        number = value.seconds
    else:
        text = str(value).replace(" ", "")
        number = _integer_of(text, values.DEFAULT) if _INTEGER.fullmatch(text) else float(text)
    return abs(number) if absolute else number


def _wrong_decimal(name: str, kind: str, arguments: tuple[Value, ...]) -> str | None:
    if not arguments or len(arguments) > 2 or not isinstance((*arguments, True)[1], bool):
        return None
    return f"'{name}' {cannot_be_converted(arguments[0], kind)}"


def _boolean(value: Value) -> Value:
    if isinstance(value, (bool, int, float)):
        return value != 0
    if isinstance(value, str):
        word = value.lower()
        if word in _TRUE or word in _FALSE:
            return word in _TRUE
    raise ValueError(f"'new_boolean' {cannot_be_converted(value, 'Boolean')}")


INTEGER: Final = Constructor(
    "new",
    ("Convertible from, Radix radix?, Boolean abs?", "NamedArgs hash_args"),
    _integer,
    (
        ("Convertible", f"Variant[Numeric, Boolean, {_INTEGER_TEXT}, Timespan, Timestamp]"),
        ("Radix", "Variant[Default, Integer[2, 2], Integer[8, 8], Integer[10, 10], Integer[16, 16]]"),
        ("NamedArgs", "Struct[{from => Convertible, Optional[radix] => Radix, Optional[abs] => Boolean}]"),
    ),
    _wrong_integer,
)
FLOAT: Final = Constructor(
    "new_float",
    ("Convertible from, Boolean abs?", "NamedArgs hash_args"),
    _float,
    (
        ("Convertible", f"Variant[Numeric, Boolean, {_FLOAT_TEXT}, Timespan, Timestamp]"),
        ("NamedArgs", "Struct[{from => Convertible, Optional[abs] => Boolean}]"),
    ),
    lambda arguments: _wrong_decimal("new_float", "Float", arguments),
)
NUMERIC: Final = Constructor(
    "new_numeric",
    ("Convertible from, Boolean abs?", "NamedArgs hash_args"),
    _numeric,
    (
        ("Convertible", f"Variant[Integer, Float, Boolean, {_FLOAT_TEXT}, Timespan, Timestamp]"),
        ("NamedArgs", "Struct[{from => Convertible, Optional[abs] => Boolean}]"),
    ),
    lambda arguments: _wrong_decimal("new_numeric", "Numeric", arguments),
)
BOOLEAN: Final = Constructor("new_boolean", ("Any from",), _boolean)
