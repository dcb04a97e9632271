"""The commands that a job's output points to."""

from __future__ import annotations


def program(*, simulated: bool) -> str:
    """Returns what a command on this job begins with: the demo has a store of its own."""
    return "appo demo" if simulated else "appo"


def log_command(job: int, certname: str, *, simulated: bool) -> str:
    """Returns the command that shows a node's log."""
    return f"{program(simulated=simulated)} job log {job} --node {certname}"
