"""``=``."""

from __future__ import annotations

from typing import Final

from appo_tui.evaluator import types
from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.interpreter import Interpreter, evaluates
from appo_tui.evaluator.scope import MISSING, Scope, TopScope
from appo_tui.evaluator.text import interpolated
from appo_tui.evaluator.values import Unknown, Value
from puppet_grammar import nodes

_RESERVED: Final = frozenset(("trusted", "facts"))
_BUILT_IN: Final = frozenset(("name", "title"))


@evaluates(nodes.AssignmentExpression)
def assignment(interpreter: Interpreter, node: nodes.AssignmentExpression, scope: Scope) -> Value:
    """``$x = v``, ``[$a, $b] = v``."""
    value = interpreter.evaluate(node.right, scope)
    _assign(interpreter, node, node.left, value, scope)
    return value


def _assign(
    interpreter: Interpreter,
    node: nodes.AssignmentExpression,
    left: nodes.Expression,
    value: Value,
    scope: Scope,
) -> None:
    if isinstance(left, nodes.VariableExpression):
        _set(interpreter, node, left.name, value, scope)
        written_in = scope.in_manifest(scope.manifest) if scope.is_top else scope
        scope.expressions[left.name] = (node.right, written_in)
    elif isinstance(left, nodes.LiteralList):
        _assign_several(interpreter, node, left, value, scope)
    else:
        raise interpreter.failure(
            "Illegal attempt to assign to something that is not a variable.", node, scope
        )


def _set(interpreter: Interpreter, node: nodes.Node, name: str, value: Value, scope: Scope) -> None:
    if name == "server_facts":
        raise interpreter.failure(f"Attempt to assign to a reserved variable name: '${name}'", node, scope)
    if is_bound(name, scope):
        if name in _RESERVED:
            raise interpreter.failure(
                f"Attempt to assign to a reserved variable name: '${name}'", node, scope
            )
        built_in = " built in (or already assigned)" if name in _BUILT_IN else ""
        raise interpreter.failure(f"Cannot reassign{built_in} variable '${name}'", node, scope)
    if name in _RESERVED:
        raise EvaluationError(f"Attempt to assign to a reserved variable name: '{name}'")
    scope.variables[name] = value


def is_bound(name: str, scope: Scope) -> bool:
    """Whether this very scope has the variable; on a node its facts belong to the top scope."""
    if name in scope.variables:
        return True
    if not isinstance(scope, TopScope) or scope.node.certname is None:
        return False
    found = scope.beyond(name)
    return found is not MISSING and not isinstance(found, Unknown)


def _assign_several(
    interpreter: Interpreter,
    node: nodes.AssignmentExpression,
    left: nodes.LiteralList,
    value: Value,
    scope: Scope,
) -> None:
    names = [item for item in left.values if isinstance(item, nodes.VariableExpression | nodes.LiteralList)]
    if isinstance(value, Unknown):
        parts: tuple[Value, ...] = (value,) * len(names)
    elif isinstance(value, dict):
        parts = tuple(_required(interpreter, node, item, value, scope) for item in names)
    elif isinstance(value, types.ClassType):
        parts = tuple(_class_variable(interpreter, item, value, scope) for item in names)
    else:
        parts = value if isinstance(value, tuple) else (value,)
    if len(parts) != len(names):
        raise interpreter.failure(
            "Mismatched number of assignable entries and values, "
            f"expected {len(names)}, got {len(parts)}",
            node, scope,
        )  # fmt: skip
    for item, part in zip(names, parts, strict=True):
        _assign(interpreter, node, item, part, scope)


def _required(
    interpreter: Interpreter,
    node: nodes.Node,
    item: nodes.Expression,
    value: dict[Value, Value],
    scope: Scope,
) -> Value:
    name = getattr(item, "name", "")
    if name not in value:
        raise interpreter.failure(
            f"No value for required key '{interpolated(name)}' in assignment to variables from hash",
            node, scope,
        )  # fmt: skip
    return value[name]


def _class_variable(
    interpreter: Interpreter, item: nodes.Expression, value: types.ClassType, scope: Scope
) -> Value:
    name = f"{value.name}::{getattr(item, 'name', '')}"
    found = interpreter.compilation.qualified_variable(name)
    if found is MISSING:
        raise interpreter.failure(
            f"No value for required variable '${name}' in assignment to variables from class reference",
            item, scope,
        )  # fmt: skip
    return found
