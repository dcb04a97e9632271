"""Putting resources into a catalog."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from appo_tui.environment.places import Place
from appo_tui.evaluator.catalog import Override
from appo_tui.evaluator.definitions import Definition
from appo_tui.evaluator.faults import EvaluationError, PreformattedError, with_place
from appo_tui.evaluator.native_types import NativeType
from appo_tui.evaluator.resource import SPLAT, Kind, Parameter, Resource, capitalised
from appo_tui.evaluator.scope import Scope
from appo_tui.evaluator.types import PuppetType
from appo_tui.evaluator.values import Unknown, Value

if TYPE_CHECKING:
    from appo_tui.evaluator.compilation import Compilation


class Declaration(msgspec.Struct, frozen=True):
    """What a resource expression, or a call of create_resources, declares.

    Attributes:
        type_name: as it was written.
        titles: one resource each.
        parameters: the same for all of them.
        place: file and line.
        virtual: whether it waits for being realized.
        exported: whether it is exported to other nodes the older way, with ``@@``.
    """

    type_name: str
    titles: tuple[str, ...]
    parameters: Mapping[str, Parameter]
    place: Place
    virtual: bool = False
    exported: bool = False


def declare(compilation: Compilation, declaration: Declaration, scope: Scope) -> list[PuppetType]:
    """Add the resources to the catalog; classes are evaluated at once where the compilation does that.

    Returns:
        References to them.

    Raises:
        EvaluationError: there is no such type or class, or the resource is declared already.
    """
    if declaration.type_name.lower() == "class":
        return [_declare_class(compilation, declaration, title, scope) for title in declaration.titles]
    found = compilation.definitions.find_resource_type(declaration.type_name)
    if found is None:
        raise EvaluationError(
            f"Unknown resource type: '{declaration.type_name}'",
            code="unknown-type",
            hint="Add the module that brings it, or correct its name.",
        )
    references = []
    for title in declaration.titles:
        resource = _made(declaration, title, found, scope)
        compilation.add_resource(scope, resource)
        references.append(resource.as_type())
    return references


def _made(declaration: Declaration, title: str, of_type: Definition | NativeType, scope: Scope) -> Resource:
    if isinstance(of_type, NativeType):
        kind: Kind = "native"
    else:
        kind = "application" if of_type.kind == "application" else "define"
    resource = Resource(
        capitalised(of_type.name), title, kind, scope, declaration.place,
        definition=of_type if isinstance(of_type, Definition) else None,
        native=of_type if isinstance(of_type, NativeType) else None,
    )  # fmt: skip
    set_parameters(resource, declaration.parameters.values())
    resource.virtual = declaration.virtual
    resource.exported = declaration.exported
    return resource


def set_parameters(resource: Resource, parameters: Iterable[Parameter]) -> None:
    """Give a new resource its attributes, and defaults in force where it has none."""
    for parameter in parameters:
        resource.parameters[parameter.name] = parameter
    unknown = resource.parameters.pop(SPLAT, None)
    if unknown is not None and resource.definition is not None:
        for name in resource.definition.parameter_names:
            resource.parameters.setdefault(name, msgspec.structs.replace(unknown, name=name))
    for name, default in resource.scope.frame.defaults_for(resource.type_name).items():
        resource.parameters.setdefault(name, default)


def _declare_class(
    compilation: Compilation, declaration: Declaration, title: str, scope: Scope
) -> PuppetType:
    definition = compilation.definitions.find_class(title)
    if definition is None:
        raise EvaluationError(
            f"Could not find declared class {title}",
            code="unknown-class",
            hint="Add the module that brings it, or correct its name.",
        )
    resource = class_resource(definition, scope, declaration.place)
    set_parameters(resource, declaration.parameters.values())
    ensure_parent(compilation, definition, scope)
    compilation.add_resource(scope, resource)
    compilation.evaluate_classes((title,), scope, lazily=False)
    return resource.as_type()


def class_resource(definition: Definition, scope: Scope, place: Place | None) -> Resource:
    """A class as a resource."""
    return Resource("Class", capitalised(definition.name), "class", scope, place, definition=definition)


def ensure_parent(compilation: Compilation, definition: Definition, scope: Scope) -> None:
    """Have the class that this one inherits from in the catalog too.

    Raises:
        EvaluationError: there is no such class.
    """
    if not definition.parent:
        return
    parent = compilation.definitions.find_class(definition.parent)
    if parent is None:
        raise PreformattedError(
            f"Could not find parent resource type '::{definition.parent.removeprefix('::')}' "
            f"of type hostclass in {compilation.environment_name}",
            Place(definition.place.file, definition.place.line),
            code="unknown-class",
            hint="Add the module that brings it, or correct its name.",
        )
    ensure_class(compilation, parent, scope)


def ensure_class(compilation: Compilation, definition: Definition, scope: Scope) -> Resource:
    """The class's resource, added to the catalog if it is not there."""
    compilation.node.catalog_was_read = True
    known = compilation.catalog.find("Class", capitalised(definition.name))
    if known is not None:
        return known
    resource = class_resource(definition, scope, None)
    set_parameters(resource, ())
    ensure_parent(compilation, definition, scope)
    compilation.add_resource(scope, resource)
    return resource


# --- overrides ------------------------------------------------------------------------------------


def override(compilation: Compilation, change: Override) -> None:
    """Change a resource's attributes, at once or when it is declared."""
    resource = compilation.find_resource(*change.key)
    if resource is None:
        compilation.catalog.overrides.append(change)
    elif not isinstance(resource, Unknown):
        merge(compilation, resource, change)


def merge(compilation: Compilation, resource: Resource, change: Override) -> None:
    """Apply an override.

    Raises:
        EvaluationError: the overriding code may not do that.
    """
    if resource.is_found:
        raise EvaluationError(
            f"undefined method `merge' for {_inspected(resource)}:Puppet::Resource", code="override",
            hint="Set it at its producer: what comes from another node can't be changed.",
        )  # fmt: skip
    classes = compilation.definitions.classes
    source = resource.scope.frame.source
    child = isinstance(change.source, Definition) and change.source.is_child_of(source, classes)
    if change.source is not source and not child:
        raise EvaluationError("Only subclasses can override parameters", change.place)
    for parameter in change.parameters:
        _override_parameter(compilation, resource, parameter)


def _inspected(resource: Resource) -> str:
    from appo_tui.evaluator.text import ruby_inspected  # it needs resources itself

    values = {"name": resource.title, **{name: item.value for name, item in resource.parameters.items()}}
    shown = ", ".join(f":{name}=>{ruby_inspected(value)}" for name, value in values.items())
    return f"{resource.reference}{{{shown}}}"


def _override_parameter(compilation: Compilation, resource: Resource, parameter: Parameter) -> None:
    current = resource.parameters.get(parameter.name)
    if current is not None:
        defaults = resource.scope.frame.defaults_for(resource.type_name)
        default = defaults.get(parameter.name)
        classes = compilation.definitions.classes
        source = parameter.source
        child = isinstance(source, Definition) and source.is_child_of(current.source, classes)
        was_default = source is current.source and default is not None and default.value == current.value
        if not child and not was_default:
            raise EvaluationError(
                _already_set(resource, current), parameter.place, code="override",
                hint="Set it once: in the declaration or in the override.",
            )  # fmt: skip
        if parameter.appends:
            parameter = appended(current, parameter)
    resource.parameters[parameter.name] = parameter


def _already_set(resource: Resource, current: Parameter) -> str:
    """Puppet's text; it shows the object that stands for the code which set the parameter."""
    where = f" at {with_place('', current.place).strip()}" if current.place else ""
    return (
        f"Parameter '{current.name}' is already set on {resource.reference} by "
        f"#<Puppet::Resource::Type:0x0>{where}; cannot redefine"
    )


def appended(current: Parameter, parameter: Parameter) -> Parameter:
    """A parameter that adds to the value that is there: ``+>``."""
    return Parameter(
        parameter.name, (*_items(current.value), *_items(parameter.value)), parameter.origin, parameter.place,
        parameter.source,
    )  # fmt: skip


def _items(value: Value) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else (value,)
