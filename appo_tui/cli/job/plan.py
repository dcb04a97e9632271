"""`appo job plan`: which nodes would run, in which order, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appo_tui.cli.arguments import Commands, Parser
from appo_tui.cli.call import Call
from appo_tui.cli.job.options import (
    add_run_options,
    add_target_options,
    chosen_target,
    job_options,
    refuse_faulty,
)
from appo_tui.cli.plan_text import plan_box, write_plan

if TYPE_CHECKING:
    from appo_tui.model.entities import Model
    from appo_tui.plan.entities import JobPlan

_FORMATS = ("text", "json", "dot", "mermaid", "svg")


def declare(commands: Commands, parents: Parser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "plan",
        parents=[parents],
        help="what would run, in which order",
        description="Shows what a job would run, in which order. Without a target: the whole environment. "
        "--format dot, mermaid or svg draws it.",
    )
    add_target_options(parser)
    add_run_options(parser)
    parser.set_defaults(run=_plan, formats=_FORMATS)


def _plan(call: Call) -> int:
    from appo_tui import plan as plans
    from appo_tui.session import read_model, same_command

    session = call.session()
    model = read_model(session)
    refuse_faulty(model)
    plan = plans.make_plan(model, chosen_target(call.options, model) or plans.Target("all"))
    drawn = {"dot": plans.to_dot, "mermaid": plans.to_mermaid, "svg": plans.to_svg}
    wanted = vars(call.options).get("format", "text")
    if wanted in drawn:
        call.output.stream.write(drawn[wanted](plan))
        return 0
    if call.output.as_json:
        call.output.json(plans.to_dict(plan))
        return 0
    options = job_options(call)
    for line in plan_box(plan, options.concurrency, simulated=session.simulated):
        call.output.line(call.output.text(line))
    call.output.line()
    write_plan(plan, call.output)
    if options.mode == "apply":
        _write_deliveries(model, plan, call)
    command = same_command(session, plan, options)
    call.output.line(call.output.text(f"Use `{command}` to create and run a job like this."))
    call.output.line("Node catalogs may have changed since this plan was generated.")
    return 0


def _write_deliveries(model: Model, plan: JobPlan, call: Call) -> None:
    """Writes which values come from earlier jobs, and how old they are; also those that nobody has."""
    from appo_tui.jobs.bundle.delivery import undelivered

    names = [node.certname for node in plan.nodes]
    missing = undelivered(model, names, names)
    if not missing:
        return
    from appo_tui.jobs.runner.deliveries import last_delivery

    with call.store() as store:
        found = store.last_deliveries(model.environment, missing)
    for reference in sorted(missing):
        if reference in found:
            call.output.line(call.output.text(f"{last_delivery(found[reference])}."))
        else:
            producer = model.components[model.service_resources[reference].producer].node or ""
            told = f"{reference} has values that only a run of {producer} can tell: add that node."
            call.output.line(call.output.text(told))
    call.output.line()
