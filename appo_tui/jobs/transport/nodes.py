"""Runs on real nodes: files brought there, Puppet started apart from the connection, its spool followed."""

from __future__ import annotations

import asyncio
import shlex
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from appo_tui.jobs.events import LogLine, Metrics
from appo_tui.jobs.node import brought, reach_program, run_name, script, script_name
from appo_tui.jobs.node.report import parse_report
from appo_tui.jobs.node.spool import SpoolReader
from appo_tui.jobs.transport.files import archive
from appo_tui.jobs.transport.outcome import outcome, setup_fault
from appo_tui.jobs.transport.prepared import NodeHello, Preparation, PreparationError, PreparedRun
from appo_tui.jobs.transport.protocol import (
    Errored,
    Interrupted,
    LogSink,
    NodeRun,
    Outcome,
    Reported,
    WaitingSink,
)
from appo_tui.jobs.transport.shell import Completed, Shell, ShellError

_GONE = 3
_ENDED = "Puppet was ended by a forced stop."
_CONNECT_SECONDS = 30.0
_RECONNECT_SECONDS = 900.0
_DELAYS = (0.5, 1.0, 2.0, 4.0, 8.0)
_T = TypeVar("_T")


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
        wrap: turns a command line of ours into one that runs it as the wanted user.
        patience: how long an unreachable node is waited for.
    """

    def __init__(
        self,
        shells: ShellSource,
        preparation: Preparation,
        wrap: Callable[[str], tuple[str, bytes]] | None = None,
        run_as: str | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._shells = shells
        self._preparation = preparation
        self._wrap = wrap or (lambda command: (command, b""))
        self._run_as = run_as
        self._patience = patience or Patience()
        self._attempts: dict[str, _Attempt] = {}
        self._ending: set[str] = set()

    def command(self, certname: str) -> str:
        """What is run on the node."""
        return self._preparation.command(certname)

    async def close(self) -> None:
        """Give back what connections share: nothing else is open between runs."""
        await self._shells.close()

    async def run(self, run: NodeRun, log: LogSink, waiting: WaitingSink) -> Outcome:
        """Make the attempt, or follow it if it was begun before, to its end."""
        attempt = _Attempt(self, run, log, waiting)
        self._attempts[run.certname] = attempt
        try:
            result = await attempt.carry()
        except (ShellError, PreparationError) as error:
            result = Errored(str(error))
        finally:
            await attempt.close()
            del self._attempts[run.certname]
        if run.certname in self._ending and isinstance(result, Errored):
            return Errored(_ENDED if attempt.committed else "A forced stop came before Puppet was started.")
        return result

    async def end(self, certname: str) -> None:
        """End the node's run over a connection of its own; one that has not begun never will.

        Where the node can't be reached now, the attempt ends it once it can.
        """
        self._ending.add(certname)
        attempt = self._attempts.get(certname)
        if attempt is None or attempt.given_up():
            return
        try:
            shell = await self._shells.open(certname)
        except ShellError:
            return
        try:
            await self.call(shell, f"stop {attempt.name}")
        except ShellError:
            return
        finally:
            await shell.close()

    def ending(self, certname: str) -> bool:
        """Whether the node's run is to end."""
        return certname in self._ending

    async def recall(self, certname: str, name: str) -> None:
        """Take again what a run of a node computed, if the node is reached and still has it."""
        try:
            shell = await self._shells.open(certname)
            try:
                await self.hello(shell, certname)
                done = await self.call(shell, f"exports {name}")
            finally:
                await shell.close()
            if done.code == 0 and done.output:
                self._preparation.deliver(done.output)
        except (ShellError, PreparationError):
            return

    def line(self, arguments: str) -> tuple[str, bytes]:
        """The command line for a verb of the node's script, and what its wrapping reads first."""
        inner = f'd=${{APPO_NODE_STATE:-$HOME/.appo-tui}}; exec sh "$d/{script_name()}" {arguments}'
        return self._wrap(f"exec sh -c {shlex.quote(inner)}")

    async def call(self, shell: Shell, arguments: str, data: bytes = b"") -> Completed:
        """Run a verb of the node's script to its end."""
        command, first = self.line(arguments)
        return await shell.run(command, first + data)

    async def hello(self, shell: Shell, certname: str) -> NodeHello:
        """Bring our script to the node and ask what there is.

        Raises:
            PreparationError: there is no Puppet, no tar, or no directory for us.
        """
        command, first = self._wrap(f"exec sh -c {shlex.quote(brought('hello'))}")
        said = await shell.run(command, first + script())
        lines = said.output.decode("utf-8", "backslashreplace").splitlines()
        values = dict(line.split("=", 1) for line in lines if "=" in line)
        if said.code != 0 or "state" not in values:
            raise PreparationError(setup_fault(certname, said.said, self._run_as))
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

    @property
    def run_as(self) -> str | None:
        """The user that Puppet runs as, None for the login user."""
        return self._run_as

    async def open(self, certname: str) -> Shell:
        """A shell on a node; raises ShellError."""
        return await self._shells.open(certname)


class _Attempt:
    """One attempt, over as many connections as it takes."""

    def __init__(self, transport: NodeTransport, run: NodeRun, log: LogSink, waiting: WaitingSink) -> None:
        self.name = run_name(run.key, run.certname, run.attempt)
        self.committed = run.resumed
        self._transport = transport
        self._run = run
        self._log = log
        self._waiting = waiting
        self._shell: Shell | None = None
        self._hello = NodeHello("", "", "")
        secrets = transport.preparation.secrets(run.certname)
        self._reader = SpoolReader(run.offset, secrets)
        self._beginning: asyncio.Timeout | None = None

    def given_up(self) -> bool:
        """Give the attempt up, unless Puppet may have been started; whether it was given up."""
        if self._beginning and not self.committed:
            self._beginning.reschedule(asyncio.get_running_loop().time())
            self._beginning = None
        return not self.committed

    async def carry(self) -> Outcome:
        if not self._run.resumed and (ended := await self._begun()):
            return ended
        code = await self._persist(self._follow, self._transport.patience.reconnect)
        if lines := self._reader.finish():
            await self._log(lines, self._reader.offset)
        if code == _GONE:
            if self._transport.ending(self._run.certname):
                return Errored(_ENDED)
            return Interrupted(f"The run on {self._run.certname} ended without a result: the node went down.")
        return await self._persist(self._result, self._transport.patience.reconnect)

    async def _begun(self) -> Outcome | None:
        """Have Puppet started; an outcome if it will not be."""
        if self._transport.ending(self._run.certname):
            return Errored(_ENDED)
        seconds = self._transport.patience.connect
        beginning = asyncio.timeout(None)
        try:
            async with beginning:
                self._beginning = beginning
                if silent := await self._persist(self._reach, seconds):
                    return silent
                await self._persist(self._begin, seconds)
        except TimeoutError:
            if not beginning.expired():
                raise
            return Errored(_ENDED)
        finally:
            self._beginning = None
        return None

    async def close(self) -> None:
        if self._shell is not None:
            await self._shell.close()
            self._shell = None

    async def _persist(self, step: Callable[[Shell], Awaitable[_T]], seconds: float) -> _T:
        """Do a step that may be repeated, on new connections while the node can't be reached."""
        clock = asyncio.get_running_loop().time
        deadline = clock() + seconds
        failures = 0
        while True:
            try:
                if self._shell is None:
                    self._shell = await self._transport.open(self._run.certname)
                    if self.committed and self._transport.ending(self._run.certname):
                        await self._transport.call(self._shell, f"stop {self.name}")
                if failures:
                    await self._waiting(f"connected to {self._run.certname} again")
                    deadline, failures = clock() + seconds, 0
                return await step(self._shell)
            except ShellError as error:
                await self.close()
                if error.lasting or clock() > deadline:
                    raise
                if failures == 0:
                    await self._waiting(f"{error.message}; trying again")
                await asyncio.sleep(_DELAYS[min(failures, len(_DELAYS) - 1)])
                failures += 1

    async def _reach(self, shell: Shell) -> Reported | None:
        """Wait for the services that the run needs; a failure if one does not answer in time."""
        self._hello = await self._transport.hello(shell, self._run.certname)
        for test in self._transport.preparation.tests(self._run.certname):
            where = f"{test.service_resource} at {test.host} port {test.port}"
            words = shlex.join(test.arguments)
            done = await self._transport.call(shell, f"reach {words}", reach_program())
            if done.code != 0:
                await self._say("err", f"{where} did not answer within {test.timeout} s: {done.said}")
                message = f"{where} did not answer from here within {test.timeout} s: {done.said}"
                return Reported(failed=True, message=message, metrics=Metrics())
            await self._say("info", f"{where} answers")
        return None

    async def _say(self, level: str, text: str) -> None:
        """Put a line of ours into the log."""
        line = LogLine(time.time(), "appo", level, "", self._reader.redacted(text))
        await self._log((line,), self._reader.offset)

    async def _begin(self, shell: Shell) -> None:
        hello = self._hello
        prepare = self._transport.preparation.prepare
        prepared = await asyncio.to_thread(prepare, self._run.certname, hello)
        await self._bring(shell, prepared)
        run = f"{hello.state}/runs/{self.name}"
        bundle = f"{hello.state}/bundles/{prepared.bundle.digest}" if prepared.bundle else ""
        words = [word.replace("{bundle}", bundle).replace("{run}", run) for word in prepared.arguments]
        command = shlex.join(("set", "--", hello.puppet, *words)) + "\n"
        files = (
            *((f"manifests/{name}", content) for name, content in prepared.manifests.items()),
            ("command", command.encode()),
            ("bundle", f"{bundle}/\n".encode()),
            ("whole", b""),
        )
        self.committed = True
        begun = await self._transport.call(shell, f"begin {self.name}", archive(files))
        self._check(begun)

    async def _bring(self, shell: Shell, prepared: PreparedRun) -> None:
        """Send the files that the node lacks, and have its bundle laid out."""
        bundle = prepared.bundle
        if bundle is None:
            return
        contents = {bundle.digests[path]: content for path, content in bundle.files.items()}
        asked = "".join(f"{digest}\n" for digest in contents).encode()
        answer = self._check(await self._transport.call(shell, f"missing {bundle.digest}", asked))
        lacking = answer.output.decode().split()
        if lacking == ["laid"]:
            return
        if lacking:
            sent = await asyncio.to_thread(archive, [(digest, contents[digest]) for digest in lacking])
            self._check(await self._transport.call(shell, "put", sent))
        listed = "".join(f"{bundle.digests[path]} {path}\n" for path in sorted(bundle.files)) + "end\n"
        self._check(await self._transport.call(shell, f"lay {bundle.digest}", listed.encode()))

    def _check(self, done: Completed) -> Completed:
        if done.code != 0:
            raise PreparationError(setup_fault(self._run.certname, done.said, self._transport.run_as))
        return done

    async def _follow(self, shell: Shell) -> int:
        """Read the spool to its end; returns 0, or 3 where the run is gone."""
        self._reader.restart()
        command, first = self._transport.line(f"follow {self.name} {self._reader.offset}")
        stream = shell.stream(command, first)
        async for piece in stream:
            if lines := self._reader.feed(piece):
                await self._log(lines, self._reader.offset)
        if stream.code not in (0, _GONE):
            raise ShellError(f"The spool of {self._run.certname} can't be read (exit code {stream.code})")
        return stream.code

    async def _result(self, shell: Shell) -> Outcome:
        done = await self._transport.call(shell, f"result {self.name}")
        if done.code == _GONE:
            return Interrupted(f"The run on {self._run.certname} ended without a result.")
        code, _, text = done.output.partition(b"\n")
        if not code.strip().isdigit():
            raise ShellError(f"{self._run.certname} did not tell how its run ended: {done.said}")
        report = await asyncio.to_thread(parse_report, text, self._reader.redacted) if text else None
        result = outcome(self._run.certname, int(code), report, self._reader.last_error)
        if isinstance(result, Reported) and not result.failed:
            return replace(result, delivered=await self._delivered(shell))
        return result

    async def _delivered(self, shell: Shell) -> dict[str, dict[str, object]]:
        """What the run computed for other nodes, passed on."""
        preparation = self._transport.preparation
        if not await asyncio.to_thread(preparation.delivers, self._run.certname):
            return {}
        done = self._check(await self._transport.call(shell, f"exports {self.name}"))
        return preparation.deliver(done.output)
