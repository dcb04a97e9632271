"""Tokens as a string of kinds, with what each stands for in lists beside it."""

from __future__ import annotations

from collections.abc import Mapping

from puppet_grammar.errors import PuppetSyntaxError


class TokenString(str):
    """The kinds of a text's tokens, one character each; pyparsing's locations are token numbers.

    Attributes:
        text: What was lexed.
        file: Where it came from, if it came from a file.
        values: What each token says: a name, a string's content, the spelling of an operator.
        starts: Offset in the text of each token's first character.
        ends: Offset after each token's last character.
        faults: The errors to raise where the kind is ``kinds.FAULT``, by the token's number.
        namespace: The names of the classes that are open while the string is being parsed.
        recovered: The errors found so far, if parsing is to go on after them; None if it is to stop.
        resumed: Where it went on after the last of them: an error there is a consequence of that one.
    """

    __slots__ = ("ends", "faults", "file", "namespace", "recovered", "resumed", "starts", "text", "values")

    text: str
    file: str | None
    values: list[str]
    starts: list[int]
    ends: list[int]
    faults: Mapping[int, PuppetSyntaxError]
    namespace: list[str]
    recovered: list[Exception] | None
    resumed: int

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
        faults: Mapping[int, PuppetSyntaxError],
    ) -> TokenString:
        """Returns the string of ``kinds`` with its lists, which are kept and not copied."""
        tokens = cls("".join(kinds))
        tokens.text = text
        tokens.file = file
        tokens.values = values
        tokens.starts = starts
        tokens.ends = ends
        tokens.faults = faults
        tokens.namespace = []
        tokens.recovered = None
        tokens.resumed = -1
        return tokens
