"""Resource expressions: declarations, defaults and overrides."""

from __future__ import annotations

from appo_tui.evaluator import types
from appo_tui.evaluator.catalog import Override
from appo_tui.evaluator.declaring import Declaration, declare, override
from appo_tui.evaluator.definitions import DEFINING
from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.interpreter import Interpreter, evaluates
from appo_tui.evaluator.labels import label_of_value
from appo_tui.evaluator.origin_tracing import origin_of
from appo_tui.evaluator.origins import OriginKind
from appo_tui.evaluator.resource import SPLAT, Parameter, as_stored, capitalised
from appo_tui.evaluator.rules.access import flat
from appo_tui.evaluator.scope import Scope
from appo_tui.evaluator.types import ClassType, PuppetType, ResourceType
from appo_tui.evaluator.values import DEFAULT, Unknown, Value
from puppet_grammar import nodes

Operations = tuple[nodes.AttributeOperation | nodes.AttributesOperation, ...]


@evaluates(*DEFINING, nodes.PlanDefinition, nodes.TypeMapping, nodes.TypeDefinition)
def definition(_interpreter: Interpreter, _node: nodes.Node, _scope: Scope) -> Value:
    """Definitions take effect when their file is read."""
    return None


def _attributes(
    interpreter: Interpreter, operations: Operations, scope: Scope, kind: OriginKind, owner: nodes.Node
) -> dict[str, Parameter]:
    """The attributes of a body; one given twice is refused."""
    parameters: dict[str, Parameter] = {}
    for operation in operations:
        for parameter in _operation(interpreter, operation, scope, kind):
            if parameter.name in parameters:
                raise interpreter.failure(
                    f"The attribute '{parameter.name}' has already been set", owner, scope,
                    code="duplicate-attribute",
                )  # fmt: skip
            parameters[parameter.name] = parameter
    return parameters


def known_attributes(
    interpreter: Interpreter, operations: Operations, scope: Scope, kind: OriginKind, owner: nodes.Node
) -> dict[str, Parameter]:
    """The attributes of what declares nothing, where a splat that is not known changes nothing."""
    parameters = _attributes(interpreter, operations, scope, kind, owner)
    parameters.pop(SPLAT, None)
    return parameters


def _operation(
    interpreter: Interpreter,
    operation: nodes.AttributeOperation | nodes.AttributesOperation,
    scope: Scope,
    kind: OriginKind,
) -> list[Parameter]:
    place = scope.manifest.line_place(operation)
    source = scope.frame.source
    if isinstance(operation, nodes.AttributeOperation):
        value = as_stored(interpreter.evaluate(operation.value, scope))
        origin = origin_of(kind, operation.value, scope)
        appends = operation.operator == "+>"
        return [Parameter(operation.name, value, origin, place, source, appends)]
    values = interpreter.evaluate(operation.expression, scope)
    if isinstance(values, Unknown):
        return [Parameter(SPLAT, values, origin_of(kind, operation.expression, scope), place, source)]
    if not isinstance(values, dict):
        actual = types.generalize(types.infer(values))
        raise interpreter.failure(f"Expected value of type Hash, got {actual}", operation.expression, scope)
    origin = origin_of(kind, operation.expression, scope)
    return [
        Parameter(str(name), as_stored(value), origin, place, source) for name, value in values.items()
    ]


# --- declarations ---------------------------------------------------------------------------------


@evaluates(nodes.ResourceExpression)
def resource_expression(interpreter: Interpreter, node: nodes.ResourceExpression, scope: Scope) -> Value:
    """``type { title: ... }``: the references to what it declares."""
    type_name = _type_name(interpreter, node.type_name, scope)
    titles: dict[int, tuple[str, ...]] = {}
    attributes: dict[int, dict[str, Parameter]] = {}
    seen: set[Value] = set()
    defaults: dict[str, Parameter] = {}
    for index, body in enumerate(node.bodies):
        given = _titles(interpreter, node, body, scope, seen)
        attributes[index] = _attributes(interpreter, body.operations, scope, OriginKind.GIVEN, node)
        titles[index] = tuple(title for title in given if isinstance(title, str))
        if DEFAULT in given:
            defaults = attributes[index]
    declared: list[PuppetType] = []
    for index in titles:
        declaration = Declaration(
            type_name,
            titles[index],
            {**defaults, **attributes[index]},
            scope.manifest.line_place(node),
            virtual=node.form != "regular",
            exported=node.form == "exported",
        )
        declared.extend(declare(interpreter.compilation, declaration, scope))
    return tuple(declared)


def _type_name(interpreter: Interpreter, node: nodes.Expression, scope: Scope) -> str:
    if isinstance(node, nodes.QualifiedName):
        return node.value
    value = interpreter.evaluate(node, scope)
    if isinstance(value, ClassType) and value.name is None:
        return "class"
    if isinstance(value, ResourceType) and value.title is None and value.type_name is not None:
        return value.type_name
    actual = str(value) if isinstance(value, PuppetType) else str(types.generalize(types.infer(value)))
    raise interpreter.failure(
        "Illegal Resource Type expression, expected result to be a type name, or untitled Resource, "
        f"got {actual}",
        node, scope,
    )  # fmt: skip


def _titles(
    interpreter: Interpreter,
    node: nodes.ResourceExpression,
    body: nodes.ResourceBody,
    scope: Scope,
    seen: set[Value],
) -> tuple[Value, ...]:
    value = interpreter.evaluate(body.title, scope)
    if value is None:
        raise interpreter.failure("Missing title. The title expression resulted in undef", body.title, scope)
    titles = flat((value,))
    for index, title in enumerate(titles):
        if isinstance(title, Unknown):
            interpreter.compilation.note_undecided(body, scope, title)
            continue
        if title is None:
            raise interpreter.failure(
                f"Missing title at index {index}. The title expression resulted in an undef title",
                body.title, scope,
            )  # fmt: skip
        if not isinstance(title, str) and title is not DEFAULT:
            actual = types.generalize(types.infer(title))
            raise interpreter.failure(
                f"Illegal title type at index {index}. Expected String, got {actual}", body.title, scope
            )
        if title == "":
            raise interpreter.failure(
                f"Empty string title at {index}. Title strings must have a length greater than zero.",
                body.title, scope,
            )  # fmt: skip
        if title in seen:
            shown = "default" if title is DEFAULT else title
            raise interpreter.failure(
                f"The title '{shown}' has already been used in this resource expression", node, scope,
                code="duplicate-declaration",
            )  # fmt: skip
        seen.add(title)
    return titles


# --- defaults and overrides -----------------------------------------------------------------------


@evaluates(nodes.ResourceDefaultsExpression)
def resource_defaults(
    interpreter: Interpreter, node: nodes.ResourceDefaultsExpression, scope: Scope
) -> Value:
    """``Type { ... }``: for what is declared after it in this code and what that calls."""
    type_ref = interpreter.evaluate(node.type_ref, scope)
    if not isinstance(type_ref, ResourceType) or type_ref.type_name is None or type_ref.title is not None:
        actual = types.generalize(types.infer(type_ref))
        raise interpreter.failure(
            "Illegal Resource Type expression, expected result to be a type name, or untitled Resource, "
            f"got {actual}",
            node.type_ref, scope,
        )  # fmt: skip
    type_name = capitalised(type_ref.type_name)
    known = scope.frame.defaults.setdefault(type_name, {})
    names = set(known)
    for operation in node.operations:
        if isinstance(operation, nodes.AttributeOperation) and operation.name in names:
            text = f"Default already defined for {type_name} {{ {operation.name} }}; cannot redefine"
            raise EvaluationError(text, scope.manifest.line_place(node))
        names.add(getattr(operation, "name", ""))
    known.update(known_attributes(interpreter, node.operations, scope, OriginKind.RESOURCE_DEFAULT, node))
    return type_ref


@evaluates(nodes.ResourceOverrideExpression)
def resource_override(
    interpreter: Interpreter, node: nodes.ResourceOverrideExpression, scope: Scope
) -> Value:
    """``Type[title] { ... }``."""
    references = interpreter.evaluate(node.resources, scope)
    given = known_attributes(interpreter, node.operations, scope, OriginKind.GIVEN, node)
    for reference in flat((references,)):
        if isinstance(reference, Unknown):
            continue
        if not isinstance(reference, ResourceType) or reference.title is None:
            actual = label_of_value(reference)
            raise interpreter.failure(
                f"Resource Override can only operate on resources, got: {actual}", node, scope
            )
        key = (capitalised(str(reference.type_name)), reference.title)
        place = scope.manifest.line_place(node)
        override(interpreter.compilation, Override(key, tuple(given.values()), scope.frame.source, place))
    return references
