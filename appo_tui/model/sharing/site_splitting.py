"""Leaving out of the site, for one node, what all nodes have alike, and instances that have nothing on it.

What a statement comes to that asks nothing of nodes is known from the environment's compilation.

An instance without components on a node comes to nothing there. Where its declaration can't fail either, the
node need not evaluate it: a site that every node has to evaluate by itself then costs each of them what
concerns it, and not the whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeGuard

import msgspec

from appo_tui.evaluator.deferring import may_wait
from appo_tui.evaluator.definitions import Definition
from appo_tui.evaluator.loading import Definitions
from appo_tui.evaluator.resource import capitalised
from appo_tui.evaluator.scope import Scope
from appo_tui.evaluator.types import ResourceType
from appo_tui.model.environment_compilation import EnvironmentCompilation
from appo_tui.model.mappings import key_of
from appo_tui.model.node_mapping import Key
from appo_tui.model.sharing.site_statements import even_positions
from puppet_grammar import nodes

FEW = 8
"""How many times the largest instance a site has to be for its parts to be worth telling apart."""


@dataclass(frozen=True, slots=True)
class SplitSite:
    """The site's statements, by the nodes that they matter to.

    Attributes:
        body: all of them.
        everywhere: the positions of those that every node evaluates.
        here: certname to the positions of the instances that have components there.
        even: the instances that all nodes have alike, and the positions of their statements.
        scope: has the variables that all nodes have alike; None where there are none.
    """

    body: nodes.BlockExpression
    everywhere: tuple[int, ...]
    here: dict[str, list[int]]
    even: dict[Key, int]
    scope: Scope | None

    def on_node(self, certname: str) -> dict[int, nodes.BlockExpression]:
        """What a node has to evaluate, by position."""
        positions = (*self.everywhere, *self.here.get(certname, ()))
        return {
            position: msgspec.structs.replace(self.body, statements=(self.body.statements[position],))
            for position in positions
        }

    def around(self, scope: Scope) -> None:
        """Let a node's site see the variables that all nodes have alike."""
        if self.scope is not None:
            outer = Scope(scope.frame, scope.manifest, scope.outer)
            outer.variables, outer.expressions = self.scope.variables, self.scope.expressions
            scope.outer = outer


def split_site(environment: EnvironmentCompilation) -> SplitSite | None:
    """The site in parts; None where that would save nothing, or would hide what Puppet finds.

    Args:
        environment: the compilation of the environment, which tells what its instances are mapped to.
    """
    site, settings = environment.definitions.site, environment.settings
    if site is None or settings.strict == "error" or settings.strict_variables:
        return None
    if not isinstance(site.body, nodes.BlockExpression):
        return None
    notes = environment.site_statements
    positions = _even_positions(environment, site.body)
    even = {key: position for position in positions for key in notes[position].instances}
    everywhere: list[int] = []
    here: dict[str, list[int]] = {}
    largest = whole = 0
    for position, statement in enumerate(site.body.statements):
        if position in positions:
            continue
        assigned = _nodes_of(environment, site, statement)
        if assigned is None:
            everywhere.append(position)
            continue
        largest, whole = max(largest, len(assigned)), whole + len(assigned)
        for certname in dict.fromkeys(assigned):
            here.setdefault(certname, []).append(position)
    if largest * FEW > whole:
        if not positions:
            return None
        uneven = (position for position in range(len(site.body.statements)) if position not in positions)
        everywhere, here = list(uneven), {}
    return SplitSite(site.body, tuple(everywhere), here, even, _even_scope(environment, positions))


def _even_positions(environment: EnvironmentCompilation, body: nodes.BlockExpression) -> frozenset[int]:
    """The statements that come to the same on every node, unless top-level code does not."""
    notes = environment.site_statements
    if environment.main_differs or environment.site_faults or len(notes) != len(body.statements):
        return frozenset()
    return even_positions(notes)


def _even_scope(environment: EnvironmentCompilation, positions: frozenset[int]) -> Scope | None:
    """The variables that the site sets alike for every node."""
    site = environment.site_scope
    names = {name for position in positions for name in environment.site_statements[position].variables}
    if site is None or not names:
        return None
    scope = Scope(site.frame, site.manifest, None)
    scope.variables = {name: site.variables[name] for name in names}
    scope.expressions = {name: site.expressions[name] for name in names & site.expressions.keys()}
    return scope


def _nodes_of(
    environment: EnvironmentCompilation, site: Definition, statement: nodes.Expression
) -> list[str] | None:
    """The node of each component that a statement's instances have; None if every node needs it."""
    if not isinstance(statement, nodes.ResourceExpression) or statement.form != "regular":
        return None
    if not isinstance(statement.type_name, nodes.QualifiedName):
        return None
    name, place = capitalised(statement.type_name.value), site.manifest.line_place(statement)
    found: list[str] = []
    titles: set[str] = set()
    for body in statement.bodies:
        if not isinstance(body.title, nodes.LiteralString) or body.title.value in titles:
            return None
        titles.add(body.title.value)
        instance = environment.catalog.find(name, body.title.value)
        if instance is None or instance.definition is None or instance.kind != "application":
            return None
        assigned = _mapping(body, environment.definitions)
        if instance.place != place or assigned is None or not _is_harmless(body, instance.definition):
            return None
        found += assigned
    return found


def _is_harmless(body: nodes.ResourceBody, definition: Definition) -> bool:
    """Whether declaring it can't fail."""
    names = [operation.name for operation in body.operations if _is_given(operation)]
    return len(set(names)) == len(body.operations) and all(
        operation.name == "nodes" or (operation.name in definition.parameter_names and may_wait(operation))
        for operation in body.operations
        if _is_given(operation)
    )


def _is_given(operation: nodes.Node) -> TypeGuard[nodes.AttributeOperation]:
    return isinstance(operation, nodes.AttributeOperation) and operation.operator == "=>"


def _mapping(body: nodes.ResourceBody, definitions: Definitions) -> list[str] | None:
    """The node of each component; None unless there are nothing but references with titles as they stand."""
    given = [item.value for item in body.operations if _is_given(item) and item.name == "nodes"]
    if len(given) != 1 or not isinstance(given[0], nodes.LiteralHash):
        return None
    assigned: dict[Key, str] = {}
    for entry in given[0].entries:
        node = _reference(entry.key, definitions)
        items = entry.value.values if isinstance(entry.value, nodes.LiteralList) else (entry.value,)
        for item in items:
            component = _reference(item, definitions)
            if node is None or node[0] != "Node" or component is None or component in assigned:
                return None
            assigned[component] = node[1]
    return list(assigned.values())


def _reference(node: nodes.Expression, definitions: Definitions) -> Key | None:
    """What a reference stands for on every node, as the environment found it."""
    known = definitions.references.get(id(node))
    return key_of(known[1]) if known is not None and isinstance(known[1], ResourceType) else None
