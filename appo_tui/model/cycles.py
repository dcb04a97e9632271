"""Cycles: components, or nodes, each of which waits for the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from appo_tui.model.diagnostics import Diagnostic, Severity
from appo_tui.model.entities import Binding, Component


def component_cycles(
    bindings: Iterable[Binding], components: Mapping[str, Component]
) -> Iterator[Diagnostic]:
    """One diagnostic for each group of components that wait for one another."""
    edges = {(binding.producer, binding.consumer): binding.service_resource for binding in bindings}
    for path in _cycles(edges):
        consumer = components[path[1 % len(path)]]
        yield Diagnostic(
            Severity.ERROR,
            "component-cycle",
            f"Components depend on each other: {_described(path, edges)}",
            consumer.place,
            "Take one of these service resources out of the circle, or split a component in two.",
        )


def node_cycles(bindings: Iterable[Binding], components: Mapping[str, Component]) -> Iterator[Diagnostic]:
    """One diagnostic for each group of nodes that wait for one another without their components doing so."""
    edges: dict[tuple[str, str], str] = {}
    within: dict[tuple[str, str], str] = {}
    for binding in bindings:
        producer, consumer = components[binding.producer], components[binding.consumer]
        within[producer.reference, consumer.reference] = binding.service_resource
        if producer.node and consumer.node and producer.node != consumer.node:
            edges.setdefault((producer.node, consumer.node), binding.service_resource)
    for path in _cycles(edges):
        yield Diagnostic(
            Severity.ERROR,
            "node-cycle",
            f"Nodes depend on each other: {_described(path, edges)}",
            None,
            "Puppet runs once on a node: put the components of this circle on nodes of their own, "
            "or all on one.",
        )


def _cycles(edges: Mapping[tuple[str, str], str]) -> Iterator[list[str]]:
    for producer, consumer in edges:
        if producer == consumer:
            yield [producer]
    if _is_ordered(edges):
        return
    import networkx as nx

    graph = nx.DiGraph(edge for edge in edges if edge[0] != edge[1])
    groups = [group for group in nx.strongly_connected_components(graph) if len(group) > 1]
    group_of = {name: number for number, group in enumerate(groups) for name in group}
    inner = [nx.DiGraph() for _ in groups]
    for producer, consumer in graph.edges:
        number = group_of.get(producer)
        if number is not None and number == group_of.get(consumer):
            inner[number].add_edge(producer, consumer)
    for circle in inner:
        yield [edge[0] for edge in nx.find_cycle(circle)]


def _is_ordered(edges: Iterable[tuple[str, str]]) -> bool:
    """Whether there is no cycle at all; so networkx is only needed to name one."""
    following: dict[str, list[str]] = {}
    waiting: dict[str, int] = {}
    for producer, consumer in edges:
        if producer == consumer:
            continue
        following.setdefault(producer, []).append(consumer)
        waiting[consumer] = waiting.get(consumer, 0) + 1
        waiting.setdefault(producer, 0)
    ready = [name for name, count in waiting.items() if count == 0]
    done = 0
    while ready:
        name = ready.pop()
        done += 1
        for other in following.get(name, ()):
            waiting[other] -= 1
            if waiting[other] == 0:
                ready.append(other)
    return done == len(waiting)


def _described(path: list[str], edges: Mapping[tuple[str, str], str]) -> str:
    closed = [*path, path[0]]
    parts = [closed[0]]
    for producer, consumer in pairwise(closed):
        parts.append(f"-> {consumer} ({edges[producer, consumer]})")
    return " ".join(parts)
