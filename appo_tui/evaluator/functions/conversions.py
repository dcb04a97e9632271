"""``new`` and ``convert_to``."""

from __future__ import annotations

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.registry import Unknowns, built_in
from appo_tui.evaluator.types import PuppetType
from appo_tui.evaluator.types.conversion import ConversionError, convert
from appo_tui.evaluator.values import Value


def _converted(target: PuppetType, arguments: tuple[Value, ...]) -> Value:
    try:
        return convert(target, arguments)
    except ConversionError as error:
        raise FunctionError(str(error)) from error


@built_in("new", "Type type, Any args*, Callable &block?", unknowns=Unknowns.WHOLE)
def new(call: FunctionCall, target: PuppetType, *arguments: Value) -> Value:
    """A new value of a type, or the block's for it."""
    made = _converted(target, arguments)
    return made if call.block is None else call.block(made)


@built_in("convert_to", "Any value, Type type, Any args*, Callable[1, 1] &block?", unknowns=Unknowns.WHOLE)
def convert_to(call: FunctionCall, value: Value, target: PuppetType, *arguments: Value) -> Value:
    """A value as one of another type."""
    return new(call, target, value, *arguments)


