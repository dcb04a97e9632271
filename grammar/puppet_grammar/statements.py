"""Statements in a row, and the whole program."""

# ruff: noqa: SLF001 - _parse is the method that pyparsing itself exchanges

from __future__ import annotations

from functools import cached_property
from typing import Any

import pyparsing

from puppet_grammar.elements import Direct, Parsed, SyntaxFault
from puppet_grammar.lexer import kinds as k
from puppet_grammar.lexer.tokens import TokenString


class Statements(Direct, pyparsing.ParseElementEnhance):
    """One statement or more; the builder gets a list.

    Statements need nothing between them, and may have semicolons. What follows a statement after a comma
    belongs to it as an argument of a call without parentheses: such an item of the list is a tuple of the
    expressions and the offset of the first comma.
    """

    def __init__(self, statement: Direct) -> None:
        super().__init__(statement)
        self.statement = statement

    @cached_property
    def first(self) -> frozenset[str]:
        return self.statement.first

    def _parse(self, tokens: TokenString, loc: int, *_: object) -> Parsed:
        items: list[Any] = []
        first = self.first
        parse = self.statement._parse
        while True:
            loc, item = parse(tokens, loc)
            kind = tokens[loc]
            if kind == ",":
                comma = tokens.starts[loc]
                arguments = [item]
                while tokens[loc] == ",":
                    loc, item = parse(tokens, loc + 1)
                    arguments.append(item)
                items.append((arguments, comma))
                kind = tokens[loc]
            else:
                items.append(item)
            if kind == ";":
                loc += 1
            elif kind not in first:
                return loc, items if self.build is None else self.build(items)


class Program(Direct, pyparsing.ParseElementEnhance):
    """Statements to the end of the text, or none."""

    def __init__(self, body: Statements) -> None:
        super().__init__(body)
        self.body = body

    @cached_property
    def first(self) -> frozenset[str]:
        return self.body.first | {k.END}

    def _parse(self, tokens: TokenString, loc: int, *_: object) -> Parsed:
        statements: list[Any] = []
        if tokens[loc] != k.END:
            loc, statements = self.body._parse(tokens, loc)
        if tokens[loc] != k.END:
            raise SyntaxFault(tokens, loc, wanted=self.first)
        if self.build is None:
            raise TypeError("the program has no builder")
        return loc, self.build(len(tokens.text), statements)
