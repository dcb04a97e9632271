"""Loops over written lists: ``[:a, :b].each do |name|``, ``%w[a b].each { |name|``, ``NAMES.each``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from puppet_grammar.ruby_types.lexing import Kind, Token

_EACH: Final = ("each", "each_pair", "map", "each_with_index")
_WORDS: Final = (Kind.SYMBOL, Kind.STRING, Kind.LABEL)


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop that runs once for each of some words.

    Attributes:
        words: what its variable stands for in turn.
        variable: the first parameter of its block.
        block: the inside of its block, as numbers of tokens.
        end: the number of the token that closes the block.
    """

    words: tuple[str, ...]
    variable: str
    block: tuple[int, int]
    end: int


def loop_at(tokens: list[Token], ends: dict[int, int], source: str, index: int) -> Loop | None:
    """Returns the loop that starts at a token; None if there is none that can be read."""
    found = _list_at(tokens, ends, source, index)
    if found is None:
        return None
    words, after = found
    while tokens[after].value in (".", "&.") and tokens[after + 1].value in ("freeze", "sort", "uniq"):
        after += 2
    if tokens[after].value not in (".", "&.") or tokens[after + 1].value not in _EACH:
        return None
    opening = after + 2
    if tokens[opening].value not in ("do", "{") or opening not in ends or tokens[opening + 1].value != "|":
        return None
    variable = tokens[opening + 2]
    inside = opening + 3
    while inside < ends[opening] and tokens[inside].value != "|":
        inside += 1
    return Loop(words, variable.value, (inside + 1, ends[opening]), ends[opening])


def _list_at(
    tokens: list[Token], ends: dict[int, int], source: str, index: int
) -> tuple[tuple[str, ...], int] | None:
    """The words of a list that is written at a token, or of a constant, and the token after it."""
    token = tokens[index]
    if token.kind is Kind.STRING and source[token.start : token.start + 2].lower() in ("%w", "%i"):
        return tuple(token.value.split()), index + 1
    if token.kind is Kind.OPERATOR and token.value in ("[", "{") and index in ends:
        return _items(tokens, ends, index), ends[index] + 1
    if token.kind is Kind.NAME and token.value[:1].isupper() and tokens[index + 1].value == ".":
        defined = _definition(tokens, token.value)
        inner = _list_at(tokens, ends, source, defined) if defined is not None else None
        return (inner[0], index + 1) if inner is not None else None
    return None


def _items(tokens: list[Token], ends: dict[int, int], index: int) -> tuple[str, ...]:
    """The words of an array, or the keys of a hash."""
    words: list[str] = []
    at_start = True
    number = index + 1
    while number < ends[index]:
        token = tokens[number]
        if at_start and token.kind in _WORDS:
            words.append(token.value)
        if token.kind is not Kind.NEWLINE:
            at_start = token.value == "," and token.kind is Kind.OPERATOR
        number = ends.get(number, number) + 1
    return tuple(words)


def _definition(tokens: list[Token], name: str) -> int | None:
    """The token after ``NAME =``."""
    for index, token in enumerate(tokens[:-2]):
        if token.kind is Kind.NAME and token.value == name and tokens[index + 1].value == "=":
            return index + 2
    return None
