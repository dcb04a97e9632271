"""How functions end other than by a value."""

from __future__ import annotations

from appo_tui.environment.places import Place
from appo_tui.evaluator.values import Value


class FunctionError(Exception):
    """A function failed; the message is Puppet's, without place and without what is being evaluated."""


class NotFoundError(FunctionError):
    """A lookup found nothing: Puppet reports it as it is, without the place."""


class FailedOnPurposeError(FunctionError):
    """``fail()`` was called."""


class ControlSignal(Exception):  # noqa: N818 - not an error but a jump
    """A jump out of code; where there is nothing to jump out of it is an error, whose text it has.

    Attributes:
        place: the call.
    """

    place: Place


class StopIterationSignal(ControlSignal):
    """``break()``: ends the innermost iteration; an error where there is none."""

    def __init__(self, place: Place) -> None:
        super().__init__("break() from context where this is illegal")
        self.place = place


class NextSignal(ControlSignal):
    """``next()``: ends the innermost block, function, class or define, with a value."""

    def __init__(self, value: Value, place: Place) -> None:
        super().__init__("next() from context where this is illegal")
        self.value = value
        self.place = place


class ReturnSignal(ControlSignal):
    """``return()``: ends the innermost function, class or define, with a value."""

    def __init__(self, value: Value, place: Place) -> None:
        super().__init__("return() from context where this is illegal")
        self.value = value
        self.place = place
