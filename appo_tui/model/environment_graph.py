"""Which component runs where: the environment graph of Puppet Server, and its checks.

Better than Puppet: class components are part of the graph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from appo_tui.evaluator.catalog import references_in
from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.resource import Resource
from appo_tui.evaluator.rules.access import flat
from appo_tui.evaluator.text import contains_unknown, ruby_inspected
from appo_tui.evaluator.types import ClassType, ResourceType
from appo_tui.evaluator.values import Unknown, Value
from appo_tui.model.environment_compilation import EnvironmentCompilation
from appo_tui.model.mappings import key_of
from appo_tui.model.validation import is_component

Key = tuple[str, str]


class InstanceMapping(msgspec.Struct, frozen=True):
    """An application instance, its components and where they are assigned.

    Attributes:
        instance: the instance.
        components: its components, in declaration order.
        nodes: component to certname; those assigned twice have the first.
        certnames: every node that the instance names, in order.
    """

    instance: Resource
    components: tuple[Resource, ...]
    nodes: dict[Key, str]
    certnames: tuple[str, ...]


def instances_of(compilation: EnvironmentCompilation) -> list[Resource]:
    """The application instances, in declaration order; virtual ones are none."""
    below = set(compilation.catalog.below(compilation.site)) if compilation.site else set()
    return [
        resource
        for resource in compilation.catalog
        if resource.kind == "application" and not resource.is_absent and resource in below
    ]


def map_instances(compilation: EnvironmentCompilation) -> list[InstanceMapping]:
    """All instances with their components and nodes."""
    classes: dict[Resource, list[Resource]] = {}
    order: dict[Resource, int] = {}
    for index, resource in enumerate(compilation.catalog):
        order[resource] = index
        declaring = resource.scope.frame.resource
        if resource.kind == "class" and declaring is not None and is_component(compilation, resource):
            classes.setdefault(declaring, []).append(resource)
    return [
        _mapped(instance, _components(compilation, instance, classes.get(instance, []), order))
        for instance in instances_of(compilation)
    ]


def _components(
    compilation: EnvironmentCompilation,
    instance: Resource,
    classes: list[Resource],
    order: dict[Resource, int],
) -> tuple[Resource, ...]:
    """What an instance's body declares, its class components among it."""
    contained = [
        resource for resource in compilation.catalog.children.get(instance, ()) if not resource.is_absent
    ]
    if not classes:
        return tuple(contained)
    return tuple(sorted((*contained, *classes), key=lambda resource: order.get(resource, 0)))


def _mapped(instance: Resource, components: tuple[Resource, ...]) -> InstanceMapping:
    nodes: dict[Key, str] = {}
    certnames: dict[str, None] = {}
    for certname, reference in _assignments(instance):
        certnames[certname] = None
        if reference is not None:
            nodes.setdefault(reference, certname)
    return InstanceMapping(instance, components, nodes, tuple(certnames))


def _assignments(instance: Resource) -> Iterator[tuple[str, Key | None]]:
    """Pairs of certname and component; one with None for a node without any."""
    mapping = instance.value("nodes")
    if not isinstance(mapping, dict):
        return
    for node, value in mapping.items():
        if not isinstance(node, ResourceType) or node.type_name != "Node":
            continue
        certname = node.title or ""
        yield certname, None
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, ResourceType | ClassType):
                yield certname, key_of(item)


def check_mapping(mapping: InstanceMapping) -> Iterator[EvaluationError]:
    """What Puppet says of an instance's node mapping, in its order."""
    instance = mapping.instance
    if contains_unknown(instance.value("nodes")) is not None:
        return  # a warning of its own says so
    name = instance.reference
    assigned = [key for _, key in _assignments(instance) if key is not None]
    declared = [component.key for component in mapping.components]
    known, used = set(declared), set(assigned)
    nonexistent = [key for key in assigned if key not in known]
    if nonexistent:
        yield EvaluationError(
            f"Application {name} assigns nodes to non-existent components: {_listed(nonexistent)}",
            instance.place,
            code="mapping-of-unknown-component",
            hint=_hint(nonexistent[0], declared),
        )
    missing = [key for key in declared if key not in used]
    if missing:
        yield EvaluationError(
            f"Application {name} has components without assigned nodes: {_listed(missing)}",
            instance.place,
            code="component-without-node",
            hint="Add them to the instance's nodes.",
        )
    twice = [key for key, count in Counter(assigned).items() if count > 1]
    if twice:
        yield EvaluationError(
            f"Application {name} assigns multiple nodes to component {twice[0][0]}[{twice[0][1]}]",
            instance.place,
            code="component-on-two-nodes",
            hint="A component runs on one node: declare one component for each node.",
        )


def check_prerequisites(mapping: InstanceMapping) -> Iterator[EvaluationError]:
    """Puppet's graph trips over strings, and over undef in arrays, where components name what they need."""
    for component in mapping.components:
        for name in ("export", "require", "subscribe", "consume"):
            value = component.value(name)
            method = "ref" if name == "export" else "resource_type"
            for item in flat(value) if isinstance(value, tuple) else () if name == "export" else (value,):
                if isinstance(item, str) or (item is None and isinstance(value, tuple)):
                    shown = ":undef:Symbol" if item is None else f"{ruby_inspected(item)}:String"
                    guess = "\nDid you mean?  def" if name == "export" else ""
                    yield EvaluationError(
                        f"undefined method `{method}' for {shown}{guess}",
                        code="not-a-reference",
                        hint="Write references, without quotes around them.",
                        about=component.place,
                    )
                    return


def _listed(keys: list[Key]) -> str:
    return ", ".join(f"{type_name}[{title}]" for type_name, title in keys)


def _hint(key: Key, declared: list[Key]) -> str:
    from difflib import get_close_matches

    names = [f"{type_name}[{title}]" for type_name, title in declared]
    close = get_close_matches(f"{key[0]}[{key[1]}]", names, n=1)
    if close:
        return f"Did you mean {close[0]}?"
    return "Name components that the instance's body declares."


def references(values: tuple[Value, ...]) -> tuple[str, ...]:
    """References in messages' form, of those that are references."""
    return tuple(
        f"{key[0]}[{key[1]}]"
        for key in (key_of(item) for item in values if isinstance(item, ResourceType | ClassType))
    )


def relationship_references(resource: Resource, name: str) -> tuple[str, ...]:
    """The references under a relationship attribute."""
    value = resource.value(name)
    if value is None:
        return ()
    if isinstance(value, ResourceType):  # as nearly always
        return references((value,))
    return references(tuple(item for item in references_in(value) if not isinstance(item, Unknown)))
