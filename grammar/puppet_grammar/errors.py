"""What parsing can say against a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from puppet_grammar.source import Source


class PuppetSyntaxError(Exception):
    """A text is not Puppet code.

    Attributes:
        message: What is wrong, in Puppet's words.
        file: The file's path, if there is one.
        line: Line of the first token that cannot be, from 1.
        column: Its column in characters, from 1.
        offset: Its offset in the text, in characters.
        excerpt: The line, and below it a caret at the place.
        expected: What could have stood there instead, in words: ``'}'``, ``an expression``.
        hint: What else helps to find the mistake, such as where the bracket was opened that is not closed.
    """

    def __init__(
        self,
        message: str,
        source: Source,
        offset: int,
        *,
        expected: tuple[str, ...] = (),
        hint: str = "",
    ) -> None:
        self.message = message
        self.file = source.file
        self.line, self.column = source.position(offset)
        self.offset = offset
        self.excerpt = source.excerpt(offset)
        self.expected = expected
        self.hint = hint
        super().__init__(message)

    def __str__(self) -> str:
        place = f"line: {self.line}, column: {self.column}"
        return f"{self.message} ({f'file: {self.file}, ' if self.file else ''}{place})"

    def explanation(self) -> str:
        """Returns the error as text for a person: message and place, excerpt, what was expected."""
        lines = [str(self), self.excerpt]
        if self.expected:
            lines.append(f"Expected {_alternatives(self.expected)}")
        if self.hint:
            lines.append(self.hint)
        return "\n".join(lines)


def _alternatives(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


@dataclass(frozen=True, slots=True)
class Issue:
    """What Puppet's validator says against a tree that parsed.

    Attributes:
        severity: Only an ``error`` makes Puppet refuse the file.
        code: Puppet's name for the issue, such as ``NOT_TOP_LEVEL``.
        message: Puppet's text.
        file: The file's path, if there is one.
        line: From 1.
        column: From 1, in characters.
        offset: In the text, in characters.
    """

    severity: Literal["error", "warning", "deprecation"]
    code: str
    message: str
    file: str | None
    line: int
    column: int
    offset: int

    def __str__(self) -> str:
        place = f"line: {self.line}, column: {self.column}"
        return f"{self.message} ({f'file: {self.file}, ' if self.file else ''}{place})"
