"""The project's own pyparsing elements, which run over a ``TokenString``.

They differ from pyparsing's in three ways. They predict: which alternative to take is looked up by the
next token's kind (or by a regular expression over the next few), so that nothing is tried in vain and the
first failure is the error. They give values instead of ``ParseResults``: a sequence hands the values of
its parts to its builder. And they override ``_parse``, the method that pyparsing itself exchanges for
packrat parsing, since most of a stock element's time goes into what it does around ``parseImpl``.

Every ``_parse`` takes the tokens and a location and returns the next location and a value.
"""

# ruff: noqa: SLF001 - _parse is the method that pyparsing itself exchanges

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, Self

import pyparsing

from puppet_grammar.lexer import kinds as k
from puppet_grammar.lexer.tokens import TokenString

_ARROW = k.KIND["=>"]

Parsed = tuple[int, Any]
Builder = Callable[..., Any]


class SyntaxFault(pyparsing.ParseException):
    """The token at ``loc`` cannot stand there.

    Attributes:
        refusal: Puppet's text, if it has one of its own for the mistake.
        wanted: The kinds of which one was needed, if only few would do.
    """

    def __init__(
        self, tokens: TokenString, loc: int, *, wanted: Iterable[str] = (), refusal: str = ""
    ) -> None:
        super().__init__(tokens, loc, refusal)
        self.refusal = refusal
        self.wanted = tuple(wanted)


class Direct(pyparsing.ParserElement):
    """What the elements have in common: a builder, and the kinds of token they can start with."""

    build: Builder | None = None

    def builds(self, build: Builder) -> Self:
        """Sets what makes the element's value: ``build(start, end, *values of the parts)``."""
        self.build = build
        return self

    def streamline(self) -> Self:
        """Returns the element as it is: pyparsing would merge sequences in sequences."""
        self.streamlined = True
        return self

    def copy(self) -> Self:
        """Returns the element itself: it holds no state that a copy could need."""
        return self

    @cached_property
    def first(self) -> frozenset[str]:
        """The kinds of token that the element can start with."""
        return self._first()

    @cached_property
    def nullable(self) -> bool:
        """Whether the element can match nothing."""
        return self._nullable()

    @abstractmethod
    def _first(self) -> frozenset[str]: ...

    def _nullable(self) -> bool:
        return False

    @abstractmethod
    def _parse(self, tokens: TokenString, loc: int, *_: object) -> Parsed: ...


class Mark(Direct, pyparsing.Token):
    """A punctuation mark or keyword, without a value."""

    def __init__(self, *kinds: str) -> None:
        super().__init__()
        self.kinds = frozenset(kinds)
        self.set_name(" | ".join(k.DESCRIPTION.get(kind, kind) for kind in kinds))

    def _first(self) -> frozenset[str]:
        return self.kinds

    def _parse(self, tokens: TokenString, loc: int, *_: object) -> Parsed:
        if tokens[loc] not in self.kinds:
            raise SyntaxFault(tokens, loc, wanted=self.kinds)
        return loc + 1, None


class Value(Mark):
    """A token with a value: a name, a number, a variable."""

    def _parse(self, tokens: TokenString, loc: int, *_: object) -> Parsed:
        if tokens[loc] not in self.kinds:
            raise SyntaxFault(tokens, loc, wanted=self.kinds)
        if self.build is None:
            return loc + 1, tokens.values[loc]
        return loc + 1, self.build(tokens.starts[loc], tokens.ends[loc], tokens.values[loc])


def element(part: str | Direct) -> Direct:
    """Returns a part of a rule as an element: a string is the mark that it spells."""
    return Mark(k.KIND.get(part, part)) if isinstance(part, str) else part


class Sequence(Direct, pyparsing.And):
    """Its parts, one after the other; the builder gets the values of those that are no marks."""

    def __init__(self, *parts: str | Direct) -> None:
        super().__init__([element(part) for part in parts])
        self.parts: list[Direct] = self.exprs  # type: ignore[assignment]
        self.steps = [self._step(part) for part in self.parts]

    @staticmethod
    def _step(part: Direct) -> tuple[str, Direct | None]:
        return ("".join(part.kinds), None) if type(part) is Mark else ("", part)

    def _first(self) -> frozenset[str]:
        kinds: frozenset[str] = frozenset()
        for part in self.parts:
            kinds |= part.first
            if not part.nullable:
                break
        return kinds

    def _nullable(self) -> bool:
        return all(part.nullable for part in self.parts)

    def _parse(self, tokens: TokenString, loc: int, *_: object) -> Parsed:
        start = tokens.starts[loc]
        values: list[Any] = []
        for kinds, part in self.steps:
            if part is None:
                if tokens[loc] not in kinds:
                    raise SyntaxFault(tokens, loc, wanted=kinds)
                loc += 1
            else:
                loc, value = part._parse(tokens, loc)
                values.append(value)
        if self.build is None:
            return loc, values[0] if len(values) == 1 else tuple(values)
        return loc, self.build(start, tokens.ends[loc - 1], *values)


class Optional(Direct, pyparsing.Opt):
    """A part or nothing; without it the value is None, or what ``otherwise`` makes."""

    def __init__(self, part: Direct, otherwise: Callable[[], Any] = lambda: None) -> None:
        super().__init__(part)
        self.part = part
        self.otherwise = otherwise

    def _first(self) -> frozenset[str]:
        return self.part.first

    def _nullable(self) -> bool:
        return True

    def _parse(self, tokens: TokenString, loc: int, *_: object) -> Parsed:
        if tokens[loc] in self.first:
            return self.part._parse(tokens, loc)
        return loc, self.otherwise()


class Repeated(Direct, pyparsing.ZeroOrMore):
    """A part as often as it comes; the value is a tuple."""

    def __init__(self, part: Direct) -> None:
        super().__init__(part)
        self.part = part

    def _first(self) -> frozenset[str]:
        return self.part.first

    def _nullable(self) -> bool:
        return True

    def _parse(self, tokens: TokenString, loc: int, *_: object) -> Parsed:
        values = []
        first = self.first
        while tokens[loc] in first:
            loc, value = self.part._parse(tokens, loc)
            values.append(value)
        return loc, tuple(values)


class Listed(Direct, pyparsing.ParseElementEnhance):
    """Parts with a mark between them; the value is a tuple.

    Args:
        part: What is listed.
        mark: What stands between.
        empty: Whether there may be none.
        trailing: Whether the mark may follow the last.
        leading: Whether the mark may come before the first, or alone.
    """

    def __init__(
        self,
        part: Direct,
        mark: str = ",",
        *,
        empty: bool = False,
        trailing: bool = False,
        leading: bool = False,
    ) -> None:
        diagram: pyparsing.ParserElement = pyparsing.And(
            [part, pyparsing.ZeroOrMore(pyparsing.And([Mark(mark), part]))]
        )
        super().__init__(pyparsing.Opt(diagram) if empty else diagram)
        self.part = part
        self.mark = mark
        self.empty = empty
        self.trailing = trailing
        self.leading = leading

    def _first(self) -> frozenset[str]:
        return self.part.first | {self.mark} if self.leading else self.part.first

    def _nullable(self) -> bool:
        return self.empty

    def _parse(self, tokens: TokenString, loc: int, *_: object) -> Parsed:
        values = []
        first = self.part.first
        parse = self.part._parse
        mark = self.mark
        if tokens[loc] in first or not (self.empty or (self.leading and tokens[loc] == mark)):
            loc, value = parse(tokens, loc)
            values.append(value)
        elif not self.leading:
            return loc, ()
        while tokens[loc] == mark:
            if self.trailing and tokens[loc + 1] not in first:
                return loc + 1, tuple(values)
            loc, value = parse(tokens, loc + 1)
            values.append(value)
        return loc, tuple(values)


class Choice(Direct, pyparsing.MatchFirst):
    """One of several parts, by the kind of the next token; the first that can start with it is taken."""

    def __init__(self, *parts: str | Direct) -> None:
        super().__init__([element(part) for part in parts])
        self.parts: list[Direct] = self.exprs  # type: ignore[assignment]

    @cached_property
    def table(self) -> dict[str, Direct]:
        """The part to take, by the kind of the next token."""
        return {kind: part for part in reversed(self.parts) for kind in part.first}

    def _first(self) -> frozenset[str]:
        return frozenset(self.table)

    def _parse(self, tokens: TokenString, loc: int, *_: object) -> Parsed:
        part = self.table.get(tokens[loc])
        if part is None:
            raise SyntaxFault(tokens, loc, wanted=self.first)
        return part._parse(tokens, loc)


def ahead(*kinds: Iterable[str]) -> re.Pattern[str]:
    """Returns a pattern for the next tokens: for each the kinds that it may have."""
    return re.compile("".join(f"[{''.join(map(re.escape, sorted(group)))}]" for group in kinds))


class Predicted(Choice):
    """One of several parts, by the kinds of the next few tokens.

    Args:
        cases: A pattern over the kinds, as ``ahead`` makes it, and the part to take if it matches.
        otherwise: The part to take if none does.
        only: The kinds to start with, if not all that the parts can start with.
    """

    def __init__(
        self,
        *cases: tuple[re.Pattern[str], Direct],
        otherwise: Direct,
        only: frozenset[str] | None = None,
    ) -> None:
        super().__init__(*dict.fromkeys([*(part for _, part in cases), otherwise]))
        self.only = only
        self.cases = [(pattern.match, part) for pattern, part in cases]
        self.otherwise = otherwise

    def _first(self) -> frozenset[str]:
        return self.only or frozenset().union(*(part.first for part in self.parts))

    def predict(self, tokens: TokenString, loc: int) -> Direct:
        """Returns the part to take."""
        for matches, part in self.cases:
            if matches(tokens, loc):
                return part
        return self.otherwise

    def _parse(self, tokens: TokenString, loc: int, *_: object) -> Parsed:
        return self.predict(tokens, loc)._parse(tokens, loc)


class Forward(Direct, pyparsing.Forward):
    """A rule that is used before it is given, with ``becomes``."""

    def becomes(self, part: Direct) -> None:
        """Gives the rule."""
        super().__lshift__(part)
        self.part = part

    def _first(self) -> frozenset[str]:
        return self.part.first

    def _nullable(self) -> bool:
        return self.part.nullable

    def _parse(self, tokens: TokenString, loc: int, *_: object) -> Parsed:
        return self.part._parse(tokens, loc)


class Keyed(Direct, pyparsing.ParseElementEnhance):
    """A part, or a pair of parts with ``=>`` between; the builder makes the pair.

    Args:
        part: What stands alone or before the arrow.
        value: What stands after the arrow.
        wide: What may stand before an arrow beyond ``part``, if it goes on where a ``part`` has ended.
        wide_kinds: The kinds of token by which it goes on.
    """

    def __init__(
        self,
        part: Direct,
        value: Direct,
        wide: Direct | None = None,
        wide_kinds: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(pyparsing.And([part, pyparsing.Opt(pyparsing.And([Mark(_ARROW), value]))]))
        self.part = part
        self.value = value
        self.wide = wide
        self.wide_kinds = wide_kinds

    def _first(self) -> frozenset[str]:
        return self.part.first

    def _parse(self, tokens: TokenString, loc: int, *_: object) -> Parsed:
        start = loc
        loc, key = self.part._parse(tokens, loc)
        if tokens[loc] != _ARROW:
            if self.wide is None or tokens[loc] not in self.wide_kinds:
                return loc, key
            loc, key = self.wide._parse(tokens, start)
            if tokens[loc] != _ARROW:
                raise SyntaxFault(tokens, loc, wanted=(_ARROW,))
        loc, value = self.value._parse(tokens, loc + 1)
        if self.build is None:
            return loc, (key, value)
        return loc, self.build(tokens.starts[start], tokens.ends[loc - 1], key, value)
