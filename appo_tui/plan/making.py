"""A plan made from a model and a target."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from appo_tui.model.entities import Model
from appo_tui.model.uncollected import uncollected
from appo_tui.plan.cycles import cycle_error
from appo_tui.plan.entities import Edge, JobPlan, PlannedComponent, PlannedInstance, PlannedNode, Target
from appo_tui.plan.levels import longest_paths
from appo_tui.plan.targets import target_nodes


@uncollected()
def make_plan(model: Model, target: Target) -> JobPlan:
    """The nodes of a target, and the order that the bindings between them imply.

    All components of a node count, also those of instances outside the target: a run applies them all.
    Bindings to nodes outside the target do not order anything.

    Raises:
        PlanError: unknown or empty target, or nodes that wait for each other.
    """
    certnames = target_nodes(model, target)
    edges, dependencies, dependents = _order(_outgoing(model, certnames))
    levels = longest_paths(dependencies, dependents)
    if len(levels) < len(certnames):
        knotted = {node: needed for node, needed in dependencies.items() if node not in levels}
        raise cycle_error(model, knotted, edges)
    nodes = tuple(
        PlannedNode(certname, levels[certname], _components(model, certname), tuple(dependencies[certname]))
        for certname in sorted(certnames, key=levels.__getitem__)
    )
    return JobPlan(
        environment=model.environment,
        target=target,
        nodes=nodes,
        edges=edges,
        instances=_instances(model, nodes),
        digest=_digest(model, target),
        model_digest=model.digest,
    )


def _order(
    outgoing: Mapping[str, list[Edge]],
) -> tuple[tuple[Edge, ...], dict[str, list[str]], dict[str, list[str]]]:
    """All edges, sorted as the nodes are; what each node waits for, and what waits for it."""
    edges: list[Edge] = []
    dependencies: dict[str, list[str]] = {certname: [] for certname in outgoing}
    dependents: dict[str, list[str]] = {}
    for certname, unsorted in outgoing.items():
        waiting: list[str] = []
        last = service_resource = None
        for edge in sorted(unsorted):
            consumer = edge.consumer
            if consumer != last:
                last, service_resource = consumer, None
                dependencies[consumer].append(certname)
                waiting.append(consumer)
            if edge.service_resource != service_resource:  # components of one node may consume the same
                service_resource = edge.service_resource
                edges.append(edge)
        dependents[certname] = waiting
    return tuple(edges), dependencies, dependents


def _outgoing(model: Model, certnames: Iterable[str]) -> dict[str, list[Edge]]:
    """By producing node, an edge for each binding that leads to another of the nodes."""
    outgoing: dict[str, list[Edge]] = {certname: [] for certname in certnames}
    components = model.components.items()
    node_of = {reference: each.node for reference, each in components if each.node in outgoing}.get
    for binding in model.bindings:
        producer, consumer = node_of(binding.producer), node_of(binding.consumer)
        if producer != consumer and producer is not None and consumer is not None:
            outgoing[producer].append(Edge(producer, consumer, binding.service_resource))
    return outgoing


def _components(model: Model, certname: str) -> tuple[PlannedComponent, ...]:
    components = model.components
    return tuple(
        [PlannedComponent(components[each].instance, each) for each in model.nodes[certname].components]
    )


def _instances(model: Model, nodes: tuple[PlannedNode, ...]) -> tuple[PlannedInstance, ...]:
    certnames = {node.certname for node in nodes}
    planned = {component.instance for node in nodes for component in node.components}
    components = model.components
    return tuple(
        PlannedInstance(
            reference,
            complete=all(components[each].node in certnames for each in instance.components),
        )
        for reference, instance in model.instances.items()
        if reference in planned
    )


def _digest(model: Model, target: Target) -> str:
    """A plan follows from the model and the target, so their digests are enough."""
    return hashlib.sha256(repr((model.digest, model.environment, target)).encode()).hexdigest()
