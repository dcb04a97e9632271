"""Leaving for later what an application's body only hands on.

An attribute such as ``host => $::fqdn`` decides nothing: which components there are is the same whatever it
comes to. A body in which such expressions are deferred asks less of the node, so that what it declares holds
for more nodes; each evaluates what was deferred for its own components only. Deferred is nothing but what
can't fail, and variables are only if nothing else than such an attribute uses them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from appo_tui.evaluator.asking import as_on
from appo_tui.evaluator.definitions import METAPARAMETERS, Definition
from appo_tui.evaluator.interpreter import Interpreter, evaluates
from appo_tui.evaluator.origin_tracing import origin_of
from appo_tui.evaluator.origins import OriginKind
from appo_tui.evaluator.resource import Parameter, as_stored
from appo_tui.evaluator.scope import Scope, TopScope
from appo_tui.evaluator.values import Value
from puppet_grammar import nodes

_SET_BY_PUPPET: Final = frozenset(("title", "name", "nodes", "module_name", "caller_module_name"))
BY_NAME: Final = frozenset(
    (
        "defined", "epp", "getvar", "hiera", "hiera_array", "hiera_hash", "hiera_include", "inline_epp",
        "inline_template", "lookup", "template",
    )
)  # fmt: skip
"""Functions that may ask for variables which the call does not show."""
_NEVER: Final = METAPARAMETERS | {"name", "title", "nodes"}


class DeferredExpression(nodes.Node, frozen=True):
    """An expression that is left for later; ``names`` are the variables in it that may be local."""

    original: nodes.Expression
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Deferred:
    """What a deferred expression comes to: itself, and what its local variables were.

    Attributes:
        node: the expression.
        scope: where it stands.
        variables: name to value, which may be deferred too.
        expressions: what those were set to.
    """

    node: DeferredExpression
    scope: Scope
    variables: dict[str, Value]
    expressions: dict[str, tuple[nodes.Expression, Scope]]


@evaluates(DeferredExpression)
def deferred(_interpreter: Interpreter, node: DeferredExpression, scope: Scope) -> Value:
    """The local variables as they are now; those of top scope are left for later too."""
    variables: dict[str, Value] = {}
    expressions: dict[str, tuple[nodes.Expression, Scope]] = {}
    for name in node.names:
        found = scope.where_set(name)
        if found is None or found.is_top:
            continue
        variables[name] = found.variables[name]
        if name in found.expressions:
            expressions[name] = found.expressions[name]
    return Deferred(node, scope, variables, expressions)


def undeferred(parameter: Parameter, interpreter: Interpreter, top: TopScope, made_on: str) -> Parameter:
    """A parameter with a deferred value as it is on a node.

    Args:
        parameter: the parameter.
        interpreter: evaluates the expression.
        top: the node's top scope.
        made_on: the node on which the body was evaluated.
    """
    left = parameter.value
    assert isinstance(left, Deferred)
    scope = _scope(left, interpreter, top, made_on)
    value = as_stored(interpreter.evaluate(left.node.original, scope))
    origin = origin_of(OriginKind.GIVEN, left.node.original, scope)
    return Parameter(parameter.name, value, origin, parameter.place, parameter.source, parameter.appends)


def _scope(left: Deferred, interpreter: Interpreter, top: TopScope, made_on: str) -> Scope:
    scope = Scope(left.scope.frame, left.scope.manifest, top)
    scope.expressions.update(left.expressions)
    for name, value in left.variables.items():
        if isinstance(value, Deferred):
            inner = _scope(value, interpreter, top, made_on)
            scope.variables[name] = interpreter.evaluate(value.node.original, inner)
            scope.expressions[name] = value.node.original, inner
        else:
            scope.variables[name] = as_on(value, made_on, str(top.node.certname))
    return scope


# --- which expressions ----------------------------------------------------------------------------


def with_deferred(definition: Definition) -> nodes.Expression | None:
    """An application's body with those expressions deferred that may be."""
    body = definition.body
    if body is None:
        return None
    bound = _bound(definition)
    variables = _deferrable_variables(body, bound)
    rewritten: nodes.Expression = _rewritten(body, bound, variables)
    return rewritten


def _walk(node: object) -> Iterator[nodes.Node]:
    if isinstance(node, tuple):
        for item in node:
            yield from _walk(item)
    elif isinstance(node, nodes.Node):
        yield node
        for field in node.__struct_fields__:
            yield from _walk(getattr(node, field))


def _names(node: object) -> Iterator[str]:
    """The variables in an expression."""
    for found in _walk(node):
        if isinstance(found, nodes.VariableExpression):
            yield found.name
        elif isinstance(found, nodes.TextExpression) and isinstance(found.expression, nodes.QualifiedName):
            yield found.expression.value


def _bound(definition: Definition) -> frozenset[str]:
    """All names that the body, or any block in it, may set."""
    found = {*_SET_BY_PUPPET, *(parameter.name for parameter in definition.parameters)}
    for node in _walk(definition.body):
        if isinstance(node, nodes.Parameter):
            found.add(node.name)
        elif isinstance(node, nodes.AssignmentExpression):
            found.update(_names(node.left))
    return frozenset(found)


def _is_free(name: str, bound: frozenset[str]) -> bool:
    """Whether a name stands for a variable of top scope, or a fact."""
    return name.startswith("::") or name not in bound


def _cannot_fail(node: nodes.Node) -> bool:
    if isinstance(node, nodes.VariableExpression):
        return _is_plain(node.name)
    if isinstance(node, nodes.TextExpression):
        inner = node.expression
        return _is_plain(inner.value) if isinstance(inner, nodes.QualifiedName) else _cannot_fail(inner)
    if isinstance(node, nodes.ConcatenatedString):
        return all(_cannot_fail(part) for part in node.segments)
    if isinstance(node, nodes.LiteralList):
        return all(_cannot_fail(item) for item in node.values)
    if isinstance(node, nodes.ParenthesizedExpression):
        return _cannot_fail(node.expression)
    return isinstance(node, nodes.LiteralString | nodes.LiteralInteger | nodes.LiteralBoolean)


def _is_plain(name: str) -> bool:
    plain = name.removeprefix("::")
    return "::" not in plain and not plain.isdigit()


def _deferrable_variables(body: nodes.Expression, bound: frozenset[str]) -> frozenset[str]:
    assignments = {
        node.left.name: node for node in _assignments(body) if isinstance(node.left, nodes.VariableExpression)
    }
    taken = [name for node in _walk(body) for name in _set_by(node)]
    chosen = {name for name in assignments if taken.count(name) == 1}
    if any(isinstance(node, nodes.QualifiedName) and node.value in BY_NAME for node in _walk(body)):
        return frozenset()
    while True:
        used = set(_used_otherwise(body, frozenset(chosen)))
        if not chosen & used:
            break
        chosen -= used
    needy: set[str] = set()
    while True:
        more = {
            name
            for name in chosen - needy
            if any(_is_free(other, bound) or other in needy for other in _names(assignments[name].right))
        }
        if not more:
            return frozenset(needy)
        needy |= more


def _set_by(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Parameter):
        yield node.name
    elif isinstance(node, nodes.AssignmentExpression):
        yield from _names(node.left)


def _assignments(body: nodes.Expression) -> Iterator[nodes.AssignmentExpression]:
    """Assignments whose own value nobody sees, of what can't fail."""
    for block in _walk(body):
        if isinstance(block, nodes.BlockExpression):
            for statement in block.statements[: None if block is body else -1]:
                if isinstance(statement, nodes.AssignmentExpression) and _cannot_fail(statement.right):
                    yield statement


def _used_otherwise(node: object, chosen: frozenset[str]) -> Iterator[str]:
    """Variables in other places than attributes and assignments that are deferred."""
    if isinstance(node, tuple):
        for item in node:
            yield from _used_otherwise(item, chosen)
    elif isinstance(node, nodes.AssignmentExpression) and _is_assignment_of(node, chosen):
        return
    elif isinstance(node, nodes.ResourceBody):
        yield from _used_otherwise(node.title, chosen)
        for operation in node.operations:
            if not may_wait(operation):
                yield from _used_otherwise(operation, chosen)
    elif isinstance(node, nodes.VariableExpression | nodes.TextExpression):
        yield from _names(node)
    elif isinstance(node, nodes.Node):
        for field in node.__struct_fields__:
            yield from _used_otherwise(getattr(node, field), chosen)


def _is_assignment_of(node: nodes.AssignmentExpression, chosen: frozenset[str]) -> bool:
    return isinstance(node.left, nodes.VariableExpression) and node.left.name in chosen


def may_wait(operation: nodes.Node) -> bool:
    """Whether an attribute's value can't fail, and decides nothing where it is declared."""
    if not isinstance(operation, nodes.AttributeOperation) or operation.operator != "=>":
        return False
    return operation.name not in _NEVER and _cannot_fail(operation.value)


def _rewritten(node: Any, bound: frozenset[str], variables: frozenset[str]) -> Any:
    if isinstance(node, tuple):
        items = tuple(_rewritten(item, bound, variables) for item in node)
        return node if all(new is old for new, old in zip(items, node, strict=True)) else items
    if not isinstance(node, nodes.Node):
        return node
    if isinstance(node, nodes.AssignmentExpression) and _is_assignment_of(node, variables):
        return msgspec.structs.replace(node, right=_deferring(node.right))
    if isinstance(node, nodes.ResourceBody):
        operations = tuple(_rewritten_operation(item, bound, variables) for item in node.operations)
        return msgspec.structs.replace(node, operations=operations)
    changed = {
        field: new
        for field in node.__struct_fields__
        if (new := _rewritten(old := getattr(node, field), bound, variables)) is not old
    }
    return msgspec.structs.replace(node, **changed) if changed else node


def _rewritten_operation(operation: Any, bound: frozenset[str], variables: frozenset[str]) -> Any:
    if not may_wait(operation):
        return operation
    if not any(_is_free(name, bound) or name in variables for name in _names(operation.value)):
        return operation
    return msgspec.structs.replace(operation, value=_deferring(operation.value))


def _deferring(expression: nodes.Expression) -> DeferredExpression:
    names = tuple(dict.fromkeys(name for name in _names(expression) if not name.startswith("::")))
    return DeferredExpression(expression.start, expression.end, expression, names)
