"""One attempt at a node's run: files are brought there, Puppet is started, its spool is followed."""

from __future__ import annotations

import asyncio
import shlex
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from itertools import chain, repeat
from typing import TYPE_CHECKING, TypeVar

from appo_tui.jobs.events import LogLine, Metrics
from appo_tui.jobs.node import reach_program, run_name
from appo_tui.jobs.node.report import parse_report
from appo_tui.jobs.node.spool import SpoolReader
from appo_tui.jobs.transport.files import archive
from appo_tui.jobs.transport.outcome import outcome
from appo_tui.jobs.transport.prepared import NodeHello, PreparedRun
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

if TYPE_CHECKING:
    from appo_tui.jobs.transport.nodes import NodeTransport

ENDED = "Puppet was ended by a forced stop."
_GONE = 3
_LASTED_SECONDS = 10.0
"""A connection that was of use for so long is one that was lost, not one that can't be had."""

_DELAYS = (0.5, 1.0, 2.0, 4.0, 8.0)
_T = TypeVar("_T")


def delays() -> Iterator[float]:
    """Seconds between one try to reach a node and the next, for ever."""
    return chain(_DELAYS, repeat(_DELAYS[-1]))


class Attempt:
    """One attempt, over as many connections as it takes."""

    def __init__(self, transport: NodeTransport, run: NodeRun, log: LogSink, waiting: WaitingSink) -> None:
        self.name = run_name(run.key, run.certname, run.attempt)
        self.certname = run.certname
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
        """Make the attempt, or follow it, to its end."""
        if not self._run.resumed and (ended := await self._begun()):
            return ended
        code = await self._persist(self._follow)
        if lines := self._reader.finish():
            await self._log(lines, self._reader.offset)
        if code == _GONE:
            if self._transport.ending(self.certname):
                return Errored(ENDED)
            return Interrupted(f"The run on {self.certname} ended without a result: the node went down.")
        return await self._persist(self._result)

    async def _begun(self) -> Outcome | None:
        """Have Puppet started; an outcome if it will not be."""
        if self._transport.ending(self.certname):
            return Errored(ENDED)
        beginning = asyncio.timeout(None)
        try:
            async with beginning:
                self._beginning = beginning
                if silent := await self._persist(self._reach):
                    return silent
                await self._persist(self._begin)
        except TimeoutError:
            if not beginning.expired():
                raise
            return Errored(ENDED)
        finally:
            self._beginning = None
        return None

    async def close(self) -> None:
        """Give the connection back."""
        if self._shell is not None:
            await self._shell.close()
            self._shell = None

    async def _persist(self, step: Callable[[Shell], Awaitable[_T]]) -> _T:
        """Do a step that may be repeated, on new connections while the node can't be reached.

        A connection on which a step ends at once, time after time, is none; where one lasted, the time for
        which the node is waited for begins anew.
        """
        clock = asyncio.get_running_loop().time
        lost: float | None = None
        waits = delays()
        while True:
            began = clock()
            try:
                shell = await self._connected()
                began = clock()
                if lost is not None:
                    await self._waiting(f"connected to {self.certname} again")
                return await step(shell)
            except ShellError as error:
                await self.close()
                if lost is None or clock() - began > _LASTED_SECONDS:
                    lost, waits = clock(), delays()
                    await self._waiting(f"{error.message}; trying again")
                if error.lasting or clock() - lost > self._patience:
                    raise
                await asyncio.sleep(next(waits))

    @property
    def _patience(self) -> float:
        """Seconds for which the node is waited for: longer where Puppet may run there."""
        patience = self._transport.patience
        return patience.reconnect if self.committed else patience.connect

    async def _connected(self) -> Shell:
        if self._shell is None:
            self._shell = await self._transport.open(self.certname)
            if self.committed and self._transport.ending(self.certname):
                await self._call(self._shell, f"stop {self.name}")
        return self._shell

    async def _call(self, shell: Shell, arguments: str, data: bytes = b"") -> Completed:
        return await self._transport.call(shell, self.certname, arguments, data)

    async def _reach(self, shell: Shell) -> Reported | None:
        """Wait for the services that the run needs; a failure if one does not answer in time."""
        self._hello = await self._transport.hello(shell, self.certname)
        for test in self._transport.preparation.tests(self.certname):
            where = f"{test.service_resource} at {test.host} port {test.port}"
            words = shlex.join(test.arguments)
            done = await self._call(shell, f"reach {words}", reach_program())
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
        prepared = await asyncio.to_thread(prepare, self.certname, hello)
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
        begun = await self._call(shell, f"begin {self.name}", archive(files))
        self._check(begun)

    async def _bring(self, shell: Shell, prepared: PreparedRun) -> None:
        """Send the files that the node lacks, and have its bundle laid out."""
        bundle = prepared.bundle
        if bundle is None:
            return
        contents = {bundle.digests[path]: content for path, content in bundle.files.items()}
        asked = "".join(f"{digest}\n" for digest in contents).encode()
        answer = self._check(await self._call(shell, f"missing {bundle.digest}", asked))
        words = set(answer.output.split())
        if words == {b"laid"}:
            return
        lacking = [digest for digest in contents if digest.encode() in words]
        if lacking:
            sent = await asyncio.to_thread(archive, [(digest, contents[digest]) for digest in lacking])
            self._check(await self._call(shell, "put", sent))
        listed = "".join(f"{bundle.digests[path]} {path}\n" for path in sorted(bundle.files)) + "end\n"
        self._check(await self._call(shell, f"lay {bundle.digest}", listed.encode(errors="surrogateescape")))

    def _check(self, done: Completed) -> Completed:
        if done.code != 0:
            raise self._transport.fault(self.certname, done)
        return done

    async def _follow(self, shell: Shell) -> int:
        """Read the spool to its end; returns 0, or 3 where the run is gone."""
        self._reader.restart()
        command, first = self._transport.line(self.certname, f"follow {self.name} {self._reader.offset}")
        stream = shell.stream(command, first)
        async for piece in stream:
            if lines := self._reader.feed(piece):
                await self._log(lines, self._reader.offset)
        if stream.code not in (0, _GONE):
            raise ShellError(f"The spool of {self.certname} can't be read (exit code {stream.code})")
        return stream.code

    async def _result(self, shell: Shell) -> Outcome:
        done = await self._call(shell, f"result {self.name}")
        if done.code == _GONE:
            return Interrupted(f"The run on {self.certname} ended without a result.")
        code, _, text = done.output.partition(b"\n")
        if not code.strip().isdigit():
            raise ShellError(f"{self.certname} did not tell how its run ended: {done.said}")
        report = await asyncio.to_thread(parse_report, text, self._reader.redacted) if text else None
        result = outcome(self.certname, int(code), report, self._reader.last_error)
        if isinstance(result, Reported) and not result.failed:
            return replace(result, delivered=await self._delivered(shell))
        return result

    async def _delivered(self, shell: Shell) -> dict[str, dict[str, object]]:
        """What the run computed for other nodes, passed on."""
        preparation = self._transport.preparation
        if not await asyncio.to_thread(preparation.delivers, self.certname):
            return {}
        done = self._check(await self._call(shell, f"exports {self.name}"))
        return preparation.deliver(done.output)
