"""Resource types that are written in Ruby."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from puppet_grammar.source import Source


class RubyTypeError(Exception):
    """A file that should define a resource type cannot be read.

    Attributes:
        message: What is wrong.
        file: The file's path, if there is one.
        line: From 1.
        column: From 1, in characters.
        offset: In the text, in characters.
        excerpt: The line, and below it a caret at the place.
    """

    def __init__(self, message: str, source: Source, offset: int) -> None:
        self.message = message
        self.file = source.file
        self.line, self.column = source.position(offset)
        self.offset = offset
        self.excerpt = source.excerpt(offset)
        super().__init__(message)

    def __str__(self) -> str:
        place = f"line: {self.line}, column: {self.column}"
        return f"{self.message} ({f'file: {self.file}, ' if self.file else ''}{place})"


class RubyNameError(RubyTypeError):
    """A name in the file stands for nothing: Ruby can't run it. As text it is Ruby's message."""

    def __str__(self) -> str:
        return self.message


class NoRubyTypeError(RubyTypeError):
    """The file has no call that defines a type."""


@dataclass(frozen=True, slots=True)
class RubyWarning:
    """Something in the file that Puppet ignores, or that is not understood here.

    Attributes:
        message: What it is.
        line: From 1.
        column: From 1, in characters.
    """

    message: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class RubyParameter:
    """An attribute of a resource type.

    Attributes:
        name: Its name.
        kind: ``param`` or ``property``; only the first is filled from a service resource.
        doc: Its description, or nothing.
        namevar: Whether it takes the resource's title.
        required: Whether it says ``isrequired``.
        default: What ``defaultto`` gives, as Ruby code; ``{ ... }`` for a block; None if it has no default.
        values: What ``newvalues`` allows: words as they are, regular expressions between slashes.
        line: Where it is declared, from 1.
        column: From 1, in characters.
        offset: In the text, in characters.
    """

    name: str
    kind: Literal["param", "property"]
    doc: str
    namevar: bool
    required: bool
    default: str | None
    values: tuple[str, ...]
    line: int
    column: int
    offset: int


@dataclass(frozen=True, slots=True)
class RubyType:
    """A resource type.

    Attributes:
        name: Its name, which may differ from its file's.
        is_capability: Whether it is a service resource type.
        parameters: Its parameters and properties, in order; ``ensure`` among them if it is ensurable.
        namevars: The names of the parameters that make up its title; properties never do.
        ensurable: Whether it has an ``ensure`` of the usual kind.
        features: The features that its providers may have: it has providers if there are any.
        provides: The providers that the file itself brings.
        doc: Its description, or nothing.
        warnings: What in the file Puppet ignores or is not understood here.
        is_open: Whether code that is not understood may give it further parameters.
        file: The file's path, if there is one.
        line: Where it is declared, from 1.
        column: From 1, in characters.
        offset: In the text, in characters.
    """

    name: str
    is_capability: bool
    parameters: tuple[RubyParameter, ...]
    namevars: tuple[str, ...]
    ensurable: bool
    features: tuple[str, ...]
    provides: tuple[str, ...]
    doc: str
    warnings: tuple[RubyWarning, ...]
    is_open: bool
    file: str | None
    line: int
    column: int
    offset: int

    @property
    def namevar(self) -> str | None:
        """The parameter that takes the title, if it is one."""
        return self.namevars[0] if len(self.namevars) == 1 else None
