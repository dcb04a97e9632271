"""``sprintf``."""

from __future__ import annotations

from collections.abc import Mapping

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.first_interface import text_given
from appo_tui.evaluator.functions.registry import built_in_counting, stdlib
from appo_tui.evaluator.types.compounds import ResourceType
from appo_tui.evaluator.types.ruby_format import FormatError, ruby_sprintf
from appo_tui.evaluator.values import Value


@built_in_counting("sprintf", 1)
def sprintf(_call: FunctionCall, template: Value, *arguments: Value) -> Value:
    """Text with the arguments put in its directives' places."""
    try:
        return ruby_sprintf(text_given(template), tuple(map(_argument, arguments)))
    except FormatError as error:
        raise FunctionError(str(error)) from error


def _argument(value: Value) -> Value:
    """An argument as Ruby's own ``sprintf`` shows it: a reference as text."""
    return value.reference if isinstance(value, ResourceType) and value.title is not None else value


@stdlib("sprintf_hash", "String format, Hash arguments")
def sprintf_hash(call: FunctionCall, template: str, named: Mapping[Value, Value]) -> Value:
    """Text with the values of a hash put in its directives' places."""
    return sprintf(call, template, dict(named))
