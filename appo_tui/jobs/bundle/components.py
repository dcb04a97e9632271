"""The manifest of a node: its components with their parameters, and the service resources they use.

It is one define, declared once at top level: Puppet evaluates the body of a define after the node block
and its classes, so a component that repeats a class of theirs fails here as it did on an agent.

Components that consume what another component of the same node must compute come after it, each in a define
of its own: Puppet evaluates defines in the order of their declaration, so by then the value is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from appo_tui.evaluator.origins import OriginKind
from appo_tui.jobs.bundle.delivery import deliveries_of, received
from appo_tui.jobs.bundle.literals import is_unknown, literal, sensitive_texts, texts
from appo_tui.jobs.transport.prepared import PreparationError
from appo_tui.model.entities import Attribute, Component, Model, ServiceResource

_WRAPPER = "appo_tui_components"
_LATER = "appo_tui_later_"
_SHORTEST_SECRET = 4
"""Shorter texts are not hunted for in logs: they would be found in every word."""


def node_manifest(model: Model, certname: str, *, availability: bool) -> str:
    """The Puppet code that declares a node's components, producers before consumers, once and late.

    Raises:
        PreparationError: a value that it needs is not known; the text names it.
    """
    code = _Code(model, certname, availability=availability)
    made = deliveries_of(model, certname)
    late = [each for each in code.components if code.receives(each)]
    early = [each for each in code.components if each not in late]
    bodies = []
    for some in (early, *([each] for each in late)):
        deliveries = "".join(declaration for component, _, declaration in made if component in some)
        bodies.append("\n".join(code.statements(some)) + deliveries)
    names = [_WRAPPER, *(f"{_LATER}{number}" for number in range(len(late)))]
    defines = [define for _, define, _ in made]
    for name, body, after in zip(names, bodies, (*names[1:], None), strict=True):
        then = f"\n  {after} {{ {literal(certname)}: }}" if after else ""
        defines.append(f"define {name} {{\n{body}{then}\n}}\n")
    return f"{''.join(defines)}{_WRAPPER} {{ {literal(certname)}: }}\n"


def node_statements(model: Model, certname: str, *, availability: bool) -> str:
    """The declarations of a node's components and of the service resources that they use, in order.

    Raises:
        PreparationError: a value that it needs is not known, or will be only while they are evaluated.
    """
    code = _Code(model, certname, availability=availability, receiving=False)
    return "\n".join(code.statements(code.components))


class _Code:
    """The statements for a node's components; each service resource is declared once.

    ``components`` are in order, producers before consumers.
    """

    def __init__(
        self, model: Model, certname: str, *, availability: bool, receiving: bool = True
    ) -> None:
        here = model.nodes[certname].components
        self.components = _producers_first([model.components[each] for each in here])
        self._model = model
        self._certname = certname
        self._availability = availability
        self._receiving = receiving
        self._declared: set[str] = set()
        self._own = {reference for component in self.components for reference in component.exports}

    def receives(self, component: Component) -> dict[str, str]:
        """The parameters that the component gets from another of its node while Puppet evaluates them."""
        return received(self._model, component) if self._receiving else {}

    def statements(self, components: Iterable[Component]) -> list[str]:
        """The declarations of components, and the arrows to and from their service resources.

        Raises:
            PreparationError: a value that it needs is not known; the text names it.
        """
        found: list[str] = []
        arrows: list[str] = []
        for component in components:
            quoted = _quoted_component(component)
            for resource in self._used(component):
                if resource.reference not in self._declared | self._own:
                    self._declared.add(resource.reference)
                    tested = self._availability and resource.reference in component.consumes
                    found.append(_service_resource(self._model, resource, producer=False, tested=tested))
                arrows.append(f"  {_quoted(resource.type, resource.title)} -> {quoted}")
            found.append(_component(component, self.receives(component)))
            for reference in component.exports:
                made = self._model.service_resources.get(reference)
                if made is None or made.producer != component.reference:
                    continue
                found.append(_service_resource(self._model, made, producer=True, tested=False))
                arrows.append(f"  {quoted} -> {_quoted(made.type, made.title)}")
        return [*found, *arrows]

    def _used(self, component: Component) -> Iterator[ServiceResource]:
        for reference in (*component.consumes, *component.requires):
            resource = self._model.service_resources.get(reference)
            if resource is not None:
                yield resource


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


def _component(component: Component, receives: Mapping[str, str]) -> str:
    if component.kind == "class":
        head = f"  class {{ {literal(component.title.lower())}:"
    else:
        head = f"  {component.type.lower()} {{ {literal(component.title)}:"
    lines = [head]
    for name, attribute in component.parameters.items():
        if left_to_node(attribute):
            continue
        if name in receives:
            lines.append(f"    {name} => {receives[name]},")
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
