"""The variables that a parameter's default sees while defaults are evaluated one after another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from appo_tui.evaluator.functions.errors import ControlSignal
from appo_tui.evaluator.values import Value


class UnevaluatedParameterSignal(ControlSignal):
    """A default reads a parameter that has no value.

    Attributes:
        name: the parameter.
    """

    def __init__(self, name: str) -> None:
        super().__init__(f"${name} has no value yet")
        self.name = name


class ParameterValues(dict[str, Value]):
    """Values by parameter; a parameter without one hides what has its name further out.

    Asking for it raises ``UnevaluatedParameterSignal``, as a default that is evaluated does by reading it:
    a branch that is not taken reads nothing.
    """

    def __init__(self, values: Mapping[str, Value], names: Iterable[str]) -> None:
        super().__init__(values)
        self._awaited = set(names) - values.keys()

    def __contains__(self, name: object) -> bool:
        if name in self._awaited:
            raise UnevaluatedParameterSignal(str(name))
        return super().__contains__(name)

    def __setitem__(self, name: str, value: Value) -> None:
        self._awaited.discard(name)
        super().__setitem__(name, value)
