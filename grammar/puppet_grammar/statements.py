"""Statements in a row, and the whole program."""

# ruff: noqa: SLF001 - _parse is the method that pyparsing itself exchanges

from __future__ import annotations

from typing import Any

import pyparsing

from puppet_grammar.building.refusal import RefusalError
from puppet_grammar.elements import Direct, Parsed, SyntaxFault
from puppet_grammar.lexer import kinds as k
from puppet_grammar.lexer.tokens import TokenString
from puppet_grammar.recovery import indentation, resynchronize


class Statements(Direct, pyparsing.ParseElementEnhance):
    """One statement or more; the builder gets a list.

    Statements need nothing between them, and may have semicolons. What follows a statement after a comma
    belongs to it as an argument of a call without parentheses: such an item of the list is a tuple of the
    expressions and the offset of the first comma.
    """

    def __init__(self, statement: Direct) -> None:
        super().__init__(statement)
        self.statement = statement

    def _first(self) -> frozenset[str]:
        return self.statement.first

    def _parse(self, tokens: TokenString, loc: int, *_: object) -> Parsed:
        items: list[Any] = []
        first = self.first
        while True:
            start = loc
            depth = len(tokens.namespace)
            try:
                loc, item = self.item(tokens, loc)
                items.append(item)
            except (SyntaxFault, RefusalError) as error:
                if tokens.recovered is None:
                    raise
                del tokens.namespace[depth:]
                loc = _after_error(tokens, start, error, first)
                if indentation(tokens, loc) < indentation(tokens, start):
                    return loc, self.made(tokens, items)
            kind = tokens[loc]
            if kind == ";":
                loc += 1
            elif kind not in first:
                return loc, self.made(tokens, items)

    def item(self, tokens: TokenString, loc: int) -> Parsed:
        """Parses a statement, or several expressions with commas between."""
        parse = self.statement._parse
        loc, item = parse(tokens, loc)
        if tokens[loc] != ",":
            return loc, item
        comma = tokens.starts[loc]
        arguments = [item]
        while tokens[loc] == ",":
            loc, item = parse(tokens, loc + 1)
            arguments.append(item)
        return loc, (arguments, comma)

    def made(self, tokens: TokenString, items: list[Any]) -> Any:
        """Returns what the builder makes of the statements."""
        if self.build is None:
            return items
        try:
            return self.build(items)
        except RefusalError as error:
            if tokens.recovered is None:
                raise
            tokens.recovered.append(error)
            return self.build([item for item in items if not isinstance(item, tuple)])


def _after_error(
    tokens: TokenString, start: int, error: SyntaxFault | RefusalError, first: frozenset[str]
) -> int:
    """Keeps an error, unless it follows from the one before, and returns where to go on."""
    fault = error.loc if isinstance(error, SyntaxFault) else start
    if tokens.recovered is not None and fault != tokens.resumed:
        tokens.recovered.append(error)
    tokens.resumed = resynchronize(tokens, start, fault, first)
    return tokens.resumed


class Program(Direct, pyparsing.ParseElementEnhance):
    """Statements to the end of the text, or none."""

    def __init__(self, body: Statements) -> None:
        super().__init__(body)
        self.body = body

    def _first(self) -> frozenset[str]:
        return self.body.first | {k.END}

    def _parse(self, tokens: TokenString, loc: int, *_: object) -> Parsed:
        statements: list[Any] = []
        while tokens[loc] != k.END:
            loc, made = self.body._parse(tokens, loc)
            statements += made
            if tokens[loc] == k.END:
                break
            if tokens.recovered is None:
                raise SyntaxFault(tokens, loc, wanted=self.first)
            if loc != tokens.resumed or tokens[loc] not in self.first:
                tokens.recovered.append(SyntaxFault(tokens, loc, wanted=self.first))
                loc += 1
        if self.build is None:
            raise TypeError("the program has no builder")
        return loc, self.build(len(tokens.text), statements)
