"""What of a manifest others can depend on, as values that tell whether it has changed.

Of a define or class others see the head, never the body, which only nodes run: an edit there changes
nothing here. All else is compared as it is written, with its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from appo_tui.evaluator.consulting import Need
from appo_tui.evaluator.definitions import DEFINING, MappingClause, definitions_in
from appo_tui.evaluator.manifests import Manifest
from puppet_grammar import nodes

Written = tuple[str, int, int, str]
"""File, line, column and text."""
Outline = Mapping[Need, tuple[Written, ...]]

EVERYWHERE = frozenset(("main", "node", "function", "alias"))
"""Kinds of code that nothing is taken over after a change of."""


def outline(manifest: Manifest) -> Outline:
    """What a manifest without faults says, by kind and name."""
    found: dict[Need, tuple[Written, ...]] = {}
    program = manifest.program
    if program is None:
        return found
    for need, written in (*_definitions(manifest, program), *_statements(manifest, program)):
        found[need] = (*found.get(need, ()), written)
    return found


def _definitions(manifest: Manifest, program: nodes.Program) -> Iterator[tuple[Need, Written]]:
    for node in definitions_in(program):
        whole = _written(manifest, node, node.end)
        match node:
            case nodes.HostClassDefinition():
                yield ("class", _plain(node.name)), _head(manifest, node)
                yield ("code", _plain(node.name)), whole
            case nodes.ResourceTypeDefinition():
                yield ("define", _plain(node.name)), _head(manifest, node)
            case nodes.ApplicationExpression():
                yield ("application", _plain(node.name)), whole
            case nodes.SiteDefinition():
                yield ("site", "site"), whole
            case nodes.FunctionDefinition():
                yield ("function", _plain(node.name)), whole
            case nodes.TypeAlias():
                yield ("alias", node.name.lower()), whole
            case nodes.NodeDefinition():
                yield ("node", ""), whole


def _statements(manifest: Manifest, program: nodes.Program) -> Iterator[tuple[Need, Written]]:
    """Code that runs at top level."""
    body = program.body
    for statement in body.statements if isinstance(body, nodes.BlockExpression) else (body,):
        if not isinstance(statement, (*DEFINING, nodes.Nop)):
            yield ("main", manifest.file), _written(manifest, statement, statement.end)


def written_clause(clause: MappingClause) -> Written:
    """A mapping as it is written."""
    return _written(clause.manifest, clause.node, clause.node.end)


def _head(
    manifest: Manifest, node: nodes.HostClassDefinition | nodes.ResourceTypeDefinition
) -> Written:
    body = node.body
    return _written(manifest, node, node.end if body is None or body.start <= node.start else body.start)


def _written(manifest: Manifest, node: nodes.Node, end: int) -> Written:
    position = manifest.source.position(node.start)
    return manifest.file, position.line, position.column, manifest.source.text[node.start : end].rstrip()


def _plain(name: str) -> str:
    return name.removeprefix("::").lower()
