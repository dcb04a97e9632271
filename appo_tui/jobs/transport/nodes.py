"""Real nodes: how they are reached, and what is asked of them outside a run's own attempt."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Protocol

from appo_tui.jobs.node import brought, script, script_name
from appo_tui.jobs.transport.attempt import ENDED, Attempt, delays
from appo_tui.jobs.transport.outcome import setup_fault
from appo_tui.jobs.transport.prepared import NodeHello, Preparation, PreparationError
from appo_tui.jobs.transport.protocol import Errored, LogSink, NodeRun, Outcome, WaitingSink
from appo_tui.jobs.transport.shell import Completed, Shell, ShellError
from appo_tui.jobs.transport.sudo import RunAs

_CONNECT_SECONDS = 30.0
_RECONNECT_SECONDS = 900.0


class ShellSource(Protocol):
    """Opens shells on nodes."""

    async def open(self, certname: str) -> Shell:
        """A shell on a node; raises ShellError."""

    async def close(self) -> None:
        """Give back what shells share."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds for which an unreachable node is tried again: before its run has begun, and after."""

    connect: float = _CONNECT_SECONDS
    reconnect: float = _RECONNECT_SECONDS


class NodeTransport:
    """A transport for nodes with a POSIX shell.

    Args:
        shells: how they are reached.
        preparation: what is run there.
        run_as: as whom commands of ours run there.
        patience: how long an unreachable node is waited for.
    """

    def __init__(
        self,
        shells: ShellSource,
        preparation: Preparation,
        run_as: RunAs | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._shells = shells
        self._preparation = preparation
        self._run_as = run_as or RunAs()
        self._patience = patience or Patience()
        self._attempts: dict[str, Attempt] = {}
        self._ending: set[str] = set()
        self._stops: set[asyncio.Task[None]] = set()

    def command(self, certname: str) -> str:
        """What is run on the node."""
        return self._preparation.command(certname)

    async def close(self) -> None:
        """Give back what connections share: nothing else is open between runs."""
        for task in self._stops:
            task.cancel()
        await self._shells.close()

    async def run(self, run: NodeRun, log: LogSink, waiting: WaitingSink) -> Outcome:
        """Make the attempt, or follow it if it was begun before, to its end."""
        attempt = Attempt(self, run, log, waiting)
        self._attempts[run.certname] = attempt
        try:
            result = await attempt.carry()
        except (ShellError, PreparationError) as error:
            result = Errored(str(error))
        finally:
            await attempt.close()
            del self._attempts[run.certname]
        if run.certname in self._ending and isinstance(result, Errored):
            return Errored(ENDED if attempt.committed else "A forced stop came before Puppet was started.")
        return result

    async def end(self, certname: str) -> None:
        """End the node's run over a connection of its own; one that has not begun never will.

        Where the node can't be reached now it is tried again beside the attempt, for as long as that
        lasts; and the attempt ends the run itself when it has lost the node and found it again.
        """
        self._ending.add(certname)
        attempt = self._attempts.get(certname)
        if attempt is None or attempt.given_up():
            return
        if not await self._told_to_stop(attempt):
            again = asyncio.create_task(self._tell_to_stop(attempt))
            self._stops.add(again)
            again.add_done_callback(self._stops.discard)

    async def _tell_to_stop(self, attempt: Attempt) -> None:
        for delay in delays():
            await asyncio.sleep(delay)
            if self._attempts.get(attempt.certname) is not attempt or await self._told_to_stop(attempt):
                return

    async def _told_to_stop(self, attempt: Attempt) -> bool:
        try:
            shell = await self._shells.open(attempt.certname)
            try:
                return (await self.call(shell, attempt.certname, f"stop {attempt.name}")).code == 0
            finally:
                await shell.close()
        except ShellError:
            return False

    def ending(self, certname: str) -> bool:
        """Whether the node's run is to end."""
        return certname in self._ending

    async def recall(self, certname: str, name: str) -> None:
        """Take again what a run of a node computed, if the node is reached and still has it."""
        try:
            shell = await self._shells.open(certname)
            try:
                await self.hello(shell, certname)
                done = await self.call(shell, certname, f"exports {name}")
            finally:
                await shell.close()
            if done.code == 0 and done.output:
                self._preparation.deliver(done.output)
        except (ShellError, PreparationError):
            return

    def line(self, certname: str, arguments: str) -> tuple[str, bytes]:
        """The command line for a verb of the node's script, and what its wrapping reads first."""
        code = f'd=${{APPO_NODE_STATE:-$HOME/.appo-tui}}; exec sh "$d/{script_name()}" {arguments}'
        return self._run_as.line(certname, code)

    async def call(self, shell: Shell, certname: str, arguments: str, data: bytes = b"") -> Completed:
        """Run a verb of the node's script to its end."""
        command, first = self.line(certname, arguments)
        return await shell.run(command, first + data)

    async def hello(self, shell: Shell, certname: str) -> NodeHello:
        """Bring our script to the node and ask what there is.

        Raises:
            PreparationError: there is no Puppet, no tar, or no directory for us.
        """
        command, first = self._run_as.line(certname, brought("hello"))
        said = await shell.run(command, first + script())
        lines = said.output.decode("utf-8", "backslashreplace").splitlines()
        values = dict(line.split("=", 1) for line in lines if "=" in line)
        if said.code != 0 or "state" not in values:
            raise self.fault(certname, said)
        if not values.get("puppet"):
            raise PreparationError(
                f"There is no Puppet on {certname}: neither in the login's PATH nor in /opt/puppetlabs/bin. "
                "Install puppet-agent or openvox-agent there."
            )
        if "tar" not in values:
            raise PreparationError(f"There is no tar on {certname}: install it.")
        return NodeHello(values["state"], values["puppet"], values.get("version", ""), values.get("user", ""))

    @property
    def patience(self) -> Patience:
        """How long an unreachable node is waited for."""
        return self._patience

    @property
    def preparation(self) -> Preparation:
        """What is run on the nodes."""
        return self._preparation

    def fault(self, certname: str, done: Completed) -> PreparationError:
        """Why a command of ours failed on a node."""
        return PreparationError(setup_fault(certname, done.said, self._run_as.user_on(certname)))

    async def open(self, certname: str) -> Shell:
        """A shell on a node; raises ShellError."""
        return await self._shells.open(certname)
