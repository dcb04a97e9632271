"""A job plan as the orchestrator's users read it: a table, the instances, and nodes level by level."""

from __future__ import annotations

from collections.abc import Iterable

from appo_tui.jobs.request import JobOptions
from appo_tui.model.diagnostics import Severity
from appo_tui.model.entities import Model
from appo_tui.plan.entities import JobPlan, PlannedNode, Target
from appo_tui.tui.drawing.glyphs import Glyphs
from appo_tui.tui.drawing.lines import EMPTY, Entry, counted, line, reference, span
from appo_tui.tui.selection import Selection

_RULE = 71
_NAMED = 2


def plan_entries(plan: JobPlan, options: JobOptions, model: Model, glyphs: Glyphs) -> tuple[Entry, ...]:
    """The plan as lines; those of a node lead to it."""
    entries = [
        _row("Environment", plan.environment),
        _row("Target", str(plan.target)),
        _row("Concurrency limit", str(options.concurrency or "none")),
        _row("Nodes", str(len(plan.nodes))),
        _row("Mode", mode_words(options)),
    ]
    if options.description:
        entries.append(_row("Description", options.description))
    errors = sum(1 for each in model.diagnostics if each.severity is Severity.ERROR)
    if errors:
        text = f"{glyphs.bad} Errors in the environment: {errors}. Keys 1 and ! show them."
        entries.append(Entry(line(span(text, "bad"))))
    entries += [EMPTY, Entry(line(span(f"Application instances: {len(plan.instances)}", "heading")))]
    for instance in plan.instances:
        parts = [span("  - ", "dim"), *reference(instance.reference)]
        if not instance.complete:
            parts.append(span("  WARNING target does not contain all nodes in this application.", "warning"))
        entries.append(Entry(tuple(parts), Selection("instance", instance.reference)))
    entries += [
        EMPTY,
        Entry(line(span("Node run order (each node runs as soon as those before it have)", "heading"))),
    ]
    nodes = {node.certname: node for node in plan.nodes}
    for level, certnames in enumerate(plan.levels):
        entries.append(Entry(line(span(f"{level} {glyphs.rule * (_RULE - len(str(level)))}", "dim"))))
        for certname in certnames:
            entries += _node(nodes[certname])
        entries.append(EMPTY)
    return tuple(entries)


def target_words(target: Target) -> str:
    """A target in a few words."""
    if len(target.names) > _NAMED:
        return f"{len(target.names)} nodes"
    return str(target)


def size_words(plan: JobPlan) -> str:
    """How large a plan is, in words."""
    return f"{counted(len(plan.nodes), 'node')} in {counted(len(plan.levels), 'level')}"


def mode_words(options: JobOptions) -> str:
    """How the job will run, in words."""
    words: list[str] = [options.mode]
    if options.noop:
        words.append("no-op: nothing is changed")
    if options.no_noop:
        words.append("no-op of nodes overridden")
    if options.run_as:
        words.append(f"as {options.run_as}")
    if not options.availability:
        words.append("without availability tests")
    return ", ".join(words)


def why_entries(plan: JobPlan, certname: str | None, model: Model, glyphs: Glyphs) -> tuple[Entry, ...]:
    """Why a node is where it is: what it waits for, and what waits for it."""
    node = next((each for each in plan.nodes if each.certname == certname), None)
    if node is None:
        return (Entry(line(span("Put the cursor on a node: here is why it is where it is.", "dim"))),)
    entries = [
        Entry(line(span("node ", "dim"), span(node.certname, "node"), span(f"  level {node.level}", "dim"))),
        EMPTY,
    ]
    before = [edge for edge in plan.edges if edge.consumer == certname]
    after = [edge for edge in plan.edges if edge.producer == certname]
    entries.append(
        Entry(line(span("Waits for", "heading"), span("" if before else "  nothing: runs at once", "dim")))
    )
    for producer in dict.fromkeys(edge.producer for edge in before):
        entries.append(Entry(line("  ", span(producer, "node")), Selection("node", producer)))
        entries += _bindings(
            model, [each.service_resource for each in before if each.producer == producer], glyphs
        )
    entries += [
        EMPTY,
        Entry(line(span("Waited for by", "heading"), span("" if after else "  nothing", "dim"))),
    ]
    for consumer in dict.fromkeys(edge.consumer for edge in after):
        names = ", ".join(each.service_resource for each in after if each.consumer == consumer)
        entries.append(
            Entry(line("  ", span(consumer, "node"), span(f"  {names}", "dim")), Selection("node", consumer))
        )
    outside = _outside(plan, node, model)
    if outside:
        entries += [EMPTY, Entry(line(span("Outside this target", "warning")))]
        entries += [Entry(line(f"  {text}")) for text in outside]
    return tuple(entries)


def command_entries(command: str, plan: JobPlan) -> tuple[Entry, ...]:
    """The command that does the same, and the forms in which the plan can be saved."""
    return (
        Entry(line(span("The same from a shell (y sends it to the clipboard)", "heading"))),
        Entry(line("  ", span(command, "string"))),
        EMPTY,
        Entry(line(span("To see the plan only", "heading"))),
        Entry(line("  ", span(command.replace(" job run ", " job plan ", 1), "string"))),
        EMPTY,
        Entry(line(span("digest  ", "dim"), plan.digest)),
        Entry(line(span("x saves the plan as JSON, DOT, Mermaid or SVG.", "dim"))),
    )


def _node(node: PlannedNode) -> Iterable[Entry]:
    target = Selection("node", node.certname)
    yield Entry(line(span(node.certname, "node")), target)
    for each in node.components:
        yield Entry(
            (span("    "), *reference(each.instance), span(" - ", "dim"), *reference(each.component)), target
        )


def _bindings(model: Model, names: Iterable[str], glyphs: Glyphs) -> Iterable[Entry]:
    for name in names:
        resource = model.service_resources.get(name)
        producer = resource.producer if resource else "?"
        consumers = [each.consumer for each in model.bindings if each.service_resource == name]
        text = span(f"      {glyphs.consumes} ", "dim")
        yield Entry(
            (text, *reference(name), span("  of ", "dim"), *reference(producer), span("  for ", "dim"),
             span(", ".join(dict.fromkeys(consumers)))),
            Selection("service_resource", name),
        )  # fmt: skip


def _outside(plan: JobPlan, node: PlannedNode, model: Model) -> list[str]:
    inside = {each.certname for each in plan.nodes}
    own = {each.component for each in node.components}
    found = []
    for binding in model.bindings:
        producer = model.components.get(binding.producer)
        if binding.consumer in own and producer and producer.node and producer.node not in inside:
            found.append(f"{binding.service_resource} comes from {producer.node}: its last delivery is taken")
    return found


def _row(name: str, value: str) -> Entry:
    return Entry(line(span(f"{name:19}", "dim"), value))
