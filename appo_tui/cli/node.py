"""`appo node`: the nodes, their components, and the values that reach them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from appo_tui.cli.arguments import Parser, nearest
from appo_tui.cli.call import Call
from appo_tui.cli.durations import duration
from appo_tui.cli.faults import CommandError
from appo_tui.cli.output import Output
from appo_tui.cli.table import write_table

if TYPE_CHECKING:
    from appo_tui.evaluator.origins import Origin
    from appo_tui.model.entities import Attribute, Model
    from appo_tui.session import Session


def declare(family: Parser, parents: Parser) -> None:
    """Declares the family's commands."""
    commands = family.add_subparsers(metavar="COMMAND", required=True)
    listed = commands.add_parser("list", parents=[parents], help="every node with a component")
    listed.set_defaults(run=_list)
    show = commands.add_parser(
        "show", parents=[parents], help="a node's components with every value and where it came from"
    )
    show.add_argument("CERTNAME")
    show.set_defaults(run=_show)


def _list(call: Call) -> int:
    from appo_tui.session import read_model

    model = read_model(call.session())
    if call.output.as_json:
        nodes = [
            {"node": each.certname, "components": list(each.components), "facts_known": each.facts_known}
            for each in model.nodes.values()
        ]
        call.output.json({"environment": model.environment, "nodes": nodes})
        return 0
    rows = [
        (each.certname, "known" if each.facts_known else "not yet", ", ".join(each.components))
        for each in model.nodes.values()
    ]
    write_table(("NODE", "FACTS", "COMPONENTS"), rows, call.output)
    return 0


def _show(call: Call) -> int:
    from appo_tui.model import show_node
    from appo_tui.session import read_model

    session = call.session()
    model = read_model(session)
    certname = _certname(call.options.CERTNAME, model)
    if call.output.as_json:
        call.output.json(show_node(model, certname))
        return 0
    write_node(model, certname, call.output, _age(session, certname), _delivered(call, model, certname))
    return 0


def _delivered(call: Call, model: Model, certname: str) -> dict[str, str]:
    """Returns how old the last delivery is of each service resource of which a run tells values."""
    from appo_tui.jobs.bundle.delivery import undelivered

    missing = undelivered(model, (certname,), ())
    if not missing:
        return {}
    from appo_tui.jobs.ages import ago

    with call.store() as store:
        found = store.last_deliveries(model.environment, missing).values()
    return {each.reference: f"last told {ago(time.time() - each.time)}, by job {each.job}" for each in found}


def _age(session: Session, certname: str) -> str:
    """Returns how old a node's collected facts are; nothing where they were given."""
    if session.fact_cache is None or session.facts_file != session.fact_cache.file:
        return ""
    moment = session.fact_cache.collected().get(certname)
    return f"facts collected {duration(time.time() - moment)} ago" if moment is not None else ""


def _certname(word: str, model: Model) -> str:
    if word in model.nodes:
        return word
    alike = [certname for certname in model.nodes if certname.lower() == word.lower()]
    if len(alike) == 1:
        return alike[0]
    raise CommandError(
        f"no component is assigned to a node {word!r}",
        hint=nearest(word, list(model.nodes)) or "'appo node list' lists the nodes",
    )


def write_node(
    model: Model, certname: str, output: Output, about: str = "", delivered: Mapping[str, str] | None = None
) -> None:
    """Writes a node: under each component its parameters, what it produces and what it consumes.

    ``delivered`` tells of service resources how old those values are that only a run can tell.
    """
    ages = delivered or {}
    output.line(output.paint(certname, "green"), f"  ({about})" if about else "")
    if not model.nodes[certname].facts_known:
        output.line("    its facts are not known yet: 'appo facts' collects them")
    for reference in model.nodes[certname].components:
        component = model.components[reference]
        output.line(f"    {output.reference(component.instance)} - {output.reference(reference)}")
        _write_attributes(component.parameters, output, "        ")
        for produced in component.exports:
            output.line("      + produces ", output.reference(produced))
            _write_service_resource(model, produced, output)
        for consumed in component.consumes:
            whence = _producer(model, consumed, output)
            age = f"  ({ages[consumed]})" if consumed in ages else ""
            output.line("        consumes ", output.reference(consumed), whence, age)
            _write_service_resource(model, consumed, output)
        for required in component.requires:
            output.line("        requires ", output.reference(required), _producer(model, required, output))


def _producer(model: Model, reference: str, output: Output) -> str:
    found = model.service_resources.get(reference)
    if found is None or found.producer not in model.components:
        return ""
    node = model.components[found.producer].node or "(no node)"
    return f" from {output.reference(found.producer)} on {output.paint(node, 'green')}"


def _write_service_resource(model: Model, reference: str, output: Output) -> None:
    found = model.service_resources.get(reference)
    if found is not None:
        _write_attributes(found.attributes, output, "            ")


def _write_attributes(attributes: Mapping[str, Attribute], output: Output, indent: str) -> None:
    width = max((len(name) for name in attributes), default=0)
    for name, attribute in attributes.items():
        steps = " <- ".join(_steps(attribute.origin, output))
        shown = output.text(f"{name:<{width}} => {value_text(attribute)}")
        output.line(indent, shown, "  ", output.paint(f"# {steps}", "dim"))


def value_text(attribute: Attribute) -> str:
    """Returns an attribute's value as Puppet would write it; a secret's never."""
    from appo_tui.evaluator.values import Sensitive, Unknown

    value = attribute.value
    if attribute.secret or isinstance(value, Sensitive):
        return "(secret)"
    if isinstance(value, Unknown):
        return f"(not known before the run: {value.reason})"
    return _literal(value)


def _literal(value: object) -> str:
    from appo_tui.evaluator.values import DEFAULT, Sensitive, Unknown

    match value:
        case None:
            return "undef"
        case bool():
            return str(value).lower()
        case str():
            return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
        case tuple() | list():
            return "[" + ", ".join(_literal(each) for each in value) + "]"
        case Mapping():
            return (
                "{" + ", ".join(f"{_literal(key)} => {_literal(each)}" for key, each in value.items()) + "}"
            )
        case Sensitive():
            return "(secret)"
        case Unknown():
            return "(not known)"
    if value is DEFAULT:
        return "default"
    from appo_tui.model.showing import as_json

    return str(as_json(value))


def _steps(origin: Origin, output: Output) -> Iterator[str]:
    step: Origin | None = origin
    while step is not None:
        source = f" {step.source}" if step.source else ""
        place = f" ({output.place(step.place)})" if step.place else ""
        yield f"{step.kind}{source}{place}"
        step = step.through
