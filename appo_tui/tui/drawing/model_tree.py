"""The model as a tree: application, instance, component, then what it produces, consumes and runs on."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from appo_tui.jobs.states import NodeState
from appo_tui.model.diagnostics import Severity
from appo_tui.model.entities import Component, Model
from appo_tui.tui.drawing.glyphs import NODE_ROLES, SEVERITY_ROLES, Glyphs, node_glyph, severity_glyph
from appo_tui.tui.drawing.lines import Line, Span, counted, reference, span
from appo_tui.tui.selection import Selection


@dataclass(frozen=True)
class ModelTree:
    """The branches of a model.

    ``states`` are those of a job that runs, by certname: shown beside each node and, where all nodes of
    a component or an instance are in one state, beside that.
    """

    model: Model
    glyphs: Glyphs
    states: Mapping[str, NodeState] = field(default_factory=dict)
    instances_by_application: Mapping[str, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        found: dict[str, list[str]] = {name: [] for name in self.model.applications}
        for name, instance in self.model.instances.items():
            found.setdefault(instance.type, []).append(name)
        grouped = {name: tuple(instances) for name, instances in found.items()}
        object.__setattr__(self, "instances_by_application", grouped)

    def roots(self) -> Sequence[Hashable]:
        """The applications."""
        return [Selection("application", name) for name in self.instances_by_application]

    def children(self, key: Hashable) -> Sequence[Hashable]:
        """What hangs from a row."""
        if not isinstance(key, Selection):
            return ()
        if key.kind == "application":
            return [Selection("instance", name) for name in self.instances_by_application.get(key.name, ())]
        if key.kind == "instance" and key.name in self.model.instances:
            names = self.model.instances[key.name].components
            return [Selection("component", name) for name in names if name in self.model.components]
        if key.kind == "component":
            return _parts(self.model.components[key.name])
        return ()

    def line(self, key: Hashable) -> Line:
        """A row's text."""
        if not isinstance(key, Selection):
            return ()
        if key.kind == "application":
            count = len(self.instances_by_application.get(key.name, ()))
            return (span(key.name, "type"), span(f"  {counted(count, 'instance')}", "dim"))
        if key.kind == "instance":
            return (*reference(key.name), *self._state(self._nodes_of(key.name)))
        if key.kind == "component":
            return self._component(self.model.components[key.name])
        if key.kind == "node":
            return (
                span(f"{self.glyphs.runs_on} runs on  ", "dim"),
                span(key.name, "node"),
                *self._state({key.name}),
            )
        sign = self.glyphs.produces if key.kind == "produces" else self.glyphs.consumes
        return (span(f"{sign} {key.kind:8} ", "dim"), *reference(key.name))

    def _component(self, component: Component) -> Line:
        where: Line = (span("  no node", "bad"),)
        if component.node is not None:
            where = (span(f" {self.glyphs.runs_on} ", "dim"), span(component.node, "node"))
        nodes = {component.node} if component.node is not None else set()
        return (*reference(component.reference), *where, *self._state(nodes))

    def _nodes_of(self, instance: str) -> set[str]:
        components = self.model.components
        names = self.model.instances[instance].components
        return {node for name in names if name in components and (node := components[name].node) is not None}

    def _state(self, nodes: set[str]) -> tuple[Span, ...]:
        states = [self.states[node] for node in nodes if node in self.states]
        if not states or len(states) < len(nodes):
            return ()
        order = (
            NodeState.RUNNING,
            NodeState.FAILED,
            NodeState.ERRORED,
            NodeState.SKIPPED,
            NodeState.READY,
            NodeState.NEW,
            NodeState.FINISHED,
        )
        state = min(states, key=order.index)
        return (span(f"  {node_glyph(state, self.glyphs)} {state}", NODE_ROLES[state]),)


def path_to(model: Model, wanted: Selection) -> tuple[Selection, ...]:
    """The keys from an application down to a selection, the selection last; empty where there is none."""
    if wanted.kind == "application":
        return (wanted,)
    if wanted.kind == "instance" and wanted.name in model.instances:
        return (Selection("application", model.instances[wanted.name].type), wanted)
    if wanted.kind == "component" and wanted.name in model.components:
        return (*path_to(model, Selection("instance", model.components[wanted.name].instance)), wanted)
    if wanted.kind == "service_resource" and wanted.name in model.service_resources:
        producer = model.service_resources[wanted.name].producer
        above = path_to(model, Selection("component", producer))
        return (*above, Selection("produces", wanted.name, producer)) if above else ()
    if wanted.kind == "node" and not wanted.component and wanted.name in model.nodes:
        component = next(iter(model.nodes[wanted.name].components), "")
        above = path_to(model, Selection("component", component))
        return (*above, Selection("node", wanted.name, component)) if above else ()
    if wanted.component:
        above = path_to(model, Selection("component", wanted.component))
        return (*above, wanted) if above else ()
    return ()


def problem_counts(model: Model, glyphs: Glyphs) -> str:
    """How much is wrong, each severity apart with its sign; empty where nothing is."""
    counts = ((each, sum(fault.severity is each for fault in model.diagnostics)) for each in Severity)
    return " ".join(f"{severity_glyph(each, glyphs)}{count}" for each, count in counts if count)


def title_line(model: Model, glyphs: Glyphs) -> Line:
    """How much there is, and how much of it is wrong."""
    counts = [
        (len(model.instances), "instance"),
        (len(model.components), "component"),
        (len(model.nodes), "node"),
    ]
    words = ", ".join(counted(count, word) for count, word in counts)
    faults: list[Span] = []
    for severity in (Severity.ERROR, Severity.WARNING):
        count = sum(1 for each in model.diagnostics if each.severity is severity)
        if count:
            text = f"  {severity_glyph(severity, glyphs)} {counted(count, severity)}"
            faults.append(span(text, SEVERITY_ROLES[severity]))
    return (span(words), *faults)


def _parts(component: Component) -> list[Hashable]:
    parts: list[Hashable] = [Selection("produces", name, component.reference) for name in component.exports]
    parts += [Selection("consumes", name, component.reference) for name in component.consumes]
    parts += [Selection("requires", name, component.reference) for name in component.requires]
    if component.node is not None:
        parts.append(Selection("node", component.node, component.reference))
    return parts
