"""The model: everything that an environment's files and the given facts say, as values."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping

from appo_tui.environment import Environment, Facts
from appo_tui.environment.cache_directory import cache_directory
from appo_tui.environment.places import Place
from appo_tui.evaluator.definitions import Definition
from appo_tui.evaluator.faults import REPORT_IT, own_fault
from appo_tui.evaluator.manifests import ManifestCache
from appo_tui.evaluator.resource import Parameter, Resource, capitalised
from appo_tui.evaluator.values import Value
from appo_tui.model.diagnosing import diagnostics_of
from appo_tui.model.diagnostics import Diagnostic, Severity
from appo_tui.model.entities import (
    Application,
    Attribute,
    Binding,
    Component,
    Instance,
    Model,
    Node,
    ParameterDeclaration,
    ServiceResource,
)
from appo_tui.model.environment_graph import InstanceMapping, relationship_references
from appo_tui.model.mappings import computed_by_node, defaults_by_node, received_by_node
from appo_tui.model.resolution import Resolution, resolve
from appo_tui.model.reuse.kept import ReadingCache
from appo_tui.model.reuse.rereading import InDoubtError, let_go
from appo_tui.model.secrets import is_secret
from appo_tui.model.service_values import ServiceValues
from appo_tui.model.uncollected import uncollected
from puppet_grammar import TreeCache

_DEEPEST = 4000
"""Frames of Python: Puppet code may nest some hundred deep."""
_NOWHERE = Place("", 1)
_BINDINGS = frozenset(("export", "consume"))


def read_model(
    environment: Environment,
    facts: Facts,
    delivered: Mapping[str, Mapping[str, Value]] | None = None,
    cache: ManifestCache | None = None,
) -> Model:
    """Read and resolve an environment.

    Faults in the code never raise: they are the model's diagnostics.

    Args:
        environment: where the files are.
        facts: what is known of nodes.
        delivered: attributes of service resources that runs have computed, for those unknown otherwise.
        cache: parsed files; else those whose trees the user's cache directory has are not parsed.
    """
    cache = cache or manifest_cache()
    delivered = delivered or {}
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _DEEPEST))
    try:
        with uncollected():
            if isinstance(cache, ReadingCache) and not delivered:
                return _read_again(environment, facts, cache)
            return _ended(resolve(environment, facts, values=ServiceValues(delivered), cache=cache), facts)
    except Exception as error:  # noqa: BLE001 - no code that a user writes may end the program
        return _unreadable(environment, error)
    finally:
        sys.setrecursionlimit(limit)


def _read_again(environment: Environment, facts: Facts, cache: ReadingCache) -> Model:
    """Read an environment, as far as it has changed since the last time."""
    last, cache.last = cache.last, None
    try:
        resolution = resolve(environment, facts, cache=cache, last=last)
    except InDoubtError:
        resolution = resolve(environment, facts, cache=cache)
    model = _ended(resolution, facts)
    cache.last = resolution.kept
    if cache.last is not None:
        let_go(cache.last, resolution.compilation)
    return model


def _ended(resolution: Resolution, facts: Facts) -> Model:
    """The model of what was compiled, of which nothing else is asked any more."""
    model = model_of(resolution, facts)
    resolution.end()
    return model


def manifest_cache() -> ManifestCache:
    """Parsed files for ``read_model``, for who reads once or twice."""
    return ManifestCache(_trees())


def reading_cache() -> ReadingCache:
    """What ``read_model`` has come to, for who reads again and again: only what has changed is read then."""
    return ReadingCache(_trees())


def _trees() -> TreeCache:
    return TreeCache(cache_directory() / "trees")


def _unreadable(environment: Environment, error: Exception) -> Model:
    """The model of an environment of which nothing else can be said."""
    place = getattr(error, "place", None)
    fault = Diagnostic(
        Severity.ERROR, "internal", own_fault(error), place if isinstance(place, Place) else None, REPORT_IT
    )
    return Model(
        environment=environment.name, root=environment.root, applications={}, instances={}, components={},
        service_resources={}, bindings=(), nodes={}, diagnostics=(fault,), digest="",
    )  # fmt: skip


def model_of(resolution: Resolution, facts: Facts) -> Model:
    """The model of what was compiled."""
    components = _components(resolution)
    services = _service_resources(resolution, components)
    bindings = tuple(_bindings(components.values(), services))
    environment = resolution.environment
    return Model(
        environment=environment.name,
        root=environment.root,
        applications=_applications(resolution),
        instances={mapping.instance.reference: _instance(mapping) for mapping in resolution.mappings},
        components=components,
        service_resources=services,
        bindings=bindings,
        nodes=_nodes(resolution, components, facts),
        diagnostics=diagnostics_of(resolution, components, services, bindings),
        digest=_digest(resolution, facts),
    )


def _applications(resolution: Resolution) -> dict[str, Application]:
    definitions = resolution.compilation.definitions.applications.values()
    return {application.name: application for application in map(_application, definitions)}


def _application(definition: Definition) -> Application:
    text = definition.manifest.text
    parameters = tuple(
        ParameterDeclaration(
            parameter.name,
            text(parameter.type_expr) if parameter.type_expr is not None else None,
            text(parameter.value) if parameter.value is not None else None,
        )
        for parameter in definition.parameters
    )
    return Application(capitalised(definition.name), parameters, definition.place)


def _instance(mapping: InstanceMapping) -> Instance:
    resource = mapping.instance
    return Instance(
        resource.reference,
        resource.type_name,
        resource.title,
        attributes({name: item for name, item in resource.parameters.items() if name != "nodes"}),
        tuple(component.reference for component in mapping.components),
        resource.place or _NOWHERE,
    )


def attributes(parameters: Mapping[str, Parameter]) -> dict[str, Attribute]:
    """Parameters that have a value, as the model has them."""
    return {
        name: Attribute(name, parameter.value, parameter.origin, is_secret(name, parameter.value))
        for name, parameter in parameters.items()
        if parameter.value is not None
    }


def _components(resolution: Resolution) -> dict[str, Component]:
    found: dict[str, Component] = {}
    for mapping in resolution.mappings:
        for resource in mapping.components:
            certname = mapping.nodes.get(resource.key)
            if resource.reference not in found:
                found[resource.reference] = _mapped_component(resolution, resource, mapping, certname)
    for certname, catalog in resolution.nodes.items():
        if catalog.compiled is None:
            continue
        for resource in catalog.compilation.catalog:
            if resource.reference not in found and _is_bound(resource):
                found[resource.reference] = _component(resource, resource, None, certname)
    return found


def _mapped_component(
    resolution: Resolution, resource: Resource, mapping: InstanceMapping, certname: str | None
) -> Component:
    catalog = resolution.nodes.get(certname or "")
    kept = catalog.kept if catalog is not None else None
    known = kept.components.get(resource.reference) if kept is not None else None
    if known is None:
        known = _component(resource, _on_node(resolution, resource, certname), mapping, certname)
        if kept is not None:
            kept.components[resource.reference] = known
    return known


def _is_bound(resource: Resource) -> bool:
    is_there = resource.kind in ("define", "class") and not resource.is_absent
    return is_there and bool(resource.parameters.keys() & _BINDINGS)


def _on_node(resolution: Resolution, resource: Resource, certname: str | None) -> Resource:
    catalog = resolution.nodes.get(certname or "")
    found = catalog.compilation.catalog.find(*resource.key) if catalog else None
    return found or resource


def _component(
    resource: Resource, final: Resource, mapping: InstanceMapping | None, certname: str | None
) -> Component:
    definition = final.definition or resource.definition
    parameters = {name: item for name, item in final.parameters.items() if name not in _BINDINGS}
    return Component(
        reference=resource.reference,
        type=resource.type_name,
        title=resource.title,
        kind={"define": "definition", "class": "class"}.get(resource.kind, "native"),  # type: ignore[arg-type]
        instance=mapping.instance.reference if mapping else "",
        node=certname,
        parameters=attributes(parameters),
        exports=relationship_references(resource, "export"),
        consumes=relationship_references(resource, "consume"),
        requires=(
            *relationship_references(resource, "require"),
            *relationship_references(resource, "subscribe"),
        ),
        place=resource.place or _NOWHERE,
        definition=definition.place if definition else None,
        computed=defaults_by_node(definition, parameters),
        received=received_by_node(definition, parameters),
    )


def _service_resources(
    resolution: Resolution, components: Mapping[str, Component]
) -> dict[str, ServiceResource]:
    found: dict[str, ServiceResource] = {}
    for component in components.values():
        catalog = resolution.nodes.get(component.node or "")
        kept = catalog.kept if catalog is not None else None
        for reference in component.exports:
            if kept is not None and catalog is not None and catalog.compiled is None:
                if reference in kept.services:
                    found.setdefault(reference, kept.services[reference])
                continue
            type_name, _, title = reference.removesuffix("]").partition("[")
            made = catalog.compilation.catalog.find(type_name, title) if catalog else None
            native = resolution.compilation.definitions.find_native(type_name.lower())
            if native is None or not native.is_capability:
                continue
            parameters = dict(made.parameters) if made and made.producer == component.reference else {}
            parameters.pop("require", None)
            service = ServiceResource(
                reference, type_name, title, component.reference, attributes(parameters),
                component.place, native.has_provider,
                computed_by_node(_definition(resolution, component), type_name, parameters),
            )  # fmt: skip
            found.setdefault(reference, service)
            if kept is not None:
                kept.services[reference] = service
    return found


def _definition(resolution: Resolution, component: Component) -> Definition | None:
    catalog = resolution.nodes.get(component.node or "")
    found = catalog.compilation.catalog.find(component.type, component.title) if catalog else None
    return found.definition if found else None


def _bindings(components: Iterable[Component], services: Mapping[str, ServiceResource]) -> Iterable[Binding]:
    for component in components:
        for reference in component.consumes:
            if reference in services:
                yield Binding(services[reference].producer, reference, component.reference, "consume")
        for reference in component.requires:
            if reference in services:
                yield Binding(services[reference].producer, reference, component.reference, "require")


def _nodes(resolution: Resolution, components: Mapping[str, Component], facts: Facts) -> dict[str, Node]:
    by_node: dict[str, list[str]] = {}
    for component in components.values():
        if component.node is not None:
            by_node.setdefault(component.node, []).append(component.reference)
    return {
        certname: Node(certname, tuple(by_node.get(certname, ())), facts.known(certname))
        for certname in resolution.nodes
        if by_node.get(certname)
    }


def _digest(resolution: Resolution, facts: Facts) -> str:
    digest = hashlib.sha256()
    for file, manifest in sorted(resolution.compilation.definitions.files.items()):
        digest.update(f"{file}\0{manifest.digest}\0".encode())
    ledger = resolution.compilation.definitions.ledger
    ruby = {need: found for need, found in ledger.searched.items() if need[0] in ("native", "ruby")}
    for (kind, name), found in sorted({**ruby, **ledger.files}.items(), key=repr):
        digest.update(f"{kind}\0{name}\0{found}\0".encode())
    digest.update(
        repr(sorted((name, sorted(map(repr, given.items()))) for name, given in facts.given.items())).encode()
    )
    return digest.hexdigest()
