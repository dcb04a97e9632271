"""Functions that ask for types, and those that insist on them."""

from __future__ import annotations

import re

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.registry import Unknowns, built_in, stdlib, stdlib_counting
from appo_tui.evaluator.types import PuppetType, generalize, infer, infer_set, is_instance
from appo_tui.evaluator.types.parameters import describe_type_mismatch
from appo_tui.evaluator.types.parsing import TypeTextError, parse_type
from appo_tui.evaluator.types.ruby_values import ruby_class
from appo_tui.evaluator.values import Value


@built_in("type",
    "Any value, Enum['detailed'] inference_method?", "Any value, Enum['reduced'] inference_method",
    "Any value, Enum['generalized'] inference_method", unknowns=Unknowns.WHOLE,
)  # fmt: skip
def type_(_call: FunctionCall, value: Value, method: str | None = None) -> Value:
    """The type of a value."""
    if method == "generalized":
        return generalize(infer(value))
    return infer(value) if method == "reduced" else infer_set(value)


@stdlib("type_of", "Any value", unknowns=Unknowns.WHOLE)
def type_of(_call: FunctionCall, value: Value) -> Value:
    """The type of a value."""
    return infer_set(value)


@stdlib_counting("type3x", 1, 1, unknowns=Unknowns.WHOLE)
def type3x(_call: FunctionCall, value: Value) -> Value:
    """The name that Puppet 3 had for what a value is; text that says a number is one."""
    kind = ruby_class(value)
    if isinstance(value, bool):
        kind = "boolean"
    elif isinstance(value, str) and re.fullmatch(r"0|-?[1-9]\d*", value):
        kind = "integer"
    elif isinstance(value, str) and re.fullmatch(r"-?(0|[1-9]\d*)\.(0|\d*[1-9])", value):
        kind = "float"
    elif not isinstance(value, (int, float, str, tuple, dict)):
        raise FunctionError("type3x(): Unknown type")
    return kind.lower()


@stdlib("is_a", "Any value, Type type", unknowns=Unknowns.WHOLE)
def is_a(_call: FunctionCall, value: Value, wanted: PuppetType) -> Value:
    """Whether a value is of a type."""
    return is_instance(wanted, value)


@built_in("assert_type",
    "Type type, Any value, Callable[Type, Type] &block?",
    "String type_string, Any value, Callable[Type, Type] &block?", unknowns=Unknowns.WHOLE,
)  # fmt: skip
def assert_type(call: FunctionCall, wanted: Value, value: Value) -> Value:
    """The value, if it is of the type; else the block's, and without a block it fails."""
    target = wanted if isinstance(wanted, PuppetType) else type_from_text(call, str(wanted))
    if is_instance(target, value):
        return value
    actual = infer_set(value)
    if call.block is not None:
        return call.block(target, actual)
    raise FunctionError(describe_type_mismatch("assert_type():", target, actual))


def type_from_text(call: FunctionCall, text: str) -> PuppetType:
    """The type that text says, those of modules too.

    Raises:
        FunctionError: it says none.
    """
    try:
        return parse_type(text, call.context.resolve_type)
    except TypeTextError as error:
        raise FunctionError(str(error)) from error
