"""Words in a type's file that Ruby knows nothing of."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from puppet_grammar.ruby_types.lexing import Kind, Token

_MEANT = ("true", "false", "nil")


def unknown_word(tokens: Sequence[Token], index: int, receiver: str) -> str | None:
    """Returns Ruby's complaint about an option's value that is a word which nothing in the file defines.

    Args:
        tokens: The file's.
        index: The word's.
        receiver: What Ruby asks for the word.
    """
    token = tokens[index]
    if token.kind is not Kind.NAME or not token.value.islower() or token.value in (*_MEANT, "self"):
        return None
    if sum(other.kind is Kind.NAME and other.value == token.value for other in tokens) > 1:
        return None
    meant = difflib.get_close_matches(token.value, _MEANT, n=1, cutoff=0.75)
    hint = f"\nDid you mean?  {meant[0]}" if meant else ""
    return f"undefined local variable or method `{token.value}' for {receiver}{hint}"
