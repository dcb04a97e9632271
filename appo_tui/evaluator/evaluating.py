"""Running the code of a declared class, define, application, site or node block."""

from __future__ import annotations

from appo_tui.evaluator import types
from appo_tui.evaluator.compilation import Compilation
from appo_tui.evaluator.definitions import METAPARAMETERS, Definition
from appo_tui.evaluator.faults import (
    EvaluationError,
    InternalError,
    LookupFailure,
    PreformattedError,
    in_configuration,
)
from appo_tui.evaluator.functions.errors import ControlSignal, NextSignal, ReturnSignal
from appo_tui.evaluator.hiera import HieraArgumentError, HieraError
from appo_tui.evaluator.jumps import illegal_jump
from appo_tui.evaluator.origin_tracing import origin_of
from appo_tui.evaluator.origins import Origin, OriginKind
from appo_tui.evaluator.parameter_values import ParameterValues, UnevaluatedParameterSignal
from appo_tui.evaluator.resource import Parameter, Resource, as_stored, as_written
from appo_tui.evaluator.scope import Frame, Scope
from appo_tui.evaluator.types.collections import Array, Hash
from appo_tui.evaluator.types.compounds import ResourceType, Type, Variant
from appo_tui.evaluator.types.ruby_patterns import InvalidPatternError
from appo_tui.evaluator.values import Unknown, Value
from puppet_grammar import nodes

_TAKEN = frozenset(("name", "title", "trusted", "facts", "server_facts"))
_ANY = types.Any()
_COMPONENT = Type(ResourceType())
NODES_TYPE = Hash(Type(ResourceType("Node")), Variant((_COMPONENT, Array(_COMPONENT))))
"""What an application's ``nodes`` must be."""


def declared_types(compilation: Compilation, definition: Definition) -> dict[str, types.PuppetType]:
    """The types of a definition's parameters; evaluated when the definition is read.

    Raises:
        EvaluationError: a type is not one.
    """
    scope = compilation.top.in_manifest(definition.manifest)
    found: dict[str, types.PuppetType] = {}
    for parameter in definition.parameters:
        if parameter.type_expr is None:
            continue
        value = compilation.interpreter.evaluate(parameter.type_expr, scope)
        if isinstance(value, types.PuppetType):
            found[parameter.name] = value
    return found


def code_scope(compilation: Compilation, resource: Resource, definition: Definition) -> Scope:
    """The scope in which a resource's code runs: around it its parent class, node block or top."""
    frame = Frame(resource, definition, resource.scope, definition.module)
    outer = parent_scope(compilation, definition) or enclosing(compilation, resource.scope)
    return Scope(frame, definition.manifest, outer)


def enclosing(compilation: Compilation, scope: Scope) -> Scope:
    """The node's scope if the declaring code was reached through a node block, else top scope."""
    frame: Frame | None = scope.frame
    while frame is not None:
        if frame.resource is not None and frame.resource.kind == "node":
            node_scope = compilation.node_scope
            return node_scope if node_scope is not None else compilation.top
        frame = frame.caller.frame if frame.caller is not None else None
    return compilation.top


def parent_scope(compilation: Compilation, definition: Definition) -> Scope | None:
    """The scope of the class that a class inherits from, which is evaluated if it was not yet."""
    if definition.kind != "class" or not definition.parent:
        return None
    parent = compilation.definitions.find_class(definition.parent)
    if parent is None:
        return None
    if parent.name not in compilation.class_scopes:
        compilation.evaluate_classes((parent.name,), compilation.top, lazily=False)
    return compilation.class_scopes.get(parent.name)


def set_parameters(
    compilation: Compilation, resource: Resource, definition: Definition, scope: Scope
) -> None:
    """Set a resource's parameters as variables of its scope: given, from hiera, defaults; then check them.

    Raises:
        EvaluationError: a parameter is missing, unknown or of the wrong type.
    """
    parent = parent_scope(compilation, definition)
    scope.variables["module_name"] = definition.module
    scope.variables["caller_module_name"] = (parent or resource.scope).frame.module
    if definition.kind == "class":
        inject_from_hiera(compilation, resource, definition, scope)
        compilation.class_scopes[definition.name] = scope
        scope.variables["title"] = scope.variables["name"] = definition.name
    else:
        scope.variables["title"] = resource.title
        given = resource.value("name")
        scope.variables["name"] = resource.title if given is None else given
    values = with_defaults(compilation, resource, definition, scope)
    scope.variables.update(values)
    declared = [parameter.name for parameter in definition.parameters]
    for name in declared:
        if name not in scope.variables:
            scope.variables[name] = Unknown(f"{resource.reference} has no {name}")
    if "title" in resource.parameters and "title" not in declared:
        values = {**values, "title": resource.value("title")}
    check_parameters(resource, definition, values)
    for name in declared:
        if name in _TAKEN and name in values:
            raise _reserved(definition, name)


def _reserved(definition: Definition, name: str) -> EvaluationError:
    """What is said of a parameter whose variable is there already."""
    text = f"Attempt to assign to a reserved variable name: '{name}'"
    if name in ("name", "title"):
        text = f"Cannot reassign variable '${name}'"
    return EvaluationError(text, definition.place, code="reserved-name", hint="Rename the parameter.")


def inject_from_hiera(
    compilation: Compilation, resource: Resource, definition: Definition, scope: Scope
) -> None:
    """Look up the parameters of a class that were not given."""
    hiera = compilation.hiera
    if hiera is None:
        return
    from appo_tui.evaluator.context import ScopeContext

    context = ScopeContext(compilation.interpreter, scope)
    for declared in definition.parameters:
        if resource.value(declared.name) is not None:
            continue
        key = f"{definition.name}::{declared.name}"
        try:
            result = hiera.lookup(key, context.lookup_variable)
        except HieraArgumentError as error:
            raise EvaluationError(str(error), code="hiera", hint="Correct hiera.yaml.") from error
        except HieraError as error:
            text = in_configuration(str(error), str(error.file) if error.file else None, error.line)
            raise PreformattedError(
                text, code="hiera", hint="Correct the data or hiera.yaml.", about=definition.place
            ) from error
        if result.found and not (result.value is None and declared.value is not None):
            origin = Origin(OriginKind.HIERA, result.place, key)
            resource.parameters[declared.name] = Parameter(declared.name, result.value, origin)


def with_defaults(
    compilation: Compilation, resource: Resource, definition: Definition, scope: Scope
) -> dict[str, Value]:
    """The values of all parameters; defaults are evaluated in order and see the parameters before them."""
    values = {
        name: parameter.value
        for name, parameter in resource.parameters.items()
        if name not in ("name", "title")
    }
    defaults = [item for item in definition.parameters if values.get(item.name) is None and item.value]
    if not defaults:
        return values
    inner = scope.inner()
    inner.variables = ParameterValues(values, (item.name for item in definition.parameters))
    for declared in defaults:
        value, origin = _default(compilation, resource, definition, declared, inner)
        resource.parameters[declared.name] = Parameter(declared.name, value, origin)
        values[declared.name] = inner.variables[declared.name] = value
    return values


def _default(
    compilation: Compilation,
    resource: Resource,
    definition: Definition,
    declared: nodes.Parameter,
    inner: Scope,
) -> tuple[Value, Origin]:
    assert declared.value is not None
    try:
        value = as_stored(compilation.interpreter.evaluate(declared.value, inner))
    except UnevaluatedParameterSignal as signal:
        raise _refused_read(resource, definition, declared.name, signal.name) from signal
    except ControlSignal as signal:
        raise illegal_jump(signal, "default", definition.place) from signal
    except LookupFailure as failure:
        if failure.place is not None:
            raise
        raise failure.in_definition(definition.place) from failure
    return value, origin_of(OriginKind.PARAMETER_DEFAULT, declared.value, inner)


def _refused_read(resource: Resource, definition: Definition, reader: str, read: str) -> EvaluationError:
    names = [parameter.name for parameter in definition.parameters]
    if names.index(read) < names.index(reader):
        return EvaluationError(
            f"{resource.reference}: expects a value for parameter ${read}", code="parameter",
            hint="Give it a value, or its declaration a default.", about=resource.place,
        )  # fmt: skip
    return EvaluationError(
        f"{resource.reference}: default expression for ${reader} tries to illegally access "
        f"not yet evaluated ${read}",
        code="parameter-order",
        hint="Declare it before the parameter whose default uses it.",
    )


def check_parameters(resource: Resource, definition: Definition, values: dict[str, Value]) -> None:
    """Check names and types of a resource's parameters.

    Raises:
        EvaluationError: with everything that is wrong with them.
    """
    taken = definition.taken
    if taken is None:
        taken = definition.taken = _taken(definition)
    consumer = resource.unevaluated_consumer
    try:
        if taken.fit(values, missing_ok=consumer):
            return
    except InvalidPatternError as error:
        raise InternalError("RegexpError", str(error), code="regular-expression") from error
    quoted = {name: as_written(value) for name, value in values.items()}
    missing_ok = taken.required if consumer else ()
    problem = types.describe_parameters(resource.reference, taken.declared, quoted, missing_ok=missing_ok)
    if problem is not None:
        raise EvaluationError(problem, code="parameter", hint=_hint(problem), about=resource.place)


def _taken(definition: Definition) -> types.ParameterTypes:
    declared: dict[str, tuple[types.PuppetType, bool]] = {"name": (_ANY, True)}
    if definition.kind == "application":
        declared["nodes"] = (NODES_TYPE, False)
    for name in METAPARAMETERS:
        declared[name] = (_ANY, True)
    for parameter in definition.parameters:
        wanted = definition.types.get(parameter.name, _ANY)
        declared[parameter.name] = (wanted, parameter.value is not None)
    return types.ParameterTypes(declared)


def _hint(problem: str) -> str:
    if "has no parameter named" in problem:
        return "Remove it, correct its name, or declare it in the definition."
    if "expects a value for parameter" in problem:
        return "Give it a value, or its declaration a default."
    return "Give a value of the declared type."


def run_body(compilation: Compilation, definition: Definition, scope: Scope) -> None:
    """Run the code of a definition."""
    try:
        compilation.interpreter.evaluate(definition.body, scope)
    except (NextSignal, ReturnSignal) as signal:
        if definition.kind in ("site", "application"):
            raise illegal_jump(signal, definition.kind) from signal
    except ControlSignal as signal:
        raise illegal_jump(signal, definition.kind) from signal
