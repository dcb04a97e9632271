"""Resources, their defaults and overrides, and collectors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from puppet_grammar import nodes as n
from puppet_grammar.building.calls import statements
from puppet_grammar.building.expressions import block_or_expression
from puppet_grammar.building.refusal import RefusalError

Operations = tuple[n.AttributeOperation | n.AttributesOperation, ...]
_RESOURCE = (n.ResourceExpression, n.ResourceDefaultsExpression, n.ResourceOverrideExpression)


def opening_brace(start: int, _end: int, _text: str) -> int:
    """Returns the offset of the brace."""
    return start


def untitled_resource(
    start: int, end: int, left: n.Expression, brace: int, operations: Operations
) -> n.Expression:
    """Returns what ``left { attributes }`` is: defaults, an override, or a name with a hash after it.

    Raises:
        RefusalError: It is none of these.
    """
    match left:
        case n.QualifiedName():
            return _name_and_hash(left, operations, brace, end)
        case n.QualifiedReference():
            return n.ResourceDefaultsExpression(start, end, left, operations)
        case n.AccessExpression(_, _, n.QualifiedReference(_, _, name), keys) if (
            len(keys) == 1 and name == "resource"
        ):
            return n.ResourceDefaultsExpression(start, end, left, operations)
        case n.AccessExpression():
            return n.ResourceOverrideExpression(start, end, left, operations)
    raise RefusalError("Expression is not valid as a resource, resource-default, or resource-override", start)


def _name_and_hash(name: n.QualifiedName, operations: Operations, brace: int, end: int) -> n.Expression:
    entries = []
    for operation in operations:
        start = operation.start
        if isinstance(operation, n.AttributesOperation):
            # Puppet forgets what is unfolded here; its validator refuses the whole all the same.
            entries.append(n.KeyedEntry(start, operation.end, n.Nop(start, start), n.Nop(start, start)))
            continue
        if operation.operator == "+>":
            raise RefusalError("Syntax error resource body without title or hash with +>", brace)
        key = n.LiteralString(start, start + len(operation.name), operation.name)
        entries.append(n.KeyedEntry(start, operation.end, key, operation.value))
    made = statements([name, n.LiteralHash(brace, end, tuple(entries))])
    result = block_or_expression(made)
    return result if result is not None else name


def class_resource(start: int, end: int, bodies: tuple[n.ResourceBody, ...]) -> n.ResourceExpression:
    """Returns ``class { title: ... }``."""
    return n.ResourceExpression(start, end, n.QualifiedName(start, start + len("class"), "class"), bodies)


def virtual_resource(start: int, end: int, resource: n.Expression) -> n.Expression:
    """Returns ``@resource``.

    Raises:
        RefusalError: It is no resource.
    """
    return _with_form(start, end, resource, "virtual")


def exported_resource(start: int, end: int, resource: n.Expression) -> n.Expression:
    """Returns ``@@resource``.

    Raises:
        RefusalError: It is no resource.
    """
    return _with_form(start, end, resource, "exported")


def _with_form(start: int, end: int, resource: n.Expression, form: n.Form) -> n.Expression:
    match resource:
        case n.ResourceExpression(_, _, type_name, bodies):
            return n.ResourceExpression(start, end, type_name, bodies, form)
        case n.ResourceDefaultsExpression(_, _, reference, operations):
            return n.ResourceDefaultsExpression(start, end, reference, operations, form)
        case n.ResourceOverrideExpression(_, _, resources, operations):
            return n.ResourceOverrideExpression(start, end, resources, operations, form)
    sign = "Virtual (@)" if form == "virtual" else "Exported (@@)"
    raise RefusalError(f"{sign} can only be applied to a Resource Expression", start)


BUILDERS: Mapping[str, Callable[..., Any]] = {
    "attribute_operation": n.AttributeOperation,
    "attributes_operation": n.AttributesOperation,
    "resource_body": n.ResourceBody,
    "titled_resource": n.ResourceExpression,
    "opening_brace": opening_brace,
    "untitled_resource": untitled_resource,
    "class_resource": class_resource,
    "virtual_resource": virtual_resource,
    "exported_resource": exported_resource,
    "virtual_query": n.VirtualQuery,
    "exported_query": n.ExportedQuery,
    "collection": n.CollectExpression,
}
