"""Rendering EPP templates.

Manual: https://www.puppet.com/docs/puppet/7/lang_template_epp.html
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextvars import ContextVar
from functools import lru_cache
from typing import Final

from appo_tui.evaluator import types
from appo_tui.evaluator.closures import signature
from appo_tui.evaluator.functions.errors import FunctionError, NextSignal, ReturnSignal
from appo_tui.evaluator.interpreter import Interpreter
from appo_tui.evaluator.manifests import Manifest
from appo_tui.evaluator.scope import Scope
from appo_tui.evaluator.text import contains_unknown, interpolated
from appo_tui.evaluator.types import describe_parameters
from appo_tui.evaluator.values import Unknown, Value
from puppet_grammar import PuppetSyntaxError, nodes
from puppet_grammar.epp import RENDER_TEXT, RENDER_VALUE, EppTemplate, parse_epp
from puppet_grammar.validation import validate

RENDERING: Final = frozenset((RENDER_TEXT, RENDER_VALUE))
"""What a template's code calls for its text and its expressions."""
INLINE: Final = "inlined-epp-text"
"""How Puppet's messages call a template that has no file."""
_output: ContextVar[list[Value]] = ContextVar("output")


def render_part(value: Value) -> None:
    """Takes the text or a value of the template that is being rendered."""
    _output.get().append(value)


def render(
    interpreter: Interpreter, text: str, file: str, given: Mapping[str, Value] | None, scope: Scope
) -> Value:
    """The text that a template makes; unknown if something in it is.

    Args:
        interpreter: evaluates its code.
        text: the template.
        file: its path, or ``INLINE``.
        given: its parameters, if any were given.
        scope: what it sees: the calling code's scope, or top scope.

    Raises:
        FunctionError: it is malformed, or its parameters are wrong.
    """
    template = _parsed(text, file)
    digest = hashlib.sha256(text.encode("utf-8", errors="surrogateescape")).hexdigest()
    manifest = Manifest(file, template.source, digest, None)
    inner = scope.in_manifest(manifest)
    _bind(interpreter, template, given or {}, inner)
    parts: list[Value] = []
    token = _output.set(parts)
    try:
        interpreter.evaluate(template.function.body, inner)
    except (NextSignal, ReturnSignal) as signal:
        parts.append(signal.value)
    finally:
        _output.reset(token)
    unknown: Unknown | None = next(filter(None, map(contains_unknown, parts)), None)
    return unknown or "".join(map(interpolated, parts))


@lru_cache(maxsize=256)
def _parsed(text: str, file: str) -> EppTemplate:
    function = "inline_epp()" if file == INLINE else "epp()"
    try:
        template = parse_epp(text, file)
    except PuppetSyntaxError as error:
        at_end = error.message.endswith(" at end of input")
        place = f"(file: {file})" if at_end else f"(file: {file}, line: {error.line}, column: {error.column})"
        raise FunctionError(f"{function}: Invalid EPP: {error.message} {place}") from error
    whole = nodes.Program(template.function.start, template.function.end, template.function)
    refused = [issue for issue in validate(whole, template.source) if issue.severity == "error"]
    if len(refused) == 1:
        place = f"(file: {file}, line: {refused[0].line}, column: {refused[0].column})"
        raise FunctionError(f"{function}: Invalid EPP: {refused[0].message} {place}")
    if refused:
        count = f"Language validation logged {len(refused)} errors"
        raise FunctionError(f"{function}: Invalid EPP: {count}. Giving up (file: {file})")
    return template


def _bind(
    interpreter: Interpreter, template: EppTemplate, given: Mapping[str, Value], scope: Scope
) -> None:
    parameters = template.function.parameters
    if not template.has_parameters:
        scope.variables.update(given)
        return
    optional = {parameter.name for parameter in parameters if parameter.value is not None}
    given = {name: value for name, value in given.items() if value is not None or name not in optional}
    wanted = signature(interpreter, parameters, scope)
    declared: dict[str, tuple[types.PuppetType, bool]] = {
        parameter.name: (one.type, parameter.value is not None)
        for parameter, one in zip(parameters, wanted.parameters, strict=True)
    }
    problem = describe_parameters("lambda", declared, given)
    if problem is not None:
        raise FunctionError(problem)
    for parameter in parameters:
        if parameter.name in given:
            scope.variables[parameter.name] = given[parameter.name]
        else:
            scope.variables[parameter.name] = interpreter.evaluate(parameter.value, scope)
