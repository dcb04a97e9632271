"""Heredocs, and the texts of which they say what they are written in.

Puppet checks JSON and base 64; its checkers of EPP and Puppet code never refuse anything.
"""

from __future__ import annotations

import base64
import binascii
import re

from appo_tui.environment.places import Place
from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.hiera.json_text import JsonError, read_json_text
from appo_tui.evaluator.interpreter import Interpreter, evaluates
from appo_tui.evaluator.scope import Scope
from appo_tui.evaluator.values import Value
from puppet_grammar import nodes


@evaluates(nodes.HeredocExpression)
def heredoc(interpreter: Interpreter, node: nodes.HeredocExpression, scope: Scope) -> Value:
    """A heredoc's text."""
    text = interpreter.evaluate(node.text, scope)
    check = _CHECKS.get(node.syntax.rpartition("+")[2])
    fault = check(text) if check is not None and isinstance(text, str) else None
    if fault is not None:
        line = scope.manifest.place(node.text).line
        raise EvaluationError(
            f"Invalid produced text having syntax: '{node.syntax}'. {fault}",
            Place(scope.manifest.file, line, 1),
            hint="Correct the text, or leave out what it is written in.",
        )
    return text


def _json_fault(text: str) -> str | None:
    try:
        read_json_text(text)
    except JsonError as error:
        shown = str(error).replace("\n", "\\n")
        return f'JSON syntax checker: Cannot parse invalid JSON string. "{shown}"'
    return None


def _base64_fault(text: str) -> str | None:
    bare = re.sub(r"[\r\n?\s]", "", text)
    try:
        base64.b64decode(bare, validate=True)
    except (binascii.Error, ValueError):
        padded = len(bare.encode()) * 8 % 6 == 0
        fault = (
            "contains letters outside strict base 64 range (or whitespace)" if padded
            else "padding is not correct"
        )  # fmt: skip
        return f"Base64 syntax checker: Cannot parse invalid Base64 string - {fault}"
    return None


_CHECKS = {"json": _json_fault, "base64": _base64_fault}
