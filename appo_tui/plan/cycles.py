"""Cycles between nodes, named so that a user can break them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from appo_tui.model.entities import Binding, Model
from appo_tui.plan.entities import Edge
from appo_tui.plan.errors import PlanError


def cycle_error(
    model: Model, dependencies: Mapping[str, Sequence[str]], edges: Iterable[Edge]
) -> PlanError:
    """The error that names every knot of nodes that wait for each other, one cycle of each knot.

    A cycle reads in the order of Puppet's own ("A => B": A comes before B), and below it stand the
    bindings that make each step.
    """
    import networkx

    graph = networkx.DiGraph()
    graph.add_edges_from((before, node) for node, needed in dependencies.items() for before in needed)
    knots = [knot for knot in networkx.strongly_connected_components(graph) if len(knot) > 1]
    cycles = [_cycle(graph, knot) for knot in sorted(knots, key=min)]
    edge_of = {(edge.producer, edge.consumer): edge for edge in edges}
    bindings = _bindings_by_edge(model)
    lines = [f"Found {len(cycles)} dependency cycle{'s' if len(cycles) > 1 else ''} between nodes:"]
    steps: set[str] = set()
    for cycle in cycles:
        lines.append("(" + " => ".join((*cycle, cycle[0])) + ")")
        for producer, consumer in zip(cycle, (*cycle[1:], cycle[0]), strict=True):
            for binding in bindings[edge_of[producer, consumer]]:
                steps.update((binding.producer, binding.consumer))
                lines.append("  " + _sentence(model, binding))
    return PlanError("\n".join(lines), _hint(model, steps))


def _cycle(graph: Any, knot: set[str]) -> tuple[str, ...]:
    """The shortest cycle through the first node of a knot."""
    import networkx

    start = min(knot)
    successors = [each for each in sorted(graph.successors(start)) if each in knot]
    paths = [networkx.shortest_path(graph, each, start) for each in successors]
    return (start, *min(paths, key=len)[:-1])


def _bindings_by_edge(model: Model) -> dict[Edge, list[Binding]]:
    components = model.components
    found: dict[Edge, list[Binding]] = {}
    for each in model.bindings:
        producer, consumer = components[each.producer].node, components[each.consumer].node
        if producer is not None and consumer is not None:
            found.setdefault(Edge(producer, consumer, each.service_resource), []).append(each)
    return found


def _sentence(model: Model, binding: Binding) -> str:
    verb = "consumes" if binding.kind == "consume" else "requires"
    consumer, producer = model.components[binding.consumer], model.components[binding.producer]
    return (
        f"{consumer.reference} on {consumer.node} {verb} {binding.service_resource}, "
        f"produced by {producer.reference} on {producer.node}"
    )


def _hint(model: Model, components: set[str]) -> str:
    """Whether the components themselves go round, or only their nodes do."""
    import networkx

    graph = networkx.DiGraph((each.producer, each.consumer) for each in model.bindings)
    knots = [knot for knot in networkx.strongly_connected_components(graph) if len(knot) > 1]
    if any(knot & components for knot in knots):
        return "Remove one of these consumes: the components themselves wait for each other."
    return "The components are in order, their nodes are not: put one of these components on another node."
