"""Arrows and collectors."""

from __future__ import annotations

from typing import Literal, TypeAlias

from appo_tui.evaluator.catalog import Relationship
from appo_tui.evaluator.collecting import Collector, query
from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.interpreter import Interpreter, evaluates
from appo_tui.evaluator.labels import a_or_an, label_of_value
from appo_tui.evaluator.origins import OriginKind
from appo_tui.evaluator.resource import capitalised
from appo_tui.evaluator.rules.access import flat
from appo_tui.evaluator.rules.literals import type_label
from appo_tui.evaluator.rules.resources import known_attributes
from appo_tui.evaluator.scope import Scope
from appo_tui.evaluator.types import ClassType, PuppetType, ResourceType
from appo_tui.evaluator.values import Unknown, Value
from puppet_grammar import nodes

Operand: TypeAlias = ResourceType | ClassType | Collector


@evaluates(nodes.RelationshipExpression)
def relationship(interpreter: Interpreter, node: nodes.RelationshipExpression, scope: Scope) -> Value:
    """``a -> b`` and its like; the value is the right side, or the left one where that is empty."""
    values = [interpreter.evaluate(side, scope) for side in (node.left, node.right)]
    left, right = (_operands(interpreter, node, value, scope) for value in values)
    sources, targets = (right, left) if node.operator in ("<-", "<~") else (left, right)
    parameter: Literal["before", "notify"] = "notify" if "~" in node.operator else "before"
    for source in sources:
        for target in targets:
            interpreter.compilation.catalog.relationships.append(
                Relationship(_end(source), _end(target), parameter, scope.manifest.line_place(node))
            )
    if not right:
        return left
    if len(right) == 1 and isinstance(right[0], Collector):
        right[0].instead = tuple(_end(operand) for operand in left)
    return right


def _operands(
    interpreter: Interpreter, node: nodes.RelationshipExpression, value: Value, scope: Scope
) -> tuple[Operand, ...]:
    found: list[Operand] = []
    for item in flat((value,)):
        if isinstance(item, Unknown):
            continue
        if isinstance(item, str):
            item = _parsed_reference(interpreter, item)
        if not isinstance(item, Operand):
            of_type = f"something of type {item}"
            label = of_type if isinstance(item, PuppetType) else a_or_an(label_of_value(item))
            raise interpreter.failure(
                f"Illegal relationship operand, can not form a relationship with {label}. "
                "A Catalog type is required.",
                node, scope,
            )  # fmt: skip
        if isinstance(item, ClassType) and item.name is None:
            raise interpreter.failure(
                f"Error while evaluating a '{node.operator}' expression, No title provided and "
                '"class" is not a valid resource reference',
                node, scope,
            )  # fmt: skip
        if item not in found:
            found.append(item)
    return tuple(found)


def _parsed_reference(interpreter: Interpreter, text: str) -> Value:
    type_name, bracket, rest = text.partition("[")
    if not bracket or not rest.endswith("]"):
        return text
    title = rest[:-1].strip("'\"")
    if type_name == "Class":
        return ClassType(title.lower())
    found = interpreter.compilation.named_type(type_label(type_name))
    return ResourceType(found.type_name, title) if isinstance(found, ResourceType) else text


def _end(operand: Operand) -> tuple[str, str] | Collector:
    if isinstance(operand, Collector):
        return operand
    if isinstance(operand, ClassType):
        return ("Class", capitalised(operand.name or ""))
    return (capitalised(operand.type_name or ""), operand.title or "")


@evaluates(nodes.CollectExpression)
def collect(interpreter: Interpreter, node: nodes.CollectExpression, scope: Scope) -> Value:
    """``Type <| query |>``: realizes virtual resources, and may override their attributes.

    It is asked when the catalog is complete; exported resources are in no catalog here.
    """
    name = getattr(node.type_expr, "value", "")
    if name.lower() == "class":
        raise EvaluationError("Classes cannot be collected", code="collector", hint="Use include.")
    if interpreter.definitions.find_resource_type(name) is None:
        raise EvaluationError(f"Resource type {name.lower()} doesn't exist", code="unknown-type")
    given = known_attributes(interpreter, node.operations, scope, OriginKind.GIVEN, node)
    expression = node.query.expression
    holds = None if expression is None else query(expression, interpreter, scope)
    collector = Collector(capitalised(name), holds, tuple(given.values()))
    if isinstance(node.query, nodes.VirtualQuery):
        interpreter.compilation.collectors.append(collector)
    return collector
