"""Where to go on after an error, and what could have stood in its place."""

from __future__ import annotations

from collections.abc import Callable

from puppet_grammar.lexer import kinds as k
from puppet_grammar.lexer.tokens import TokenString

_OPENING = frozenset({"{", "(", "[", k.LISTSTART, k.WSLPAREN, k.SELBRACE})
_CLOSING = frozenset({"}", ")", "]"})

_EXPRESSION_STARTS = (k.VARIABLE, k.NAME, k.NUMBER, k.STRING, k.CLASSREF)
_CANDIDATES = (
    *_EXPRESSION_STARTS,
    *"{}()],;:=|",
    *(k.KIND[mark] for mark in ("=>", "|>", "|>>", "inherits")),
    k.END,
)
_AFTER_OPERANDS = frozenset({"}", ")", "]", ",", ":", k.KIND["=>"]})
"""Where one of these can stand an operand has ended: a parenthesis could too, but is rarely meant."""
_LONGEST_PREFIX = 3000
"""Of how many tokens a prefix is at most parsed again and again to find what could follow it."""


def resynchronize(tokens: TokenString, start: int, fault: int, first: frozenset[str]) -> int:
    """Returns where the next statement starts, or the block ends, after a statement with an error.

    It is the next line that starts like a statement outside of the brackets that the broken statement
    has opened; or, lest a missing bracket hide the rest of the file, a line that is indented no more than
    the broken statement.

    Args:
        tokens: The tokens.
        start: Where the broken statement starts.
        fault: The token that could not be.
        first: The kinds that start a statement.
    """
    depth = 0
    for loc in range(start, len(tokens)):
        kind = tokens[loc]
        if kind == k.END:
            return loc
        # A keyword before the fault may have been meant to start a statement, and was read as a name.
        if loc >= fault - 1 and loc > start and kind in first and kind not in _OPENING:
            outside = depth <= 0 and loc >= fault
            indented_less = indentation(tokens, loc) <= indentation(tokens, start)
            if _starts_line(tokens, loc) and (outside or indented_less):
                return loc
        if kind in _OPENING:
            depth += 1
        elif kind in _CLOSING and depth > 0:
            depth -= 1
        elif kind == "}" and loc >= fault:
            return loc
        elif kind == ";" and depth <= 0 and loc >= fault:
            return loc + 1
    return len(tokens) - 1


def _starts_line(tokens: TokenString, loc: int) -> bool:
    place = tokens.starts[loc]
    return indentation(tokens, loc) == place - tokens.text.rfind("\n", 0, place) - 1


def indentation(tokens: TokenString, loc: int) -> int:
    """Returns how far the line that a token stands in is indented; at the end not at all."""
    text = tokens.text
    line = text.rfind("\n", 0, tokens.starts[loc]) + 1
    end = line
    while end < len(text) and text[end] in " \t":
        end += 1
    return end - line


def expected_after(
    tokens: TokenString, loc: int, accepts: Callable[[TokenString, int], bool]
) -> tuple[str, ...]:
    """Returns in words what could have stood at ``loc``.

    Args:
        tokens: The tokens.
        loc: The token that could not be.
        accepts: Whether the grammar goes on behind the token with that number.
    """
    if loc > _LONGEST_PREFIX:
        return ()
    found = [kind for kind in _CANDIDATES if accepts(_ending_with(tokens, loc, kind), loc)]
    if {k.VARIABLE, k.NAME, k.NUMBER}.issubset(found):
        rest = [kind for kind in found if kind not in (*_EXPRESSION_STARTS, "{", "(")]
        return ("an expression", *(k.DESCRIPTION[kind] for kind in rest if kind != k.END))
    if not _AFTER_OPERANDS.isdisjoint(found):
        found = [kind for kind in found if kind != "("]
    return tuple(k.DESCRIPTION[kind] for kind in found if kind != k.END or len(found) == 1)


def _ending_with(tokens: TokenString, loc: int, kind: str) -> TokenString:
    """Returns the tokens before ``loc``, then one of a kind, then the end."""
    place = tokens.starts[loc]
    return TokenString.make(
        [*tokens[:loc], kind, k.END],
        [*tokens.values[:loc], "1", ""],
        [*tokens.starts[:loc], place, place],
        [*tokens.ends[:loc], place, place],
        text=tokens.text,
        file=tokens.file,
        faults={},
    )


def opened_at(tokens: TokenString) -> int | None:
    """Returns the token that opened the innermost bracket that is not closed, if there is one."""
    opened: list[int] = []
    for loc, kind in enumerate(tokens):
        if kind in _OPENING:
            opened.append(loc)
        elif kind in _CLOSING and opened:
            opened.pop()
    return opened[-1] if opened else None
