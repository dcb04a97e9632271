"""Functions that keep a class or define to the module that it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from appo_tui.evaluator.definitions import Definition
from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.registry import Unknowns, stdlib
from appo_tui.evaluator.values import Value

if TYPE_CHECKING:
    from appo_tui.evaluator.context import ScopeContext


@stdlib("assert_private", "Any message?", unknowns=Unknowns.TAKEN)
def assert_private(call: FunctionCall, message: Value = None) -> Value:
    """Fails if the class or define that calls it was declared by another module's code."""
    module, caller = call.lookup_variable("module_name"), call.lookup_variable("caller_module_name")
    if (module or "") != (caller or ""):
        raise FunctionError(message if isinstance(message, str) else f"{_subject(call)} is private")
    return None


@stdlib("private", "Any message?", unknowns=Unknowns.TAKEN)
def private(call: FunctionCall, message: Value = None) -> Value:
    """The older name of ``assert_private``."""
    return assert_private(call, message)


def _subject(call: FunctionCall) -> str:
    source = cast("ScopeContext", call.context).scope.frame.source
    if not isinstance(source, Definition):
        return "Definition"
    return f"{'Class' if source.kind == 'class' else 'Definition'} {source.name}"
