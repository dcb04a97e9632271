"""The functions of stdlib that turn values into others."""

from __future__ import annotations

import re

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.registry import stdlib_counting
from appo_tui.evaluator.types.ruby_values import to_integer, whole_float
from appo_tui.evaluator.values import Unknown, Value


def truth_of_text(value: Value) -> bool:
    """What ``str2bool`` makes of a value.

    Raises:
        FunctionError: it is no word for true or false.
    """
    if isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise FunctionError("str2bool(): Requires string to work with")
    if re.fullmatch(r"1|t|y|true|yes", value, re.IGNORECASE):
        return True
    if not value or re.fullmatch(r"0|f|n|false|no|undef|undefined", value, re.IGNORECASE):
        return False
    raise FunctionError("str2bool(): Unknown type of boolean given")


@stdlib_counting("str2bool", 1, None)
def str2bool(_call: FunctionCall, value: Value, *_more: Value) -> Value:
    """A word for true or false as Boolean."""
    return truth_of_text(value)


@stdlib_counting("bool2str", 1, 3)
def bool2str(_call: FunctionCall, *arguments: Value) -> Value:
    """A Boolean as text."""
    if len(arguments) == 2:
        raise FunctionError("bool2str(): Wrong number of arguments given (2 for 3)")
    value, *texts = arguments
    if not isinstance(value, bool):
        raise FunctionError("bool2str(): Requires a boolean to work with")
    words = texts or ["true", "false"]
    if not all(isinstance(word, str) for word in words):
        raise FunctionError("bool2str(): Requires strings to convert to")
    return words[0] if value else words[1]


@stdlib_counting("bool2num", 1, None)
def bool2num(_call: FunctionCall, value: Value, *_more: Value) -> Value:
    """A Boolean, or a word for one, as 1 or 0."""
    return int(truth_of_text(value))


@stdlib_counting("num2bool", 1, 1)
def num2bool(_call: FunctionCall, value: Value) -> Value:
    """Whether a number is above zero; what is no number is none."""
    return not isinstance(value, bool) and _above_zero(value)


def _above_zero(value: Value) -> bool:
    if isinstance(value, str):
        number = whole_float(value)
        if number is None:
            raise FunctionError(
                f"num2bool(): '{value}' does not look like a number: invalid value for Float(): \"{value}\""
            )
        return int(number) > 0
    return to_integer(value) > 0


@stdlib_counting("any2bool", 1, None)
def any2bool(_call: FunctionCall, value: Value, *_more: Value) -> Value:
    """Whatever it is as Boolean."""
    if isinstance(value, bool) or value is None:
        return bool(value)
    if isinstance(value, (int, float)) or (isinstance(value, str) and whole_float(value) is not None):
        return _above_zero(value)
    return truth_of_text(value) if isinstance(value, str) else True


@stdlib_counting("str2saltedsha512", 1, None)
def str2saltedsha512(_call: FunctionCall, _value: Value, *_more: Value) -> Value:
    """Salted at random: another value at each run."""
    return Unknown("the function str2saltedsha512() salts at random")
