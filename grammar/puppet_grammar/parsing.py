"""Text to tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from puppet_grammar.building import BUILDERS
from puppet_grammar.building.refusal import RefusalError
from puppet_grammar.elements import SyntaxFault
from puppet_grammar.errors import PuppetSyntaxError
from puppet_grammar.grammar import bind
from puppet_grammar.lexer import kinds as k
from puppet_grammar.lexer.scanner import tokenize
from puppet_grammar.lexer.tokens import TokenString
from puppet_grammar.nodes import Nop, Program
from puppet_grammar.recovery import expected_after, opened_at
from puppet_grammar.source import Source, may_hold_plans
from puppet_grammar.traversal import DEEPEST_NESTING

Language = Literal["orchestration", "7"]

_PROGRAM = bind(BUILDERS).parse_with_tabs()
_PUPPET_7_KEYWORDS = {word: kind for word, kind in k.KEYWORDS.items() if word not in k.ORCHESTRATION_KEYWORDS}


_EXPLAINED_ERRORS = 10
"""For how many errors of a file is found out what could have stood there: it costs several parses each."""


@dataclass(frozen=True, slots=True)
class LenientResult:
    """What could be read of a text.

    Attributes:
        program: The tree of the statements without error.
        errors: What is wrong with the others, in the order of the text.
    """

    program: Program
    errors: tuple[PuppetSyntaxError, ...]


def parse(text: str, *, file: str | None = None, language: Language = "orchestration") -> Program:
    """Returns the tree of a manifest.

    Args:
        text: The manifest.
        file: Its path, for messages; a file in a directory ``plans`` may hold plans.
        language: ``orchestration`` reads what Puppet 4.10 to 6.29 read; ``7`` has no application, site,
            produces and consumes: they are names.

    Raises:
        PuppetSyntaxError: The text is not Puppet code.
    """
    return parse_tokens(tokenize(text, file, keywords_of(file, language)))


def parse_lenient(text: str, *, file: str | None = None) -> LenientResult:
    """Returns what can be read of a manifest, with all its errors.

    After an error it goes on with the next statement, of the same block if there is one.

    Args:
        text: The manifest.
        file: Its path, for messages.
    """
    tokens = tokenize(text, file, keywords_of(file, "orchestration"), recovering=True)
    tokens.recovered = []
    source = Source(text, file)
    try:
        program: Any = _PROGRAM.parse_string(tokens)
    except RecursionError:
        tokens.recovered = None
        return LenientResult(Program(0, len(text), Nop(0, 0)), (_nesting_error(tokens, source),))
    errors: dict[int, PuppetSyntaxError] = {}
    for number, error in enumerate(tokens.recovered):
        found = _puppet_error(tokens, source, error, explained=number < _EXPLAINED_ERRORS)
        errors.setdefault(found.offset, found)
    return LenientResult(program, tuple(errors[offset] for offset in sorted(errors)))


def keywords_of(file: str | None, language: Language) -> Mapping[str, str]:
    """Returns the reserved words, with their kinds, in a file."""
    keywords = k.KEYWORDS if language == "orchestration" else _PUPPET_7_KEYWORDS
    if file is not None and may_hold_plans(file):
        return {**keywords, "plan": k.KIND["plan"]}
    return keywords


def parse_tokens(tokens: TokenString) -> Program:
    """Returns the tree of lexed text.

    Raises:
        PuppetSyntaxError: The text is not Puppet code.
    """
    try:
        return cast("Program", _PROGRAM.parse_string(tokens))
    except (SyntaxFault, RefusalError) as error:
        raise _puppet_error(tokens, Source(tokens.text, tokens.file), error) from None
    except RecursionError:
        raise _nesting_error(tokens, Source(tokens.text, tokens.file)) from None


def _puppet_error(
    tokens: TokenString, source: Source, error: Exception, *, explained: bool = True
) -> PuppetSyntaxError:
    if isinstance(error, RefusalError):
        return PuppetSyntaxError(error.message, source, error.offset)
    if not isinstance(error, SyntaxFault):
        raise error
    loc = error.loc
    offset = tokens.starts[loc]
    if loc in tokens.faults:
        return tokens.faults[loc]
    if error.refusal:
        return PuppetSyntaxError(error.refusal, source, offset)
    expected = expected_after(tokens, loc, _accepts) if explained else ()
    if tokens[loc] != k.END:
        value = f"(?-mix:{tokens.values[loc]})" if tokens[loc] == k.REGEX else tokens.values[loc]
        message = f"Syntax error at '{value}'"
        return PuppetSyntaxError(message, source, offset, expected=expected)
    opened = opened_at(tokens)
    hint = ""
    if opened is not None:
        line, column = source.position(tokens.starts[opened])
        hint = f"'{tokens.values[opened]}' at line {line}, column {column} is not closed"
    return PuppetSyntaxError("Syntax error at end of input", source, offset, expected=expected, hint=hint)


def _accepts(tokens: TokenString, loc: int) -> bool:
    """Whether the token at ``loc`` can follow those before it, errors before it left aside."""
    tokens.recovered = []
    try:
        _PROGRAM.parse_string(tokens)
    except RecursionError:
        return False
    return not any(isinstance(error, SyntaxFault) and error.loc == loc for error in tokens.recovered)


def _nesting_error(tokens: TokenString, source: Source) -> PuppetSyntaxError:
    depth = 0
    for loc, kind in enumerate(tokens):
        depth += (kind in "[({" or kind in (k.LISTSTART, k.WSLPAREN, k.SELBRACE)) - (kind in "])}")
        if depth > DEEPEST_NESTING:
            return PuppetSyntaxError("Too many brackets are open at once", source, tokens.starts[loc])
    return PuppetSyntaxError("An expression is nested too deeply", source, 0)
