"""The functions of the module puppetlabs-app_modeling, which applications declare their components with."""

from __future__ import annotations

from appo_tui.evaluator import types
from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.catalog import create_resources
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.registry import Unknowns, app_modeling
from appo_tui.evaluator.values import Unknown, Value


@app_modeling("collect_component_titles", "Hash nodes, Any component")
def collect_component_titles(_call: FunctionCall, nodes: dict[Value, Value], component: Value) -> Value:
    """The titles of an application's components of one type, from its ``$nodes``."""
    return tuple(item.title for value in nodes.values() for item in _of_type(component, value))


@app_modeling("collect_component_nodes", "Hash nodes, Any component")
def collect_component_nodes(_call: FunctionCall, nodes: dict[Value, Value], component: Value) -> Value:
    """The nodes that an application's components of one type are on, from its ``$nodes``."""
    return tuple(
        node.title
        for node, value in nodes.items()
        if isinstance(node, types.ResourceType) and _of_type(component, value)
    )


@app_modeling("create_component_app", "String app_name, String title, Hash params", unknowns=Unknowns.WHOLE)
def create_component_app(
    call: FunctionCall, app_name: str, title: str, params: dict[Value, Value]
) -> Value:
    """Declares an instance from a hash of component types to the nodes that have one each."""
    components = params.get("components")
    if isinstance(components, Unknown):
        return components
    if not isinstance(components, dict):
        raise FunctionError("create_component_app needs a hash of components to nodes under 'components'")
    nodes: dict[Value, tuple[Value, ...]] = {}
    for type_name, certnames in components.items():
        for certname in _listed(certnames):
            node = _reference("Node", str(certname))
            nodes[node] = (*nodes.get(node, ()), _reference(str(type_name), f"{title}-{certname}"))
    given = {name: value for name, value in params.items() if name != "components"}
    create_resources(call, app_name, {title: {**given, "nodes": nodes}})
    return None


@app_modeling("create_node_order", "String title, Array order")
def create_node_order(call: FunctionCall, title: str, order: tuple[Value, ...]) -> Value:
    """Declares an instance of app_modeling::node_order: each layer of nodes comes after the one before."""
    nodes: dict[Value, Value] = {}
    for layer in order:
        for certname in _listed(layer):
            node = _reference("Node", str(certname))
            if node in nodes:
                raise FunctionError(f"Cannot create node_order '{title}' node '{certname}' is included twice")
            nodes[node] = _reference("App_modeling::Dependency", f"{title}-{certname}")
    create_resources(call, "app_modeling::node_order", {title: {"order": order, "nodes": nodes}})
    return None


def _of_type(component: Value, value: Value) -> list[types.ResourceType]:
    wanted = component.type_name if isinstance(component, types.ResourceType) else str(component)
    return [
        item
        for item in _listed(value)
        if isinstance(item, types.ResourceType)
        and (item.type_name or "").lower() == (wanted or "").lower()
        and item.title is not None
    ]


def _listed(value: Value) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else (value,)


def _reference(type_name: str, title: str) -> types.ResourceType:
    from appo_tui.evaluator.resource import capitalised

    return types.ResourceType(capitalised(type_name), title)
