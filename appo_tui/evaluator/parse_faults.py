"""What is wrong with a manifest's text, in Puppet's words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from appo_tui.environment.places import Place
from appo_tui.evaluator.definitions import definitions_in
from appo_tui.evaluator.faults import EvaluationError, PreformattedError
from appo_tui.evaluator.manifests import Manifest
from puppet_grammar import Issue, nodes
from puppet_grammar.lexer.numbers import TOO_LARGE


def syntax_faults(manifest: Manifest) -> list[EvaluationError]:
    """All syntax errors of a manifest, in order; Puppet stops at the first."""
    return [
        EvaluationError(
            error.message, Place(manifest.file, error.line, error.column), code="syntax", hint=error.hint
        )
        for error in manifest.errors
    ]


def readable(manifest: Manifest) -> list[Manifest]:
    """What is left of a manifest without its statements that have syntax errors: one manifest, or none."""
    if manifest.readable is None:
        return []
    return [replace(manifest, program=manifest.readable, error=None)]


_ENDS_PARSING: Final = frozenset(("INVALID_REGEXP", "BOOLEAN_INTERPOLATED"))
"""What Puppet trips over while it parses; its message has no place then."""
_BY_STRICTNESS: Final = frozenset(("DUPLICATE_KEY", "CLASS_NOT_VIRTUALIZABLE"))
"""What are warnings unless the setting ``strict`` makes them errors."""


def raise_parse_error(manifest: Manifest, strict: str = "warning") -> None:
    """Raise what Puppet says of a file that it can't use.

    Args:
        manifest: the file.
        strict: Puppet's setting of this name.

    Raises:
        EvaluationError: a syntax error, the one fault that validation found, or their number.
    """
    error = manifest.error
    if error is not None:
        place = Place(manifest.file, error.line, error.column)
        if error.message.endswith(" at end of input"):  # Puppet gives no line for it
            text = f"{error.message} (file: {manifest.file})"
            raise PreformattedError(text, code="syntax", hint=error.hint, about=place)
        if error.message.startswith(TOO_LARGE):
            raise PreformattedError(error.message, code="syntax", hint=error.hint, about=place)
        raise EvaluationError(error.message, place, code="syntax", hint=error.hint)
    for issue in manifest.issues:
        if issue.code in _ENDS_PARSING:
            place = Place(manifest.file, issue.line, issue.column)
            raise PreformattedError(issue.message, code="syntax", hint=_HINTS[issue.code], about=place)
    refused = [
        issue
        for issue in manifest.issues
        if issue.severity == "error" or (strict == "error" and issue.code in _BY_STRICTNESS)
    ]
    errors = [(issue.message, _place(manifest, issue)) for issue in refused]
    if not errors:
        return
    if len(errors) == 1:
        raise EvaluationError(errors[0][0], errors[0][1], code="validation")
    warnings = len(manifest.issues) - len(refused) + _deprecated(manifest)
    counted = f"{len(errors)} errors" + (f", and {warnings} warnings" if warnings else "")
    text = f"Language validation logged {counted}. Giving up (file: {manifest.file})"
    raise PreformattedError(text, code="validation", about=errors[0][1])


_HINTS: Final = {
    "INVALID_REGEXP": "Correct the regular expression; Ruby's syntax is meant.",
    "BOOLEAN_INTERPOLATED": "Write the word itself, or a variable.",
}


_SIGNS: Final = {
    "DUPLICATE_KEY": re.compile("=>"),
    "APPENDS_DELETES_NO_LONGER_SUPPORTED": re.compile("[-+]="),
}
_OPERATOR: Final = re.compile(r"Illegal query expression\. An? '(\S+)' expression")


def _place(manifest: Manifest, issue: Issue) -> Place:
    """Where an issue is; of what has an operator or a name Puppet tells where that stands."""
    text = manifest.source.text
    sign = _SIGNS.get(issue.code)
    named = _OPERATOR.search(issue.message)
    if named is not None and sign is None:
        operator = re.escape(named[1])
        sign = re.compile(rf"\b{operator}\b" if named[1].isalpha() else operator)
    if text.startswith("type", issue.offset):
        sign = re.compile("[A-Z]")
    found = sign.search(text, issue.offset) if sign is not None else None
    if found is None:
        return Place(manifest.file, issue.line, issue.column)
    line, column = manifest.source.position(found.start())
    return Place(manifest.file, line, column)


def _deprecated(manifest: Manifest) -> int:
    """How many statements of application orchestration there are: each is a warning since Puppet 5.5.21."""
    if manifest.program is None:
        return 0
    orchestration = (nodes.ApplicationExpression, nodes.SiteDefinition, nodes.CapabilityMapping)
    return sum(isinstance(node, orchestration) for node in definitions_in(manifest.program))
