"""`appo app`: application instances, their components, and what they produce and consume."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from appo_tui.cli.arguments import Parser
from appo_tui.cli.call import Call
from appo_tui.cli.output import Output

if TYPE_CHECKING:
    from appo_tui.model.entities import Component, Instance, Model


def declare(family: Parser, parents: Parser) -> None:
    """Declares the family's commands."""
    commands = family.add_subparsers(metavar="COMMAND", required=True)
    show = commands.add_parser(
        "show",
        parents=[parents],
        help="application instances with their components",
        description="Shows application instances: components stand after those that they depend on.",
    )
    show.add_argument("TARGET", nargs="?", help="an application, App, or an instance, 'App[title]'")
    show.set_defaults(run=_show)


def _show(call: Call) -> int:
    from appo_tui.cli.targets import named_instances
    from appo_tui.model import graph
    from appo_tui.session import read_model

    model = read_model(call.session())
    wanted = named_instances(model, call.options.TARGET)
    if call.output.as_json:
        call.output.json(_only(graph(model), wanted))
        return 0
    write_instances(model, wanted, call.output)
    return 0


def _only(graph: Mapping[str, object], wanted: tuple[str, ...]) -> dict[str, object]:
    applications = graph["applications"]
    assert isinstance(applications, Mapping)
    return {**graph, "applications": {name: applications[name] for name in wanted if name in applications}}


def write_instances(model: Model, references: tuple[str, ...], output: Output) -> None:
    """Writes the instances in the form of the orchestrator's 2016.1 and later."""
    for reference in references:
        output.line(output.reference(reference))
        for component in ordered_components(model, model.instances[reference]):
            _write_component(component, output)


def _write_component(component: Component, output: Output) -> None:
    node = output.paint(component.node, "green") if component.node else output.paint("(no node)", "red")
    output.line("    ", output.reference(component.reference), " => ", node)
    for produced in component.exports:
        output.line("      + produces ", output.reference(produced))
    for consumed in (*component.consumes, *component.requires):
        output.line("        consumes ", output.reference(consumed))


def ordered_components(model: Model, instance: Instance) -> Iterator[Component]:
    """Yields an instance's components, each after those of the instance that it depends on.

    Where nothing is between them they keep the order of declaration; those on a cycle come last.
    """
    own = set(instance.components)
    producers: dict[str, set[str]] = {reference: set() for reference in instance.components}
    for binding in model.bindings:
        if binding.consumer in own and binding.producer in own and binding.producer != binding.consumer:
            producers[binding.consumer].add(binding.producer)
    waiting = list(instance.components)
    done: set[str] = set()
    while waiting:
        ready = [reference for reference in waiting if producers[reference] <= done] or waiting
        for reference in ready:
            yield model.components[reference]
        done.update(ready)
        waiting = [reference for reference in waiting if reference not in done]
