"""`appo job prune`: old jobs forgotten, here and on their nodes."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from appo_tui.cli.arguments import Commands, Parser
from appo_tui.cli.call import Call
from appo_tui.cli.job.asking import ask, password_options

if TYPE_CHECKING:
    from appo_tui.jobs.pruning import Pruned


def declare(commands: Commands, parents: Parser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "prune",
        parents=[parents],
        help="forget jobs that ended long ago",
        description="Forgets jobs that ended long ago: takes away what they left on their nodes, as far as "
        "these are reached, then removes them from the history. What is left on a node that is not reached "
        "expires there after 30 days.",
    )
    parser.add_argument(
        "--days", metavar="N", type=_days, help="longer ago than this (retention_days); 0: all that ended"
    )
    parser.add_argument("--local-only", action="store_true", help="connect to no node")
    password_options(parser)
    parser.set_defaults(run=_prune)


def _days(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days")
    return int(text)


def _prune(call: Call) -> int:
    from appo_tui.jobs import Credentials
    from appo_tui.jobs.pruning import prune

    call.refuse_if_read_only("pruning")
    given = call.options.days
    days = call.settings.retention_days if given is None else given
    login, sudo = ask(call.options)
    credentials = Credentials(login_password=login, sudo_password=sudo)
    with call.store() as store:
        pruned = prune(store, days, connect=not call.options.local_only, credentials=credentials)
    if call.output.as_json:
        missed = [{"node": each.certname, "reason": each.reason} for each in pruned.not_reached]
        call.output.json(
            {"pruned": pruned.jobs, "days": days, "nodes": list(pruned.nodes), "not_reached": missed}
        )
    else:
        _write(pruned, days, call)
    return 0


def _write(pruned: Pruned, days: int, call: Call) -> None:
    jobs = "1 job" if pruned.jobs == 1 else f"{pruned.jobs} jobs"
    ago = f" more than {days} days ago" if days else ""
    call.output.line(f"{jobs} that ended{ago} {'is' if pruned.jobs == 1 else 'are'} forgotten.")
    if pruned.nodes:
        nodes = "1 node" if len(pruned.nodes) == 1 else f"{len(pruned.nodes)} nodes"
        call.output.line(f"What they left on {nodes} is taken away.")
    for each in pruned.not_reached:
        call.output.line(call.output.text(f"Not taken away from {each.certname}: {each.reason}"))
    if pruned.not_reached:
        call.output.line("It expires there after 30 days.")
