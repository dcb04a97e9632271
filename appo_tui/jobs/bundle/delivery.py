"""Values that only a producer's own run can tell: computed there by Puppet, read back, and passed on.

For each service resource with such attributes the node's manifest has a define of its own. It takes the
component's parameters, so that the expressions of the produces mapping see them as they did in the
component, and hands what they come to to a function that leaves it in the run's directory (mode 0600).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

import msgspec

from appo_tui.evaluator.hash_keys import key_of
from appo_tui.evaluator.values import Sensitive, Value
from appo_tui.jobs.bundle.literals import is_unknown, literal
from appo_tui.jobs.transport.prepared import PreparationError
from appo_tui.model.entities import Component, Model, ServiceResource
from appo_tui.model.secrets import is_secret

MODULE_DIRECTORY = "modules/appo_tui_delivery/lib/puppet/functions/appo_tui_delivery"
"""Where the functions lie, from the environment's directory."""

Delivered = Mapping[str, Mapping[str, Value]]
"""Reference of a service resource -> attribute -> value."""


@cache
def functions() -> Mapping[str, bytes]:
    """The Ruby functions that keep what a mapping came to, and give it to others of the node, by file."""
    here = files(__package__)
    return {name: here.joinpath(name).read_bytes() for name in ("deliver.rb", "delivered.rb")}


def computed_there(model: Model, certname: str) -> tuple[tuple[Component, ServiceResource], ...]:
    """The service resources of a node with attributes that it must compute, each with its producer."""
    found = []
    for reference in model.nodes[certname].components if certname in model.nodes else ():
        component = model.components[reference]
        for exported in component.exports:
            resource = model.service_resources.get(exported)
            if resource and resource.producer == reference and resource.computed:
                found.append((component, resource))
    return tuple(found)


def undelivered(model: Model, certnames: Iterable[str], running: Iterable[str]) -> set[str]:
    """Service resources with unknown attributes that nodes consume, and that no node that runs delivers."""
    making = set(running)
    components = (
        model.components[reference]
        for certname in certnames
        for reference in (model.nodes[certname].components if certname in model.nodes else ())
    )
    used = {each for component in components for each in (*component.consumes, *component.requires)}
    resources = (model.service_resources.get(reference) for reference in used)
    return {
        each.reference
        for each in resources
        if each is not None and each.computed and model.components[each.producer].node not in making
    }


def deliveries_of(model: Model, certname: str) -> tuple[tuple[Component, str, str], ...]:
    """Puppet code for a node: producer, define and its declaration, which comes after the component."""
    found = []
    for number, (component, resource) in enumerate(computed_there(model, certname)):
        name = f"appo_tui_delivery_{number}"
        defaults = component.computed
        parameters = ", ".join(f"${each} = {defaults.get(each, 'undef')}" for each in component.parameters)
        computed = ", ".join(f"{literal(key)} => {source}" for key, source in resource.computed.items())
        call = f"appo_tui_delivery::deliver({literal(resource.reference)}, {{{computed}\n}})"
        given = "".join(f"\n    {each} => {value}," for each, value in _given(component))
        title = component.title.lower() if component.kind == "class" else component.title
        found.append(
            (
                component,
                f"define {name}({parameters}) {{\n  {call}\n}}\n",
                f"\n  {name} {{ {literal(title)}:{given}\n  }}",
            )
        )
    return tuple(found)


def received(model: Model, component: Component) -> dict[str, str]:
    """Puppet code for those parameters of a component that another one of its node must compute first.

    Each is the expression of the consumes mapping in a block that has the attributes as its variables.
    """
    found: dict[str, str] = {}
    for name, (reference, expression) in component.received.items():
        resource = model.service_resources.get(reference)
        if resource is None or model.components[resource.producer].node != component.node:
            continue
        attributes = {"name": literal(resource.title)}
        for each, attribute in resource.attributes.items():
            if each in resource.computed:
                attributes[each] = f"appo_tui_delivery::delivered({literal(reference)}, {literal(each)})"
            elif attribute.value is not None:
                attributes[each] = literal(attribute.value)
        variables = ", ".join(f"${each}" for each in attributes)
        found[name] = f"with({', '.join(attributes.values())}) |{variables}| {{\n{expression}\n}}"
    return found


def _given(component: Component) -> Iterator[tuple[str, str]]:
    type_name = "Class" if component.kind == "class" else component.type
    for name, attribute in component.parameters.items():
        if name in component.computed:
            continue
        if is_unknown(attribute.value):  # the node has found it when this is evaluated
            yield name, f"{type_name}[{literal(component.title)}][{literal(name)}]"
        else:
            yield name, literal(attribute.value)


def read_delivery(text: bytes) -> dict[str, dict[str, Value]]:
    """What a node left.

    Raises:
        PreparationError: it is not what our function writes.
    """
    found: dict[str, dict[str, Value]] = {}
    try:
        for line in text.splitlines():
            reference, attributes = msgspec.json.decode(line, type=tuple[str, list[tuple[str, object]]])
            found[reference] = {name: _unpacked(value) for name, value in attributes}
    except (msgspec.MsgspecError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise PreparationError(f"The values that the node delivered can't be read: {error}") from error
    return found


def storable(delivered: Delivered) -> dict[str, dict[str, object]]:
    """The same for the store, packed, without what must not be kept."""
    return {
        reference: {name: _packed(value) for name, value in attributes.items() if not is_secret(name, value)}
        for reference, attributes in delivered.items()
    }


def from_store(packed: Mapping[str, Mapping[str, object]]) -> dict[str, dict[str, Value]]:
    """What ``storable`` made, as values again."""
    return {
        reference: {name: _unpacked(value) for name, value in attributes.items()}
        for reference, attributes in packed.items()
    }


def _packed(value: Value) -> object:
    if isinstance(value, tuple):
        return {"array": [_packed(each) for each in value]}
    if isinstance(value, dict):
        return {"hash": [[_packed(key), _packed(each)] for key, each in value.items()]}
    return value


def _unpacked(value: object) -> Value:
    if not isinstance(value, dict):
        return value
    ((kind, inner),) = value.items()
    if kind == "array":
        return tuple(_unpacked(each) for each in inner)
    if kind == "hash":
        return {key_of(_unpacked(key)): _unpacked(each) for key, each in inner}
    return Sensitive(_unpacked(inner))
