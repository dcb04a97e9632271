"""The part of a large plan that one node has to do with: all that it waits for, and all that waits for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from msgspec import structs

from appo_tui.plan.entities import JobPlan


def around(plan: JobPlan, certname: str, most: int) -> JobPlan:
    """A plan of what a node waits for and what waits for it; only the nearest if those are too many.

    Args:
        plan: the whole plan.
        certname: the node.
        most: how many nodes there may be.

    Returns:
        At most so many nodes, with their levels counted anew; without edges to others.
    """
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for edge in plan.edges:
        before.setdefault(edge.consumer, []).append(edge.producer)
        after.setdefault(edge.producer, []).append(edge.consumer)
    chosen = {certname}
    for neighbours in (before, after):
        chosen |= _reached(certname, neighbours, most - len(chosen))
    levels = sorted({node.level for node in plan.nodes if node.certname in chosen})
    nodes = tuple(
        structs.replace(node, level=levels.index(node.level))
        for node in plan.nodes
        if node.certname in chosen
    )
    edges = tuple(edge for edge in plan.edges if edge.producer in chosen and edge.consumer in chosen)
    return replace(plan, nodes=nodes, edges=edges)


def _reached(start: str, neighbours: Mapping[str, Iterable[str]], most: int) -> set[str]:
    """What can be come to from a node, the nearest first."""
    found: dict[str, None] = {}
    waiting = [start]
    for certname in waiting:
        for each in neighbours.get(certname, ()):
            if len(found) >= most:
                return set(found)
            if each not in found and each != start:
                found[each] = None
                waiting.append(each)
    return set(found)
