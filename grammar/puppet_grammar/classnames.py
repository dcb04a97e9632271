"""Names of classes and definitions, which are qualified with the classes that they stand in."""



from __future__ import annotations

from typing import Any

from puppet_grammar.elements import Parsed, Sequence, SyntaxFault, Value
from puppet_grammar.lexer import kinds as k
from puppet_grammar.lexer.tokens import TokenString
from puppet_grammar.operators import Suffix

_CLASS = k.KIND["class"]
CLASSNAME_KINDS = frozenset({k.NAME, k.WORD, k.CLASSREF, k.STRING, _CLASS})


class Classname(Value):
    """A name for something defined, as it is written."""

    def __init__(self) -> None:
        super().__init__(k.NAME, k.WORD, k.CLASSREF)

    def _parse(self, tokens: TokenString, loc: int, *_: object) -> Parsed:
        _refuse_quoted(tokens, loc)
        return super()._parse(tokens, loc)


class QualifiedClassname(Classname):
    """A name with those of the classes around it."""

    def _parse(self, tokens: TokenString, loc: int, *_: object) -> Parsed:
        loc, name = super()._parse(tokens, loc)
        return loc, qualified(tokens, name)


class StackedClassname(QualifiedClassname):
    """The name of a class, which from here on qualifies the names in its body."""

    def _parse(self, tokens: TokenString, loc: int, *_: object) -> Parsed:
        if tokens[loc] not in CLASSNAME_KINDS and tokens[loc - 1] == _CLASS:
            _refuse_quoted(tokens, loc - 1)  # Puppet takes `class` itself for the name then
        name = tokens.values[loc]
        loc, full_name = super()._parse(tokens, loc)
        tokens.namespace.append(name)
        return loc, full_name


class Namespace(Sequence):
    """A sequence with a stacked class name, which qualifies names only within it."""

    def _parse(self, tokens: TokenString, loc: int, *_: object) -> Parsed:
        depth = len(tokens.namespace)
        loc, value = super()._parse(tokens, loc)
        del tokens.namespace[depth:]
        return loc, value


class CapabilityMapping(Suffix):
    """What follows a component's name: it may follow a name or an access, and no other operand.

    The builder gets the component's qualified name in place of the operand, or the access as it is.
    """

    def parse_after(self, tokens: TokenString, loc: int, left: Any) -> Parsed:
        """Parses what follows the component ``left``."""
        if tokens[loc - 1] in CLASSNAME_KINDS and left.start == tokens.starts[loc - 1]:
            _refuse_quoted(tokens, loc - 1)
            name = qualified(tokens, tokens.values[loc - 1])
            return super().parse_after(tokens, loc, Component(left.start, left.end, name))
        if tokens[loc - 1] != "]" or not hasattr(left, "keys"):
            raise SyntaxFault(tokens, loc)
        return super().parse_after(tokens, loc, left)


class Component:
    """The qualified name of a component, before it becomes a node."""

    def __init__(self, start: int, end: int, name: str) -> None:
        self.start = start
        self.end = end
        self.name = name


def qualified(tokens: TokenString, name: str) -> str:
    """Returns a name with those of the open classes, as Puppet joins them."""
    return "::".join([*tokens.namespace, name]).removeprefix("::") if tokens.namespace else name


def _refuse_quoted(tokens: TokenString, loc: int) -> None:
    if tokens[loc] == k.STRING:
        raise SyntaxFault(tokens, loc, refusal="A quoted string is not valid as a name here")
    if tokens[loc] == _CLASS:
        raise SyntaxFault(tokens, loc, refusal="'class' keyword not allowed at this location")
