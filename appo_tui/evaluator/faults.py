"""What stops an evaluation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from appo_tui.environment.places import Place

REPORT_IT: Final = "If the code is right, this is a fault of appo: please report it with the code."


def with_place(text: str, place: Place | None) -> str:
    """``text`` and its place as Puppet writes it: ``(file: F, line: N, column: C)``."""
    if place is None:
        return text
    parts = [f"file: {place.file}"] if place.file else []
    parts.append(f"line: {place.line}")
    if place.column is not None:
        parts.append(f"column: {place.column}")
    return f"{text} ({', '.join(parts)})"


def in_configuration(text: str, file: str | None, line: int | None) -> str:
    """``text`` with the hiera.yaml that it is about, and the line in it, as far as they are known."""
    if file is None:
        return text
    return with_place(text, Place(file, line)) if line is not None else f"{text} (file: {file})"


class EvaluationError(Exception):
    """Puppet code that can't be evaluated, in Puppet's words.

    An error that does not know its place yet is raised without one; the expression that is being
    evaluated then adds its own.

    Attributes:
        text: the message without the place.
        place: where; None while it is not known.
        code: the diagnostic's code.
        hint: what to do about it.
        about: the declaration at fault, where Puppet's message does not give it.
    """

    def __init__(
        self,
        text: str,
        place: Place | None = None,
        *,
        code: str = "evaluation",
        hint: str = "",
        about: Place | None = None,
    ) -> None:
        super().__init__(text)
        self.text = text
        self.place = place
        self.code = code
        self.hint = hint
        self.about = about

    @property
    def message(self) -> str:
        """The message with the place, as Puppet prints it."""
        return with_place(self.text, self.place)

    def __str__(self) -> str:
        return self.message


class UnknownFunctionError(EvaluationError):
    """A call of a function that is nowhere.

    Attributes:
        function: its name.
    """

    def __init__(self, function: str, place: Place) -> None:
        hint = "Add the module that brings it to the module path, or correct its name."
        text = f"Evaluation Error: Unknown function: '{function}'."
        super().__init__(text, place, code="unknown-function", hint=hint)
        self.function = function


class MisnamedFileError(EvaluationError):
    """A file that holds something else than what its name promises."""

    def __init__(self, text: str) -> None:
        hint = "Name what the file defines after the file, and keep everything else out of it."
        super().__init__(text, code="misnamed-file", hint=hint)


class PreformattedError(EvaluationError):
    """What Puppet prints as it is: no expression adds its own words or its place."""


class BareError(PreformattedError):
    """What Puppet prints without any place, and without the environment's name."""


class LookupFailure(EvaluationError):  # noqa: N818 - as Puppet calls it
    """A lookup that fails. Puppet prints it as it is, but for the place of the definition it happens in.

    Attributes:
        file: the hiera.yaml at fault, if that is known.
        line: the line in it, if that is.
    """

    def __init__(
        self,
        bare: str,
        file: str | None,
        line: int | None = None,
        *,
        code: str,
        hint: str,
        about: Place | None,
    ) -> None:
        super().__init__(in_configuration(bare, file, line), code=code, hint=hint, about=about)
        self.bare = bare
        self.file = file
        self.line = line

    def in_definition(self, place: Place) -> LookupFailure:
        """The failure with the line of the definition that looked up."""
        failure = LookupFailure(self.bare, None, code=self.code, hint=self.hint, about=self.about)
        failure.place = Place(self.file or place.file, self.line or place.line)
        return failure


class InternalError(EvaluationError):
    """What Puppet reports as an error of its own: ``Puppet::Parser::Compiler failed with error ...``."""

    def __init__(self, ruby_class: str, text: str, *, code: str = "evaluation", hint: str = "") -> None:
        super().__init__(text, code=code, hint=hint)
        self.ruby_class = ruby_class

    def as_compiler_failure(self, compiler: str = "Compiler") -> EvaluationError:
        """The error as it leaves a step of the compiler, which is of this class, outside any expression."""
        return EvaluationError(
            f"Puppet::Parser::{compiler} failed with error {self.ruby_class}: {self.text}",
            code=self.code,
            hint=self.hint,
        )


def own_fault(error: Exception) -> str:
    """What is said of an exception that no rule expected: Puppet's words for code that is too deep."""
    if isinstance(error, RecursionError):
        return "stack level too deep"
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}" if error.filename else str(error)
    return f"appo can't evaluate this: {type(error).__name__}: {error}"


def faults_of(step: Callable[[], object], place: Place | None = None) -> Iterator[EvaluationError]:
    """Do a step, and give what went wrong in it: nothing that code makes happen ends the program."""
    try:
        step()
    except EvaluationError as error:
        yield error
    except Exception as error:  # noqa: BLE001 - whatever it is, the user sees the place and the rest of the model
        yield EvaluationError(own_fault(error), code="internal", hint=REPORT_IT, about=place)
