"""What is known of a thing of the model, as lines to read, each step of which can be followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from appo_tui.environment.places import Place
from appo_tui.model.diagnostics import Diagnostic, Severity
from appo_tui.model.entities import Attribute, Component, Instance, Model
from appo_tui.tui.drawing.glyphs import SEVERITY_ROLES, Glyphs, severity_glyph
from appo_tui.tui.drawing.lines import EMPTY, Entry, line, plain, reference, span
from appo_tui.tui.drawing.values import attribute_spans, origin_line
from appo_tui.tui.selection import Selection

_WIDEST_NAME = 24
_WIDEST_VALUE = 28


def describe(model: Model, selection: Selection | None, glyphs: Glyphs) -> tuple[Entry, ...]:
    """The details of what the cursor is on."""
    if selection is None:
        return (Entry(line(span("Nothing is selected.", "dim"))),)
    name = selection.name
    if selection.kind == "application":
        return _application(model, name)
    if selection.kind == "instance" and name in model.instances:
        return _instance(model, model.instances[name], glyphs)
    if selection.kind == "component" and name in model.components:
        return _component(model, model.components[name], glyphs)
    if selection.kind == "node":
        return _node(model, name)
    return _service_resource(model, name, glyphs)


def place_of(model: Model, selection: Selection | None) -> Place | None:
    """Where a thing is declared."""
    if selection is None:
        return None
    if selection.kind == "application":
        application = model.applications.get(selection.name)
        return application.place if application else None
    if selection.kind == "instance" and selection.name in model.instances:
        return model.instances[selection.name].place
    component = model.components.get(selection.component or selection.name)
    if selection.kind == "component" and component:
        return component.definition or component.place
    if selection.kind in ("produces", "service_resource") and selection.name in model.service_resources:
        return model.service_resources[selection.name].place
    return component.place if component else None


def problems(model: Model, glyphs: Glyphs) -> tuple[Entry, ...]:
    """The diagnostics as lines; each leads to its place."""
    if not model.diagnostics:
        return (Entry(line(span(f"{glyphs.good} Nothing is wrong here.", "good"))),)
    worst_first = sorted(model.diagnostics, key=lambda fault: tuple(Severity).index(fault.severity))
    return tuple(entry for fault in worst_first for entry in _problem(model, fault, glyphs))


def _problem(model: Model, fault: Diagnostic, glyphs: Glyphs) -> Iterator[Entry]:
    sign = f"{severity_glyph(fault.severity, glyphs)} {fault.severity:7} "
    first, *rest = fault.message.splitlines() or [""]
    node = f" on node {fault.node}" if fault.node else ""
    below = [span(text) for text in rest]
    if fault.place is not None:
        below.append(span(shortened(model.root, fault.place), "link"))
    if fault.hint:
        below.append(span(fault.hint, "note"))
    indent = len(sign)
    yield Entry(
        line(span(sign, SEVERITY_ROLES[fault.severity]), first + node), fault.place, hanging=indent
    )
    for each in below:
        yield Entry(line(" " * indent, each), fault.place, hanging=indent)


def shortened(root: Path, place: Place) -> str:
    """A place with its path below the environment."""
    try:
        file = str(Path(place.file).relative_to(root))
    except ValueError:
        file = place.file
    return str(Place(file, place.line))


def _application(model: Model, name: str) -> tuple[Entry, ...]:
    entries = [Entry(line(span("application ", "dim"), span(name, "type")))]
    application = model.applications.get(name)
    if application is not None:
        entries += [_place(model, "defined", application.place), EMPTY]
        entries += _heading("Parameters", application.parameters)
        for parameter in application.parameters:
            default = f" = {parameter.default_source}" if parameter.default_source else ""
            kind = f"{parameter.type_source} " if parameter.type_source else ""
            entries.append(
                Entry(line("  ", span(kind, "keyword"), span(f"${parameter.name}", "name"), default))
            )
    instances = [each.reference for each in model.instances.values() if each.type == name]
    entries += [EMPTY, *_heading("Instances", instances)]
    entries += [_jump("  ", Selection("instance", each)) for each in instances]
    if not instances:
        entries.append(Entry(line("One stands in a site block of the main manifest, such as")))
        wanted = f"  site {{ {name.lower()} {{ 'app1': nodes => {{ Node['NAME'] => COMPONENT }} }} }}"
        entries.append(Entry(line(span(wanted, "string"))))
    return tuple(entries)


def _instance(model: Model, instance: Instance, glyphs: Glyphs) -> tuple[Entry, ...]:
    entries = [
        Entry(line(span("instance ", "dim"), *reference(instance.reference))),
        _place(model, "declared", instance.place),
        EMPTY,
        *_attributes("Parameters", instance.parameters, glyphs),
        EMPTY,
        *_heading("Components", instance.components),
    ]
    for name in instance.components:
        component = model.components.get(name)
        if component is None:
            continue
        where = span(f"  {component.node}", "node") if component.node else span("  no node", "bad")
        entries.append(Entry(line("  ", *reference(name), where), Selection("component", name)))
    return tuple(entries)


def _component(model: Model, component: Component, glyphs: Glyphs) -> tuple[Entry, ...]:
    kind = {"definition": "component", "class": "class component", "native": "native component"}[
        component.kind
    ]
    entries = [Entry(line(span(f"{kind} ", "dim"), *reference(component.reference)))]
    entries.append(_jump("of        ", Selection("instance", component.instance)))
    if component.node is None:
        entries.append(Entry(line(span("runs on   ", "dim"), span("no node, see problems", "bad"))))
    else:
        target = Selection("node", component.node, component.reference)
        entries.append(Entry(line(span("runs on   ", "dim"), span(component.node, "node")), target))
    entries.append(_place(model, "declared", component.place))
    if component.definition is not None:
        entries.append(_place(model, "defined", component.definition))
    entries += [EMPTY, *_attributes("Parameters", component.parameters, glyphs), EMPTY]
    entries += _heading("Produces", component.exports)
    for name in component.exports:
        entries.append(_jump(f"  {glyphs.produces} ", Selection("service_resource", name)))
        consumers = sorted({each.consumer for each in model.bindings if each.service_resource == name})
        entries += [_jump(f"      {glyphs.runs_on} ", Selection("component", each)) for each in consumers]
    entries += [EMPTY, *_heading("Consumes", component.consumes or component.requires)]
    for name in (*component.consumes, *component.requires):
        order = () if name in component.consumes else (span("  order only", "dim"),)
        entries.append(
            Entry(
                line(span(f"  {glyphs.consumes} ", "dim"), *reference(name), *order),
                Selection("service_resource", name),
            )
        )
        if name in model.service_resources:
            producer = model.service_resources[name].producer
            entries.append(_jump("      of ", Selection("component", producer)))
    return tuple(entries)


def _service_resource(model: Model, name: str, glyphs: Glyphs) -> tuple[Entry, ...]:
    resource = model.service_resources.get(name)
    if resource is None:
        text = f"{name} is consumed, but nothing here produces it: see problems."
        return (Entry(line(span(text, "bad"))),)
    entries = [
        Entry(line(span("service resource ", "dim"), *reference(name))),
        _place(model, "exported", resource.place),
    ]
    tested = (
        "by its type's provider, on each consuming node"
        if resource.provider
        else "by host and port, if it has both"
    )
    entries += [Entry(line(span(f"tested    {tested}", "dim"))), EMPTY]
    entries += _heading("Produced by", "one")
    entries.append(_component_jump(model, f"  {glyphs.produces} ", resource.producer))
    entries += [EMPTY, *_attributes("Values", resource.attributes, glyphs), EMPTY]
    bindings = [each for each in model.bindings if each.service_resource == name]
    entries += _heading("Consumed by", bindings)
    for binding in bindings:
        entries.append(_component_jump(model, f"  {glyphs.consumes} ", binding.consumer))
        consumer = model.components.get(binding.consumer)
        if consumer is None:
            continue
        for parameter in consumer.parameters.values():
            if parameter.origin.source == name:
                entries.append(
                    Entry(line("      ", span(parameter.name, "name"), " = ", *attribute_spans(parameter)))
                )
    return tuple(entries)


def _node(model: Model, certname: str) -> tuple[Entry, ...]:
    entries = [Entry(line(span("node ", "dim"), span(certname, "node")))]
    node = model.nodes.get(certname)
    if node is None:
        return tuple(entries)
    known = "facts are known" if node.facts_known else "no facts yet: only the name is known"
    entries += [Entry(line(span(known, "dim"))), EMPTY, *_heading("Components", node.components)]
    for name in node.components:
        entries.append(_component_jump(model, "  ", name))
    return tuple(entries)


def _attributes(title: str, attributes: Mapping[str, Attribute], glyphs: Glyphs) -> Iterable[Entry]:
    yield from _heading(title, attributes)
    width = min(max((len(name) for name in attributes), default=0), _WIDEST_NAME)
    values = {name: attribute_spans(attribute) for name, attribute in attributes.items()}
    value_width = min(max((len(plain(value)) for value in values.values()), default=0), _WIDEST_VALUE)
    for name, attribute in attributes.items():
        gap = " " * max(0, value_width - len(plain(values[name])))
        yield Entry(
            (span(f"  {name:{width}}  ", "name"), *values[name], span(f"{gap}  ")),
            attribute.origin.place,
            aside=origin_line(attribute.origin, glyphs),
        )


def _heading(title: str, anything: object) -> list[Entry]:
    if anything:
        return [Entry(line(span(title, "heading")))]
    return [Entry(line(span(title, "heading"), span("  none", "dim")))]


def _place(model: Model, word: str, place: Place) -> Entry:
    return Entry(line(span(f"{word:10}", "dim"), span(shortened(model.root, place), "link")), place)


def _jump(before: str, target: Selection) -> Entry:
    return Entry(line(span(before, "dim"), *reference(target.name)), target)


def _component_jump(model: Model, before: str, name: str) -> Entry:
    component = model.components.get(name)
    node = span(f"  {component.node}", "node") if component and component.node else span("")
    return Entry(line(span(before, "dim"), *reference(name), node), Selection("component", name))
