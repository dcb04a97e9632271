"""Jumps that lead nowhere: ``break()``, ``next()`` and ``return()`` outside of what they end."""

from __future__ import annotations

from typing import Final

from appo_tui.environment.places import Place
from appo_tui.evaluator.faults import EvaluationError, PreformattedError
from appo_tui.evaluator.functions.errors import ControlSignal, StopIterationSignal

_CODE: Final = "jump"
_HINT: Final = "Use it in a block that a function calls, or in a function."
_STOP: Final = "Puppet::Pops::Evaluator::PuppetStopIteration"
_FAILED_IN: Final = {
    "application": "Puppet::Parser::EnvironmentCompiler",
    "default": "Puppet::Resource::Type",
}


def illegal_jump(signal: ControlSignal, where: str, around: Place | None = None) -> EvaluationError:
    """What Puppet says of a jump that left a piece of code.

    Args:
        signal: the jump.
        where: the kind of code: "main", "site", "application", "default" of a parameter, "mapping".
        around: the definition, which Puppet names where ``break()`` left a default.
    """
    line = Place(signal.place.file, signal.place.line)
    if isinstance(signal, StopIterationSignal):
        if where == "site":
            return PreformattedError(_STOP, code=_CODE, hint=_HINT, about=signal.place)
        if where == "mapping":
            text = f"Evaluation Error: Error while evaluating an Object, {signal}"
            return PreformattedError(text, line, code=_CODE, hint=_HINT)
        if where in _FAILED_IN:
            text = f"{_FAILED_IN[where]} failed with error {_STOP}: {_STOP}"
            place = around if where == "default" else None
            return EvaluationError(text, place, code=_CODE, hint=_HINT, about=signal.place)
    return EvaluationError(str(signal), line, code=_CODE, hint=_HINT)
