"""Functions that change where evaluation goes on, and those that say something."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import (
    FailedOnPurposeError,
    NextSignal,
    ReturnSignal,
    StopIterationSignal,
)
from appo_tui.evaluator.functions.registry import Unknowns, built_in, built_in_counting
from appo_tui.evaluator.types.ruby_values import ruby_text
from appo_tui.evaluator.types.text_form import text_of
from appo_tui.evaluator.values import Unknown, Value


@built_in("break", "")
def break_(call: FunctionCall) -> NoReturn:
    """Ends the innermost iteration."""
    raise StopIterationSignal(call.place)


@built_in("next", "Optional[Any] value?", unknowns=Unknowns.TAKEN)
def next_(call: FunctionCall, value: Value = None) -> NoReturn:
    """Ends the block with a value."""
    raise NextSignal(value, call.place)


@built_in("return", "Optional[Any] value?", unknowns=Unknowns.TAKEN)
def return_(call: FunctionCall, value: Value = None) -> NoReturn:
    """Ends the function, class or define with a value."""
    raise ReturnSignal(value, call.place)


@built_in_counting("fail", 0, unknowns=Unknowns.TAKEN)
def fail(_call: FunctionCall, *messages: Value) -> NoReturn:
    """Fails with the messages, joined by spaces."""
    raise FailedOnPurposeError(
        " ".join(_unknown(one) if isinstance(one, Unknown) else ruby_text(one) for one in messages)
    )


@built_in("import", "Any arg*", unknowns=Unknowns.TAKEN)
def import_(call: FunctionCall, *_files: Value) -> NoReturn:
    """Is no more: Puppet reads a directory of manifests instead."""
    raise EvaluationError(
        "Evaluation Error: Use of 'import' has been discontinued in favor of a manifest directory. "
        "See http://links.puppet.com/puppet-import-deprecation",
        call.place, code="unsupported", hint="Put the manifests into the manifests directory.",
    )  # fmt: skip


def _message(messages: tuple[Value, ...]) -> str:
    return " ".join(_unknown(one) if isinstance(one, Unknown) else text_of(one) for one in messages)


def _unknown(value: Unknown) -> str:
    return f"(unknown: {value.reason})"


def _saying(level: str) -> Callable[..., Value]:
    def say(call: FunctionCall, *messages: Value) -> Value:
        call.context.log(level, _message(messages), call.place)
        return None

    say.__doc__ = f"Says its arguments at the level {level}."
    return say


for _level in ("alert", "crit", "debug", "emerg", "err", "info", "notice", "warning"):
    built_in(_level, "Any values*", unknowns=Unknowns.TAKEN)(_saying(_level))
