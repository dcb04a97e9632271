"""What happens when someone logs in to a node of the fleet: the real shell, in the node's directory."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import asyncssh

_CHUNK = 65536
_LOST = (BrokenPipeError, ConnectionError, asyncssh.Error, OSError)


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the fleet.

    Attributes:
        certname: its name.
        home: its private directory.
        variables: the environment of its sessions.
    """

    certname: str
    home: Path
    variables: Mapping[str, str]


async def run_command(node: Node, process: asyncssh.SSHServerProcess[bytes]) -> None:
    """Runs a session's command with /bin/sh, as sshd would, and hands on its streams and its end.

    As with a real sshd, a command whose connection is lost goes on.
    """
    words = ["/bin/sh", "-c", process.command] if process.command else ["/bin/sh"]
    child = await asyncio.create_subprocess_exec(
        *words,
        cwd=node.home,
        env=dict(node.variables),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stderr is not None
    feeding = asyncio.create_task(_feed(process, child))
    await asyncio.gather(_drain(child.stdout, process.stdout), _drain(child.stderr, process.stderr))
    code = await child.wait()
    feeding.cancel()
    with contextlib.suppress(*_LOST):
        if code < 0:
            process.exit_with_signal(signal.Signals(-code).name.removeprefix("SIG"))
        else:
            process.exit(code)


async def _feed(process: asyncssh.SSHServerProcess[bytes], child: asyncio.subprocess.Process) -> None:
    """Hands what the client sends to the command: bytes, the end of them, and signals."""
    assert child.stdin is not None
    while True:
        try:
            data = await process.stdin.read(_CHUNK)
        except asyncssh.SignalReceived as received:
            _signal(child, received.signal)
            continue
        except asyncssh.BreakReceived:
            _signal(child, "INT")
            continue
        except asyncssh.TerminalSizeChanged:
            continue
        except _LOST:
            data = b""
        with contextlib.suppress(*_LOST):
            if not data:
                child.stdin.close()
                return
            child.stdin.write(data)
            await child.stdin.drain()


def _signal(child: asyncio.subprocess.Process, name: str) -> None:
    number = getattr(signal, f"SIG{name}", None)
    if isinstance(number, signal.Signals):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, number)


async def _drain(reader: asyncio.StreamReader, writer: asyncssh.SSHWriter[bytes]) -> None:
    """Hands the command's output on; once nobody listens, reads on so that the command does not block."""
    while data := await reader.read(_CHUNK):
        with contextlib.suppress(*_LOST):
            writer.write(data)
            await writer.drain()
