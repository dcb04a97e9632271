"""`appo job run`: makes a job and follows it to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appo_tui.cli.arguments import Commands, Parser
from appo_tui.cli.call import Call
from appo_tui.cli.faults import CommandError
from appo_tui.cli.job.asking import add_asking_options, ask_before
from appo_tui.cli.job.options import (
    add_run_options,
    add_target_options,
    chosen_target,
    job_options,
    refuse_faulty,
)
from appo_tui.cli.job.pointers import program
from appo_tui.cli.job.watching import watch
from appo_tui.cli.plan_text import plan_box, write_plan

if TYPE_CHECKING:
    from appo_tui.jobs import JobRequest
    from appo_tui.model.entities import Model
    from appo_tui.session import Session


def declare(commands: Commands, parents: Parser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "run",
        parents=[parents],
        help="run Puppet on a target's nodes, in order",
        description="Runs Puppet on a target's nodes in the order that their bindings imply, and follows "
        "the runs. Ctrl-C stops the job: running nodes finish, others never start; once more ends the "
        "running ones too. A closed terminal ends nothing.",
    )
    add_target_options(parser)
    add_run_options(parser)
    add_asking_options(parser)
    parser.add_argument("--detach", action="store_true", help="start the job and return at once")
    parser.set_defaults(run=_run)


def _run(call: Call) -> int:
    from appo_tui.plan import make_plan
    from appo_tui.session import new_request, read_model

    session = call.changing("a run")
    model = read_model(session)
    target = chosen_target(call.options, model)
    if target is None:
        raise _no_target(model)
    refuse_faulty(model)
    request = new_request(session, make_plan(model, target), job_options(call))
    return start(call, session, request)


def start(call: Call, session: Session, request: JobRequest) -> int:
    """Starts a job; unless it is detached, follows it and returns its exit code."""
    from appo_tui.jobs import launch

    output = call.output
    credentials = ask_before(call, request)
    if not output.as_json:
        output.line(f"Starting deployment of {output.text(str(request.plan.target))} ...")
        output.line()
        output.flush()
    job = launch(session.store_url, request, credentials)
    if output.as_json and call.options.detach:
        output.json({"job": {"name": str(job)}})
        return 0
    if not output.as_json:
        _write_job(call, job, request)
    if call.options.detach:
        output.line(f"Follow it with: {program(simulated=session.simulated)} job attach {job}")
        return 0
    return watch(call, session, job)


def _write_job(call: Call, job: int, request: JobRequest) -> None:
    output = call.output
    options = request.options
    for line in plan_box(request.plan, options.concurrency, simulated=request.simulated, job=job):
        output.line(output.text(line))
    output.line()
    write_plan(request.plan, output)
    output.line(f"New job id created: {job}")
    output.flush()


def _no_target(model: Model) -> CommandError:
    targets = [*model.applications, *model.instances] or ["none"]
    return CommandError(
        "job run needs a target: --application TARGET, --nodes LIST or --all",
        hint=f"targets are: {', '.join(targets)}",
    )
