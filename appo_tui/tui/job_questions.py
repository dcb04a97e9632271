"""What is asked before a job is stopped or retried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appo_tui.jobs.progress import JobProgress
from appo_tui.jobs.states import NodeState

if TYPE_CHECKING:
    from appo_tui.tui.dialogs.confirm import Confirm


def stop_question(number: int, progress: JobProgress) -> Confirm:
    """Whether to stop a job or, if it is stopping, whether to end what runs."""
    from appo_tui.tui.dialogs.confirm import Confirm

    if progress.stopping:
        text = "Puppet is killed where it runs: nodes may be left half configured."
        return Confirm(f"End the runs of job {number} now?", (text,), key="f", verb="force")
    text = "Nodes that run go on to their end; no other is started."
    return Confirm(f"Stop job {number}?", (text,), key="y", verb="stop")


def retry_question(number: int, progress: JobProgress) -> Confirm | None:
    """Whether to run nodes again; None if there are none that did not finish."""
    from appo_tui.tui.dialogs.confirm import Confirm

    count = unfinished(progress)
    if not count:
        return None
    nodes = "the node that did" if count == 1 else f"{count} nodes that did"
    text = f"A new job of {nodes} not finish, planned from the files as they are now."
    return Confirm(f"Retry job {number}?", (text,), key="y", verb="run")


def unfinished(progress: JobProgress) -> int:
    """How many nodes did not finish."""
    return sum(1 for node in progress.nodes.values() if node.state is not NodeState.FINISHED)
