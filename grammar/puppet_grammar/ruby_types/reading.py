"""From the tokens of a Ruby file to the resource type in it.

Only calls at the top of the type's block, and of its parameters' blocks, are read: ``newparam``,
``desc`` and their like. Everything else is stepped over from what opens it to what closes it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from puppet_grammar.ruby_types.blocks import matching_ends
from puppet_grammar.ruby_types.lexing import Kind, Token, tokenize
from puppet_grammar.ruby_types.loops import loop_at
from puppet_grammar.ruby_types.model import (
    NoRubyTypeError,
    RubyNameError,
    RubyParameter,
    RubyType,
    RubyTypeError,
    RubyWarning,
)
from puppet_grammar.ruby_types.names import unknown_word
from puppet_grammar.source import Source

_TYPE_OPTIONS = frozenset(["is_capability", "parent", "self_refresh", "features"])
_PARAMETER_OPTIONS = frozenset({
    "namevar", "parent", "boolean", "required_features", "attributes", "array_matching", "retrieve",
    "invalidate_refreshes", "sensitive", "required",
})  # fmt: skip
_KNOWN_CALLS = frozenset([
    "newparam", "newproperty", "ensurable", "desc", "@doc", "feature", "provide", "validate", "autorequire",
    "autobefore", "autonotify", "autosubscribe", "def", "attr_reader", "attr_accessor", "attr_writer",
    "private", "protected", "public", "alias", "alias_method", "require", "require_relative", "newmetaparam",
    "class", "module", "self", "apply_to", "apply_to_all", "apply_to_device", "apply_to_host", "raise",
    "fail", "puts", "end", "return", "define_method", "undef", "isomorphic", "@isomorphic",
])  # fmt: skip
"""What may stand in a type without making parameters that can't be seen."""
_STRUCTURAL = frozenset([Kind.NAME, Kind.OPERATOR, Kind.NEWLINE])
_ARGUMENTS_END = frozenset(["do", ";", "}", "end"])
_HIDING = frozenset(["if", "unless", "case", "while", "until", "begin", "for"])


@dataclass(frozen=True, slots=True)
class _Call:
    """A call: its words, options and block, as numbers of tokens."""

    name: Token
    arguments: tuple[tuple[int, int], ...]
    options: tuple[tuple[Token, int, int], ...]
    block: tuple[int, int] | None


def read_type(text: str, file: str | None = None) -> RubyType:
    """Returns the resource type that a Ruby file defines.

    Args:
        text: The Ruby file.
        file: Its path, for messages.

    Raises:
        RubyTypeError: The file defines no type, or is beyond reading.
    """
    return _Reader(Source(text, file)).type()


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.tokens = tokenize(source)
        self.ends = matching_ends(self.tokens, source)
        self.warnings: list[RubyWarning] = []
        self.bound: dict[str, str] = {}
        self.is_open = False
        self.receiver = "main:Object"

    # --- the type ---

    def type(self) -> RubyType:
        index = self.newtype()
        call = self.call(index)
        if not call.arguments:
            raise RubyTypeError("newtype has no name", self.source, call.name.start)
        name = self.word(call.arguments[0])
        if name is None:
            raise RubyTypeError("The type's name is not a word", self.source, call.name.start)
        self.check_options(call, _TYPE_OPTIONS)
        self.receiver = f"Puppet::Type::{name.capitalize()}:Class"
        parameters: list[RubyParameter] = []
        features: list[str] = []
        provides: list[str] = []
        doc = ""
        ensurable = False
        for inner in self.calls(call.block):
            self.note_unknown(inner)
            match inner.name.value:
                case "newparam" | "newproperty":
                    parameter = self.parameter(inner)
                    if parameter is not None:
                        parameters.append(parameter)
                case "ensurable":
                    ensurable = True
                    parameters.append(self.ensure(inner))
                case "desc" | "@doc":
                    doc = self.text_of(inner)
                case "feature":
                    features += self.first_word(inner)
                case "provide":
                    provides += self.first_word(inner)
        line, column = self.source.position(call.name.start)
        return RubyType(
            name=name,
            is_capability=self.option(call, "is_capability"),
            parameters=tuple(parameters),
            namevars=tuple(dict.fromkeys(p.name for p in parameters if p.namevar and p.kind == "param")),
            ensurable=ensurable,
            features=tuple(features),
            provides=tuple(provides),
            doc=doc,
            warnings=tuple(self.warnings),
            is_open=self.is_open,
            file=self.source.file,
            line=line,
            column=column,
            offset=call.name.start,
        )

    def newtype(self) -> int:
        for index, token in enumerate(self.tokens):
            defined = index > 0 and self.tokens[index - 1].value == "def"
            if token.kind is Kind.NAME and token.value == "newtype" and not defined:
                return index
        raise NoRubyTypeError("The file defines no resource type: it does not call newtype", self.source, 0)

    # --- its parameters ---

    def parameter(self, call: _Call) -> RubyParameter | None:
        name = self.word(call.arguments[0]) if call.arguments else None
        if name is None:
            self.warn(f"The name of this {call.name.value[3:]} is computed: it is left out", call.name)
            self.is_open = True
            return None
        self.check_options(call, _PARAMETER_OPTIONS)
        kind: Literal["param", "property"] = "param" if call.name.value == "newparam" else "property"
        namevar = self.option(call, "namevar") or (name == "name" and kind == "param")
        return self.described(call, name, kind, namevar=namevar)

    def ensure(self, call: _Call) -> RubyParameter:
        described = self.described(call, "ensure", "property", namevar=False)
        if call.block is not None or described.values:
            return described
        line, column = self.source.position(call.name.start)
        return RubyParameter(
            "ensure", "property", "", namevar=False, required=False, default=None,
            values=("present", "absent"), line=line, column=column, offset=call.name.start,
        )  # fmt: skip

    def described(
        self, call: _Call, name: str, kind: Literal["param", "property"], *, namevar: bool
    ) -> RubyParameter:
        """Returns a parameter with what its block says of it."""
        doc = ""
        default: str | None = None
        values: list[str] = []
        required = self.option(call, "required")
        for inner in self.calls(call.block):
            match inner.name.value:
                case "desc" | "@doc":
                    doc = self.text_of(inner)
                case "isnamevar":
                    namevar = True
                case "isrequired":
                    required = True
                case "defaultto":
                    default = self.default_of(inner)
                case "newvalues":
                    values += [self.allowed_value(argument) for argument in inner.arguments]
                case "newvalue":
                    values += [self.allowed_value(argument) for argument in inner.arguments[:1]]
                case "defaultvalues":
                    values += ["present", "absent"]
        line, column = self.source.position(call.name.start)
        return RubyParameter(
            name, kind, doc, namevar, required, default, tuple(dict.fromkeys(values)), line, column,
            call.name.start,
        )  # fmt: skip

    def default_of(self, call: _Call) -> str | None:
        if call.arguments:
            return self.code(call.arguments[0])
        if call.block is None:
            return None
        return self.code((call.block[0] - 1, call.block[1] + 1))

    def allowed_value(self, span: tuple[int, int]) -> str:
        token = self.tokens[span[0]]
        if span[1] - span[0] == 1 and token.kind is Kind.REGEX:
            return f"/{token.value}/"
        word = self.word(span)
        return self.code(span) if word is None else word

    # --- words and options ---

    def first_word(self, call: _Call) -> list[str]:
        word = self.word(call.arguments[0]) if call.arguments else None
        return [] if word is None else [word]

    def word(self, span: tuple[int, int]) -> str | None:
        """Returns a symbol or string, or None for any other code."""
        token = self.tokens[span[0]]
        if token.value == "(" and self.ends.get(span[0]) == span[1] - 1 > span[0] + 1:
            return self.word((span[0] + 1, span[1] - 1))
        if span[1] - span[0] == 1 and token.kind in (Kind.SYMBOL, Kind.STRING):
            return token.value
        if span[1] - span[0] == 1 and token.kind is Kind.NAME:
            return self.bound.get(token.value)
        if span[1] - span[0] == 3 and self.tokens[span[0] + 1].value == "." and token.kind is Kind.NAME:
            converted = self.tokens[span[0] + 2].value in ("to_sym", "to_s", "intern")
            return self.bound.get(token.value) if converted else None
        return None

    def code(self, span: tuple[int, int]) -> str:
        return self.source.text[self.tokens[span[0]].start : self.tokens[span[1] - 1].end]

    def text_of(self, call: _Call) -> str:
        """Returns the strings that a description is made of, without their indentation."""
        if not call.arguments:
            return ""
        start, end = call.arguments[0]
        text = "".join(token.value for token in self.tokens[start:end] if token.kind is Kind.STRING)
        if text[:1].isspace():
            return textwrap.dedent(text).strip()
        first, newline, rest = text.partition("\n")
        return (first.strip() + newline + textwrap.dedent(rest)).strip()

    def option(self, call: _Call, name: str) -> bool:
        for key, start, end in call.options:
            if key.value == name:
                return not (end - start == 1 and self.tokens[start].value in ("false", "nil"))
        return False

    def check_options(self, call: _Call, known: frozenset[str]) -> None:
        for key, start, end in call.options:
            fault = unknown_word(self.tokens, start, self.receiver) if end - start == 1 else None
            if fault is not None:
                raise RubyNameError(fault, self.source, self.tokens[start].start)
            if key.value not in known:
                meant = "namevar" if key.value in ("is_namevar", "isnamevar") else ""
                hint = f"; {meant} is meant" if meant and meant in known else ""
                if key.value == "is_namevar" and self.word(call.arguments[0]) == "name":
                    continue
                self.warn(f"Puppet knows no option {key.value} here{hint}", key)

    def warn(self, message: str, token: Token) -> None:
        self.warnings.append(RubyWarning(message, *self.source.position(token.start)))

    # --- calls ---

    def calls(self, block: tuple[int, int] | None) -> Iterator[_Call]:
        """Yields the calls, and assignments of ``@doc``, that stand at the top of a block."""
        if block is None:
            return
        index, end = block
        at_start = True
        while index < end:
            token = self.tokens[index]
            loop = loop_at(self.tokens, self.ends, self.source.text, index) if at_start else None
            if loop is not None:
                for word in loop.words:
                    self.bound[loop.variable] = word
                    yield from self.calls(loop.block)
                self.bound.pop(loop.variable, None)
                index = loop.end
            elif at_start and token.kind is Kind.NAME and index not in self.ends:
                yield self.call(index)
            elif index in self.ends and token.value in _HIDING:
                self.note_hidden(index)
            if index in self.ends:
                index = self.ends[index]
            token = self.tokens[index] if loop is not None else token
            at_start = token.kind is Kind.NEWLINE or token.value == ";"
            index += 1

    def note_unknown(self, call: _Call) -> None:
        """Leaves the type open for a call that may do anything; an assignment calls nothing."""
        text = self.source.text[call.name.end : call.name.end + 12].lstrip()
        assigns = text.startswith(("=", "||=", "+=")) and not text.startswith("==")
        self.is_open = self.is_open or not (assigns or call.name.value in _KNOWN_CALLS)

    def note_hidden(self, index: int) -> None:
        for token in self.tokens[index : self.ends[index]]:
            if token.kind is Kind.NAME and token.value in ("newparam", "newproperty"):
                self.warn("This is declared under a condition: it is left out", token)
                self.is_open = True

    def call(self, index: int) -> _Call:
        """Returns the call, or assignment, whose name is at ``index``."""
        name = self.tokens[index]
        index += 1
        if self.tokens[index].value == "=":
            index += 1
        arguments: list[tuple[int, int]] = []
        options: list[tuple[Token, int, int]] = []
        if self.tokens[index].value == "(" and self.tokens[index].start == name.end:
            close = self.ends[index]
            self.arguments(index + 1, close, arguments, options)
            index = close + 1
        else:
            stop = self.arguments_end(index)
            self.arguments(index, stop, arguments, options)
            index = stop
        return _Call(name, tuple(arguments), tuple(options), self.block(index))

    def arguments_end(self, index: int) -> int:
        """Returns where the arguments of a call without parentheses end."""
        first = index
        while True:
            token = self.tokens[index]
            if token.kind is Kind.END or (token.kind in _STRUCTURAL and token.value in _ARGUMENTS_END):
                return index
            if token.kind is Kind.NAME and token.value in ("if", "unless") and index not in self.ends:
                return index
            if token.value == "{" and token.kind is Kind.OPERATOR and self.is_block(first, index):
                return index
            if token.kind is Kind.NEWLINE and not self.continues(index):
                return index
            index = self.ends.get(index, index) + 1

    def is_block(self, first: int, index: int) -> bool:
        """Whether a brace opens a block: it does unless a value has to come."""
        before = self.tokens[index - 1]
        return index == first or not (before.kind is Kind.LABEL or before.value in (",", "=>", "=", "+"))

    def continues(self, index: int) -> bool:
        """Whether a statement goes on after the end of a line."""
        before = self.tokens[index - 1]
        after = next(token for token in self.tokens[index:] if token.kind is not Kind.NEWLINE)
        ends_open = before.kind is Kind.OPERATOR and before.value not in (")", "]", "}", "|")
        return ends_open or before.kind is Kind.LABEL or after.value in (".", "&.")

    def block(self, index: int) -> tuple[int, int] | None:
        """Returns the inside of the block that starts at ``index``, without its parameters."""
        if self.tokens[index].value not in ("do", "{") or index not in self.ends:
            return None
        end = self.ends[index]
        index += 1
        if self.tokens[index].value == "|":
            index += 1
            while index < end and self.tokens[index].value != "|":
                index += 1
            index += 1
        return index, end

    def arguments(
        self,
        index: int,
        end: int,
        arguments: list[tuple[int, int]],
        options: list[tuple[Token, int, int]],
    ) -> None:
        """Sorts what stands between commas into arguments and options."""
        while index < end:
            stop = index
            while stop < end and self.tokens[stop].value != ",":
                stop = self.ends.get(stop, stop) + 1
            span = self.stripped(index, min(stop, end))
            if span is not None:
                self.argument(span, arguments, options)
            index = stop + 1

    def stripped(self, start: int, end: int) -> tuple[int, int] | None:
        while start < end and self.tokens[start].kind is Kind.NEWLINE:
            start += 1
        while end > start and self.tokens[end - 1].kind is Kind.NEWLINE:
            end -= 1
        return (start, end) if start < end else None

    def argument(
        self,
        span: tuple[int, int],
        arguments: list[tuple[int, int]],
        options: list[tuple[Token, int, int]],
    ) -> None:
        start, end = span
        token = self.tokens[start]
        if token.value == "{" and token.kind is Kind.OPERATOR and self.ends.get(start) == end - 1:
            self.arguments(start + 1, end - 1, arguments, options)
        elif token.kind is Kind.LABEL:
            options.append((token, start + 1, end))
        elif end - start > 2 and self.tokens[start + 1].value == "=>":
            options.append((token, start + 2, end))
        else:
            arguments.append(span)

