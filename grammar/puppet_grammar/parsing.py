"""Text to tree."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, Literal, cast

from puppet_grammar.building import BUILDERS
from puppet_grammar.building.refusal import Refusal
from puppet_grammar.elements import SyntaxFault
from puppet_grammar.errors import PuppetSyntaxError
from puppet_grammar.grammar import bind
from puppet_grammar.lexer import kinds as k
from puppet_grammar.lexer.scanner import tokenize
from puppet_grammar.lexer.tokens import TokenString
from puppet_grammar.nodes import Program
from puppet_grammar.source import Source

Language = Literal["orchestration", "7"]

DEEPEST_NESTING = 400
"""How many brackets may be open at once: deeper code is refused, as no person wrote it."""

_PROGRAM = bind(BUILDERS).parse_with_tabs()
_FRAMES_A_LEVEL = 8
sys.setrecursionlimit(max(sys.getrecursionlimit(), DEEPEST_NESTING * _FRAMES_A_LEVEL * 2))

_PUPPET_7_KEYWORDS = {word: kind for word, kind in k.KEYWORDS.items() if word not in k.ORCHESTRATION_KEYWORDS}


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


def keywords_of(file: str | None, language: Language) -> Mapping[str, str]:
    """Returns the reserved words, with their kinds, in a file."""
    keywords = k.KEYWORDS if language == "orchestration" else _PUPPET_7_KEYWORDS
    if file is not None and "plans" in PurePath(file).parts:
        return {**keywords, "plan": k.KIND["plan"]}
    return keywords


def parse_tokens(tokens: TokenString) -> Program:
    """Returns the tree of lexed text.

    Raises:
        PuppetSyntaxError: The text is not Puppet code.
    """
    source = Source(tokens.text, tokens.file)
    try:
        program: Any = _PROGRAM.parse_string(tokens)
    except SyntaxFault as fault:
        raise _syntax_error(tokens, source, fault) from None
    except Refusal as refusal:
        raise PuppetSyntaxError(refusal.message, source, refusal.offset) from None
    except RecursionError:
        raise _nesting_error(tokens, source) from None
    return cast("Program", program)


def _syntax_error(tokens: TokenString, source: Source, fault: SyntaxFault) -> PuppetSyntaxError:
    kind = tokens[fault.loc]
    offset = tokens.starts[fault.loc]
    if kind == k.FAULT and tokens.fault is not None:
        return tokens.fault
    if fault.refusal:
        return PuppetSyntaxError(fault.refusal, source, offset)
    where = "end of input" if kind == k.END else f"'{tokens.values[fault.loc]}'"
    expected = tuple(sorted(k.DESCRIPTION.get(wanted, wanted) for wanted in fault.wanted))
    return PuppetSyntaxError(f"Syntax error at {where}", source, offset, expected=expected)


def _nesting_error(tokens: TokenString, source: Source) -> PuppetSyntaxError:
    depth = 0
    for loc, kind in enumerate(tokens):
        depth += (kind in "[({" or kind in (k.LISTSTART, k.WSLPAREN, k.SELBRACE)) - (kind in "])}")
        if depth > DEEPEST_NESTING:
            return PuppetSyntaxError("Too many brackets are open at once", source, tokens.starts[loc])
    return PuppetSyntaxError("An expression is nested too deeply", source, 0)
