"""The environment's nodes as rows and pages: components, facts, last runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from appo_tui.jobs.states import NodeState
from appo_tui.model.entities import Model
from appo_tui.tui.glyphs import NODE_ROLES, Glyphs, node_glyph
from appo_tui.tui.lines import EMPTY, Entry, line, reference, span
from appo_tui.tui.selection import Selection
from appo_tui.tui.times import age
from appo_tui.tui.values import attribute_spans, written
from appo_tui.tui.widgets.table import Row


@dataclass(frozen=True, slots=True)
class LastRun:
    """A node's latest run: the job's number, what became of it, and when."""

    job: int
    state: NodeState
    moment: float


def node_table(model: Model, runs: Mapping[str, LastRun], now: float, glyphs: Glyphs) -> list[Row]:
    """A row for each node that has components."""
    rows: list[Row] = []
    for node in model.nodes.values():
        run = runs.get(node.certname)
        components = ", ".join(node.components)
        instances = dict.fromkeys(model.components[each].instance for each in node.components)
        cells = (
            span(node.certname, "node"),
            span(", ".join(instances), "type"),
            span("facts" if node.facts_known else "name only", "good" if node.facts_known else "dim"),
            span(f"{node_glyph(run.state, glyphs)} {run.state}", NODE_ROLES[run.state])
            if run
            else span("never", "dim"),
            span(f"job {run.job}, {age(run.moment, now)}" if run else "", "dim"),
            span(components),
        )
        order = (
            node.certname,
            cells[1][0],
            node.facts_known,
            cells[3][0],
            run.moment if run else 0.0,
            components,
        )
        rows.append(Row(node.certname, cells, order))
    return rows


def node_page(
    model: Model, certname: str, run: LastRun | None, now: float, glyphs: Glyphs
) -> tuple[Entry, ...]:
    """All that is known of a node: its components with what they take and give, and its last run."""
    node = model.nodes.get(certname)
    if node is None:
        return ()
    entries = [Entry(line(span("node ", "dim"), span(certname, "node")))]
    if run is not None:
        state = span(f"{node_glyph(run.state, glyphs)} {run.state}", NODE_ROLES[run.state])
        entries.append(
            Entry(line(span("last run  ", "dim"), state, f"  job {run.job}, {age(run.moment, now)}"))
        )
    for name in node.components:
        component = model.components[name]
        entries += [EMPTY, Entry(reference(name), Selection("component", name))]
        for each in component.exports:
            entries.append(
                Entry(
                    (span(f"  {glyphs.produces} ", "dim"), *reference(each)),
                    Selection("service_resource", each),
                )
            )
        for each in (*component.consumes, *component.requires):
            resource = model.service_resources.get(each)
            producer = model.components.get(resource.producer) if resource else None
            place = span(f"  {producer.node}" if producer and producer.node else "", "node")
            entries.append(
                Entry(
                    (span(f"  {glyphs.consumes} ", "dim"), *reference(each), place),
                    Selection("service_resource", each),
                )
            )
        for attribute in component.parameters.values():
            entries.append(Entry(line(span(f"    {attribute.name} = ", "name"), *attribute_spans(attribute))))
    return tuple(entries)


def fact_entries(facts: Mapping[str, object] | None) -> tuple[Entry, ...]:
    """A node's facts."""
    if facts is None:
        return (
            Entry(line(span("No facts of this node: only its name is known.", "dim"))),
            Entry(line(span("Give them with --facts FILE: YAML or JSON, certname to facts.", "dim"))),
        )
    entries = [Entry(line(span(f"{len(facts)} facts, from the facts file", "dim"))), EMPTY]
    entries += [
        Entry(line(span(f"{name:28} ", "name"), written(value))) for name, value in sorted(facts.items())
    ]
    return tuple(entries)
