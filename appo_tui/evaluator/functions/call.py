"""What a function is given besides its arguments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from appo_tui.environment.places import Place
from appo_tui.evaluator.hiera.lookup import Hiera
from appo_tui.evaluator.types import PuppetType
from appo_tui.evaluator.values import Value


class Block(Protocol):
    """A lambda given to a function.

    Calling it evaluates its body; it catches ``NextSignal`` itself and lets ``StopIterationSignal`` and
    ``ReturnSignal`` through.
    """

    @property
    def parameter_count(self) -> int:
        """How many parameters it has."""
        ...

    @property
    def required_count(self) -> int:
        """How many of them have no default."""
        ...

    @property
    def captures_rest(self) -> bool:
        """Whether the last one takes all further arguments."""
        ...

    @property
    def parameter_types(self) -> tuple[PuppetType, ...]:
        """What its parameters take."""
        ...

    def __call__(self, *arguments: Value) -> Value:
        """The value of its last expression."""
        ...


class EnvironmentFiles(Protocol):
    """Where the files of modules are."""

    def find_module_file(self, reference: str) -> Path | None:
        """The file ``files/FILE`` of a module for "MODULE/FILE"; None if there is none."""
        ...

    def find_template(self, reference: str) -> Path | None:
        """The file ``templates/FILE`` of a module for "MODULE/FILE"; None if there is none."""
        ...

    def find_inside(self, path: str) -> Path | None:
        """The file of the environment or of a module path that an absolute path means; None if elsewhere."""
        ...

    def find_module(self, name: str) -> Path | None:
        """A module's directory; None if there is no such module."""
        ...

    def note(self, path: Path) -> None:
        """Note that what is made here depends on a file, or on whether there is one."""
        ...


class CallContext(Protocol):
    """What the code that calls a function can reach."""

    @property
    def environment(self) -> EnvironmentFiles:
        """The environment's files."""
        ...

    @property
    def hiera(self) -> Hiera | None:
        """The environment's data; None where there is none to look up."""
        ...

    def lookup_variable(self, name: str) -> Value:
        """A variable's value; None where there is no such variable."""
        ...

    def call_function(
        self, name: str, arguments: tuple[Value, ...], block: Block | None, place: Place
    ) -> Value:
        """Calls another function, one of the environment's own too."""
        ...

    def log(self, level: str, message: str, place: Place) -> None:
        """Takes what ``notice()`` and its like say; ``level`` is one of Puppet's log levels."""
        ...

    def render_epp(self, text: str, parameters: dict[str, Value] | None, source: str) -> Value:
        """The text that an EPP template makes; Unknown if it can't be told.

        Args:
            text: the template.
            parameters: the values of its parameters.
            source: its file, or how messages call it.
        """
        ...

    def note_data(self, call: Place, place: Place) -> None:
        """Takes where the call at a place found its data."""
        ...

    def resolve_type(self, name: str) -> PuppetType | None:
        """A type by its name, those of modules and resource types too."""
        ...


@dataclass(frozen=True, slots=True)
class FunctionCall:
    """One call.

    Attributes:
        context: what the calling code can reach.
        place: where the call stands.
        block: the block that was given.
    """

    context: CallContext
    place: Place
    block: Block | None = None

    @property
    def environment(self) -> EnvironmentFiles:
        """The environment's files."""
        return self.context.environment

    @property
    def hiera(self) -> Hiera | None:
        """The environment's data."""
        return self.context.hiera

    @property
    def lookup_variable(self) -> Callable[[str], Value]:
        """Gives a variable's value."""
        return self.context.lookup_variable

    @property
    def yielding(self) -> Block:
        """The block, where the function's signature says that there is one."""
        if self.block is None:
            raise AssertionError("the signature asks for a block")
        return self.block
