"""The validator: one rule a kind of node, over the whole tree.

The rules and their texts are those of Puppet's ``Checker4_0``; the order of the issues is that of the
nodes, each before what is below it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from puppet_grammar import nodes as n
from puppet_grammar.errors import Issue
from puppet_grammar.source import Source
from puppet_grammar.traversal import children
from puppet_grammar.validation import definitions, expressions
from puppet_grammar.validation.labels import label
from puppet_grammar.validation.report import Path, Report

Rule = Callable[[n.Node, Path, Report], None]
_RULES: Mapping[type[n.Node], tuple[Callable[..., None], ...]] = {**expressions.RULES, **definitions.RULES}

Severity = Literal["error", "warning", "deprecation"]

_WARNINGS: Mapping[str, Severity] = {
    "DUPLICATE_KEY": "warning",
    "CLASS_NOT_VIRTUALIZABLE": "warning",
    "FUTURE_RESERVED_WORD": "deprecation",
}


def validate(program: n.Program, source: Source, *, namespace: str | None = None) -> tuple[Issue, ...]:
    """Returns what Puppet's validator says against a tree.

    Args:
        program: The tree.
        source: The text that it was made from.
        namespace: For a file that a module is to load by itself, the name that its definitions must have or
            start with: ``lamp::db`` for ``lamp/manifests/db.pp``. It then may hold nothing else.
    """
    found: list[Issue] = []

    def report(code: str, message: str, node: n.Node) -> None:
        line, column = source.position(node.start)
        severity: Severity = _WARNINGS.get(code, "error")
        found.append(Issue(severity, code, message, source.file, line, column, node.start))

    if namespace is not None:
        _check_top_constructs(program, report)
    _check(program, (), report)
    if namespace is not None:
        definitions.check_locations(program, namespace, source, report)
    return tuple(found)


def _check(node: n.Node, path: Path, report: Report) -> None:
    for rule in _RULES.get(type(node), ()):
        rule(node, path, report)
    inner = children(node)
    if inner:
        below = (*path, node)
        for child in inner:
            _check(child, below, report)


def _check_top_constructs(program: n.Program, report: Report) -> None:
    body = program.body
    for statement in body.statements if isinstance(body, n.BlockExpression) else (body,):
        if isinstance(statement, (n.Nop, *definitions.ALLOWED_IN_MODULE_FILE)):
            continue
        subject = f"This {label(statement)}"
        if isinstance(statement, definitions.NAMED):
            subject = f"The {label(statement)} '{statement.name}'"
        message = f"{subject} is unacceptable as a top level construct in this location"
        report("ILLEGAL_TOP_CONSTRUCT_LOCATION", message, statement)
