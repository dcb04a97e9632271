"""The environment's nodes as rows and pages: components, facts, last runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from appo_tui.jobs.states import NodeState
from appo_tui.model.entities import Model
from appo_tui.tui.drawing.glyphs import NODE_ROLES, Glyphs, node_glyph
from appo_tui.tui.drawing.lines import EMPTY, Entry, Span, line, reference, span
from appo_tui.tui.drawing.times import age
from appo_tui.tui.drawing.values import attribute_spans, written
from appo_tui.tui.selection import Selection
from appo_tui.tui.widgets.table import Row


@dataclass(frozen=True, slots=True)
class KnownNode:
    """What is known of a node beside the model.

    Attributes:
        asked: when its facts were collected, in seconds since the epoch; None where they were given.
        puppet: its Puppet's version, as its facts or a test of the connection told; else empty.
        reached: None until its connection was tested.
        fault: why it was not reached.
    """

    asked: float | None = None
    puppet: str = ""
    reached: bool | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class LastRun:
    """A node's latest run: the job's number, what became of it, and when."""

    job: int
    state: NodeState
    moment: float


def node_table(
    model: Model, runs: Mapping[str, LastRun], known: Mapping[str, KnownNode], now: float, glyphs: Glyphs
) -> list[Row]:
    """A row for each node that has components."""
    rows: list[Row] = []
    for node in model.nodes.values():
        run = runs.get(node.certname)
        components = ", ".join(node.components)
        instances = dict.fromkeys(model.components[each].instance for each in node.components)
        about = known.get(node.certname, KnownNode())
        facts = facts_words(about, now) if node.facts_known else "name only"
        cells = (
            span(node.certname, "node"),
            span(", ".join(instances), "type"),
            span(facts, "good" if node.facts_known else "dim"),
            _reached(about, glyphs),
            span(f"{node_glyph(run.state, glyphs)} {run.state}", NODE_ROLES[run.state])
            if run
            else span("never", "dim"),
            span(f"job {run.job}, {age(run.moment, now)}" if run else "", "dim"),
            span(components),
        )
        order = (
            node.certname,
            cells[1][0],
            facts,
            cells[3][0],
            cells[4][0],
            run.moment if run else 0.0,
            components,
        )
        rows.append(Row(node.certname, cells, order))
    return rows


def facts_words(known: KnownNode, now: float) -> str:
    """How old a node's facts are."""
    return age(known.asked, now) if known.asked is not None else "given"


def _reached(known: KnownNode, glyphs: Glyphs) -> Span:
    version = f"Puppet {known.puppet}" if known.puppet else ""
    if known.reached is None:
        return span(version, "dim")
    if known.reached:
        return span(f"{glyphs.good} {version or 'reached'}", "good")
    return span(f"{glyphs.errored} not usable", "bad")


def node_page(
    model: Model,
    certname: str,
    run: LastRun | None,
    known: KnownNode,
    now: float,
    glyphs: Glyphs,
) -> tuple[Entry, ...]:
    """All that is known of a node: its components with what they take and give, and its last run."""
    node = model.nodes.get(certname)
    if node is None:
        return ()
    facts = facts_words(known, now) if node.facts_known else "none: c collects them"
    entries = [
        Entry(line(span("node ", "dim"), span(certname, "node"))),
        Entry(line(span("facts     ", "dim"), facts)),
        Entry(line(span("puppet    ", "dim"), known.puppet or "not known: x tests the connection")),
    ]
    if known.fault:
        entries.append(Entry(line(span("reached   ", "dim"), span(known.fault, "bad"))))
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


def fact_entries(facts: Mapping[str, object] | None, known: KnownNode, now: float) -> tuple[Entry, ...]:
    """A node's facts."""
    if facts is None:
        return (
            Entry(line(span("No facts of this node: only its name is known.", "dim"))),
            Entry(line(span("c collects them over SSH.", "dim"))),
            Entry(line(span("Or give them with --facts FILE: YAML or JSON, certname to facts.", "dim"))),
        )
    entries = [Entry(line(span(f"{len(facts)} facts, {facts_words(known, now)}", "dim"))), EMPTY]
    entries += [
        Entry(line(span(f"{name:28} ", "name"), written(value))) for name, value in sorted(facts.items())
    ]
    return tuple(entries)
