"""`appo job attach`, `stop`, `retry` and `resume`: what can be done with a job that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appo_tui.cli.arguments import Commands, Parser
from appo_tui.cli.call import Call
from appo_tui.cli.job.asking import add_asking_options, ask_before
from appo_tui.cli.job.options import job_number
from appo_tui.cli.job.run import start
from appo_tui.cli.job.watching import user_name, watch

if TYPE_CHECKING:
    from appo_tui.jobs import JobRequest


def declare(commands: Commands, parents: Parser) -> None:
    """Declares the commands."""
    attach = commands.add_parser("attach", parents=[parents], help="follow a job that is running")
    attach.add_argument("ID", type=job_number)
    attach.set_defaults(run=_attach)
    stop = commands.add_parser("stop", parents=[parents], help="let running nodes finish, start no more")
    stop.add_argument("ID", type=job_number)
    stop.add_argument("--force", action="store_true", help="end the running nodes too")
    stop.set_defaults(run=_stop)
    retry = commands.add_parser("retry", parents=[parents], help="a new job of failed and skipped nodes")
    retry.add_argument("ID", type=job_number)
    add_asking_options(retry)
    retry.add_argument("--detach", action="store_true", help="start the job and return at once")
    retry.set_defaults(run=_retry)
    resume = commands.add_parser("resume", parents=[parents], help="go on with a job whose runner is gone")
    resume.add_argument("ID", type=job_number)
    add_asking_options(resume)
    resume.add_argument("--detach", action="store_true", help="return at once")
    resume.set_defaults(run=_resume)


def _attach(call: Call) -> int:
    with call.store() as store:
        request = store.job(call.options.ID).request
    if not call.output.as_json:
        call.output.line(f"Job {call.options.ID}: {call.output.text(str(request.plan.target))}")
    return watch(call, call.detached_session(), call.options.ID)


def _stop(call: Call) -> int:
    job = call.options.ID
    call.refuse_if_read_only("stop")
    with call.store() as store:
        summary = store.job(job).summary
        heard = store.ask(job, "force" if call.options.force else "stop", user_name())
        states = {str(state): number for state, number in summary.node_states.items()}
    if call.output.as_json:
        call.output.json({"job": {"id": str(job), "name": str(job), "nodes": states}})
    elif summary.state.ended:
        call.output.line(f"Job {job} has ended already: {summary.state}.")
    elif not heard:
        call.output.line(f"Nobody works on job {job}: it will stop as soon as it is resumed.")
    elif call.options.force:
        call.output.line(f"Job {job} is stopping; its running nodes are ended.")
    else:
        call.output.line(f"Job {job} is stopping: running nodes finish, no more are started.")
    return 0


def _retry(call: Call) -> int:
    from appo_tui.jobs import retry

    call.refuse_if_read_only("a retry")
    with call.store() as store:
        before = store.job(call.options.ID).request
        request: JobRequest = retry(store, call.options.ID, user_name(), host_name())
    if request.plan.model_digest != before.plan.model_digest and not call.output.as_json:
        call.output.line(
            f"The environment has changed since job {call.options.ID}: this job runs it as it is now."
        )
    return start(call, call.detached_session(), request)


def host_name() -> str:
    """Returns this machine's name."""
    import socket

    return socket.gethostname()


def _resume(call: Call) -> int:
    from appo_tui.jobs import resume

    call.refuse_if_read_only("resume")
    session = call.detached_session()
    with call.store() as store:
        request = store.job(call.options.ID).request
    credentials = ask_before(call, request)
    resume(session.store_url, call.options.ID, credentials)
    if call.options.detach:
        if call.output.as_json:
            call.output.json({"job": {"id": str(call.options.ID), "name": str(call.options.ID)}})
        else:
            call.output.line(f"Job {call.options.ID} goes on.")
        return 0
    return watch(call, session, call.options.ID)
