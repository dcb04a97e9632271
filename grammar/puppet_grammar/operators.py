"""Operators: precedence climbing as a pyparsing element."""

# ruff: noqa: SLF001 - _parse is the method that pyparsing itself exchanges

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import Any

import pyparsing

from puppet_grammar.elements import Builder, Choice, Direct, Parsed, Predicted, Sequence, SyntaxFault, Value
from puppet_grammar.lexer.tokens import TokenString
from puppet_grammar.traversal import LONGEST_CHAIN


class Binding(IntEnum):
    """How tightly operators bind, as Puppet's grammar ranks them; from the first expression on, values."""

    ASSIGNMENT = 1
    RELATIONSHIP = 2
    RESOURCE = 3
    OR = 4
    AND = 5
    SELECTOR = 6
    COMPARISON = 7
    EQUALITY = 8
    SHIFT = 9
    ADDITION = 10
    MULTIPLICATION = 11
    MATCH = 12
    IN = 13
    MINUS = 14
    UNFOLD = 15
    NOT = 16
    ACCESS = 17


_EXPRESSION = int(Binding.OR)
"""What binds more loosely than this makes no expression: no operator that binds tighter may follow it."""
_UNLIMITED = max(Binding) + 1


class Suffix(Sequence):
    """What can follow an operand: its builder gets the operand before the values of the parts."""

    def parse_after(self, tokens: TokenString, loc: int, left: Any) -> Parsed:
        """Parses the suffix at ``loc`` of the operand ``left``."""
        values: list[Any] = [left]
        for kinds, part in self.steps:
            if part is None:
                if tokens[loc] not in kinds:
                    raise SyntaxFault(tokens, loc, wanted=kinds)
                loc += 1
            else:
                loc, value = part._parse(tokens, loc)
                values.append(value)
        if self.build is None:
            raise TypeError(f"{self.name} has no builder")
        return loc, self.build(left.start, tokens.ends[loc - 1], *values)


class PredictedSuffix(Predicted):
    """One of several suffixes, by the kinds of the next few tokens."""

    def parse_after(self, tokens: TokenString, loc: int, left: Any) -> Parsed:
        """Parses the suffix at ``loc`` of the operand ``left``."""
        part = self.predict(tokens, loc)
        if not isinstance(part, Suffix):
            raise TypeError(f"{part.name} is no suffix")
        return part.parse_after(tokens, loc, left)


@dataclass(frozen=True, slots=True)
class Prefix:
    """An operator before its operand.

    Attributes:
        binding: How tightly it binds.
        build: ``build(start, end, operand)``.
    """

    binding: int
    build: Builder


@dataclass(slots=True)
class OperatorTable:
    """The operators of an expression language; a higher binding is a tighter one.

    Attributes:
        operand: What stands between operators.
        prefixes: Operators before an operand, by kind.
        infixes: Operators between operands, by kind: binding, whether they group from the right, and
            ``build(start, end, operator, left, right)``.
        suffixes: What follows an operand, by the kind that it starts with, and its binding.
        loose: Operands that bind as an operator does, by their first two kinds.
    """

    operand: Choice
    prefixes: Mapping[str, Prefix]
    infixes: Mapping[str, tuple[int, bool, Builder]]
    suffixes: Mapping[str, tuple[int, Suffix | PredictedSuffix]]
    loose: Mapping[tuple[str, str], tuple[int, Direct]]
    levels: dict[int, Level] = field(default_factory=dict)

    def level(self, binding: int) -> Level:
        """Returns the expressions made of operators that bind at least so tightly."""
        if binding not in self.levels:
            self.levels[binding] = Level(self, binding)
        return self.levels[binding]


class Level(Direct, pyparsing.MatchFirst):
    """Expressions whose operators bind at least as tightly as the level says."""

    def __init__(self, table: OperatorTable, minimum: int) -> None:
        super().__init__([])
        self.operators = table
        self.minimum = minimum
        self.loose = {pair: entry for pair, entry in table.loose.items() if entry[0] >= minimum}
        self.loose_kinds = frozenset(pair[0] for pair in self.loose)
        self.streamlined = True

    @cached_property
    def leaves(self) -> dict[str, Builder]:
        """Builders of the operands that are one token."""
        return {
            kind: part.build
            for kind, part in self.operators.operand.table.items()
            if isinstance(part, Value) and part.build
        }

    @cached_property
    def operands(self) -> dict[str, Direct]:
        """The other operands, by the kind that they start with."""
        return self.operators.operand.table

    @cached_property
    def prefixes(self) -> dict[str, tuple[Level, Prefix]]:
        """The operators before an operand that the level allows, with the level of what they apply to."""
        table = self.operators
        return {
            kind: (table.level(prefix.binding), prefix)
            for kind, prefix in table.prefixes.items()
            if prefix.binding >= min(self.minimum, _EXPRESSION)
        }

    @cached_property
    def following(self) -> dict[str, tuple[int, Any, Any]]:
        """What may follow an operand at this level: its binding, the level of the right operand, builder."""
        table = self.operators
        found: dict[str, tuple[int, Any, Any]] = {}
        for kind, (binding, right, build) in table.infixes.items():
            if binding >= self.minimum:
                found[kind] = binding, table.level(binding if right else binding + 1), build
        for kind, (binding, suffix) in table.suffixes.items():
            if binding >= self.minimum:
                found[kind] = binding, None, suffix
        return found

    def _first(self) -> frozenset[str]:
        return self.operators.operand.first | frozenset(self.prefixes) | self.loose_kinds

    def compound(self, tokens: TokenString, loc: int) -> tuple[int, Any, int]:
        """Parses an operand of several tokens; returns also how tightly what follows it may bind."""
        kind = tokens[loc]
        if kind in self.loose_kinds and (kind, tokens[loc + 1]) in self.loose:
            maximum, part = self.loose[kind, tokens[loc + 1]]
            loc, left = part._parse(tokens, loc)
            return loc, left, maximum
        if kind in self.prefixes:
            start = tokens.starts[loc]
            level, prefix = self.prefixes[kind]
            loc, right = level._parse(tokens, loc + 1)
            maximum = prefix.binding if prefix.binding < _EXPRESSION else _UNLIMITED
            return loc, prefix.build(start, right.end, right), maximum
        operand = self.operands.get(kind)
        if operand is None:
            raise SyntaxFault(tokens, loc, wanted=self.first)
        loc, left = operand._parse(tokens, loc)
        return loc, left, _UNLIMITED

    def _parse(self, tokens: TokenString, loc: int, *_: object) -> Parsed:
        kind = tokens[loc]
        maximum = _UNLIMITED
        build = self.leaves.get(kind)
        if build is not None:
            left = build(tokens.starts[loc], tokens.ends[loc], tokens.values[loc])
            loc += 1
        else:
            loc, left, maximum = self.compound(tokens, loc)
        following = self.following
        for _step in range(LONGEST_CHAIN):
            entry = following.get(tokens[loc])
            if entry is None:
                return loc, left
            binding, level, build = entry
            if binding > maximum:
                return loc, left
            if level is None:
                loc, left = build.parse_after(tokens, loc, left)
            else:
                operator = tokens.values[loc]
                loc, right = level._parse(tokens, loc + 1)
                left = build(left.start, right.end, operator, left, right)
            if binding < _EXPRESSION:
                maximum = binding
        raise SyntaxFault(tokens, loc, refusal="Too many operators follow one another")
