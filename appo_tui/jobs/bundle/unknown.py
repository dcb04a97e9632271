"""Which nodes' facts a job needs before its values are known."""

from __future__ import annotations

from collections.abc import Iterable

from appo_tui.jobs.bundle.components import left_to_node
from appo_tui.jobs.bundle.literals import is_unknown
from appo_tui.model.entities import Component, Model


def nodes_to_ask(model: Model, certnames: Iterable[str]) -> tuple[str, ...]:
    """Nodes without known facts on which an unknown value hangs that runs on ``certnames`` need, sorted.

    A parameter hangs on its component's node, an attribute of a service resource on its producer's.
    """
    asked: set[str] = set()
    for certname in certnames:
        for reference in model.nodes[certname].components if certname in model.nodes else ():
            component = model.components[reference]
            needed = (each for each in component.parameters.values() if not left_to_node(each))
            if any(is_unknown(each.value) for each in needed):
                asked.add(certname)
                asked.update(_producers(model, component))
            for used in (*component.consumes, *component.requires):
                resource = model.service_resources.get(used)
                if resource and any(is_unknown(each.value) for each in resource.attributes.values()):
                    asked.update(_node(model, resource.producer))
    return tuple(sorted(name for name in asked if name in model.nodes and not model.nodes[name].facts_known))


def _producers(model: Model, component: Component) -> set[str]:
    resources = (model.service_resources.get(used) for used in component.consumes)
    return {name for each in resources if each is not None for name in _node(model, each.producer)}


def _node(model: Model, reference: str) -> tuple[str, ...]:
    component = model.components.get(reference)
    return (component.node,) if component is not None and component.node is not None else ()
