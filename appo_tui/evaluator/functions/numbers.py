"""Functions of numbers."""

from __future__ import annotations

import math
import re

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.registry import built_in, stdlib_counting
from appo_tui.evaluator.types.ruby_values import (
    leading_float,
    ruby_class,
    ruby_inspect,
    ruby_text,
    to_integer,
    whole_float,
)
from appo_tui.evaluator.types.times import Timespan, Timestamp
from appo_tui.evaluator.types.versions import SemVer
from appo_tui.evaluator.values import Value


@built_in("abs", "Numeric val", "String val")
def abs_(_call: FunctionCall, value: Value) -> Value:
    """The number without its sign."""
    if isinstance(value, str):
        if re.fullmatch(r"-?\d+\.\d+", value):
            return abs(float(value))
        if re.fullmatch(r"-?\d+", value):
            return abs(int(value))
        raise FunctionError("abs(): Requires float or integer to work with - was given non decimal string")
    return abs(_number(value))


def _number(value: Value) -> float:
    if isinstance(value, (int, float)):
        return value
    raise FunctionError(f"expects a Numeric value, got {ruby_inspect(value)}")


def _floating(name: str, value: Value) -> float:
    if isinstance(value, str):
        number = whole_float(value)
        if number is None:
            raise FunctionError(f"{name}(): cannot convert given value to a floating point value.")
        return number
    return _number(value)


@built_in("ceiling", "Numeric val", "String val")
def ceiling(_call: FunctionCall, value: Value) -> Value:
    """The least integer that isn't below."""
    return math.ceil(_floating("ceiling", value))


@built_in("floor", "Numeric val", "String val")
def floor(_call: FunctionCall, value: Value) -> Value:
    """The greatest integer that isn't above."""
    return math.floor(_floating("floor", value))


@built_in("round", "Numeric val")
def round_(_call: FunctionCall, value: Value) -> Value:
    """The nearest integer; halves go away from zero."""
    number = _number(value)
    return math.trunc(number + 0.5 if number > 0 else number - 0.5)


_EXTREME_SIGNATURES = (
    "Numeric values*", "String values*", "SemVer values*", "Timespan values*", "Timestamp values*",
    "Array[Numeric] values, Callable[2, 2] &block?", "Array[String] values, Callable[2, 2] &block?",
    "Array values, Callable[2, 2] &block?", "Any values*, Callable[2, 2] &block", "Any values*",
)  # fmt: skip


def _compare_loosely(left: Value, right: Value) -> int:
    """As ``max()`` and ``min()`` compare what isn't of one kind: numbers as numbers, the rest as text."""
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return (left > right) - (left < right)
    if isinstance(left, (Timespan, Timestamp)) and isinstance(right, (Timespan, Timestamp)):
        return (left.seconds > right.seconds) - (left.seconds < right.seconds)
    if isinstance(left, SemVer) and isinstance(right, SemVer):
        return (left.precedence > right.precedence) - (left.precedence < right.precedence)
    texts = ruby_text(left), ruby_text(right)
    if all(re.fullmatch(r"-?\d+(?:[._eE]\d+)?", text) for text in texts):
        numbers = leading_float(texts[0]), leading_float(texts[1])
        return (numbers[0] > numbers[1]) - (numbers[0] < numbers[1])
    return (texts[0] > texts[1]) - (texts[0] < texts[1])


def _extreme(name: str, call: FunctionCall, arguments: tuple[Value, ...], sign: int) -> Value:
    items = arguments[0] if len(arguments) == 1 and isinstance(arguments[0], tuple) else arguments
    if not items:
        raise FunctionError(f"{name}(): Wrong number of arguments need at least one")
    block = call.block
    best = items[0]
    for item in items[1:]:
        order = to_integer(block(item, best)) if block else _compare_loosely(item, best)
        if order * sign > 0:
            best = item
    return best


@built_in("max", *_EXTREME_SIGNATURES)
def max_(call: FunctionCall, *arguments: Value) -> Value:
    """The greatest."""
    return _extreme("max", call, arguments, 1)


@built_in("min", *_EXTREME_SIGNATURES)
def min_(call: FunctionCall, *arguments: Value) -> Value:
    """The least."""
    return _extreme("min", call, arguments, -1)


@stdlib_counting("clamp", 0, None)
def clamp(_call: FunctionCall, *arguments: Value) -> Value:
    """The middle one of three numbers."""
    items: list[Value] = []
    for argument in arguments:
        items.extend(argument if isinstance(argument, tuple) else (argument,))
    if len(items) != 3:
        raise FunctionError("clamp(): Wrong number of arguments, need three to clamp")
    for item in items:
        if not re.fullmatch(r"-?\d+", ruby_text(item)):
            raise FunctionError(
                f"clamp(): Required explicit numeric ({ruby_text(item)}:{ruby_class(item)})"
            )
    return sorted(to_integer(item) for item in items)[1]


@stdlib_counting("convert_base", 2, 2)
def convert_base(_call: FunctionCall, number: Value, base: Value) -> Value:
    """A decimal number as text in another base."""
    value, radix = to_integer(number), to_integer(base)
    if not 2 <= radix <= 36:
        raise FunctionError("convert_base(): base must be at least 2 and must not be greater than 36")
    digits = ""
    rest = abs(value)
    while rest or not digits:
        rest, digit = divmod(rest, radix)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return "-" + digits if value < 0 else digits


_MULTIPLES = "kMGTPE"


@stdlib_counting("to_bytes", 1, 1)
def to_bytes(_call: FunctionCall, value: Value) -> Value:
    """A size as "4 kB" in bytes."""
    if isinstance(value, (int, float)):
        return value
    text = ruby_text(value)
    match = re.match(r"([0-9.e+-]*)\s*([^bB]?)", text)
    size, multiple = match.groups() if match else ("", "")
    if multiple not in _MULTIPLES:
        raise FunctionError(f"to_bytes(): Unknown prefix {multiple}")
    power = _MULTIPLES.index(multiple) + 1 if multiple else 0
    return int(leading_float(size) * 1024**power)


@stdlib_counting("range", 1, None)
def range_(_call: FunctionCall, start: Value, stop: Value = None, step: Value = None) -> Value:
    """Numbers or strings from one to another."""
    exclusive = False
    if stop is None:
        text = ruby_text(start)
        match = re.fullmatch(r"(\w+)(\.\.\.?|-)(\w+)", text)
        if match is None:
            kind = "Unable to compute range from the value" if text else "Unknown range format"
            raise FunctionError(f"range(): {kind}: {text}")
        start, stop, exclusive = match[1], match[3], match[2] == "..."
    width = 1 if step is None else abs(to_integer(step))
    if re.fullmatch(r"\d+", ruby_text(start)):
        numbers = range(to_integer(start), to_integer(stop) + (0 if exclusive else 1), max(width, 1))
        return tuple(numbers)
    return _text_range(ruby_text(start), ruby_text(stop), exclusive)[:: max(width, 1)]


def _text_range(start: str, stop: str, exclusive: bool) -> tuple[str, ...]:  # noqa: FBT001 - two kinds of range
    """The strings between two, as ``"a".."e"`` has them in Ruby."""
    if len(start) > len(stop):
        return ()
    found: list[str] = []
    current = start
    while len(current) <= len(stop) and len(found) < 1_000_000:
        if current == stop:
            if not exclusive:
                found.append(current)
            break
        found.append(current)
        current = _successor(current)
    return tuple(found)


def _successor(text: str) -> str:
    """``text.succ`` of Ruby: the rightmost letter or digit goes one up, with carry."""
    characters = list(text)
    places = [index for index, one in enumerate(characters) if one.isascii() and one.isalnum()]
    for index in reversed(places):
        last = {"z": "a", "Z": "A", "9": "0"}.get(characters[index])
        if last is None:
            characters[index] = chr(ord(characters[index]) + 1)
            return "".join(characters)
        characters[index] = last
    first = places[0] if places else 0
    characters.insert(first, {"a": "a", "A": "A", "0": "1"}.get(characters[first], "1"))
    return "".join(characters)
