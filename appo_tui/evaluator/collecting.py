"""Collectors: ``Type <| query |>``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appo_tui.evaluator.interpreter import Interpreter
from appo_tui.evaluator.matching import equals
from appo_tui.evaluator.resource import Parameter, Resource
from appo_tui.evaluator.scope import Scope
from appo_tui.evaluator.values import Unknown
from puppet_grammar import nodes

if TYPE_CHECKING:
    from appo_tui.evaluator.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Collector:
    """One collector and the scope that its query is evaluated in."""

    type_name: str
    query: nodes.Expression | None
    parameters: tuple[Parameter, ...]
    scope: Scope


def realize(
    collectors: Iterable[Collector],
    keys: list[tuple[str, str]],
    catalog: Catalog,
    interpreter: Interpreter,
) -> None:
    """Make the collected resources real, and set what the collectors override.

    Args:
        collectors: the collectors.
        keys: what ``realize()`` was called for; those that are there are taken out.
        catalog: where virtual resources are.
        interpreter: evaluates queries.
    """
    for key in tuple(keys):
        found = catalog.find(*key)
        if found is not None:
            found.virtual = False
            keys.remove(key)
    for collector in collectors:
        for resource in catalog:
            if resource.type_name == collector.type_name and _collects(collector, resource, interpreter):
                resource.virtual = False
                for parameter in collector.parameters:
                    resource.parameters[parameter.name] = parameter


def _collects(collector: Collector, resource: Resource, interpreter: Interpreter) -> bool:
    return collector.query is None or _holds(collector.query, resource, interpreter, collector.scope)


def _holds(query: nodes.Expression, resource: Resource, interpreter: Interpreter, scope: Scope) -> bool:
    if isinstance(query, nodes.ParenthesizedExpression):
        return _holds(query.expression, resource, interpreter, scope)
    if isinstance(query, nodes.AndExpression):
        sides = (query.left, query.right)
        return all(_holds(side, resource, interpreter, scope) for side in sides)
    if isinstance(query, nodes.OrExpression):
        return any(_holds(side, resource, interpreter, scope) for side in (query.left, query.right))
    if not isinstance(query, nodes.ComparisonExpression):
        return False
    name = getattr(query.left, "value", getattr(query.left, "name", ""))
    wanted = interpreter.evaluate(query.right, scope)
    if isinstance(wanted, Unknown):
        return False
    return _has(resource, str(name), wanted) is (query.operator == "==")


def _has(resource: Resource, name: str, wanted: object) -> bool:
    if name == "title":
        return equals(resource.title, wanted)
    if name == "tag":
        return str(wanted).lower() in tags_of(resource)
    value = resource.value(name)
    if isinstance(value, tuple):
        return any(equals(item, wanted) for item in value)
    return equals(value, wanted)


def tags_of(resource: Resource) -> frozenset[str]:
    """The tags that a resource has by itself: its type's and title's names, and those under ``tag``."""
    words = [resource.type_name.lower(), *resource.type_name.lower().split("::"), resource.title.lower()]
    given = resource.value("tag")
    words += [str(item).lower() for item in (given if isinstance(given, tuple) else (given,)) if item]
    return frozenset(words)
