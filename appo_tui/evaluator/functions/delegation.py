"""``call``: a function by its name."""

from __future__ import annotations

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.registry import Unknowns, built_in
from appo_tui.evaluator.values import Unknown, Value


@built_in(
    "call", "String function_name, Any arguments*, Callable &block?", unknowns=Unknowns.TAKEN
)
def call_(call: FunctionCall, name: Value, *arguments: Value) -> Value:
    """The value of the function called so."""
    if isinstance(name, Unknown):
        return name
    return call.context.call_function(str(name), arguments, call.block, call.place)
