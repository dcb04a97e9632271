"""`appo job`: one file a command, or a family of like ones."""

from __future__ import annotations

from appo_tui.cli.arguments import Parser
from appo_tui.cli.job import archive, control, history, log, past, plan, prune, run


def declare(family: Parser, parents: Parser) -> None:
    """Declares the family's commands."""
    commands = family.add_subparsers(metavar="COMMAND", required=True)
    for module in (plan, run, history, log, control, past, archive, prune):
        module.declare(commands, parents)
