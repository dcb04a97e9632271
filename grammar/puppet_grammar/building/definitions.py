"""Classes, defines, nodes, functions, types, and the statements of application orchestration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from puppet_grammar import nodes as n
from puppet_grammar.building.expressions import Body, block
from puppet_grammar.classnames import Component

Parameters = tuple[n.Parameter, ...]


def regular_parameter(start: int, end: int, name: str, value: n.Expression | None) -> n.Parameter:
    """Returns ``$name`` or ``$name = value``."""
    return n.Parameter(start, end, name, value)


def splat_parameter(_start: int, end: int, parameter: n.Parameter) -> n.Parameter:
    """Returns ``*$name``, which is where its name is."""
    return n.Parameter(parameter.start, end, parameter.name, parameter.value, captures_rest=True)


def typed_parameter(_start: int, end: int, type_expr: n.Expression, parameter: n.Parameter) -> n.Parameter:
    """Returns ``Type $name``, which is where its name is."""
    name, value = parameter.name, parameter.value
    return n.Parameter(parameter.start, end, name, value, type_expr, parameter.captures_rest)


def lambda_expression(
    start: int, end: int, parameters: Parameters, return_type: n.Expression | None, body: Body
) -> n.LambdaExpression:
    """Returns ``|parameters| { body }``."""
    return n.LambdaExpression(start, end, parameters, block(body), return_type)


def hostclass_expression(
    start: int, end: int, name: str, parameters: Parameters, parent: str | None, body: Body
) -> n.HostClassDefinition:
    """Returns a class."""
    return n.HostClassDefinition(start, end, name, parameters, parent, block(body))


def definition_expression(
    start: int, end: int, name: str, parameters: Parameters, body: Body
) -> n.ResourceTypeDefinition:
    """Returns a define."""
    return n.ResourceTypeDefinition(start, end, name, parameters, block(body))


def application_expression(
    start: int, end: int, name: str, parameters: Parameters, body: Body
) -> n.ApplicationExpression:
    """Returns an application."""
    return n.ApplicationExpression(start, end, name, parameters, block(body))


def site_definition_expression(start: int, end: int, body: Body) -> n.SiteDefinition:
    """Returns a site."""
    return n.SiteDefinition(start, end, block(body))


def capability_mapping(
    start: int,
    end: int,
    component: Component | n.Expression,
    kind: Literal["produces", "consumes"],
    capability: str,
    operations: tuple[n.AttributeOperation | n.AttributesOperation, ...],
) -> n.CapabilityMapping:
    """Returns what a component produces or consumes."""
    if isinstance(component, Component):
        component = n.QualifiedReference(component.start, component.end, component.name)
    return n.CapabilityMapping(start, end, kind, component, capability, operations)


def plan_expression(start: int, end: int, name: str, parameters: Parameters, body: Body) -> n.PlanDefinition:
    """Returns a plan."""
    return n.PlanDefinition(start, end, name, parameters, block(body))


def function_definition(
    start: int, end: int, name: str, parameters: Parameters, return_type: n.Expression | None, body: Body
) -> n.FunctionDefinition:
    """Returns a function."""
    return n.FunctionDefinition(start, end, name, parameters, block(body), return_type)


def dotted_name(start: int, end: int, parts: tuple[str, ...]) -> n.LiteralString:
    """Returns a host name."""
    return n.LiteralString(start, end, ".".join(parts))


def node_definition_expression(
    start: int, end: int, hosts: tuple[n.Expression, ...], parent: n.Expression | None, body: Body
) -> n.NodeDefinition:
    """Returns a node."""
    return n.NodeDefinition(start, end, hosts, parent, block(body))


def object_type(
    start: int, end: int, parent: n.QualifiedReference, entries: n.LiteralHash
) -> n.AccessExpression:
    """Returns ``Parent { attributes }`` of a type alias as the object type that it stands for."""
    if parent.value in ("Object", "TypeSet"):
        return n.AccessExpression(start, end, parent, (entries,))
    key = n.QualifiedName(parent.start, parent.end, "parent")
    pair = n.KeyedEntry(parent.start, parent.end, key, parent)
    hash_ = n.LiteralHash(entries.start, entries.end, (*entries.entries, pair))
    return n.AccessExpression(start, end, n.QualifiedReference(parent.start, parent.end, "Object"), (hash_,))


def type_alias(start: int, end: int, left: n.Expression, right: n.Expression) -> n.TypeAlias | n.TypeMapping:
    """Returns ``type Name = type``, or the mapping that it is if the name has arguments."""
    if isinstance(left, n.AccessExpression):
        return n.TypeMapping(start, end, left, right)
    if isinstance(right, n.LiteralHash):
        reference = n.QualifiedReference(right.start, right.start, "Object")
        right = n.AccessExpression(right.start, right.end, reference, (right,))
    name = left.value if isinstance(left, n.QualifiedReference) else ""
    return n.TypeAlias(start, end, name, right)


def type_definition(
    start: int, end: int, name: n.QualifiedReference, parent: n.QualifiedReference | None, body: Body
) -> n.TypeDefinition:
    """Returns ``type Name inherits Parent { ... }``."""
    return n.TypeDefinition(start, end, name.value, parent.value if parent else None, block(body))


BUILDERS: Mapping[str, Callable[..., Any]] = {
    "regular_parameter": regular_parameter,
    "splat_parameter": splat_parameter,
    "typed_parameter": typed_parameter,
    "lambda_": lambda_expression,
    "hostclass_expression": hostclass_expression,
    "definition_expression": definition_expression,
    "application_expression": application_expression,
    "site_definition_expression": site_definition_expression,
    "capability_mapping": capability_mapping,
    "plan_expression": plan_expression,
    "function_definition": function_definition,
    "dotted_name": dotted_name,
    "node_definition_expression": node_definition_expression,
    "object_type": object_type,
    "type_alias": type_alias,
    "type_definition": type_definition,
}
