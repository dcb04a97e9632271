"""Collectors: ``Type <| query |>``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import msgspec

from appo_tui.evaluator.declaring import appended
from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.matching import equals, included
from appo_tui.evaluator.resource import Parameter, Resource, as_stored
from appo_tui.evaluator.scope import Scope
from appo_tui.evaluator.tags import tags_with_containers
from appo_tui.evaluator.text import interpolated
from appo_tui.evaluator.values import Unknown, Value
from puppet_grammar import nodes

if TYPE_CHECKING:
    from appo_tui.evaluator.compilation import Compilation
    from appo_tui.evaluator.interpreter import Interpreter

Query = Callable[[Resource], bool]

_OPERANDS: Final = (
    nodes.AccessExpression, nodes.VariableExpression, nodes.LiteralBoolean, nodes.LiteralString,
    nodes.ConcatenatedString, nodes.LiteralInteger, nodes.LiteralFloat, nodes.LiteralUndef,
    nodes.QualifiedName,
)  # fmt: skip
"""What a query may compare; Puppet refuses calls of functions, say."""


@dataclass(eq=False, slots=True)
class Collector:
    """One collector.

    Attributes:
        type_name: what it collects.
        holds: whether a resource is collected; None if all of the type are.
        parameters: what it sets.
        collected: what it has found so far.
        instead: what is left of it in a chain of arrows, which counts where it collects nothing.
    """

    type_name: str
    holds: Query | None
    parameters: tuple[Parameter, ...]
    collected: dict[Resource, None] = field(default_factory=dict)
    instead: tuple[tuple[str, str] | Collector, ...] = ()


def realize(compilation: Compilation) -> None:
    """Make what was collected, or named by ``realize()``, real, and set what collectors override."""
    catalog = compilation.catalog
    for key in tuple(compilation.to_realize):
        found = catalog.find(*key)
        if found is not None:
            found.virtual = False
            compilation.to_realize.remove(key)
    for collector in compilation.collectors:
        for resource in catalog:
            if resource.type_name != collector.type_name or resource in collector.collected:
                continue
            if collector.holds is None or collector.holds(resource):
                resource.virtual = False
                collector.collected[resource] = None
                if resource.kind == "application":
                    continue  # its body has been evaluated, with what it was given
                for parameter in collector.parameters:
                    _override(resource, parameter)


def _override(resource: Resource, parameter: Parameter) -> None:
    """Set what a collector sets; a value that is the default anyhow changes nothing."""
    current = resource.parameters.get(parameter.name)
    if current is not None:
        default = resource.scope.frame.defaults_for(resource.type_name).get(parameter.name)
        if default is not None and default.value == parameter.value:
            return
        if parameter.appends:
            parameter = appended(current, parameter)
    resource.parameters[parameter.name] = msgspec.structs.replace(parameter, appends=False)


# --- queries --------------------------------------------------------------------------------------


def query(expression: nodes.Expression, interpreter: Interpreter, scope: Scope) -> Query:
    """A collector's query; what resources are compared with is evaluated now.

    Raises:
        EvaluationError: it compares with what no query may have.
    """
    found = _query(expression, interpreter, scope)
    return found if callable(found) else lambda _resource: False


def _query(expression: nodes.Expression, interpreter: Interpreter, scope: Scope) -> Value:
    if isinstance(expression, nodes.ParenthesizedExpression):
        return _query(expression.expression, interpreter, scope)
    if isinstance(expression, nodes.AndExpression | nodes.OrExpression):
        left = query(expression.left, interpreter, scope)
        right = query(expression.right, interpreter, scope)
        if isinstance(expression, nodes.AndExpression):
            return lambda resource: left(resource) and right(resource)
        return lambda resource: left(resource) or right(resource)
    if isinstance(expression, nodes.ComparisonExpression):
        name = _query(expression.left, interpreter, scope)
        wanted = _query(expression.right, interpreter, scope)
        return _comparison(interpolated(name), expression.operator, wanted, scope)
    if isinstance(expression, _OPERANDS):
        return as_stored(interpreter.evaluate(expression, scope))
    ruby_class = f"Puppet::Pops::Model::{type(expression).__name__}"
    raise EvaluationError(f"Cannot transform object of class {ruby_class}", code="collector",
                          hint="Compare with a literal or with a variable.")  # fmt: skip


def _comparison(name: str, operator: str, wanted: Value, scope: Scope) -> Query:
    if isinstance(wanted, Unknown):
        return lambda _resource: False
    if operator == "!=":
        return lambda resource: not equals(_value(resource, name), wanted)
    if name == "tag":
        tags = frozenset(_tag(item) for item in (wanted if isinstance(wanted, tuple) else (wanted,)))
        return lambda resource: not tags.isdisjoint(tags_with_containers(resource))
    return lambda resource: _has(_value(resource, name), wanted, scope)


def _tag(value: Value) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        text = "Cannot transform a number to a tag"
        raise EvaluationError(text, code="collector", hint="Write it in quotes.")
    return interpolated(value).lower()


def _value(resource: Resource, name: str) -> Value:
    return resource.title if name == "title" else resource.value(name)


def _has(value: Value, wanted: Value, scope: Scope) -> bool:
    return included(value, wanted, scope) if isinstance(value, tuple) else equals(value, wanted)
