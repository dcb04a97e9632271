"""What Puppet checks when a catalog is complete. All faults are given, in Puppet's order."""

from __future__ import annotations

from collections.abc import Iterator

from appo_tui.evaluator.catalog import references_in
from appo_tui.evaluator.compilation import Compilation
from appo_tui.evaluator.definitions import RELATIONSHIP_METAPARAMETERS
from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.native_types import NativeType
from appo_tui.evaluator.resource import Parameter, Resource
from appo_tui.evaluator.text import interpolated, ruby_inspected
from appo_tui.evaluator.titles import title_fault
from appo_tui.evaluator.types import ClassType, ResourceType
from appo_tui.evaluator.values import Unknown, Value
from appo_tui.model.mappings import key_of

_RELATIONSHIPS = frozenset(RELATIONSHIP_METAPARAMETERS)
_FOR_CAPABILITIES = ("require", "consume", "export")


class NotDeclaredError(EvaluationError):
    """A relationship attribute refers to what is not in the catalog: to ``reference``."""

    def __init__(self, reference: str, parameter: Parameter) -> None:
        super().__init__(
            f"Could not find resource '{reference}' in parameter '{parameter.name}'",
            parameter.place,
            code="unknown-resource",
            hint="It is not declared in this catalog; order across nodes comes from service resources.",
        )
        self.reference = reference


def is_capability(compilation: Compilation, value: Value) -> bool:
    """Whether a value is a reference to a service resource."""
    if not isinstance(value, ResourceType) or value.type_name is None:
        return False
    native = compilation.definitions.find_native(value.type_name.lower())
    return native is not None and native.is_capability


def has_capability(compilation: Compilation, value: Value) -> bool:
    """Whether a reference to a service resource is in a value."""
    if isinstance(value, tuple):
        return any(has_capability(compilation, item) for item in value)
    return is_capability(compilation, value)


def requires_capability(compilation: Compilation, resource: Resource) -> bool:
    """Whether a resource waits for a service resource; such a one may miss parameters until it is there."""
    return any(has_capability(compilation, resource.value(name)) for name in ("consume", "require"))


def exports_of(resource: Resource) -> tuple[Value, ...]:
    """What stands under ``export``."""
    value = resource.value("export")
    return value if isinstance(value, tuple) else () if value is None or value is False else (value,)


def is_component(compilation: Compilation, resource: Resource) -> bool:
    """Whether a resource exports, consumes, or requires a service resource."""
    if exports_of(resource):
        return True
    consumed = resource.value("consume")
    if consumed is not None and consumed is not False:
        return True
    return has_capability(compilation, resource.value("require"))


def check_site(compilation: Compilation, site: Resource | None) -> Iterator[EvaluationError]:
    """Only components and instances may be declared in the site."""
    if site is None:
        return
    for resource in compilation.catalog.below(site):
        if resource in compilation.settled:
            continue
        if resource.kind != "application":
            yield from _strings_required(compilation, resource)
        if resource.kind != "application" and not is_component(compilation, resource):
            yield EvaluationError(
                f"Only application components can appear inside a site - {resource.reference} is not allowed",
                resource.place,
                code="not-a-component",
                hint="Give it an export, a consume, or a service resource to require; or declare it in a "
                "component's own code.",
            )


def _strings_required(compilation: Compilation, resource: Resource) -> Iterator[EvaluationError]:
    """Puppet trips over a string where it asks whether a service resource is required."""
    if exports_of(resource) or resource.value("consume") is not None:
        return
    required = resource.value("require")
    for item in required if isinstance(required, tuple) else (required,):
        if is_capability(compilation, item):
            return
        if isinstance(item, str):
            yield EvaluationError(
                f"undefined method `is_capability?' for {ruby_inspected(item)}:String",
                code="not-a-reference",
                hint="Write a reference without quotes around it.",
                about=resource.place,
            )
            return


def check_stage(resource: Resource) -> None:
    """Only classes have a run stage of their own.

    Raises:
        EvaluationError: another resource is given one.
    """
    if resource.value("stage") is not None:
        raise EvaluationError(
            f"Only classes can set 'stage'; normal resources like {resource.reference} cannot "
            "change run stage",
            code="stage",
        )


def has_relationships(compilation: Compilation, resource: Resource) -> bool:
    """Whether a resource has relationships to other things than service resources."""
    return any(
        name in resource.parameters and not has_capability(compilation, resource.value(name))
        for name in RELATIONSHIP_METAPARAMETERS
    )


def check_relationships(compilation: Compilation) -> Iterator[EvaluationError]:
    """Relationship attributes: to service resources only some; all others to what is declared."""
    settled = compilation.settled
    for resource in compilation.catalog:
        if resource.virtual or resource in settled:
            continue
        if _RELATIONSHIPS.isdisjoint(resource.parameters):
            continue
        for name, parameter in tuple(resource.parameters.items()):
            if name in _RELATIONSHIPS:
                yield from _check_relationship(compilation, parameter)


def _check_relationship(compilation: Compilation, parameter: Parameter) -> Iterator[EvaluationError]:
    if has_capability(compilation, parameter.value):
        if parameter.name not in _FOR_CAPABILITIES:
            yield EvaluationError(
                f"'{parameter.name}' is not a valid relationship to a capability",
                parameter.place,
                code="capability-relationship",
                hint="Use require, consume or export.",
            )
        return
    for item in references_in(parameter.value):
        if isinstance(item, Unknown):
            continue
        try:
            found, shown = _target(compilation, item)
        except EvaluationError as error:
            yield EvaluationError(error.text, parameter.place, code=error.code, hint=error.hint)
            continue
        if not found:
            yield NotDeclaredError(shown, parameter)


def _target(compilation: Compilation, item: Value) -> tuple[bool, str]:
    if isinstance(item, ResourceType | ClassType):
        type_name, title = key_of(item)
        return compilation.catalog.find(type_name, title) is not None, f"{type_name}[{title}]"
    text = ruby_inspected(item) if isinstance(item, dict) else interpolated(item)
    type_name, bracket, rest = text.partition("[")
    if not bracket or not rest.endswith("]") or not type_name:
        raise EvaluationError(
            f"No title provided and {ruby_inspected(text)} is not a valid resource reference",
            code="not-a-reference",
            hint="Write a reference such as Sql['main'].",
        )
    title = rest[:-1]
    if compilation.catalog.find(type_name, title) is not None:
        return True, text
    native = compilation.definitions.find_native(type_name.lower())
    return native is not None and native.is_capability and _stored(compilation, type_name, title), text


def _stored(compilation: Compilation, type_name: str, title: str) -> bool:
    return compilation.find_service_resource(type_name, title) is not None


def check_capability_references(compilation: Compilation) -> Iterator[EvaluationError]:
    """Every service resource that is consumed or required is exported, and none is exported twice."""
    assumed: dict[tuple[str, str], Parameter] = {}
    exported: dict[tuple[str, str], Resource] = {}
    doubles: list[EvaluationError] = []
    for resource in compilation.catalog:
        for name in tuple(resource.parameters):
            parameter = resource.parameters[name]
            if name in ("require", "consume"):
                for item in references_in(parameter.value):
                    if isinstance(item, ResourceType) and is_capability(compilation, item):
                        assumed[key_of(item)] = parameter
            elif name == "export":
                doubles.extend(_add_exports(compilation, resource, parameter, exported))
    yield from doubles
    for key, parameter in assumed.items():
        if key not in exported:
            reference = f"{key[0]}[{key[1]}]"
            yield EvaluationError(
                f"Capability '{reference}' referenced by '{parameter.name}' is never exported",
                parameter.place,
                code="never-exported",
                hint=_nearest(reference, exported),
            )


def check_titles(compilation: Compilation) -> Iterator[EvaluationError]:
    """Puppet can make nothing of titles of a type that has no namevar, or several; it says so last."""
    if compilation.definitions.takes_all_titles:
        return
    refused: set[str] = set()
    for resource in compilation.catalog:
        keys = [] if resource.native is None else [(resource.native, resource.title)]
        for name in RELATIONSHIP_METAPARAMETERS:
            keys.extend(_native_references(compilation, resource.value(name)))
        for native, title in keys:
            fault = title_fault(native, title)
            if fault is not None and native.name not in refused:
                refused.add(native.name)
                yield fault


def _native_references(compilation: Compilation, value: Value) -> Iterator[tuple[NativeType, str]]:
    for item in references_in(value):
        if isinstance(item, ResourceType) and item.type_name is not None:
            native = compilation.definitions.find_native(item.type_name.lower())
            if native is not None:
                yield native, item.title or ""


def _add_exports(
    compilation: Compilation,
    resource: Resource,
    parameter: Parameter,
    exported: dict[tuple[str, str], Resource],
) -> Iterator[EvaluationError]:
    for item in references_in(parameter.value):
        if not isinstance(item, ResourceType) or not is_capability(compilation, item):
            continue
        key = key_of(item)
        other = exported.get(key)
        if other is None:
            exported[key] = resource
            continue
        yield EvaluationError(
            f"'{key[0]}[{key[1]}]' is exported by both '{other.reference}' and '{resource.reference}'",
            parameter.place,
            code="exported-twice",
            hint="A service resource has one producer: derive its title from $name.",
        )


def _nearest(reference: str, exported: dict[tuple[str, str], Resource]) -> str:
    from difflib import get_close_matches

    names = {f"{type_name}[{title}]": resource for (type_name, title), resource in exported.items()}
    lowered = {name.lower(): name for name in names}
    close = get_close_matches(reference.lower(), lowered, n=1)
    if not close:
        return f"Add `export => {reference}` to the component that provides it."
    name = lowered[close[0]]
    return f"Did you mean {name}, which {names[name].reference} exports?"
