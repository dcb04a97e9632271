"""A shell on a node, over a connection of asyncssh's."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import asyncssh

from appo_tui.jobs.transport.shell import Completed, ShellError, Stream

_PIECE = 65536
_LONGEST_ANSWER = 64 * 2**20
"""Bytes. The longest that is meant is Puppet's report, which node.sh keeps to half of that."""


class SshShell:
    """A connection to one node."""

    def __init__(self, certname: str, connection: asyncssh.SSHClientConnection) -> None:
        self._certname = certname
        self._connection = connection

    async def run(self, command: str, data: bytes = b"") -> Completed:
        """Run a command line there."""
        try:
            process = await self._connection.create_process(command, encoding=None)
            _give(process, data)
            # Both at once: a command is held up where one of them is full and nobody reads it.
            output, errors = await asyncio.gather(self._whole(process.stdout), self._whole(process.stderr))
            await process.wait_closed()
        except (asyncssh.Error, OSError) as error:
            raise self._lost(error) from error
        code = process.returncode
        if code is None:
            raise self._lost("no exit status")
        return Completed(code, output, errors)

    async def _whole(self, reader: asyncssh.SSHReader[bytes]) -> bytes:
        """All that a command says, which is little unless the node is none of ours any more."""
        pieces: list[bytes] = []
        room = _LONGEST_ANSWER
        while piece := await reader.read(_PIECE):
            pieces.append(piece)
            room -= len(piece)
            if room < 0:
                self._connection.abort()
                most = f"{_LONGEST_ANSWER // 2**20} MB"
                raise ShellError(
                    f"{self._certname} answered with more than {most}: look what it runs.", lasting=True
                )
        return b"".join(pieces)

    def stream(self, command: str, data: bytes = b"") -> Stream:
        """Run a command line there and give its output piece by piece."""
        return _SshStream(self, command, data)

    async def close(self) -> None:
        """End the connection."""
        self._connection.close()

    async def pieces(self, stream: _SshStream, command: str, data: bytes) -> AsyncIterator[bytes]:
        """A command's output; sets the stream's code at its end."""
        try:
            process = await self._connection.create_process(command, encoding=None)
            _give(process, data)
            while piece := await process.stdout.read(_PIECE):
                yield piece
            await process.wait_closed()
        except (asyncssh.Error, OSError) as error:
            raise self._lost(error) from error
        if process.returncode is None:
            raise self._lost("no exit status")
        stream.code = process.returncode

    def _lost(self, reason: object) -> ShellError:
        return ShellError(f"The connection to {self._certname} was lost: {reason}")


def _give(process: asyncssh.SSHClientProcess[bytes], data: bytes) -> None:
    """Give a command its input, unless it has ended without it."""
    with contextlib.suppress(OSError):
        process.stdin.write(data)
        process.stdin.write_eof()


class _SshStream:
    def __init__(self, shell: SshShell, command: str, data: bytes) -> None:
        self._shell = shell
        self._command = command
        self._data = data
        self.code = -1

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._shell.pieces(self, self._command, self._data)

