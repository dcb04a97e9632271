"""How a node's run is started and followed, whoever does it: the one border to the nodes.

The scheduler and the runner know nothing else of nodes, so a run may as well be carried out over SSH, on
this machine, in a test, or by a worker at another site.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from appo_tui.jobs.events import LogLine, Metrics, ResourceEvent


@dataclass(frozen=True, slots=True)
class NodeRun:
    """An attempt at a node's run.

    Attributes:
        key: the job's name on the nodes.
        certname: the node.
        attempt: its number, from 1.
        offset: bytes of the run's spool that are stored already, when it is taken up again.
        lines: log lines that are stored already.
        resumed: the attempt may be running there already.
    """

    key: str
    certname: str
    attempt: int
    offset: int = 0
    lines: int = 0
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class Reported:
    """Puppet ran; ``failed`` if it reported failures. ``message`` is a sentence for a user.

    ``delivered`` has the values that the run computed for other nodes, without secrets.
    """

    failed: bool
    message: str
    metrics: Metrics
    resource_events: tuple[ResourceEvent, ...] = ()
    configuration_version: str = ""
    transaction_uuid: str = ""
    delivered: dict[str, dict[str, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Errored:
    """The run could not be made, or was cut off; ``message`` says why and what to do."""

    message: str


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The attempt ended without a result, as by a power cut: another may be made."""

    message: str


Outcome = Reported | Errored | Interrupted

LogSink = Callable[[tuple[LogLine, ...], int], Awaitable[None]]
"""Takes lines and the offset in the spool behind them; returns when they are stored."""

WaitingSink = Callable[[str], Awaitable[None]]
"""Takes a sentence about what holds the node up."""


class Transport(Protocol):
    """Carries out runs on nodes."""

    async def run(self, run: NodeRun, log: LogSink, waiting: WaitingSink) -> Outcome:
        """Make the attempt, or follow it if it was begun before, to its end."""

    async def end(self, certname: str) -> None:
        """End the node's run and all that it started there, now or once it comes; ``run`` then returns."""

    def command(self, certname: str) -> str:
        """What is run on the node, for a user to read; no secret in it."""

    async def close(self) -> None:
        """Give connections back."""
