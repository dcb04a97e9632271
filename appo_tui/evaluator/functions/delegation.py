"""``call``: a function by its name."""

from __future__ import annotations

from appo_tui.evaluator.faults import UnknownFunctionError
from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.registry import Unknowns, built_in
from appo_tui.evaluator.values import Unknown, Value


@built_in(
    "call", "String function_name, Any arguments*, Callable &block?", unknowns=Unknowns.TAKEN
)
def call_(call: FunctionCall, name: Value, *arguments: Value) -> Value:
    """The value of the function called so."""
    if isinstance(name, Unknown):
        return name
    try:
        return call.context.call_function(str(name), arguments, call.block, call.place)
    except UnknownFunctionError as error:
        if error.function != name:
            raise
        raise FunctionError(f"Unknown function '{name}'") from error
