"""The manifest of a node: its components with their parameters, and the service resources they use.

It is one define, declared once at top level: Puppet evaluates the body of a define after the node block
and its classes, so a component that repeats a class of theirs fails here as it did on an agent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from appo_tui.evaluator.origins import OriginKind
from appo_tui.jobs.bundle.delivery import delivery_code
from appo_tui.jobs.bundle.literals import is_unknown, literal, sensitive_texts, texts
from appo_tui.jobs.transport.prepared import PreparationError
from appo_tui.model.entities import Attribute, Component, Model, ServiceResource

_WRAPPER = "appo_tui_components"
_SHORTEST_SECRET = 4
"""Shorter texts are not hunted for in logs: they would be found in every word."""


def node_manifest(model: Model, certname: str, *, availability: bool) -> str:
    """The Puppet code that declares a node's components, producers before consumers, once and late.

    Raises:
        PreparationError: a value that it needs is not known; the text names it.
    """
    body = node_statements(model, certname, availability=availability)
    defines, deliveries = delivery_code(model, certname)
    return f"{defines}define {_WRAPPER} {{\n{body}{deliveries}\n}}\n{_WRAPPER} {{ {literal(certname)}: }}\n"


def node_statements(model: Model, certname: str, *, availability: bool) -> str:
    """The declarations of a node's components and of the service resources that they use, in order.

    Raises:
        PreparationError: a value that it needs is not known; the text names it.
    """
    components = [model.components[each] for each in model.nodes[certname].components]
    statements: list[str] = []
    declared: set[str] = set()
    own = {reference for component in components for reference in component.exports}
    arrows: list[str] = []
    for component in _producers_first(components):
        for reference in (*component.consumes, *component.requires):
            resource = model.service_resources.get(reference)
            if resource is None:
                continue
            if reference not in declared and reference not in own:
                declared.add(reference)
                tested = availability and reference in component.consumes
                statements.append(_service_resource(model, resource, producer=False, tested=tested))
            arrows.append(f"  {_quoted(resource.type, resource.title)} -> {_quoted_component(component)}")
        statements.append(_component(component))
        for reference in component.exports:
            resource = model.service_resources.get(reference)
            if resource is None or resource.producer != component.reference:
                continue
            statements.append(_service_resource(model, resource, producer=True, tested=False))
            arrows.append(f"  {_quoted_component(component)} -> {_quoted(resource.type, resource.title)}")
    return "\n".join((*statements, *arrows))


def node_secrets(model: Model, certname: str) -> tuple[str, ...]:
    """Texts of a node's values that nobody may see."""
    found: set[str] = set()
    for reference in model.nodes[certname].components if certname in model.nodes else ():
        component = model.components[reference]
        found.update(_secret_texts(component.parameters.values()))
        for used in (*component.consumes, *component.requires, *component.exports):
            if resource := model.service_resources.get(used):
                found.update(_secret_texts(resource.attributes.values()))
    return tuple(sorted(found))


def _secret_texts(attributes: Iterable[Attribute]) -> Iterator[str]:
    for attribute in attributes:
        found = texts(attribute.value) if attribute.secret else sensitive_texts(attribute.value)
        yield from (text for text in found if len(text) >= _SHORTEST_SECRET)


def _producers_first(components: list[Component]) -> list[Component]:
    """A node's components, each after those of the same node that it consumes from."""
    makers = {reference: each.reference for each in components for reference in each.exports}
    by_reference = {each.reference: each for each in components}
    ordered: dict[str, Component] = {}

    def add(component: Component, above: frozenset[str]) -> None:
        if component.reference in ordered or component.reference in above:
            return
        for used in (*component.consumes, *component.requires):
            if used in makers:
                add(by_reference[makers[used]], above | {component.reference})
        ordered[component.reference] = component

    for component in components:
        add(component, frozenset())
    return list(ordered.values())


def _component(component: Component) -> str:
    if component.kind == "class":
        head = f"  class {{ {literal(component.title.lower())}:"
    else:
        head = f"  {component.type.lower()} {{ {literal(component.title)}:"
    lines = [head]
    for name, attribute in component.parameters.items():
        if left_to_node(attribute):
            continue
        try:
            lines.append(f"    {name} => {literal(attribute.value)},")
        except PreparationError as error:
            raise PreparationError(f"{component.reference} needs the value of {name}, but {error}") from error
    return "\n".join((*lines, "  }"))


def left_to_node(attribute: Attribute) -> bool:
    """Whether Puppet finds the value on the node by itself: a default, or hiera data that we can't read."""
    kind = attribute.origin.kind
    return kind is OriginKind.PARAMETER_DEFAULT or (kind is OriginKind.HIERA and is_unknown(attribute.value))


def _service_resource(model: Model, resource: ServiceResource, *, producer: bool, tested: bool) -> str:
    lines = [f"  {resource.type.lower()} {{ {literal(resource.title)}:"]
    for name, attribute in resource.attributes.items():
        if name == "name" or attribute.value is None or (producer and is_unknown(attribute.value)):
            continue
        try:
            lines.append(f"    {name} => {literal(attribute.value)},")
        except PreparationError as error:
            message = f"the value of {name} of {resource.reference} is needed, but {error}"
            raise PreparationError(message) from error
    if resource.provider and (producer or not tested):
        # The mark by which providers know the producing node, where there is nothing to wait for.
        lines.append(f"    tag => {literal(f'producer:{model.environment}')},")
    if resource.provider and not producer and not tested:
        lines.append("    noop => true,")
    return "\n".join((*lines, "  }"))


def _quoted(type_name: str, title: str) -> str:
    return f"{type_name}[{literal(title)}]"


def _quoted_component(component: Component) -> str:
    return _quoted("Class" if component.kind == "class" else component.type, component.title)
