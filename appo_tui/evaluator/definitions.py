"""What manifests define: classes, defines, applications, the site, node blocks and mappings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from appo_tui.environment.places import Place
from appo_tui.evaluator.consulting import Need
from appo_tui.evaluator.manifests import NO_MANIFEST, Manifest
from appo_tui.evaluator.types import ParameterTypes, PuppetType
from puppet_grammar import nodes
from puppet_grammar.nodes import Expression

DefinitionKind = Literal["class", "define", "application", "site", "node", "main"]

METAPARAMETERS: Final = frozenset(
    (
        "alias", "audit", "before", "consume", "export", "loglevel", "noop", "notify",
        "require", "schedule", "stage", "subscribe", "tag",
    )
)  # fmt: skip
RELATIONSHIP_METAPARAMETERS: Final = ("require", "subscribe", "before", "notify", "consume", "export")


@dataclass(frozen=True, slots=True)
class MappingClause:
    """``Component produces Capability { ... }`` or ``consumes``.

    Attributes:
        kind: produces or consumes.
        component: the component as it was written: ``M::Db``, or the class's name.
        of_class: whether it was written ``Class[...]``.
        capability: the service resource's type as it was written.
        expressions: attribute to expression; of one given twice the last.
        manifest: the file.
        node: the statement.
    """

    kind: Literal["produces", "consumes"]
    component: str
    of_class: bool
    capability: str
    expressions: Mapping[str, nodes.AttributeOperation]
    manifest: Manifest
    node: nodes.CapabilityMapping


@dataclass(eq=False, slots=True)
class Definition:
    """Something with code of its own. Mappings are added to it when they are met.

    Attributes:
        kind: what it is.
        name: lower case, without leading colons; for a node block's pattern what Puppet calls it.
        parameters: as declared.
        body: its code.
        manifest: its file.
        node: its statement.
        module: the module that the file belongs to, or an empty string.
        parent: the parent class's name.
        types: parameter to declared type.
        taken: what can be given to a resource of it, once one was checked.
    """

    kind: DefinitionKind
    name: str
    parameters: tuple[nodes.Parameter, ...]
    body: Expression | None
    manifest: Manifest
    node: nodes.Node
    module: str
    parent: str | None = None
    types: dict[str, PuppetType] = field(default_factory=dict)
    produces: list[MappingClause] = field(default_factory=list)
    consumes: list[MappingClause] = field(default_factory=list)
    match: re.Pattern[str] | None = None
    taken: ParameterTypes | None = None

    def empty(self) -> None:
        """Let go of the code: what was declared by it and is kept longer asks only whose code it was."""
        self.manifest, self.node, self.body = NO_MANIFEST, nodes.Nop(0, 0), None
        self.parameters, self.types, self.taken = (), {}, None
        self.produces, self.consumes = [], []

    @property
    def need(self) -> Need:
        """What code that uses it has looked at."""
        return self.kind, self.name

    @property
    def place(self) -> Place:
        """Where it is defined: file and line."""
        return self.manifest.line_place(self.node)

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """What may be given: the declared parameters, and the mapping to nodes of an application."""
        names = tuple(parameter.name for parameter in self.parameters)
        return (*names, "nodes") if self.kind == "application" else names

    def has_parameter(self, name: str) -> bool:
        """Whether it declares the parameter, or every resource has it."""
        return name in METAPARAMETERS or any(parameter.name == name for parameter in self.parameters)

    def is_child_of(self, other: object, classes: Mapping[str, Definition]) -> bool:
        """Whether it inherits, at any distance, from ``other``."""
        parent = classes.get((self.parent or "").removeprefix("::").lower())
        return parent is not None and (parent is other or parent.is_child_of(other, classes))


def mapping_clause(node: nodes.CapabilityMapping, manifest: Manifest) -> MappingClause:
    """A produces or consumes statement as a value; the validator has made sure of its shape."""
    component = node.component
    of_class = isinstance(component, nodes.AccessExpression)
    if isinstance(component, nodes.AccessExpression):
        name = str(getattr(component.keys[0], "value", ""))
    else:
        name = getattr(component, "value", "")
    expressions = {
        mapping.name: mapping for mapping in node.mappings if isinstance(mapping, nodes.AttributeOperation)
    }
    return MappingClause(node.kind, name, of_class, node.capability, expressions, manifest, node)


DEFINING = (
    nodes.HostClassDefinition,
    nodes.ResourceTypeDefinition,
    nodes.ApplicationExpression,
    nodes.NodeDefinition,
    nodes.SiteDefinition,
    nodes.CapabilityMapping,
    nodes.FunctionDefinition,
    nodes.TypeAlias,
)
"""Statements that take effect when their file is read, not when they are met."""


_LEAVES: Final = frozenset(
    (
        nodes.LiteralString, nodes.LiteralInteger, nodes.LiteralBoolean, nodes.LiteralUndef,
        nodes.QualifiedName, nodes.QualifiedReference, nodes.VariableExpression,
    )
)  # fmt: skip
"""Expressions that nothing is in, of which there are most."""


def definitions_in(program: nodes.Program) -> tuple[nodes.Node, ...]:
    """All definitions of a file, at any depth, inner ones before the one around them."""
    found: list[nodes.Node] = []
    _collect(program.body, found)
    return tuple(found)


def _collect(node: object, found: list[nodes.Node]) -> None:
    if isinstance(node, tuple):
        for item in node:
            if isinstance(item, nodes.Node | tuple):
                _collect(item, found)
        return
    if not isinstance(node, nodes.Node):
        return
    for name in node.__struct_fields__:
        value = getattr(node, name)
        if isinstance(value, nodes.Node | tuple):
            _collect(value, found)
    if isinstance(node, DEFINING):
        found.append(node)
