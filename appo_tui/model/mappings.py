"""produces and consumes mappings: how values get into service resources and out of them."""

from __future__ import annotations

from collections.abc import Mapping

from appo_tui.evaluator.catalog import references_in
from appo_tui.evaluator.compilation import Compilation
from appo_tui.evaluator.definitions import Definition, MappingClause
from appo_tui.evaluator.faults import EvaluationError, InternalError
from appo_tui.evaluator.functions.errors import ControlSignal
from appo_tui.evaluator.jumps import illegal_jump
from appo_tui.evaluator.loading import Definitions
from appo_tui.evaluator.origin_tracing import trace
from appo_tui.evaluator.origins import Origin, OriginKind
from appo_tui.evaluator.resource import Parameter, Resource, as_stored, capitalised
from appo_tui.evaluator.rules.access import flat
from appo_tui.evaluator.scope import MISSING, Frame, Scope, TopScope
from appo_tui.evaluator.text import contains_unknown, interpolated
from appo_tui.evaluator.titles import check_title
from appo_tui.evaluator.types import ClassType, ResourceType
from appo_tui.evaluator.values import Unknown, Value
from puppet_grammar import nodes


def resolve_mappings(definitions: Definitions) -> None:
    """Give every mapping that was read to its define or class.

    Raises:
        EvaluationError: a mapping's define or class is not there.
    """
    while definitions.mappings:
        key, clause = next(iter(definitions.mappings.items()))
        component = (
            definitions.find_class(clause.component)
            if clause.of_class
            else definitions.find_define(clause.component)
        )
        if component is None:
            kind = "class" if clause.of_class else "type"
            name = clause.component if clause.of_class else clause.component.removeprefix("::")
            raise EvaluationError(
                f"Capability mapping error: {clause.kind} clause references nonexistent {kind} {name}",
                code="mapping-of-unknown-component",
                hint="Correct the name on the left of the mapping, or remove the mapping.",
                about=clause.manifest.place(clause.node),
            )
        clauses = component.produces if clause.kind == "produces" else component.consumes
        clauses.append(clause)
        definitions.has_late_mappings |= definitions.has_settled_mappings
        del definitions.mappings[key]


def _clause(clauses: list[MappingClause], capability: str) -> MappingClause | None:
    return next((clause for clause in clauses if clause.capability == capability), None)


# --- produces -------------------------------------------------------------------------------------


def produce(compilation: Compilation, resource: Resource, scope: Scope) -> list[Resource]:
    """The service resources that an evaluated component exports, added to the catalog.

    Raises:
        EvaluationError: the export is not one, or no mapping fits it.
    """
    definition = resource.definition
    if definition is None or definition.kind not in ("define", "class"):
        return []
    exported = resource.value("export")
    items = exported if isinstance(exported, tuple) else () if not exported else (exported,)
    return [_produced(compilation, resource, definition, item, scope) for item in items
            if not isinstance(item, Unknown)]  # fmt: skip


def _produced(
    compilation: Compilation, resource: Resource, definition: Definition, item: Value, scope: Scope
) -> Resource:
    if not isinstance(item, ResourceType | ClassType):
        raise EvaluationError(
            f"Invalid export in {resource.reference}: {shown(item)} is not a resource",
            code="not-a-service-resource",
            hint="Export a reference such as Sql['main'].",
        )
    type_name, title = key_of(item)
    native = compilation.definitions.find_native(type_name.lower())
    if native is None or not native.is_capability:
        raise EvaluationError(
            f"Invalid export in {resource.reference}: {item.reference} is not a capability resource",
            code="not-a-service-resource",
            hint="Declare its type with :is_capability => true.",
        )
    check_title(native, title)
    clause = _clause(definition.produces, type_name)
    if clause is None:
        raise EvaluationError(
            f"Resource type {resource.type_name} does not produce {type_name}",
            code="no-produces-mapping",
            hint=f"Add `{_component_name(resource)} produces {type_name} {{ }}` beside the definition.",
        )
    produced = Resource(type_name, title, "native", scope, None, native=native)
    produced.producer = resource.reference
    for name in native.parameters:
        if name != "name":
            produced.parameters[name] = _attribute(compilation, resource, clause, name, scope)
    key = native.key_attributes[0] if len(native.key_attributes) == 1 else "name"
    if key != "name" and produced.value(key) is None:
        produced.parameters[key] = Parameter(key, title, Origin(OriginKind.GIVEN, resource.place))
    compilation.catalog.add(produced)
    compilation.checked.add(produced)
    required = Origin(OriginKind.GIVEN, resource.place, resource.reference)
    produced.parameters["require"] = Parameter("require", resource.reference, required)
    return produced


def computed_by_node(
    definition: Definition | None, type_name: str, parameters: Mapping[str, Parameter]
) -> dict[str, str]:
    """The expressions of those attributes of a service resource that are not known before a run."""
    clause = _clause(definition.produces, type_name) if definition is not None else None
    if clause is None:
        return {}
    found: dict[str, str] = {}
    for name, parameter in parameters.items():
        if contains_unknown(parameter.value) is not None:
            mapped = clause.expressions.get(name)
            found[name] = clause.manifest.text(mapped.value) if mapped is not None else f"${name}"
    return found


def defaults_by_node(definition: Definition | None, parameters: Mapping[str, Parameter]) -> dict[str, str]:
    """The expressions of those defaults of a component that are not known before a run."""
    if definition is None:
        return {}
    found: dict[str, str] = {}
    for declared in definition.parameters:
        parameter = parameters.get(declared.name)
        if parameter is None or declared.value is None or contains_unknown(parameter.value) is None:
            continue
        if parameter.origin.kind is OriginKind.PARAMETER_DEFAULT:
            found[declared.name] = definition.manifest.text(declared.value)
    return found


def received_by_node(
    definition: Definition | None, parameters: Mapping[str, Parameter]
) -> dict[str, tuple[str, str]]:
    """Of the consumed parameters that are not known before a run: the service resource and the expression."""
    found: dict[str, tuple[str, str]] = {}
    for name, parameter in parameters.items():
        reference = parameter.origin.source
        if parameter.origin.kind is not OriginKind.CONSUMED or definition is None or reference is None:
            continue
        if contains_unknown(parameter.value) is not None:
            clause = _clause(definition.consumes, reference.partition("[")[0])
            mapped = clause.expressions.get(name) if clause is not None else None
            source = clause.manifest.text(mapped.value) if clause is not None and mapped is not None else None
            found[name] = (reference, source or f"${name}")
    return found


def _component_name(resource: Resource) -> str:
    return resource.reference if resource.kind == "class" else resource.type_name


def _attribute(
    compilation: Compilation, resource: Resource, clause: MappingClause, name: str, scope: Scope
) -> Parameter:
    mapped = clause.expressions.get(name)
    if mapped is not None:
        inside = scope.in_manifest(clause.manifest)
        value = _mapped_value(compilation, mapped.value, inside)
        origin = Origin(
            OriginKind.MAPPING, clause.manifest.place(mapped.value), None, trace(mapped.value, inside)
        )
        return Parameter(name, value, origin)
    value = scope.find(name)
    if value is MISSING:
        if compilation.settings.strict == "error":
            raise InternalError("ArgumentError", f"Undefined variable '{name}'; ", code="unknown-variable",
                                hint=f"Map {name} in the produces mapping.")  # fmt: skip
        value = None
    return Parameter(name, value, _fallback_origin(resource, name, scope))


def _fallback_origin(resource: Resource, name: str, scope: Scope) -> Origin:
    parameter = resource.parameters.get(name)
    if parameter is not None:
        return Origin(OriginKind.SAME_NAME, None, f"{resource.reference} {name}", parameter.origin)
    found = scope.where_set(name)
    if found is not None and not isinstance(found, TopScope):
        return Origin(OriginKind.SAME_NAME, None, f"${name}")
    if found is not None:
        known = found.expressions.get(name)
        place = known[1].manifest.place(known[0]) if known else None
        return Origin(OriginKind.TOP_SCOPE, place, f"${name}")
    return Origin(OriginKind.FACT, None, name)


# --- consumes -------------------------------------------------------------------------------------


def consumed_resources(compilation: Compilation, resource: Resource) -> list[Resource | Unknown]:
    """The service resources under a resource's ``consume``.

    Raises:
        EvaluationError: what is there is none, or no node has made it yet.
    """
    value = resource.value("consume")
    items = flat(value) if isinstance(value, tuple) else references_in(value)
    return [_consumed(compilation, resource, item) for item in items]


def _consumed(compilation: Compilation, resource: Resource, item: Value) -> Resource | Unknown:
    if isinstance(item, Unknown):
        return item
    if not isinstance(item, ResourceType | ClassType):
        raise EvaluationError(
            f"Invalid consume in {resource.reference}: {shown(item)} is not a resource",
            code="not-a-service-resource",
            hint="Consume a reference such as Sql['main'].",
        )
    type_name, title = key_of(item)
    native = compilation.definitions.find_native(type_name.lower())
    if native is not None:
        check_title(native, title)
    found = compilation.find_resource(type_name, title)
    if isinstance(found, Unknown):
        return found
    if found is None:
        raise EvaluationError(
            f"Resource {type_name}[{title}] could not be found; it might not have been produced yet",
            code="not-produced-yet",
            hint="Its producer comes later, or its node has faults of its own.",
        )
    if not found.is_capability:
        raise EvaluationError(
            f"Invalid consume in {found.reference}: {found.reference} is not a capability resource",
            code="not-a-service-resource",
            hint="Declare its type with :is_capability => true.",
        )
    return found


def consume(compilation: Compilation, resource: Resource) -> None:
    """Fill a component's parameters from the service resources that it consumes.

    Raises:
        EvaluationError: no mapping fits, or two service resources give the same parameter.
    """
    definition = resource.definition
    if definition is None or resource.value("consume") is None:
        return
    filled: dict[str, Parameter] = {}
    for service in consumed_resources(compilation, resource):
        if isinstance(service, Unknown):
            continue
        clause = _clause(definition.consumes, service.type_name)
        if clause is None:
            raise InternalError(
                "RuntimeError",
                f"Resource {resource.reference} tries to consume {service.reference} but no 'consumes' "
                f"mapping exists for #<Puppet::Resource::Type:0x0> and {service.type_name}",
                code="no-consumes-mapping",
                hint=f"Add `{_component_name(resource)} consumes {service.type_name} {{ }}` "
                "beside the definition.",
            )
        scope = _service_scope(compilation, service, clause) if clause.expressions else compilation.top
        for declared in definition.parameters:
            _fill(compilation, resource, declared.name, service, clause, scope, filled)
    for name, parameter in filled.items():
        if resource.value(name) is None:
            resource.parameters[name] = parameter


def _service_scope(compilation: Compilation, service: Resource, clause: MappingClause) -> Scope:
    """What a consumes mapping sees: the service resource's attributes, and top scope."""
    frame = Frame(service, clause, compilation.top, "")
    scope = Scope(frame, clause.manifest, compilation.top)
    native = service.native
    keys = native.key_attributes if native is not None else ()
    for name in keys if len(keys) == 1 else ("name",):
        scope.variables[name] = service.title
    for name, parameter in service.parameters.items():
        if parameter.value is not None:
            scope.variables[name] = parameter.value
    return scope


def _fill(
    compilation: Compilation,
    resource: Resource,
    name: str,
    service: Resource,
    clause: MappingClause,
    scope: Scope,
    filled: dict[str, Parameter],
) -> None:
    mapped = clause.expressions.get(name)
    attribute = service.parameters.get(name)
    if mapped is not None:
        value = _mapped_value(compilation, mapped.value, scope)
    elif name == "name":
        value = service.title
    else:
        value = attribute.value if attribute is not None else None
    if value is None:
        return
    place, through = None, attribute.origin if attribute is not None else None
    if mapped is not None:
        place, through = clause.manifest.place(mapped.value), _mapped_from(mapped.value, service, scope)
    origin = Origin(OriginKind.CONSUMED, place, service.reference, through)
    known = filled.get(name)
    if known is not None and known.value is not False:
        raise InternalError(
            "RuntimeError",
            f"Attempt to reassign attribute '{name}' in '{resource.reference}' caused by multiple consumed "
            "mappings to the same attribute",
            code="consumed-twice",
            hint="Map the attributes of each service resource to parameters of their own.",
        )
    filled[name] = Parameter(name, value, origin)


def _mapped_from(expression: nodes.Expression, service: Resource, scope: Scope) -> Origin | None:
    names = [expression.name] if isinstance(expression, nodes.VariableExpression) else []
    if isinstance(expression, nodes.ConcatenatedString):
        inner = [getattr(part, "expression", part) for part in expression.segments]
        names = [item.name for item in inner if isinstance(item, nodes.VariableExpression)]
    for name in names:
        attribute = service.parameters.get(name)
        if attribute is not None:
            return attribute.origin
    return trace(expression, scope)


# --- both -----------------------------------------------------------------------------------------


def _mapped_value(compilation: Compilation, expression: nodes.Expression, scope: Scope) -> Value:
    try:
        return as_stored(compilation.interpreter.evaluate(expression, scope))
    except ControlSignal as signal:
        raise illegal_jump(signal, "mapping") from signal


def key_of(reference: ResourceType | ClassType) -> tuple[str, str]:
    """Type and title of a reference."""
    if isinstance(reference, ClassType):
        return ("Class", capitalised(reference.name or ""))
    return (capitalised(reference.type_name or ""), reference.title or "")


def shown(value: Value) -> str:
    """A value as these messages write it: Ruby's ``to_s``."""
    from appo_tui.evaluator.text import ruby_inspected

    if value is None:
        return "undef"
    return ruby_inspected(value) if isinstance(value, tuple | dict) else interpolated(value)
