"""A plan in the forms that other programs read: JSON values, Graphviz and Mermaid."""

from __future__ import annotations

import json

from appo_tui.plan.entities import JobPlan


def to_dict(plan: JobPlan) -> dict[str, object]:
    """The plan as JSON values: environment, target, nodes, levels, edges and digest.

    ``nodes`` is a list of certnames in run order, ``levels`` a list of lists of them, an edge
    ``[from, to, service resource]``.
    """
    return {
        "environment": plan.environment,
        "target": str(plan.target),
        "nodes": [node.certname for node in plan.nodes],
        "levels": [list(level) for level in plan.levels],
        "edges": [[edge.producer, edge.consumer, edge.service_resource] for edge in plan.edges],
        "instances": [{"name": each.reference, "complete": each.complete} for each in plan.instances],
        "components": {
            node.certname: [[each.instance, each.component] for each in node.components]
            for node in plan.nodes
        },
        "digest": plan.digest,
    }


def to_dot(plan: JobPlan) -> str:
    """The plan in Graphviz's language, producers left of their consumers."""
    lines = ["digraph plan {", "  rankdir=LR;", "  node [shape=box];"]
    for node in plan.nodes:
        label = "\n".join((node.certname, *(each.component for each in node.components)))
        lines.append(f"  {json.dumps(node.certname)} [label={json.dumps(label)}];")
    lines += [
        "  { rank=same; " + " ".join(f"{json.dumps(each)};" for each in level) + " }" for level in plan.levels
    ]
    lines += [
        f"  {json.dumps(edge.producer)} -> {json.dumps(edge.consumer)} "
        f"[label={json.dumps(edge.service_resource)}];"
        for edge in plan.edges
    ]
    return "\n".join((*lines, "}")) + "\n"


def to_mermaid(plan: JobPlan) -> str:
    """The plan as a Mermaid flow chart."""
    names = {node.certname: f"n{number}" for number, node in enumerate(plan.nodes)}
    lines = ["flowchart LR"]
    for node in plan.nodes:
        words = (node.certname, *(each.component for each in node.components))
        lines.append(f'  {names[node.certname]}["{"<br>".join(map(_entities, words))}"]')
    lines += [
        f'  {names[edge.producer]} -->|"{_entities(edge.service_resource)}"| {names[edge.consumer]}'
        for edge in plan.edges
    ]
    return "\n".join(lines) + "\n"


def _entities(text: str) -> str:
    """Text with all that Mermaid could take for its own syntax as entities."""
    return "".join(char if char.isalnum() or char in " -_.:" else f"#{ord(char)};" for char in text)
