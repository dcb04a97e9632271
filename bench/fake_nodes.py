"""What nodes of the fleet answer to a job: the verbs of node.sh, without files and without Puppet."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

import asyncssh

_VERB = re.compile(r'exec sh "\$d/[^"]+" (?P<verb>[a-z]+) ?(?P<run>\S*) ?(?P<offset>\d*)$')
_READING = ("hello", "missing", "put", "lay", "begin")
_RESOURCES = ("File[/etc/app.conf]", "Package[app]", "Service[app]", "Exec[migrate]")
_HELLO = b"state=/fake\npuppet=/usr/bin/puppet\nversion=7.23.0\ntar=yes\nuser=root\n"
_REPORT = b"""2
---
status: changed
configuration_version: '1'
metrics:
  resources:
    values: [[total, Total, 4], [changed, Changed, 4]]
resource_statuses: {}
"""


@dataclass(slots=True)
class FakeNodes:
    """The runs that jobs began, by node and name: each with the time at which it began.

    ``seconds`` are those of a run. A bundle that was laid once is there.
    """

    seconds: float
    runs: dict[tuple[int, str], float] = field(default_factory=dict)
    laid: set[tuple[int, str]] = field(default_factory=set)

    async def answer(self, process: asyncssh.SSHServerProcess[bytes], node: int, command: str) -> int | None:
        """Do what a job asks of a node; returns how it ended, None where it is not a job that asks."""
        asked = _VERB.search(command)
        if asked is None:
            return None
        run = (node, asked["run"])
        if asked["verb"] == "follow":
            return await self._follow(process, run, int(asked["offset"]))
        data = await process.stdin.read() if asked["verb"] in _READING else b""
        match asked["verb"]:
            case "hello":
                process.stdout.write(_HELLO)
            case "missing" if run in self.laid:
                process.stdout.write(b"laid\n")
            case "missing":
                process.stdout.write(data)
            case "lay":
                self.laid.add(run)
            case "begin":
                self.runs[run] = asyncio.get_running_loop().time()
                process.stdout.write(b"begun\n")
            case "result":
                process.stdout.write(_REPORT)
        return 0

    async def _follow(
        self, process: asyncssh.SSHServerProcess[bytes], run: tuple[int, str], offset: int
    ) -> int:
        """The lines of a run, each at its time."""
        if run not in self.runs:
            return 3
        said = 0
        for number, line in enumerate(_lines()):
            due = self.runs[run] + self.seconds * (number + 1) / (len(_RESOURCES) + 1)
            await asyncio.sleep(max(0.0, due - asyncio.get_running_loop().time()))
            process.stdout.write(line[max(0, offset - said) :])
            said += len(line)
        return 0


def _lines() -> list[bytes]:
    messages = [(f"/Stage[main]/Main/{resource}/ensure", "created") for resource in _RESOURCES]
    messages.append(("Puppet", "Applied catalog in 0.10 seconds"))
    moment = datetime(2026, 1, 1, tzinfo=UTC).isoformat()
    lines = (
        json.dumps({"level": "notice", "message": text, "source": source, "@timestamp": moment})
        for source, text in messages
    )
    return [f"{line}\n".encode() for line in lines]
