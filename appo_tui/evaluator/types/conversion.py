"""New values of a type: what ``Integer('7')`` and its like give.

Manual: https://www.puppet.com/docs/puppet/7/function.html#new
"""

from __future__ import annotations

import base64
import datetime
import re
from collections.abc import Callable

from appo_tui.evaluator import values
from appo_tui.evaluator.hash_keys import key_of
from appo_tui.evaluator.types import collections as groups
from appo_tui.evaluator.types import compounds, scalars
from appo_tui.evaluator.types.compounds import Init, NotUndef, Optional, TypeAlias, Variant
from appo_tui.evaluator.types.inference import generalize, infer
from appo_tui.evaluator.types.instances import is_instance
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.parameters import describe_mismatch
from appo_tui.evaluator.types.parsing import TypeTextError, parse_type
from appo_tui.evaluator.types.ruby_format import FormatError
from appo_tui.evaluator.types.ruby_values import ruby_inspect, ruby_text, whole_float
from appo_tui.evaluator.types.string_formats import formatted
from appo_tui.evaluator.types.times import NANOSECONDS, Timespan, Timestamp
from appo_tui.evaluator.types.versions import SemVer, SemVerRange
from appo_tui.evaluator.values import Value
from puppet_grammar.regexps import regexp_fault

_INTEGER = re.compile(r"([+-]?)\s*(0[xX][0-9A-Fa-f]+|0[bB][01]+|\d+)")
_FLOAT = re.compile(
    r"([+-]?)\s*(?:(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE]-?\d+)?|0[xX][0-9A-Fa-f]+|0[0-7]+|0[bB][01]+)"
)
_TRUE, _FALSE = ("true", "yes", "y"), ("false", "no", "n")


class ConversionError(ValueError):
    """A value that cannot be made; the message is Puppet's."""


def convert(target: PuppetType, arguments: tuple[Value, ...]) -> Value:
    """``target.new(*arguments)``.

    Raises:
        ConversionError: nothing of the type can be made of the arguments.
    """
    plain = not isinstance(target, Init)
    if plain and len(arguments) == 1 and is_instance(target, arguments[0]):
        return arguments[0]
    result = _made(target, arguments)
    if plain and not is_instance(target, result):
        raise ConversionError(
            describe_mismatch(f"Converted value from {target}.new() has wrong type,", target, result)
        )
    return result


def _made(target: PuppetType, arguments: tuple[Value, ...]) -> Value:
    match target:
        case Optional(contained=PuppetType() as contained) | NotUndef(contained=PuppetType() as contained):
            if isinstance(target, Optional) and arguments == (None,):
                return None
            return convert(contained, arguments)
        case TypeAlias():
            return _made(target.resolve(), arguments)
        case Init(contained=PuppetType() as contained):
            return convert(contained, (*arguments, *target.arguments))
        case Variant():
            return _of_variant(target, arguments)
    maker = _MAKERS.get(type(target))
    if maker is None:
        raise ConversionError(f"Creation of new instance of type '{target}' is not supported")
    if not arguments:
        raise ConversionError(f"'new_{target.keyword}' expects between 1 and 3 arguments, got none")
    return maker(*arguments)


def _of_variant(target: Variant, arguments: tuple[Value, ...]) -> Value:
    for part in target.types:
        try:
            return convert(part, arguments)
        except ConversionError:
            continue
    raise ConversionError(f"Creation of new instance of type '{target}' is not supported")


def _refused(value: Value, kind: str) -> ConversionError:
    maker = "'new'" if kind == "Integer" else f"'new_{kind.lower()}'"
    if isinstance(value, str):
        return ConversionError(f"{maker} The string '{value}' cannot be converted to {kind}")
    return ConversionError(f"{maker} Value of type {generalize(infer(value))} cannot be converted to {kind}")


def _named(value: Value, key: str, default: Value) -> Value:
    return value.get(key, default) if isinstance(value, dict) else default


def _integer(value: Value, radix: Value = values.DEFAULT, absolute: Value = None) -> Value:
    if isinstance(value, dict) and "from" in value:
        return _integer(value["from"], _named(value, "radix", values.DEFAULT), _named(value, "abs", None))
    number = _integer_of(value, radix)
    return abs(number) if absolute else number


def _integer_of(value: Value, radix: Value) -> int:
    if isinstance(radix, int) and radix not in (2, 8, 10, 16):
        raise ConversionError(f"Illegal radix: {radix}, expected 2, 8, 10, 16, or default")
    if isinstance(value, (bool, int, float)):
        return int(value)
    if isinstance(value, (Timestamp, Timespan)):
        return int(value.nanoseconds // NANOSECONDS)
    if not isinstance(value, str):
        raise _refused(value, "Integer")
    match = _INTEGER.fullmatch(value)
    if match is None:
        raise _refused(value, "Integer")
    sign, digits = match.groups()
    try:
        return int(sign + digits, _base(digits, radix))
    except ValueError:
        shown = ruby_inspect(value)
        raise ConversionError(f"invalid value for Integer(): {shown}") from None


def _base(digits: str, radix: Value) -> int:
    if isinstance(radix, int):
        return radix
    if digits[:2].lower() in ("0x", "0b"):
        return 0
    return 8 if len(digits) > 1 and digits.startswith("0") else 10


def _float(value: Value, absolute: Value = None) -> Value:
    if isinstance(value, dict) and "from" in value:
        return _float(value["from"], _named(value, "abs", None))
    number = _float_of(value)
    return abs(number) if absolute else number


def _float_of(value: Value) -> float:
    if isinstance(value, (bool, int, float)):
        return float(value)
    if isinstance(value, (Timestamp, Timespan)):
        return value.seconds
    if not isinstance(value, str) or not _FLOAT.fullmatch(value):
        raise _refused(value, "Float")
    text = value.replace(" ", "")
    number = whole_float(text)
    if number is not None and not re.fullmatch(r"[+-]?0\d+", text):
        return number
    return float(_integer_of(text, values.DEFAULT))


def _numeric(value: Value, absolute: Value = None) -> Value:
    if isinstance(value, dict) and "from" in value:
        return _numeric(value["from"], _named(value, "abs", None))
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (int, float)):
        number: int | float = value
    elif isinstance(value, (Timestamp, Timespan)):
        number = value.seconds
    elif isinstance(value, str) and _FLOAT.fullmatch(value):
        text = value.replace(" ", "")
        number = _integer_of(text, values.DEFAULT) if _INTEGER.fullmatch(text) else float(text)
    else:
        raise _refused(value, "Numeric")
    return abs(number) if absolute else number


def _boolean(value: Value) -> Value:
    if isinstance(value, (bool, int, float)):
        return value != 0
    if isinstance(value, str):
        word = value.lower()
        if word in _TRUE or word in _FALSE:
            return word in _TRUE
    raise _refused(value, "Boolean")


def _string(value: Value, formats: Value = values.DEFAULT) -> Value:
    try:
        return formatted(value, formats)
    except FormatError as error:
        raise ConversionError(str(error)) from error


def _array(value: Value, wrap: Value = None) -> Value:
    if isinstance(value, tuple):
        return value
    if wrap:
        return (value,)
    match value:
        case dict():
            return tuple(value.items())
        case str():
            return tuple(value)
        case bool() | None:
            pass
        case int():
            return tuple(range(value))
        case scalars.Integer(minimum=int() as low, maximum=int() as high):
            return tuple(range(low, high + 1))
        case bytes():
            return tuple(value)
    raise _refused(value, "Array")


def _hash(value: Value, build: Value = None) -> Value:
    if isinstance(value, dict):
        return value
    if build is not None and isinstance(value, tuple):
        return _tree(value)
    items = _array(value)
    if not isinstance(items, tuple):
        raise _refused(value, "Hash")
    if items and all(isinstance(item, tuple) and len(item) == 2 for item in items):
        return {key_of(item[0]): item[1] for item in items if isinstance(item, tuple)}
    if len(items) % 2:
        raise ConversionError("odd number of arguments for Hash")
    return dict(zip(map(key_of, items[::2]), items[1::2], strict=True))


def _tree(pairs: tuple[Value, ...]) -> Value:
    """A hash of [path, value] pairs."""
    root: dict[Value, Value] = {}
    for pair in pairs:
        if not isinstance(pair, tuple) or len(pair) != 2 or not isinstance(pair[0], tuple):
            raise ConversionError("Value of type Array cannot be converted to Hash")
        path, value = pair
        inner = root
        for step in path[:-1]:
            below = inner.setdefault(step, {})
            inner = below if isinstance(below, dict) else {}
        if path:
            inner[path[-1]] = value
    return root


def _sensitive(value: Value) -> Value:
    return value if isinstance(value, values.Sensitive) else values.Sensitive(value)


def _regexp(value: Value, *_flags: Value) -> Value:
    if isinstance(value, values.Regexp):
        return value
    fault = regexp_fault(ruby_text(value))
    if fault is not None:
        raise ConversionError(fault)
    return values.Regexp(ruby_text(value))


def _type(value: Value) -> Value:
    try:
        return parse_type(ruby_text(value))
    except (TypeTextError, ValueError) as error:
        raise ConversionError(str(error)) from error


def _sem_ver(value: Value, *parts: Value) -> Value:
    if parts:
        value = ".".join(ruby_text(part) for part in (value, *parts[:2]))
    elif isinstance(value, dict):
        value = ".".join(ruby_text(value.get(part)) for part in ("major", "minor", "patch"))
    try:
        return SemVer.parse(ruby_text(value))
    except ValueError as error:
        raise ConversionError(
            f"'new_Version' The string '{ruby_text(value)}' cannot be converted to a SemVer"
        ) from error


def _timespan(value: Value, *rest: Value) -> Value:
    if isinstance(value, dict):
        sign = -1 if value.get("negative") else 1
        return Timespan(sign * sum(int(_number(value.get(unit, 0)) * size) for unit, size in _UNITS.items()))
    if isinstance(value, str):
        return _timespan_of_text(value)
    if rest:
        parts = (value, *rest)
        sizes = zip(parts, _UNITS.values(), strict=False)
        return Timespan(sum(int(_number(part) * size) for part, size in sizes))
    return Timespan(int(_number(value) * NANOSECONDS))


def _number(value: Value) -> float:
    if isinstance(value, (int, float)):
        return value
    raise _refused(value, "Timespan")


def _timespan_of_text(text: str) -> Timespan:
    match = re.fullmatch(r"(-?)(?:(\d+)-)?(\d+)(?::(\d+))?(?::(\d+))?(?:\.(\d+))?", text)
    if match is None:
        raise ConversionError(f"Unable to parse '{text}' using any of the formats")
    sign, days, hours, minutes, seconds, fraction = match.groups()
    whole = ((int(days or 0) * 24 + int(hours)) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)
    nanoseconds = whole * NANOSECONDS + int((fraction or "0").ljust(9, "0")[:9])
    return Timespan(-nanoseconds if sign else nanoseconds)


def _timestamp(value: Value, *_formats: Value) -> Value:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Timestamp(int(value * NANOSECONDS))
    try:
        moment = datetime.datetime.fromisoformat(ruby_text(value).removesuffix(" UTC"))
    except ValueError:
        raise ConversionError(f"Unable to parse '{ruby_text(value)}' using any of the formats") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
    return Timestamp(int(moment.timestamp() * 1_000_000) * 1000)


def _binary(value: Value, form: Value = "%B") -> Value:
    if isinstance(value, bytes):
        return value
    if isinstance(value, tuple):
        return bytes(item for item in value if isinstance(item, int))
    text = ruby_text(value)
    if form in ("%s", "%r"):
        return text.encode()
    if form == "%b":
        text = "".join(text.split())
    try:
        return base64.b64decode(text, altchars=b"-_" if form == "%u" else None, validate=True)
    except ValueError as error:
        raise ConversionError("invalid base64") from error


_UNITS = {
    "days": 86_400 * NANOSECONDS, "hours": 3_600 * NANOSECONDS, "minutes": 60 * NANOSECONDS,
    "seconds": NANOSECONDS, "milliseconds": 1_000_000, "microseconds": 1_000, "nanoseconds": 1,
}  # fmt: skip
_MAKERS: dict[type[PuppetType], Callable[..., Value]] = {
    scalars.Integer: _integer,
    scalars.Float: _float,
    scalars.Numeric: _numeric,
    scalars.Boolean: _boolean,
    scalars.String: _string,
    scalars.Regexp: _regexp,
    scalars.SemVer: _sem_ver,
    scalars.SemVerRange: lambda value, *_more: SemVerRange(ruby_text(value)),
    scalars.Timespan: _timespan,
    scalars.Timestamp: _timestamp,
    scalars.Binary: _binary,
    scalars.URI: lambda value: ruby_text(value),
    groups.Array: _array,
    groups.Tuple: _array,
    groups.Hash: _hash,
    groups.Struct: _hash,
    compounds.Sensitive: _sensitive,
    compounds.Type: _type,
}
