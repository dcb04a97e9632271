"""Node blocks: how they are read, and which of them counts for a node."""

from __future__ import annotations

import re

from appo_tui.evaluator.definitions import Definition
from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.manifests import Manifest
from puppet_grammar import nodes


def node_blocks(node: nodes.NodeDefinition, manifest: Manifest, module: str) -> list[Definition]:
    """A definition for each name or pattern of a node statement.

    Raises:
        EvaluationError: Ruby can't read a pattern.
    """
    parent = _host_name(node.parent, manifest)[0] if node.parent else None
    return [
        Definition("node", name, (), node.body, manifest, node, module, parent, match=match)
        for name, match in (_host_name(host, manifest) for host in node.host_matches)
    ]


def node_block(blocks: dict[str, Definition], name: str) -> Definition | None:
    """The node block that counts for a certname in lower case: by name, by pattern, the default."""
    exact = blocks.get(name)
    if exact is not None and exact.match is None:
        return exact
    for block in blocks.values():
        if block.match is not None and block.match.search(name):
            return block
    return blocks.get("default")


def _name_of(pattern: str) -> str:
    """What Puppet calls a node block that has a pattern."""
    plain = re.sub(r"[^-\w:.]", "", pattern.lower()).lstrip(".")
    return f"__node_regexp__{plain}"


def _host_name(host: nodes.Expression, manifest: Manifest) -> tuple[str, re.Pattern[str] | None]:
    if isinstance(host, nodes.LiteralRegularExpression):
        from appo_tui.evaluator.types.ruby_patterns import InvalidPatternError, compiled

        try:
            return _name_of(host.pattern), compiled(host.pattern)
        except InvalidPatternError as error:
            raise EvaluationError(str(error), code="syntax", about=manifest.place(host)) from error
    if isinstance(host, nodes.LiteralDefault):
        return "default", None
    if isinstance(host, nodes.LiteralString | nodes.QualifiedName):
        return host.value.lower(), None
    return manifest.text(host).strip("'\"").lower(), None
