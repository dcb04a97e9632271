"""How values of a type are made: what ``new`` takes for it, and what it makes of that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from appo_tui.evaluator.types.inference import generalize, infer
from appo_tui.evaluator.types.signature_texts import LocalTypes, parsed_signatures
from appo_tui.evaluator.types.signatures import Signature, describe_call
from appo_tui.evaluator.values import Value


class ConversionError(ValueError):
    """A value that cannot be made; the message is Puppet's."""


@dataclass(frozen=True, slots=True)
class Constructor:
    """Makes values of one type.

    Attributes:
        name: as messages have it; for some types it is another type's, as in Puppet.
        signatures: the ways in which it can be called.
        make: takes the arguments, which fit one of the signatures; a ValueError that it raises has
            Puppet's words.
        local_types: the names of types that only the signatures know.
        refuse: what is said, instead of how the signatures don't fit, of arguments that fit none of them;
            None where that is said.
    """

    name: str
    signatures: tuple[str, ...]
    make: Callable[..., Value]
    local_types: LocalTypes = ()
    refuse: Callable[[tuple[Value, ...]], str | None] | None = None

    def new(self, arguments: tuple[Value, ...]) -> Value:
        """The value that the arguments make.

        Raises:
            ConversionError: none can be made of them.
        """
        if self.accepts(arguments):
            try:
                return self.make(*arguments)
            except ValueError as error:
                raise ConversionError(str(error)) from error
        own = self.refuse(arguments) if self.refuse is not None else None
        raise ConversionError(own or describe_call(self.name, self._parsed, arguments))

    def accepts(self, arguments: tuple[Value, ...]) -> bool:
        """Whether the arguments fit one of the signatures."""
        return any(signature.accepts(arguments, None) for signature in self._parsed)

    @property
    def _parsed(self) -> tuple[Signature, ...]:
        return parsed_signatures(self.signatures, self.local_types)


def cannot_be_converted(value: Value, kind: str) -> str:
    """What is said of a value that is of no use for values of ``kind``."""
    if isinstance(value, str):
        return f"The string '{value}' cannot be converted to {kind}"
    return f"Value of type {generalize(infer(value))} cannot be converted to {kind}"
