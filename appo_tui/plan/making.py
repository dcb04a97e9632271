"""A plan made from a model and a target."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from appo_tui.model.entities import Model
from appo_tui.plan.cycles import cycle_error
from appo_tui.plan.entities import Edge, JobPlan, PlannedComponent, PlannedInstance, PlannedNode, Target
from appo_tui.plan.levels import longest_paths
from appo_tui.plan.targets import target_nodes


def make_plan(model: Model, target: Target) -> JobPlan:
    """The nodes of a target, and the order that the bindings between them imply.

    All components of a node count, also those of instances outside the target: a run applies them all.
    Bindings to nodes outside the target do not order anything.

    Raises:
        PlanError: unknown or empty target, or nodes that wait for each other.
    """
    certnames = target_nodes(model, target)
    edges = _edges(model, frozenset(certnames))
    dependencies = _dependencies(certnames, edges)
    levels = longest_paths(dependencies)
    if len(levels) < len(certnames):
        knotted = {node: needed for node, needed in dependencies.items() if node not in levels}
        raise cycle_error(model, knotted, edges)
    nodes = tuple(
        PlannedNode(certname, levels[certname], _components(model, certname), dependencies[certname])
        for certname in sorted(certnames, key=lambda each: (levels[each], each))
    )
    return JobPlan(
        environment=model.environment,
        target=target,
        nodes=nodes,
        edges=edges,
        instances=_instances(model, nodes),
        digest=_digest(model, target, nodes, edges),
        model_digest=model.digest,
    )


def _edges(model: Model, certnames: frozenset[str]) -> tuple[Edge, ...]:
    found: set[tuple[str, str, str]] = set()
    components = model.components
    for binding in model.bindings:
        producer, consumer = components[binding.producer].node, components[binding.consumer].node
        if producer is None or consumer is None or producer == consumer:
            continue
        if producer in certnames and consumer in certnames:
            found.add((producer, consumer, binding.service_resource))
    return tuple(Edge(*each) for each in sorted(found))


def _dependencies(certnames: Iterable[str], edges: Iterable[Edge]) -> dict[str, tuple[str, ...]]:
    needed: dict[str, dict[str, None]] = {certname: {} for certname in certnames}
    for edge in edges:
        needed[edge.consumer][edge.producer] = None
    return {certname: tuple(producers) for certname, producers in needed.items()}


def _components(model: Model, certname: str) -> tuple[PlannedComponent, ...]:
    return tuple(
        PlannedComponent(model.components[reference].instance, reference)
        for reference in model.nodes[certname].components
    )


def _instances(model: Model, nodes: tuple[PlannedNode, ...]) -> tuple[PlannedInstance, ...]:
    certnames = {node.certname for node in nodes}
    planned = {component.instance for node in nodes for component in node.components}
    return tuple(
        PlannedInstance(
            reference,
            complete=all(model.components[each].node in certnames for each in instance.components),
        )
        for reference, instance in model.instances.items()
        if reference in planned
    )


def _digest(model: Model, target: Target, nodes: Iterable[PlannedNode], edges: Iterable[Edge]) -> str:
    summed = hashlib.sha256(model.digest.encode())
    summed.update(repr((model.environment, target)).encode())
    for node in nodes:
        summed.update(repr(node).encode())
    for edge in edges:
        summed.update(repr(edge).encode())
    return summed.hexdigest()
