"""``sprintf``."""

from __future__ import annotations

from collections.abc import Mapping

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.registry import built_in, stdlib
from appo_tui.evaluator.types.compounds import ResourceType
from appo_tui.evaluator.types.ruby_format import FormatError, ruby_sprintf
from appo_tui.evaluator.values import Regexp, Value


@built_in("sprintf", "Any args*")
def sprintf(_call: FunctionCall, *given: Value) -> Value:
    """Text with the arguments put in its directives' places."""
    if not given:
        raise FunctionError("sprintf(): Wrong number of arguments given (0 for minimum 1)")
    template, *arguments = given
    try:
        return ruby_sprintf(str(template), tuple(map(_argument, arguments)))
    except FormatError as error:
        raise FunctionError(str(error)) from error


def _argument(value: Value) -> Value:
    """An argument as functions of Puppet's older kind are given it."""
    if value is None:
        return ""
    if isinstance(value, ResourceType) and value.title is not None:
        return value.reference
    return value.literal if isinstance(value, Regexp) else value


@stdlib("sprintf_hash", "String format, Hash arguments")
def sprintf_hash(call: FunctionCall, template: str, named: Mapping[Value, Value]) -> Value:
    """Text with the values of a hash put in its directives' places."""
    return sprintf(call, template, dict(named))
