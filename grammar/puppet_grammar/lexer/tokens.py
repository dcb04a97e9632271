"""Tokens as a string of kinds, with what each stands for in lists beside it."""

from __future__ import annotations

from puppet_grammar.errors import PuppetSyntaxError


class TokenString(str):
    """The kinds of a text's tokens, one character each; pyparsing's locations are token numbers.

    Attributes:
        text: What was lexed.
        file: Where it came from, if it came from a file.
        values: What each token says: a name, a string's content, the spelling of an operator.
        starts: Offset in the text of each token's first character.
        ends: Offset after each token's last character.
        fault: The error to raise where the kind is ``kinds.FAULT``.
        namespace: The names of the classes that are open while the string is being parsed.
    """

    __slots__ = ("ends", "fault", "file", "namespace", "starts", "text", "values")

    text: str
    file: str | None
    values: list[str]
    starts: list[int]
    ends: list[int]
    fault: PuppetSyntaxError | None
    namespace: list[str]

    @classmethod
    def make(
        cls,
        kinds: list[str],
        values: list[str],
        starts: list[int],
        ends: list[int],
        *,
        text: str,
        file: str | None,
        fault: PuppetSyntaxError | None,
    ) -> TokenString:
        """Returns the string of ``kinds`` with its lists, which are kept and not copied."""
        tokens = cls("".join(kinds))
        tokens.text = text
        tokens.file = file
        tokens.values = values
        tokens.starts = starts
        tokens.ends = ends
        tokens.fault = fault
        tokens.namespace = []
        return tokens
