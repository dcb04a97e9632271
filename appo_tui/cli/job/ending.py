"""How a job ended: the last lines of `job run`, and the exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appo_tui.cli.durations import duration
from appo_tui.cli.output import Output

if TYPE_CHECKING:
    from appo_tui.jobs import JobProgress


def exit_code(progress: JobProgress) -> int:
    """Returns 0 where every node finished, else 1."""
    return 0 if progress.succeeded else 1


def write_ending(progress: JobProgress, output: Output) -> None:
    """Writes how many runs succeeded, what became of the others, and how long the job took."""
    from appo_tui.jobs import NodeState

    counts = progress.counts
    finished, total = counts.get(NodeState.FINISHED, 0), len(progress.nodes)
    others = ", ".join(
        f"{number} {state}" for state, number in counts.items() if state is not NodeState.FINISHED
    )
    output.line()
    if progress.succeeded:
        word = output.paint("Success!", "green")
    elif progress.state == "stopped":
        word = output.paint("Stopped!", "yellow")
    else:
        word = output.paint("Failed!", "red")
    output.line(f"{word} {finished}/{total} runs succeeded{f': {others}' if others else ''}.")
    if progress.started is not None and progress.finished is not None:
        output.line(f"Duration: {duration(progress.finished - progress.started)}")
    if progress.request.simulated:
        output.line("Puppet was simulated: nothing on this machine was changed.")
