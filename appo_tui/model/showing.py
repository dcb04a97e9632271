"""The model as JSON: the environment graph, and what a node has."""

from __future__ import annotations

from collections.abc import Mapping

from appo_tui.evaluator.rules.access import flat
from appo_tui.evaluator.text import interpolated
from appo_tui.evaluator.types import ClassType, PuppetType, ResourceType, written_out
from appo_tui.evaluator.values import DEFAULT, Regexp, Sensitive, Unknown, Value
from appo_tui.model.entities import Attribute, Component, Model


def graph(model: Model) -> dict[str, object]:
    """Puppet Server's environment graph: instances, their components, what these produce and consume."""
    return {
        "environment": model.environment,
        "applications": {
            instance.reference: {
                reference: _in_graph(model, model.components[reference])
                for reference in instance.components
                if reference in model.components
            }
            for instance in model.instances.values()
        },
    }


def _in_graph(model: Model, component: Component) -> dict[str, object]:
    waited_for = (*component.requires, *component.consumes)
    return {
        "produces": list(component.exports),
        "consumes": [reference for reference in waited_for if reference in model.service_resources],
        "node": component.node,
    }


def show_node(model: Model, certname: str) -> dict[str, object]:
    """A node's components with their parameters, and the service resources it produces and consumes."""
    components = [component for component in model.components.values() if component.node == certname]
    consumed = [reference for component in components for reference in component.consumes]
    return {
        "node": certname,
        "components": {component.reference: _shown(component.parameters) for component in components},
        "produces": {
            reference: _shown(service.attributes)
            for reference, service in model.service_resources.items()
            if service.producer in {component.reference for component in components}
        },
        "consumes": {
            reference: _shown(model.service_resources[reference].attributes)
            for reference in dict.fromkeys(consumed)
            if reference in model.service_resources
        },
    }


def _shown(attributes: Mapping[str, Attribute]) -> dict[str, object]:
    return {
        name: {"sensitive": True} if _hidden(attribute) else as_json(in_catalog(attribute.value))
        for name, attribute in attributes.items()
    }


def _hidden(attribute: Attribute) -> bool:
    return attribute.secret and not isinstance(attribute.value, Unknown)


def in_catalog(value: Value) -> Value:
    """A parameter's value as Puppet's catalogs have it: arrays with references in them are flattened."""
    if not isinstance(value, tuple):
        return value
    items = flat(value)
    return items if any(isinstance(item, ResourceType | ClassType) for item in items) else value


def as_json(value: Value) -> object:
    """A value as JSON: references as text, an unknown one with its reason."""
    if isinstance(value, Unknown):
        return {"unknown": value.reason}
    if isinstance(value, Sensitive):
        return {"sensitive": True}
    if isinstance(value, tuple):
        return [as_json(item) for item in value]
    if isinstance(value, dict):
        return {_key(key): as_json(item) for key, item in value.items()}
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return _key(value)


def _key(value: Value) -> str:
    if isinstance(value, ClassType) or (isinstance(value, ResourceType) and value.type_name is not None):
        return value.reference
    if isinstance(value, PuppetType):
        return written_out(value)
    if isinstance(value, Regexp):
        return f"(?-mix:{value.pattern})"  # as Ruby makes a string of it
    return "default" if value is DEFAULT else interpolated(value)
